"""What may stand on the calendar: conflicts, rights, free times, swaps."""
