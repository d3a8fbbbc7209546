"""Rule sets: chosen, looked at, applied."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("rules", __name__)
