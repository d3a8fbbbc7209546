"""Runs of the planner and draft plans."""
