"""The campaign with its days, and the first hour."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("campaigns", __name__)
