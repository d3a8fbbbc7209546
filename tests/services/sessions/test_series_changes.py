"""One of a series changed or cancelled: alone, with those after it, or with all that have not begun."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.sessions.rhythms import DayOff, Rhythm, Round
from scheduler.services.bookings import acts
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.sessions import series, series_changes
from scheduler.services.sessions.series import Chosen, SeriesOrder
from scheduler.services.sessions.series_changes import SeriesScope
from scheduler.store import load
from tests.builders import a_clock, a_draft, an_actor, at, people
from tests.services.booked import CLOCK, book, prepare

ORDER = SeriesOrder(
    Kind.MEETING, 60, date(2014, 7, 1), date(2014, 7, 31), people=people("p01", "p02"), room=RoomId("R02"), title="例会"
)
WEDNESDAYS = Rhythm(Round.WEEKS, weekdays=(2,))
LATER_ON = a_clock("2014-07-10T08:00")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


def wednesdays(session: Session) -> list[BookingId]:
    """Meetings on 2, 9, 16, 23 and 30 July at 9:00."""
    proposed = series.regular(session, OPERATOR, ORDER, WEDNESDAYS, time(9), CLOCK)
    chosen = [Chosen(draft.span.start, draft.room) for draft, _ in proposed.sessions]
    return [done.booking.id for done in series.book(session, OPERATOR, proposed.order, chosen, CLOCK)]


def starts(session: Session, ids: list[BookingId]) -> list[str]:
    bookings: list[Booking] = [load.booking(session, name) for name in ids]
    return [f"{b.span.start.astimezone(at('2014-07-01T00:00').tzinfo):%d %H:%M} {b.room}" for b in bookings]


def test_meetings_come_round_and_are_one_series(session: Session) -> None:
    ids = wednesdays(session)

    assert starts(session, ids) == [f"{day:02} 09:00 R02" for day in (2, 9, 16, 23, 30)]
    assert {load.booking(session, name).series for name in ids} == {"Q01"}
    assert [seen.id for seen in series_changes.seen(session, OPERATOR, ids[1], CLOCK)] == ids
    with pytest.raises(NotFound):
        series_changes.seen(session, an_actor("p05"), ids[1], CLOCK)


def test_this_one_and_later_ones_move_and_an_exception_keeps_its_own(session: Session) -> None:
    ids = wednesdays(session)
    acts.change(session, OPERATOR, ids[3], BookingChange(start=at("2014-07-24T15:00"), room=RoomId("")), CLOCK)

    change = BookingChange(start=at("2014-07-10T10:00"), host=PersonId("p03"), version=1)
    done = series_changes.change(session, OPERATOR, ids[1], change, SeriesScope.LATER, CLOCK)

    assert [each.booking.id for each in done] == [ids[1], ids[2], ids[3], ids[4]]
    assert starts(session, ids) == ["02 09:00 R02", "10 10:00 R02", "17 10:00 R02", "24 15:00 None", "31 10:00 R02"]
    assert [load.booking(session, name).host for name in ids] == [None, "p03", "p03", "p03", "p03"]


def test_all_that_have_not_begun_get_another_room_and_title(session: Session) -> None:
    ids = wednesdays(session)

    change = BookingChange(room=RoomId("R04"), title="办公会")
    series_changes.change(session, OPERATOR, ids[3], change, SeriesScope.ALL, LATER_ON)

    assert [text[-3:] for text in starts(session, ids)] == ["R02", "R02", "R04", "R04", "R04"]
    assert [load.booking(session, name).title for name in ids] == ["例会", "例会", "办公会", "办公会", "办公会"]


@on_sqlite
def test_days_that_follow_each_other_make_way_for_each_other(session: Session) -> None:
    daily = Rhythm(Round.WEEKS, weekdays=(0, 1, 2, 3, 4))
    proposed = series.regular(session, OPERATOR, ORDER, daily, time(9), CLOCK)
    chosen = [Chosen(draft.span.start, draft.room) for draft, _ in proposed.sessions[:4]]
    ids = [done.booking.id for done in series.book(session, OPERATOR, proposed.order, chosen, CLOCK)]

    series_changes.change(
        session, OPERATOR, ids[0], BookingChange(start=at("2014-07-02T09:00")), SeriesScope.ALL, CLOCK
    )
    assert [text[:2] for text in starts(session, ids)] == ["02", "03", "04", "05"]
    series_changes.change(
        session, OPERATOR, ids[0], BookingChange(start=at("2014-07-01T09:00")), SeriesScope.LATER, CLOCK
    )
    assert [text[:2] for text in starts(session, ids)] == ["01", "02", "03", "04"]


def test_all_move_or_none_with_every_reason(session: Session) -> None:
    ids = wednesdays(session)
    for day in ("16", "30"):
        book(session, a_draft(start=f"2014-07-{day}T14:00", who=("p01", "p05")))

    change = BookingChange(start=at("2014-07-02T14:00"))
    with pytest.raises(Refused) as no:
        series_changes.change(session, OPERATOR, ids[0], change, SeriesScope.ALL, CLOCK)

    assert [finding.kind for finding in no.value.blocking] == ["person_taken", "person_taken"]
    assert all(text[3:8] == "09:00" for text in starts(session, ids))


def test_later_ones_are_cancelled_with_it(session: Session) -> None:
    ids = wednesdays(session)

    gone = series_changes.cancel(session, OPERATOR, ids[2], SeriesScope.LATER, CLOCK)

    assert [done.booking.id for done in gone] == ids[2:]
    assert [load.booking(session, name).is_cancelled for name in ids] == [False, False, True, True, True]


@on_sqlite
def test_what_is_in_no_series_has_no_others(session: Session) -> None:
    alone = book(session, a_draft())

    with pytest.raises(Malformed, match="not_in_a_series"):
        series_changes.cancel(session, OPERATOR, alone, SeriesScope.ALL, CLOCK)
    assert series_changes.seen(session, OPERATOR, alone, CLOCK) == []
    done = series_changes.change(session, OPERATOR, alone, BookingChange(minutes=30), SeriesScope.ONE, CLOCK)
    assert len(done) == 1


@on_sqlite
def test_a_rhythm_without_days_is_told(session: Session) -> None:
    with pytest.raises(Malformed, match="no_such_days"):
        series.regular(session, OPERATOR, ORDER, Rhythm(Round.WEEKDAY, weekdays=(0,), nth=5), time(9), CLOCK)
    every_day = Rhythm(Round.WEEKS, weekdays=tuple(range(7)), day_off=DayOff.KEEP)
    long = replace(ORDER, last=date(2014, 12, 31))
    with pytest.raises(Malformed, match="out_of_range"):
        series.regular(session, OPERATOR, long, every_day, time(9), CLOCK)
    few = replace(ORDER, count=2)
    assert len(series.regular(session, OPERATOR, few, every_day, time(9), CLOCK).sessions) == 2
