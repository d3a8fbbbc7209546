"""Series arranged: proposed on the facts, then booked all at once or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.sessions.series import half_days
from scheduler.services.bookings import acts as bookings
from scheduler.services.sessions import series
from scheduler.services.sessions.series import NO_ROOM, Chosen, SeriesOrder, SeriesProposal
from scheduler.store import load
from scheduler.store.bookings.rows import BookingRow
from tests.builders import a_clock, a_draft, an_actor, at, people

CLOCK = a_clock("2014-08-01T08:00")
WED_FRI = half_days("Wed-pm") | half_days("Fri-pm")
ORDER = SeriesOrder(
    Kind.STUDY_SESSION,
    120,
    date(2014, 8, 11),
    date(2014, 8, 29),
    count=4,
    audience=("leadership_team",),
    apart=2,
    per_week=2,
    half_days=WED_FRI,
    title="第{n}次集中学习",
)


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def propose(session: Session, order: SeriesOrder = ORDER) -> SeriesProposal:
    return series.propose(session, OPERATOR, order, CLOCK)


def said(found: SeriesProposal) -> list[str]:
    return [f"{one.draft.title} {one.placed.span.start:%m-%d %H:%M} {one.draft.room}" for one in found.sessions]


def chosen(found: SeriesProposal) -> list[Chosen]:
    return [Chosen(one.draft.span.start, one.draft.room) for one in found.sessions]


def test_a_series_is_proposed_and_then_booked_as_it_was_seen(session: Session) -> None:
    found = propose(session)

    # The 20th is the day of the democratic life meeting; on the 27th some are at a meeting of their branch.
    assert said(found) == [
        "第27次集中学习 08-13 13:30 R03",
        "第28次集中学习 08-15 13:30 R03",
        "第29次集中学习 08-22 13:30 R03",
        "第30次集中学习 08-29 13:30 R03",
    ]
    assert (found.plan.is_complete, found.plan.missed) == (True, 0)

    booked = series.book(session, OPERATOR, ORDER, chosen(found), CLOCK)

    assert [one.booking.id for one in booked] == ["S27", "S28", "S29", "S30"]
    assert load.booking(session, BookingId("S30")).title == "第30次集中学习"
    # What stands keeps its distance and counts for its week.
    assert propose(session).sessions == ()
    assert said(propose(session, replace(ORDER, last=date(2014, 9, 5), count=2))) == [
        "第31次集中学习 09-03 13:30 R03",
        "第32次集中学习 09-05 13:30 R03",
    ]


def test_all_or_nothing(session: Session) -> None:
    found = propose(session)
    bookings.book(session, OPERATOR, a_draft(start="2014-08-22T14:00", who=["p02", "p40"]), CLOCK)
    bookings.book(session, OPERATOR, a_draft(start="2014-08-29T14:00", who=["p03", "p40"], room="R03"), CLOCK)
    count = session.scalar(select(func.count()).select_from(BookingRow))
    session.rollback()

    with pytest.raises(Refused) as no:
        series.book(session, OPERATOR, ORDER, chosen(found), CLOCK)

    assert [(f.kind, f.subject) for f in no.value.blocking] == [
        ("person_taken", "p02"), ("person_taken", "p03"), ("room_taken", "R03")
    ]  # fmt: skip
    assert all(finding.details["day"] is None for finding in no.value.blocking)
    assert session.scalar(select(func.count()).select_from(BookingRow)) == count


@on_sqlite
class TestWhoCannotCome:
    def test_somebody_of_a_group_is_missing_and_somebody_named_refuses(self, session: Session) -> None:
        july = replace(ORDER, count=1, first=date(2014, 7, 7), last=date(2014, 7, 12), half_days=half_days("Fri"))
        clock = a_clock("2014-07-01T08:00")

        found = series.propose(session, OPERATOR, july, clock)
        by_name = series.propose(session, OPERATOR, replace(july, must_come=people("p04")), clock)

        assert [f.subject for f in found.sessions[0].missing] == ["p04"]
        assert (found.plan.missed, found.sessions[0].placed.attending) == (1, 7)
        assert by_name.sessions == ()
        assert [(f.kind, f.subject, f.details.get("name")) for f in by_name.plan.reasons] == [
            ("series_people", "2014-07-07", None), ("series_person", "p04", "王海波")
        ]  # fmt: skip
        named = series.propose(session, OPERATOR, replace(july, people=people("p04"), audience=()), clock)
        assert named.plan.placed == 0

    def test_who_must_come_has_to_be_invited(self, session: Session) -> None:
        with pytest.raises(Malformed, match="not_invited"):
            propose(session, replace(ORDER, must_come=people("p40")))


@on_sqlite
class TestRooms:
    def test_one_room_off_site_or_none(self, session: Session) -> None:
        def room(asked: str) -> RoomId | None:
            return propose(session, replace(ORDER, room=RoomId(asked))).sessions[0].draft.room

        assert (room("R02"), room("EXT"), room(NO_ROOM)) == ("R02", "EXT", None)

    def test_any_room_is_large_enough_and_not_for_talks(self, session: Session) -> None:
        everybody = replace(ORDER, audience=("all_staff",), count=1)

        assert propose(session, everybody).sessions[0].draft.room == "R01"

    def test_a_room_that_is_taken_is_named(self, session: Session) -> None:
        tight = replace(ORDER, room=RoomId("R02"), audience=("retired",), count=5, half_days=half_days("Wed-pm"))

        reasons = propose(session, replace(tight, last=date(2014, 9, 10), minutes=240)).plan.reasons

        assert [(f.kind, f.subject) for f in reasons] == [("series_room", "R02")]
        assert getattr(reasons[0].details["name"], "name", "") == "第一会议室"


@on_sqlite
class TestStudyHours:
    def test_by_the_meeting_one_session_is_needed(self, session: Session) -> None:
        order = replace(ORDER, count=None, reach_by=date(2014, 8, 20), first=date(2014, 8, 1), minutes=60)

        found = propose(session, order)

        assert found.need is not None
        assert (found.need.asked_hours, found.need.sessions) == (49, 1)
        assert found.need.lacking == {PersonId("p06"): 1.0, PersonId("p07"): 1.0}
        assert found.need.still_lacking == {}
        assert said(found) == ["第27次集中学习 08-01 13:30 R03"]  # two days after the one of 30 July
        assert found.order.last == date(2014, 8, 20)
        assert [len(propose(session, replace(order, minutes=m)).sessions) for m in (30, 45, 180)] == [2, 2, 1]

    def test_by_the_end_nothing_is_needed(self, session: Session) -> None:
        found = propose(session, replace(ORDER, count=None, reach_by=date(2014, 11, 24)))

        assert (found.sessions, found.plan.is_complete) == ((), True)
        assert found.need is not None
        assert found.need.sessions == 0

    def test_who_cannot_come_to_one_still_lacks_its_hours(self, session: Session) -> None:
        august = date(2014, 8, 6), date(2014, 8, 6)
        order = replace(
            ORDER, count=None, reach_by=date(2014, 8, 6), first=august[0], last=august[1], audience=("all_party",),
            half_days=half_days("Wed"), minutes=180, room=RoomId("EXT"),
        )  # fmt: skip

        with pytest.raises(Malformed, match="out_of_range"):
            propose(session, replace(order, minutes=30))
        found = propose(session, order)
        assert found.need is not None
        assert found.plan.requested == 17
        assert len(found.need.still_lacking) == 48
        assert "p01" not in found.need.lacking

    def test_hours_are_for_those_who_may_see_them(self, session: Session) -> None:
        secretary = an_actor("p12", Role.BRANCH_ORGANIZER, branches=["B1"], members=["p12"])
        order = replace(ORDER, audience=("branch:B1",), count=None, reach_by=date(2014, 11, 24))

        with pytest.raises(NotAllowed):
            series.propose(session, secretary, order, CLOCK)
        assert series.propose(session, secretary, replace(order, count=1, reach_by=None), CLOCK).plan.placed == 1


@on_sqlite
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": Kind.TALK}, "kind"),
        ({"count": None}, "count"),
        ({"reach_by": date(2014, 9, 1)}, "count"),
        ({"last": date(2014, 8, 1)}, "to"),
        ({"last": date(2015, 10, 1)}, "to"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"count": 61}, "count"),
        ({"apart": 0}, "apart"),
        ({"per_week": 8}, "per_week"),
        ({"half_days": frozenset()}, "half_days"),
        ({"title": "长" * 201}, "title"),
        ({"audience": ("nobody",)}, "audience"),
        ({"audience": ()}, "people"),
        ({"people": ("p999",)}, "people"),
        ({"room": "R99"}, "room"),
    ],
)
def test_odd_orders_are_named_by_their_field(session: Session, change: dict[str, object], field: str) -> None:
    with pytest.raises(Malformed) as no:
        propose(session, replace(ORDER, **change))  # type: ignore[arg-type]

    assert no.value.field == field


@on_sqlite
def test_members_arrange_nothing(session: Session) -> None:
    with pytest.raises(NotAllowed):
        series.propose(session, an_actor("p27"), ORDER, CLOCK)
    with pytest.raises(NotAllowed):
        series.book(session, an_actor("p27"), ORDER, [Chosen(at("2014-09-03T13:30"))], CLOCK)
    with pytest.raises(Malformed):
        series.book(session, OPERATOR, ORDER, [], CLOCK)


@on_sqlite
def test_titles_stand_as_they_are_without_a_number(session: Session) -> None:
    found = propose(session, replace(ORDER, count=2, title="学习 {0} {m} %s"))

    assert [one.draft.title for one in found.sessions] == ["学习 {0} {m} %s"] * 2
