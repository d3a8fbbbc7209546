"""Rule sets: looked at, applied, leading."""
