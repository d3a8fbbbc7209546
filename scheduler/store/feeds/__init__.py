"""Calendars, out and in."""
