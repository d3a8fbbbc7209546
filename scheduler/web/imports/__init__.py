"""Tables that are read, shown, and accepted."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("imports", __name__)
