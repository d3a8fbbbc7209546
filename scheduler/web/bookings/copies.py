"""Texts that are taken along into a chat: a booking, somebody's week, what was released."""

from collections.abc import Collection
from datetime import date, timedelta

from scheduler import edge
from scheduler.core.ground.access import Actor
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.mail import notices as service
from scheduler.web.page import facts
from scheduler.wording import notices

FRIDAY = 4


def booking_text(booking_id: BookingId) -> str:
    """One booking with its latest change, as whoever looks may know it."""
    return notices.text(service.of_booking(edge.session(), edge.actor(), booking_id, edge.clock()), edge.lang())


def week_text(person: PersonId, name: str, address: str = "", actor: Actor | None = None) -> str:
    """Somebody's week, as whoever looks may know it; an address to subscribe to stands only in what its reader is shown as theirs."""
    days = week(facts.today())
    told = service.of_days(edge.session(), actor or edge.actor(), person, days, edge.clock())
    return notices.week(name, days, told, address, edge.lang())


def release_text(days: Collection[date]) -> str:
    """That talks on these days were arranged."""
    return notices.release(len(days), (min(days), max(days)), edge.lang()) if days else ""


def week(today: date) -> tuple[date, date]:
    """From Monday to Sunday: this week, from Saturday on the next one."""
    monday = today - timedelta(days=today.weekday())
    if today.weekday() > FRIDAY:
        monday += timedelta(days=7)
    return monday, monday + timedelta(days=6)
