"""Somebody's own page."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("me", __name__)
