"""Runs of the planner and the drafts that come of them."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("arranging", __name__)
