"""A hub in use: its people signed in and clicking, and the same reading pages beside pretix."""
