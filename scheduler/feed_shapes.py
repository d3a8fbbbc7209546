"""What is known of fetches, as documents."""

from scheduler.services.feed_evidence import Delivery, Fetched
from scheduler.shapes import Document, Json


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
