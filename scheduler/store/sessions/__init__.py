"""Who was at which session."""
