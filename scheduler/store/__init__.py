"""Rows in, facts out: the only room that knows tables."""
