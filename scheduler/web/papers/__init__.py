"""Reports, and papers to take along."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("papers", __name__)
