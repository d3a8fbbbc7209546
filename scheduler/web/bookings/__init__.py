"""The calendar, one booking, and what people do about their own."""

from scheduler.web.page.rooms import Room

pages = Room("bookings", __name__)
