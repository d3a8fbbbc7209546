"""Signing in at a booking: what counts from when, who may, and what becomes of it when the booking is moved."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions.arrivals import Arrival, Arriver, Scan
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.sessions import arrivals, attendance
from scheduler.services.sessions.attendance import GivenAttendance
from scheduler.store.accounts.rows import JournalRow
from tests.builders import a_clock, an_actor, at, people

KEY = "a key of tests"
EARLY, LATE = a_clock("2014-08-13T08:20"), a_clock("2014-08-13T08:40")
BEGUN = a_clock("2014-08-13T09:00")
P03 = PersonId("p03")


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


@pytest.fixture
def meeting(session: Session) -> BookingId:
    """Three people and a guest, on 13 August from 8:30 to 10:00."""
    guests = (Guest(GuestId(""), "李志明", "青石街道总工会"),)
    span = Span(at("2014-08-13T08:30"), at("2014-08-13T10:00"))
    draft = Draft(Kind.MEETING, span, people("p02", "p03", "p04"), title="碰头会", guests=guests)
    made = bookings.book(session, OPERATOR, draft, a_clock())
    return made.booking.id


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def scanned(session: Session, meeting: BookingId, clock=EARLY) -> Scan:  # type: ignore[no-untyped-def]
    code = arrivals.screen(session, OPERATOR, meeting, KEY, clock).code
    return arrivals.scan(session, meeting, code, KEY, clock)


def statuses(session: Session, meeting: BookingId, clock=BEGUN) -> dict[str, Attended | None]:  # type: ignore[no-untyped-def]
    sheet = attendance.sheet(session, OPERATOR, meeting, clock)
    return {**{p: line.status for p, line in sheet.lines.items()}, **{g.guest.id: g.status for g in sheet.guests}}


def test_who_signs_in_before_the_start_is_there_from_the_start(session: Session, meeting: BookingId) -> None:
    member = an_actor("p03", Role.MEMBER)
    arrivals.sign_in(session, member, scanned(session, meeting), EARLY)
    late = an_actor("p04", Role.MEMBER)
    arrivals.sign_in(session, late, scanned(session, meeting, LATE), LATE)

    assert statuses(session, meeting, EARLY) == {"p02": None, "p03": None, "p04": None, "L01": None}
    assert statuses(session, meeting) == {"p02": None, "p03": Attended.ATTENDED, "p04": Attended.LATE, "L01": None}
    assert attendance.sheet(session, OPERATOR, meeting, BEGUN).turnout.present == 2
    entry = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.noun_id, entry.details) == ("arrived", meeting, {"person": "p04"})


def test_a_name_counts_once_its_number_was_compared_and_from_the_scan(session: Session, meeting: BookingId) -> None:
    scan = scanned(session, meeting)
    place = arrivals.place(session, meeting, EARLY)
    (guest,), (wen,) = arrivals.called(place.seats, "李 志明"), arrivals.called(place.seats, "文静")
    assert arrivals.called(place.seats, "张三") == []
    first, second = (arrivals.announce(session, scan, seat, EARLY) for seat in (guest, wen))
    assert first.number != second.number
    assert statuses(session, meeting)["L01"] is None

    with pytest.raises(NotFound):
        arrivals.check(session, OPERATOR, meeting, guest, "x", LATE, accepts=True)
    arrivals.check(session, OPERATOR, meeting, guest, first.number, LATE, accepts=True)
    arrivals.check(session, OPERATOR, meeting, wen, second.number, LATE, accepts=False)

    assert statuses(session, meeting) == {"p02": None, "p03": None, "p04": None, "L01": Attended.ATTENDED}
    assert arrivals.arrival(session, meeting, wen, LATE) is None
    assert arrivals.arrival(session, meeting, guest, LATE) == Arrival(meeting, guest, EARLY.now, first.number)


@on_sqlite
def test_what_an_organizer_recorded_stays(session: Session, meeting: BookingId) -> None:
    attendance.attend(session, OPERATOR, meeting, P03, GivenAttendance(Attended.ABSENT), LATE)
    arrivals.sign_in(session, an_actor("p03", Role.MEMBER), scanned(session, meeting, LATE), LATE)

    assert statuses(session, meeting)["p03"] is Attended.ABSENT


@on_sqlite
def test_a_sign_in_does_not_follow_a_booking_to_another_day(session: Session, meeting: BookingId) -> None:
    arrivals.sign_in(session, an_actor("p03", Role.MEMBER), scanned(session, meeting), EARLY)
    bookings.change(session, OPERATOR, meeting, BookingChange(start=at("2014-08-14T08:30")), LATE)

    assert statuses(session, meeting, a_clock("2014-08-14T09:00"))["p03"] is None


@on_sqlite
def test_whoever_is_not_expected_or_too_late_is_refused(session: Session, meeting: BookingId) -> None:
    scan = scanned(session, meeting)
    with pytest.raises(Malformed, match="not_in_session"):
        arrivals.sign_in(session, an_actor("p27", Role.MEMBER), scan, EARLY)
    with pytest.raises(Malformed, match="not_in_session"):
        arrivals.announce(session, scan, Arriver(guest=GuestId("L99")), EARLY)
    with pytest.raises(Refused, match="code_expired"):
        arrivals.announce(session, scan, Arriver(person=P03), a_clock("2014-08-13T08:31"))


@on_sqlite
def test_a_code_of_earlier_an_unknown_one_and_a_closed_door(session: Session, meeting: BookingId) -> None:
    code = arrivals.screen(session, OPERATOR, meeting, KEY, EARLY).code
    later = a_clock("2014-08-13T08:21", EARLY.real + timedelta(minutes=1))
    with pytest.raises(Refused, match="code_expired"):
        arrivals.scan(session, meeting, code, KEY, later)
    with pytest.raises(NotFound):
        arrivals.scan(session, meeting, code, "another key", EARLY)
    with pytest.raises(Refused, match="sign_in_closed"):
        arrivals.scan(session, meeting, code, KEY, a_clock("2014-08-13T07:50"))
    assert not arrivals.screen(session, OPERATOR, meeting, KEY, a_clock("2014-08-13T07:50")).code


@on_sqlite
def test_the_screen_is_for_those_who_record(session: Session, meeting: BookingId) -> None:
    for actor in (an_actor("p03", Role.MEMBER), an_actor("s01", Role.SUPERVISOR)):
        with pytest.raises(NotAllowed):
            arrivals.screen(session, actor, meeting, KEY, EARLY)
    with pytest.raises(NotFound):
        arrivals.screen(session, OPERATOR, BookingId("T041"), KEY, EARLY)
