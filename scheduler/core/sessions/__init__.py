"""Study sessions and other meetings: hours, roll calls, series."""
