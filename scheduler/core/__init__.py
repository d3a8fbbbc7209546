"""Facts and decisions: pure functions over frozen values; no clock, no database, no web."""
