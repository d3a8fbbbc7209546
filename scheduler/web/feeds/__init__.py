"""Calendars, out and in: pages to subscribe, devices, evidence."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("feeds", __name__)
