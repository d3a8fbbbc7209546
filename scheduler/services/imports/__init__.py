"""Tables read into facts, and written all at once."""
