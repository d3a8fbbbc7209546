"""Bookings as far as a viewer may see them."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import OFF_SITE, Kind
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.store import save
from tests.builders import a_booking, a_clock, a_span, a_talk, an_actor, people
from tests.seeds import an_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CLOCK = a_clock("2014-07-01T08:00")
TALK = a_talk(room="R04")
PHONE = a_talk("T002", "2014-07-01T10:00")
CANCELLED = a_talk("T003", "2014-07-01T11:00", room="R04", is_cancelled=True)
VISIT = a_booking("E01", Kind.VISIT, "2014-07-02T09:00", who=["p03"], room=OFF_SITE)
MEETING = a_booking("E02", Kind.MEETING, "2014-07-02T14:00", who=["p01", "p03", "p04"], room="R02")
STRANGER = an_actor("p06")


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session)
    save.bookings(session, [TALK, PHONE, CANCELLED, VISIT, MEETING], CLOCK)
    session.commit()
    return session


def seen(session: Session, actor: Actor, query: Query = Query()) -> list[tuple[str | None, str]]:  # noqa: B008 - frozen
    return [(b.id, b.state) for b in bookings.listing(session, actor, query, CLOCK)]


@pytest.mark.parametrize("actor", [OPERATOR, an_actor("p05", Role.SUPERVISOR), an_actor("p05", Role.PRINCIPAL)])
def test_those_who_oversee_see_all(session: Session, actor: Actor) -> None:
    assert seen(session, actor) == [
        ("T001", "booked"), ("T002", "booked"), ("T003", "cancelled"), ("E01", "booked"), ("E02", "booked"),
    ]  # fmt: skip


def test_stranger_sees_which_rooms_are_taken_and_nothing_else(session: Session) -> None:
    assert bookings.listing(session, STRANGER, Query(), CLOCK) == [
        SeenBooking(None, "busy", "占用", a_span("2014-07-01T09:00"), RoomId("R04"), (), "busy", is_busy=True),
        SeenBooking(None, "busy", "占用", a_span("2014-07-02T14:00"), RoomId("R02"), (), "busy", is_busy=True),
    ]


def test_people_see_their_own(session: Session) -> None:
    assert seen(session, an_actor("p03")) == [(None, "busy"), ("E01", "booked"), ("E02", "booked")]


@pytest.mark.parametrize("query", [Query(person=PersonId("p01")), Query(kind=Kind.TALK)])
def test_asking_for_a_person_or_a_kind_tells_a_stranger_nothing(session: Session, query: Query) -> None:
    assert seen(session, STRANGER, query) == []


def test_asking_for_a_colleague_tells_what_one_shares_with_them(session: Session) -> None:
    assert seen(session, an_actor("p03"), Query(person=PersonId("p01"))) == [("E02", "booked")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(room=RoomId("R04")), ["T001", "T003"]),
        (Query(room=OFF_SITE), ["E01"]),
        (Query(kind=Kind.MEETING), ["E02"]),
        (Query(person=PersonId("p03")), ["E01", "E02"]),
        (Query(first=date(2014, 7, 2)), ["E01", "E02"]),
        (Query(last=date(2014, 7, 1)), ["T001", "T002", "T003"]),
        (Query(first=date(2014, 7, 2), last=date(2014, 7, 2), room=RoomId("R02")), ["E02"]),
        (Query(first=date(2014, 7, 3), last=date(2014, 7, 2)), []),
        (Query(first=date.min, last=date.max), ["T001", "T002", "T003", "E01", "E02"]),
    ],
)
def test_query_narrows_the_list(session: Session, query: Query, expected: list[str]) -> None:
    assert [name for name, _ in seen(session, OPERATOR, query)] == expected


def test_nobody_without_a_role_sees_anything(session: Session) -> None:
    with pytest.raises(NotAllowed):
        seen(session, Actor(None, frozenset()))


def test_one_is_shown_to_those_who_may_know_of_it(session: Session) -> None:
    assert bookings.seen_booking(session, an_actor("p01"), BookingId("T001"), CLOCK).people == people("p01", "p02")
    for name in ("T001", "T999"):
        with pytest.raises(NotFound):
            bookings.seen_booking(session, STRANGER, BookingId(name), CLOCK)
