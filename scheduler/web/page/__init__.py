"""What pages have around them, and what they all use."""

from scheduler.web.page.rooms import Room

pages = Room("page", __name__)
