"""Signing in, accounts, and the journal of what was done."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("accounts", __name__)
