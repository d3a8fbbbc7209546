"""What became of mail, and what its links lead to."""

from scheduler.web.page.rooms import Room

pages = Room("mail", __name__)
