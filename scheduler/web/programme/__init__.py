"""The programme's pages: lanes, the rectification ledger, materials, opinions, training, meetings by frequency, the gate of a meeting."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("programme", __name__)
