"""Rule sets as they were applied."""
