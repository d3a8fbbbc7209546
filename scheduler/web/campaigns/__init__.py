"""The campaign with its days, and the first hour."""

from scheduler.web.page.rooms import Room

pages = Room("campaigns", __name__)
