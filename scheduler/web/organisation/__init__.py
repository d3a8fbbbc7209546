"""People, units, rooms, and who is away."""

from scheduler.web.page.rooms import Room

pages = Room("organisation", __name__)
