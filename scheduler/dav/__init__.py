"""The door for calendar accounts of phones (CalDAV, RFC 4791 and 6578), read-only: the same entries as in a feed, one by one."""

from flask import Blueprint

dav = Blueprint("dav", __name__)

from scheduler.dav import views  # noqa: E402 - the views hang themselves on `dav`

__all__ = ["dav", "views"]
