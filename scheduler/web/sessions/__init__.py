"""Study sessions, attendance, and series."""

from scheduler.web.page.rooms import Room

pages = Room("sessions", __name__)
