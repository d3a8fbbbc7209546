"""Campaigns with their phases, milestones, windows and occurrences."""
