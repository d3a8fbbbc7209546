"""Study sessions, attendance, and series."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("sessions", __name__)
