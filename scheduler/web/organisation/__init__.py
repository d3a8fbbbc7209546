"""People, units, rooms, and who is away."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("organisation", __name__)
