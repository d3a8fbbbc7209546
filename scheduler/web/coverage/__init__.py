"""The coverage matrix, what its squares say, and the ledger."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("coverage", __name__)
