"""The only room that speaks iCalendar."""
