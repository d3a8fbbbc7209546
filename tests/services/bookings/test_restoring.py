"""A cancelled booking is put back where it was, or refused with reasons; on both databases."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.errors import Malformed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import journal
from scheduler.services.organisation import absences
from scheduler.store import load
from tests.builders import a_draft
from tests.services.booked import CLOCK, MEMBER, allocations, book, prepare


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


def test_cancelled_booking_is_put_back_as_it_was(session: Session) -> None:
    the_id = BookingId(book(session, a_draft(room="R04")))
    before = load.booking(session, the_id)
    gone = bookings.cancel(session, OPERATOR, the_id, CLOCK).booking
    assert allocations(session) == []

    back = bookings.restore(session, OPERATOR, the_id, CLOCK, version=gone.version).booking

    assert (back.is_cancelled, back.cancelled_at) == (False, None)
    assert (back.span, back.room, back.participants, back.uid) == (
        before.span,
        before.room,
        before.participants,
        before.uid,
    )
    assert (back.version, back.sequence) == (3, 2)
    assert allocations(session) == [("T001", "p:p01"), ("T001", "p:p02"), ("T001", "r:R04")]
    assert journal.latest(session, "restored", "booking") == CLOCK.real


def test_time_that_was_taken_meanwhile_is_told(session: Session) -> None:
    the_id = BookingId(book(session, a_draft(room="R04")))
    bookings.cancel(session, OPERATOR, the_id, CLOCK)
    book(session, a_draft(who=["p02", "p03"], room="R04"))

    with pytest.raises(Refused) as refused:
        bookings.restore(session, OPERATOR, the_id, CLOCK)

    assert [(f.kind, f.subject) for f in refused.value.blocking] == [("person_taken", "p02"), ("room_taken", "R04")]
    assert load.booking(session, the_id).is_cancelled


def test_absence_that_came_about_meanwhile_is_told(session: Session) -> None:
    the_id = BookingId(book(session, a_draft()))
    gone = bookings.cancel(session, OPERATOR, the_id, CLOCK).booking
    day = gone.span.start.date()
    absences.add_absence(session, OPERATOR, Absence(0, PersonId("p02"), day, day, "出差"), CLOCK)

    back = bookings.restore(session, OPERATOR, the_id, CLOCK)

    assert ("absence", "p02") in [(f.kind, f.subject) for f in back.findings.warnings]
    assert not back.booking.is_cancelled


def test_what_stands_or_has_changed_is_not_put_back(session: Session) -> None:
    the_id = BookingId(book(session, a_draft()))
    with pytest.raises(Malformed, match="not_cancelled"):
        bookings.restore(session, OPERATOR, the_id, CLOCK)
    bookings.cancel(session, OPERATOR, the_id, CLOCK)

    with pytest.raises(Outdated):
        bookings.restore(session, OPERATOR, the_id, CLOCK, version=1)


def test_others_put_nothing_back(session: Session) -> None:
    the_id = BookingId(book(session, a_draft(who=["p03", "p04"])))
    bookings.cancel(session, OPERATOR, the_id, CLOCK)

    with pytest.raises(NotFound):
        bookings.restore(session, MEMBER, the_id, CLOCK)
