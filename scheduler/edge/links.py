"""Addresses: those that are handed out, and those that one may go on to."""

from urllib.parse import urlsplit

from flask import url_for

from scheduler.edge.sessions import settings


def link(endpoint: str, **values: object) -> str:
    """An address to hand out: built from the configured one, never from what the visitor's browser says."""
    return settings().base_url + url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask types its values loosely


def booking_link() -> str:
    """Where a booking is shown to those who sign in, up to its id."""
    return f"{settings().base_url}/bookings/"


def device_server() -> str:
    """Where the calendar accounts of devices are."""
    return f"{settings().base_url}/dav/"


def feed_address(token: str) -> str:
    """The address of a calendar feed, for the one who is given it."""
    return f"{settings().base_url}/feeds/{token}.ics"


def local_path(target: str | None, default: str) -> str:
    """A place of ours to go on to; anything that leads elsewhere gives the default."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    parts = urlsplit(target)
    is_ours = not parts.scheme and not parts.netloc and "\\" not in target and target.isprintable()
    return target if is_ours else default
