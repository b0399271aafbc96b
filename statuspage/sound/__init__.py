"""The sound of the hold message."""
