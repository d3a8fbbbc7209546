"""Bookings: what is checked, put on the calendar, moved, taken off, confirmed."""
