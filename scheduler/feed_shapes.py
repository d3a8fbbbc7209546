"""Feeds, and what is known of fetches, as documents."""

from scheduler.core.feeds.definitions import Feed
from scheduler.services.feeds.evidence import Delivery, Fetched
from scheduler.shapes import Document, Json


def feed(
    known: Feed, address: str | None = None, password: str | None = None, *, left_out: int | None = None
) -> Document:
    """A feed; `address`, and a device's password, only when it has just been made; what is left out, where it is looked at."""
    return {
        "id": known.id,
        "person": known.person,
        "room": known.room,
        "group": known.group,
        "campaign": known.campaign,
        "language": known.language,
        "alarm": known.options.alarm_minutes,
        "hides_names": known.options.hides_names,
        "back": known.options.back_days,
        "ahead": known.options.ahead_days,
        "left_out": left_out,
        "revision": known.revision,
        "changed_at": known.changed_at.isoformat() if known.changed_at else None,
        "created_at": known.created_at.isoformat(),
        "revoked_at": known.revoked_at.isoformat() if known.revoked_at else None,
        "address": address,
        "device": known.device or None,
        "user": known.owner.id if known.device else None,
        "password": password,
    }


def fetched(one: Fetched) -> Document:
    """That a kind of program fetched a revision of a feed."""
    return {
        "feed": one.feed,
        "revision": one.revision,
        "client": one.client,
        "first_at": one.first_at.isoformat(),
        "last_at": one.last_at.isoformat(),
        "fetches": one.fetches,
    }


def delivery(found: Delivery) -> Document:
    """Whom a change has reached."""
    people: list[Json] = [
        {
            "person": one.person,
            "delivered": one.is_delivered,
            "last_at": one.last_at.isoformat() if one.last_at else None,
        }
        for one in found.reached
    ]
    return {
        "changed_at": found.changed_at.isoformat(),
        "delivered": found.delivered,
        "of": len(found.reached),
        "people": people,
        "without_feed": list(found.without),
    }
