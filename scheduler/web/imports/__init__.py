"""Tables that are read, shown, and accepted."""

from scheduler.web.page.rooms import Room

pages = Room("imports", __name__)
