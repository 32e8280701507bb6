"""Who hosts which meeting, beside OR-Tools."""
