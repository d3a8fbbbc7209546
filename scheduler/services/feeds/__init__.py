"""Calendars, out and in, and who fetched what."""
