"""Signing in, accounts, and the journal of what was done."""

from scheduler.web.page.rooms import Room

pages = Room("accounts", __name__)
