"""Taking a person, a unit, a group, a room or a contact out again, as long as nothing hangs on it; else what hangs is told."""

from enum import StrEnum

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.services.bookings import given as import_bookings
from scheduler.services.ground import journal
from scheduler.store import hanging, load, writing
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.organisation.rows import ExternalContactRow


class Removable(StrEnum):
    """What can be taken out, as the journal calls it."""

    PERSON = "person"
    UNIT = "unit"
    GROUP = "group"
    ROOM = "room"
    CONTACT = "external_contact"


def look(session: Session, actor: Actor, noun: Removable, key: str, clock: Clock) -> tuple[Finding, ...]:
    """What hangs on a thing: nothing, and it can be removed. Nothing is written. Raises NotFound."""
    access.require(actor, Action.EDIT_ORGANISATION)
    writing.begin(session)
    try:
        return _taken_out(session, noun, key, clock)
    finally:
        session.rollback()


@writing.verb
def remove(session: Session, actor: Actor, noun: Removable, key: str, clock: Clock) -> None:
    """Remove a thing on which nothing hangs. Raises NotFound; Refused with what hangs (`still_used`)."""
    access.require(actor, Action.EDIT_ORGANISATION)
    writing.begin(session)
    if still := _taken_out(session, noun, key, clock):
        raise Refused(still)
    hanging.end(session, noun, key)
    journal.note(session, actor, "removed", noun.value, key, clock)


def _taken_out(session: Session, noun: Removable, key: str, clock: Clock) -> tuple[Finding, ...]:
    """Take away what only says what a thing is, let audiences follow, and say what is left hanging."""
    if not hanging.exists(session, noun, key):
        raise NotFound("contact" if noun is Removable.CONTACT else noun.value, key)
    kind = session.get_one(ExternalContactRow, key).kind if noun is Removable.CONTACT else ""
    seats = hanging.seats(session, key) if noun is Removable.PERSON else []
    hanging.take_out(session, noun, key)
    if noun is Removable.PERSON:  # whoever came in through 全体职工 leaves those meetings again
        import_bookings.write(session, [], load.organisation(session).zone, clock, chart_changed=True)
        session.flush()
    told = [
        Finding("still_used", key, {"what": rows.table, "count": rows.count, "bookings": rows.bookings})
        for rows in [*hanging.on(session, noun, key), *seats]
    ]
    if noun is Removable.CONTACT:
        told += _invited(session, key, kind)
    return tuple(told)


def _invited(session: Session, key: str, kind: str) -> list[Finding]:
    """The bookings to which the last contact of a kind is invited."""
    others = select(func.count()).where(ExternalContactRow.kind == kind, ExternalContactRow.id != key)
    if session.scalar(others):
        return []
    invited = cast(BookingRow.audience, Text).contains(f'"ext:{kind}"', autoescape=True)
    bookings = tuple(session.scalars(select(BookingRow.id).where(invited).order_by(BookingRow.id)))
    return (
        [Finding("still_used", key, {"what": "booking", "count": len(bookings), "bookings": bookings})]
        if bookings
        else []
    )
