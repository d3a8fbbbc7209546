"""What became of mail, and what its links lead to."""

from scheduler.web.page.rooms import PageRoom

pages = PageRoom("mail", __name__)
