"""The calendar, one booking, and what people do about their own."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("bookings", __name__)
