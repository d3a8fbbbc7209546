"""Calendars, out and in: pages to subscribe, devices, evidence."""

from scheduler.web.page.rooms import Room

pages = Room("feeds", __name__)
