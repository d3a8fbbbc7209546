"""Calendars, out and in: whose they are, how far they reach, what may be seen in them."""
