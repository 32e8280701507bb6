"""The server at rest, and how soon it answers."""
