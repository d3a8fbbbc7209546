"""Somebody's own page."""

from scheduler.web.page.rooms import Room

pages = Room("me", __name__)
