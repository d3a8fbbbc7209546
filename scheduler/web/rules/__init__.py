"""Rule sets: chosen, looked at, applied."""

from scheduler.web.page.rooms import Room

pages = Room("rules", __name__)
