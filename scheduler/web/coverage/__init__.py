"""The coverage matrix, what its squares say, and the ledger."""

from scheduler.web.page.rooms import Room

pages = Room("coverage", __name__)
