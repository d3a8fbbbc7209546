"""Campaigns with what hangs on them, and occurrences."""
