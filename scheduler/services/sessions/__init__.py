"""Study hours and series of sessions."""
