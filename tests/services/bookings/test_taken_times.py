"""When a booking cannot be: told to those who may book it, and no more than that."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import OFF_SITE, Participant
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings.taken_times import MAX_STRETCH, TakenTimes, for_booking, for_talk
from scheduler.store import save
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import ZONE, a_booking, a_clock, a_group, a_talk, an_actor, people
from tests.seeds import an_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CLOCK = a_clock("2014-07-01T08:00")
TUESDAY, WEDNESDAY = date(2014, 7, 1), date(2014, 7, 2)


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session, rooms=("R04", "R05"), groups=[a_group("team", ["p01", "p02", "p03"])])
    talks = [
        a_talk("T001", "2014-07-01T08:30", who=["p01", "p05"], room="R04"),
        a_talk("T002", "2014-07-01T09:15", who=["p02", "p06"], room="R05"),
        a_talk("T003", "2014-07-01T14:00", who=["p01", "p02"], room="R04"),
        a_talk("T004", "2014-07-02T09:00", who=["p04", "p06"], room="R04"),
    ]
    save.bookings(session, talks, CLOCK)
    session.commit()
    return session


def told(spans: tuple[Span, ...]) -> list[str]:
    local = [(span.start.astimezone(ZONE), span.end.astimezone(ZONE)) for span in spans]
    return [f"{start:%d %H:%M}–{end:%H:%M}" for start, end in local]


def of_booking(session: Session, booking: str = "T003") -> TakenTimes:
    return for_booking(session, OPERATOR, BookingId(booking), TUESDAY, WEDNESDAY, CLOCK)


def test_people_of_a_talk_are_taken_together_and_its_own_time_is_free(session: Session) -> None:
    taken = of_booking(session)

    assert told(taken.people) == ["01 08:30–10:00"]
    assert [(room, told(spans)) for room, spans in taken.rooms] == [("R04", ["01 08:30–09:15", "02 09:00–09:45"])]


def test_days_begin_at_local_midnight(session: Session) -> None:
    early = [a_talk(f"T00{4 + day}", f"2014-07-0{day}T06:00", who=["p03", "p04"]) for day in (1, 2)]
    save.bookings(session, early, CLOCK)

    assert told(for_talk(session, OPERATOR, people("p03", "p04"), TUESDAY, TUESDAY, CLOCK).people) == ["01 06:00–06:45"]


def test_hours_of_one_person_are_put_together(session: Session) -> None:
    for opens, closes in (("08:00", "12:00"), ("14:00", "18:00")):
        hours = {"only_weekdays": [1], "only_from": opens, "only_to": closes}
        session.add(AbsenceRow(person_id="p05", first=TUESDAY, last=TUESDAY, **hours))
    session.flush()

    taken = for_talk(session, OPERATOR, people("p05", "p04"), TUESDAY, TUESDAY, CLOCK)

    assert told(taken.people) == ["01 00:00–08:00", "01 08:30–09:15", "01 12:00–14:00", "01 18:00–00:00"]


def test_absence_takes_a_day_without_saying_why(session: Session) -> None:
    session.add(AbsenceRow(person_id="p02", first=WEDNESDAY, last=WEDNESDAY, reason="病假"))
    session.flush()

    assert told(of_booking(session).people) == ["01 08:30–10:00", "02 00:00–00:00"]


def test_new_talk_is_told_every_room_that_would_do(session: Session) -> None:
    taken = for_talk(session, OPERATOR, people("p01", "p02"), TUESDAY, TUESDAY, CLOCK)

    assert told(taken.people) == ["01 08:30–10:00", "01 14:00–14:45"]
    assert [room for room, _ in taken.rooms] == ["R04", "R05"]


def test_who_comes_through_a_group_is_taken_but_their_absence_is_no_hindrance(session: Session) -> None:
    who = [Participant(person, is_named=False) for person in people("p01", "p02", "p03")]
    meeting = a_booking("E01", start="2014-07-02T14:00", audience=("team",), who=who, room=OFF_SITE)
    save.bookings(session, [meeting], CLOCK)
    session.add(AbsenceRow(person_id="p03", first=TUESDAY, last=TUESDAY))
    session.flush()

    taken = of_booking(session, "E01")

    assert told(taken.people) == ["01 08:30–10:00", "01 14:00–14:45"]
    assert taken.rooms == ()


def test_only_those_who_may_book_it_are_told(session: Session) -> None:
    member = an_actor("p05", Role.MEMBER)

    with pytest.raises(NotFound):
        for_booking(session, member, BookingId("T003"), TUESDAY, WEDNESDAY, CLOCK)
    with pytest.raises(NotAllowed):
        for_talk(session, member, people("p01", "p02"), TUESDAY, WEDNESDAY, CLOCK)
    with pytest.raises(Refused):  # no rule asks for it
        for_talk(session, member, people("p05", "p02"), TUESDAY, TUESDAY, CLOCK)


@pytest.mark.parametrize("last", [TUESDAY - timedelta(days=1), TUESDAY + MAX_STRETCH + timedelta(days=1)])
def test_too_many_days_are_refused(session: Session, last: date) -> None:
    with pytest.raises(Malformed) as no:
        for_talk(session, OPERATOR, people("p01", "p02"), TUESDAY, last, CLOCK)

    days = {"value": (last - TUESDAY).days, "first": 0, "last": 62}
    assert (no.value.kind, no.value.field, no.value.details) == ("out_of_range", "to", days)


def test_unknown_person_is_refused(session: Session) -> None:
    with pytest.raises(Malformed):
        for_talk(session, OPERATOR, people("p01", "p99"), TUESDAY, WEDNESDAY, CLOCK)
