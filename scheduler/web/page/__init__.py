"""What pages have around them, and what they all use."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("page", __name__)
