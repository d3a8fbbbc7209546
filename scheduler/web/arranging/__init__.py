"""Runs of the planner and the drafts that come of them."""

from scheduler.web.page.rooms import Room

pages = Room("arranging", __name__)
