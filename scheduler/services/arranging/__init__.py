"""Runs of the planner and the drafts that come of them."""
