"""The search page over England, beside an empty page, beside Datasette, and as England grows."""
