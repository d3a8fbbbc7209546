"""Heartbeats of background processes."""
