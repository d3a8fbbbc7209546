"""When some people could talk."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.services.bookings.free_times import FreeTime, TimeQuery, find, free_times, instead
from scheduler.store import save
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.organisation.rows import AbsenceRow, ExternalContactRow, RoomRow
from tests.builders import a_clock, a_group, a_span, a_talk, an_actor, people
from tests.seeds import a_campaign, an_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CLOCK = a_clock("2014-07-01T08:00")
TUESDAY, WEDNESDAY = date(2014, 7, 1), date(2014, 7, 2)


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session, rooms=("R02", "R04", "R05"), groups=[a_group("team", ["p01", "p02", "p03"])])
    session.commit()
    return session


def found(session: Session, first: date = TUESDAY, last: date = WEDNESDAY, minutes: int = 60, **more: int) -> list[str]:
    times = free_times(session, OPERATOR, people("p01", "p02"), minutes, CLOCK, first, last, **more)
    return [f"{time.span.start:%d %H:%M} {time.room}" for time in times]


def test_free_times_lie_on_the_grid_within_working_hours(session: Session) -> None:
    assert found(session, limit=6) == [
        "01 08:30 R04", "01 09:00 R04", "01 09:30 R04", "01 10:00 R04", "01 10:30 R04", "01 13:30 R04",
    ]  # fmt: skip


def test_what_takes_people_or_the_room_is_left_out(session: Session) -> None:
    taken = [
        a_talk("T001", "2014-07-01T08:30", who=["p01", "p05"], room="R04"),
        a_talk("T002", "2014-07-01T10:00", who=["p04", "p05"], room="R04"),
        a_talk("T003", "2014-07-01T13:30", who=["p02", "p05"]),
        a_talk("T004", "2014-07-01T14:30", who=["p03", "p04"], room="R04"),
        a_talk("T005", "2014-07-01T14:30", who=["p05", "p06"], room="R05"),
    ]
    save.bookings(session, taken, CLOCK)

    assert found(session, limit=5) == ["01 09:30 R05", "01 10:00 R05", "01 10:30 R05", "01 15:30 R04", "01 16:00 R04"]


def test_absence_and_weekend_are_left_out(session: Session) -> None:
    session.add(AbsenceRow(person_id="p02", first=TUESDAY, last=date(2014, 7, 3)))
    session.flush()

    assert found(session, last=date(2014, 7, 6), limit=1) == ["04 08:30 R04"]
    assert found(session, date(2014, 7, 5), date(2014, 7, 6)) == []


def test_what_is_over_is_left_out(session: Session) -> None:
    late = a_clock("2014-07-01T16:05")

    assert free_times(session, OPERATOR, people("p01", "p02"), 60, late, TUESDAY, TUESDAY) == [
        FreeTime(a_span("2014-07-01T16:30", 60), "R04")  # type: ignore[arg-type]
    ]


def test_without_a_room_for_talks_the_time_alone_is_told(session: Session) -> None:
    for room in session.query(RoomRow):
        room.use = "meeting"
    session.flush()

    assert found(session, limit=1) == ["01 08:30 None"]


def test_odd_questions_find_nothing(session: Session) -> None:
    assert found(session, WEDNESDAY, TUESDAY) == []
    assert found(session, minutes=10_000) == []
    assert len(found(session, last=date.max, limit=1)) == 1
    with pytest.raises(Malformed) as no:
        found(session, minutes=0)
    limits = {"value": 0, "first": 1, "last": 14 * 24 * 60}
    assert (no.value.kind, no.value.field, no.value.details) == ("out_of_range", "minutes", limits)


def test_nobody_searches_for_others(session: Session) -> None:
    with pytest.raises(NotAllowed):
        free_times(session, an_actor("p03"), people("p01", "p02"), 60, CLOCK, TUESDAY, WEDNESDAY)


# ── For any group, any kind, any room ────────────────────────────────────────────────────────────────────────────────
MEETING = TimeQuery(Kind.MEETING, 60, audience=("team",), first=TUESDAY, last=TUESDAY)


def best(session: Session, wanted: TimeQuery, actor: Actor = OPERATOR, limit: int = 1) -> list[FreeTime]:
    return find(session, actor, wanted, CLOCK, limit=limit)


def rooms_of(session: Session, **known: tuple[str, int | None]) -> None:
    for name, (use, capacity) in known.items():
        room = session.get(RoomRow, name)
        assert room
        room.use, room.capacity = use, capacity
    session.flush()


def test_a_meeting_gets_the_smallest_room_that_is_large_enough(session: Session) -> None:
    rooms_of(session, R02=("meeting", 40), R04=("all", 3), R05=("meeting", 2))

    assert best(session, MEETING)[0].room == "R04"
    assert best(session, replace(MEETING, use="meeting"))[0].room == "R02"
    assert best(session, replace(MEETING, use="talk")) == []
    session.add(ExternalContactRow(id="X1", kind="guest", name="来宾"))
    session.flush()
    assert best(session, replace(MEETING, audience=("team", "ext:guest")))[0].room == "R02"


def test_a_talk_leaves_the_large_rooms_alone_while_there_is_one_for_talks(session: Session) -> None:
    rooms_of(session, R02=("all", 2), R04=("talk", None), R05=("talk", 4))
    talk = TimeQuery(Kind.TALK, 60, people("p01", "p02"), first=TUESDAY, last=TUESDAY)

    assert {one.room for one in best(session, talk, limit=50)} == {"R05"}
    rooms_of(session, R04=("meeting", 9), R05=("talk", 1))
    assert {one.room for one in best(session, talk, limit=50)} == {"R02"}


def test_a_room_that_is_named_is_the_one_and_is_warned_of(session: Session) -> None:
    rooms_of(session, R04=("talk", 2))
    save.bookings(session, [a_talk("T001", "2014-07-01T08:30", who=["p05", "p06"], room="R04")], CLOCK)
    session.commit()

    first = best(session, replace(MEETING, room=RoomId("R04")))[0]

    assert (first.span, first.room) == (a_span("2014-07-01T09:30", 60), "R04")
    assert [warning.kind for warning in first.warnings] == ["room_too_small", "room_use"]
    assert best(session, replace(MEETING, room=RoomId("EXT")))[0].room is None
    assert best(session, replace(MEETING, needs_room=False))[0].span == a_span("2014-07-01T08:30", 60)
    with pytest.raises(Malformed):
        best(session, replace(MEETING, room=RoomId("R99")))


def test_who_comes_through_an_audience_may_be_missing_and_organizers_are_told_who(session: Session) -> None:
    session.add(AbsenceRow(person_id="p02", first=TUESDAY, last=TUESDAY))
    session.flush()
    organizer = Actor(None, frozenset({Role.ORGANIZER}))
    branch = Actor(
        people("p05")[0],
        frozenset({Role.BRANCH_ORGANIZER}),
        branches=frozenset({"team"}),  # type: ignore[arg-type]
        branch_members=frozenset(people("p01", "p02", "p03")),
    )

    assert [(t.missing, t.missing_people) for t in best(session, MEETING, organizer)] == [(1, ("p02",))]
    theirs = replace(MEETING, audience=("branch:team",))
    assert [(t.missing, t.missing_people) for t in best(session, theirs, branch)] == [(1, ())]
    assert best(session, replace(MEETING, people=people("p02"))) == []
    nobody_misses = best(session, replace(MEETING, last=WEDNESDAY))[0]
    assert (nobody_misses.span, nobody_misses.missing) == (a_span("2014-07-02T08:30", 60), 0)


def test_talks_are_offered_inside_their_window_first(session: Session) -> None:
    a_campaign(session, "2014-07-02", "2014-07-02")
    talk = TimeQuery(Kind.TALK, 180, people("p01", "p02"), first=TUESDAY, last=WEDNESDAY)

    found = best(session, talk, limit=50)

    assert [f"{one.span.start:%d %H:%M}" for one in found][:4] == ["02 08:30", "02 13:30", "02 14:00", "02 14:30"]
    assert [[w.kind for w in one.warnings] for one in found][3:5] == [[], ["outside_window"]]


def starts(session: Session, query: TimeQuery) -> list[str]:
    """The three best: `01 09:00 R04`."""
    return [f"{t.span.start:%d %H:%M} {t.room}" for t in best(session, query, limit=3)]


def test_a_booking_that_would_move_is_not_in_its_own_way(session: Session) -> None:
    talk = a_talk("T001", "2014-07-01T08:30", who=["p01", "p02"], room="R04")
    save.bookings(session, [talk, a_talk("T002", "2014-07-01T10:00", who=["p01", "p03"])], CLOCK)
    session.commit()

    wanted = instead(session, OPERATOR, BookingId("T001"))
    assert (wanted.minutes, wanted.people, wanted.replaces) == (45, ("p01", "p02"), "T001")
    assert starts(session, replace(wanted, first=TUESDAY)) == ["01 09:00 R04", "01 13:30 R04", "01 14:00 R04"]
    assert starts(session, wanted) == ["02 08:30 R04", "02 09:00 R04", "02 09:30 R04"]  # with a workday of notice
    a_campaign(session)
    session.execute(update(CampaignRow).values(notice_workdays=2))
    session.commit()
    assert starts(session, wanted)[0] == "03 08:30 R04"
    others = instead(session, OPERATOR, BookingId("T001"), add_people=people("p03"), remove_people=people("p01"))
    assert others.people == ("p02", "p03")


def test_nobody_learns_through_somebody_elses_booking(session: Session) -> None:
    save.bookings(session, [a_talk("T001", "2014-07-01T08:30", who=["p01", "p02"])], CLOCK)
    session.commit()
    own = TimeQuery(Kind.TALK, 45, people("p03", "p04"), replaces=BookingId("T001"))

    with pytest.raises(NotFound):
        find(session, an_actor("p03"), own, CLOCK)
    with pytest.raises(NotFound):
        instead(session, an_actor("p03"), BookingId("T001"))
    with pytest.raises(NotAllowed):
        find(session, an_actor("p03"), MEETING, CLOCK)
    with pytest.raises(Refused) as no:
        find(session, an_actor("p03"), replace(own, replaces=None), CLOCK)
    assert [finding.kind for finding in no.value.blocking] == ["own_talk_not_asked"]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (TimeQuery(Kind.MEETING, 60), "people"),
        (TimeQuery(Kind.MEETING, 60, people("p99")), "people"),
        (TimeQuery(Kind.MEETING, 60, audience=("nowhere",)), "audience"),
        (TimeQuery(Kind.MEETING, 0, people("p01")), "minutes"),
        (TimeQuery(Kind.MEETING, 30000, people("p01")), "minutes"),
    ],
)
def test_what_cannot_be_understood_is_named(session: Session, wanted: TimeQuery, field: str) -> None:
    with pytest.raises(Malformed) as no:
        find(session, OPERATOR, wanted, CLOCK)
    assert no.value.field == field
