"""What those ask who watch over the house, and machines that look in."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("operations", __name__)
