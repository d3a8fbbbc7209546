"""Whom the latest change of a booking has reached."""

from dataclasses import dataclass
from datetime import datetime

from scheduler import edge, wording
from scheduler.core.ground.access import Action, may
from scheduler.core.ground.ids import BookingId
from scheduler.services.feeds import evidence
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose calendar has not looked since a change."""

    name: str
    last: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Whom the latest change of a booking has reached."""

    count: int
    of: int
    waiting: list[Waiting]
    without: str


def delivered(booking_id: BookingId, names: Names) -> Delivered | None:
    """Whom the latest change has reached, for those who may know."""
    if not may(edge.actor(), Action.SEE_FEEDS):
        return None
    delivery = evidence.delivery(edge.session(), edge.actor(), booking_id, edge.clock())
    waiting = [Waiting(names.person(reader.person), last_look(reader.last_at)) for reader in delivery.pending]
    return Delivered(delivery.delivered, len(delivery.reached), waiting, names.people(delivery.without))


def last_look(at: datetime | None) -> str:
    """When a calendar last looked, as people read it."""
    return wording.stamp_text(at.astimezone(edge.zone()), edge.lang()) if at else _("从未取过")
