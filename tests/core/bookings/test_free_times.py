"""When a group could meet: which starts are free, and in which order they are told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

import pytest

from scheduler.core.bookings import conflicts
from scheduler.core.bookings.free_times import Attendee, FreeTime, OfferedRoom, Search, best
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.bookings import Absence, Draft, Kind
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.ground.working_time import Workday, WorkingTime
from tests.builders import ZONE, a_booking, a_room, a_roster, a_span, an_absence, at

TUESDAY, WEDNESDAY, FRIDAY = date(2014, 7, 1), date(2014, 7, 2), date(2014, 7, 4)
TABLE = WorkingTime(ZONE, published_years=frozenset({2014}))


Only = tuple[tuple[int, ...], str, str]
"""Weekdays, and the hours somebody can be had at."""


def available_only(absence: Absence, only: Only) -> Absence:
    weekdays, opens, closes = only
    return replace(absence, only_weekdays=weekdays, only_from=opens, only_to=closes)


def someone(person: str = "p01", *taken: Span, absences: Sequence[Absence] = (), is_needed: bool = True) -> Attendee:
    return Attendee(PersonId(person), taken, tuple(absences), is_needed)


def a_search(
    *attendees: Attendee,
    first: date = TUESDAY,
    last: date = TUESDAY,
    earliest: str = "2014-07-01T08:00",
    minutes: int = 60,
    rooms: Sequence[OfferedRoom] = (),
    windows: Sequence[DayRange] = (),
    table: WorkingTime = TABLE,
) -> Search:
    return Search(
        table, first, last, at(earliest), minutes, attendees or (someone(),), tuple(rooms), tuple(windows), "RS1"
    )  # fmt: skip


def told(search: Search) -> list[str]:
    return [f"{one.span.start:%d %H:%M}" for one in best(search)]


def test_an_empty_day_offers_every_half_hour_of_each_block() -> None:
    assert told(a_search()) == [
        "01 08:30", "01 09:00", "01 09:30", "01 10:00", "01 10:30",
        "01 13:30", "01 14:00", "01 14:30", "01 15:00", "01 15:30", "01 16:00", "01 16:30",
    ]  # fmt: skip


def test_a_length_off_the_half_hours_loses_nothing() -> None:
    busy = someone("p01", a_span("2014-07-01T09:15", 15), a_span("2014-07-01T10:17", 3))

    assert told(a_search(busy, minutes=45))[:4] == ["01 08:30", "01 09:30", "01 10:30", "01 13:30"]
    assert told(a_search(busy, minutes=47))[:2] == ["01 09:30", "01 10:30"]


def test_what_is_over_is_not_offered() -> None:
    assert told(a_search(earliest="2014-07-01T16:00")) == ["01 16:00", "01 16:30"]
    late = Search(TABLE, TUESDAY, TUESDAY, at("2014-07-01T16:00") + timedelta(seconds=1), 60, (someone(),))
    assert told(late) == ["01 16:30"]


def test_weekends_and_a_table_without_working_hours_offer_nothing() -> None:
    assert told(a_search(first=date(2014, 7, 5), last=date(2014, 7, 6))) == []
    assert told(a_search(table=WorkingTime(ZONE, blocks=()))) == []
    assert told(a_search(minutes=5000)) == []


def test_nobody_is_in_two_places() -> None:
    busy = someone("p01", a_span("2014-07-01T08:30", 60)), someone("p02", a_span("2014-07-01T10:30", 60))
    away = someone("p03", absences=[an_absence("p03", "2014-07-01", "2014-07-01")])

    assert told(a_search(*busy))[:3] == ["01 09:30", "01 13:30", "01 14:00"]
    assert told(a_search(*busy, away)) == []


def test_hours_somebody_can_be_had_at_are_kept() -> None:
    afternoons = available_only(an_absence("p01", "2014-07-01", "2014-07-02"), ((1,), "14:00", "15:30"))
    next_to_it = available_only(an_absence("p01", "2014-07-01", "2014-07-02", number=2), ((1,), "15:30", "16:30"))

    assert told(a_search(someone(absences=[afternoons]), last=WEDNESDAY)) == ["01 14:00", "01 14:30"]
    assert told(a_search(someone(absences=[afternoons, next_to_it]), last=WEDNESDAY)) == [
        "01 14:00", "01 14:30", "01 15:30",
    ]  # fmt: skip


def test_the_room_liked_most_of_those_free_is_told() -> None:
    small = OfferedRoom(a_room("R04", capacity=4), (a_span("2014-07-01T08:30", 60), a_span("2014-07-01T10:00", 45)))
    large = OfferedRoom(a_room("R01", capacity=120), (a_span("2014-07-01T10:00", 60),))

    found = [(f"{one.span.start:%H:%M}", one.room) for one in best(a_search(rooms=[small, large]))]

    assert found[:5] == [("08:30", "R01"), ("09:00", "R01"), ("13:30", "R04"), ("14:00", "R04"), ("14:30", "R04")]
    assert list(best(a_search(rooms=[OfferedRoom(a_room(), (a_span("2014-07-01T08:00", 600),))]))) == []


def test_fewest_missing_come_first_and_are_named() -> None:
    morning_off = available_only(an_absence("p02", "2014-07-01", "2014-07-01"), ((1,), "13:30", "17:30"))
    day_off = an_absence("p03", "2014-07-02", "2014-07-02")
    also_off = an_absence("p04", "2014-07-02", "2014-07-02")
    through_audience = [
        someone("p02", absences=[morning_off], is_needed=False),
        someone("p03", absences=[day_off], is_needed=False),
        someone("p04", absences=[also_off], is_needed=False),
        someone("p05", is_needed=False),
    ]

    found = list(best(a_search(someone(), *through_audience, last=WEDNESDAY, minutes=180)))

    assert [(f"{one.span.start:%d %H:%M}", one.missing, one.missing_people) for one in found] == [
        ("01 13:30", 0, ()),
        ("01 14:00", 0, ()),
        ("01 14:30", 0, ()),
        ("01 08:30", 1, ("p02",)),
        ("02 08:30", 2, ("p03", "p04")),
        ("02 13:30", 2, ("p03", "p04")),
        ("02 14:00", 2, ("p03", "p04")),
        ("02 14:30", 2, ("p03", "p04")),
    ]


def test_times_without_warnings_come_first() -> None:
    window = DayRange(WEDNESDAY, WEDNESDAY)
    table = WorkingTime(ZONE, blocks=((time(10, 30), time(14, 30)),), published_years=frozenset({2014}))

    found = list(best(a_search(minutes=60, last=WEDNESDAY, windows=[window], table=table)))

    assert [(f"{one.span.start:%d %H:%M}", [w.kind for w in one.warnings]) for one in found] == [
        ("02 10:30", []),
        ("02 13:30", []),
        ("01 10:30", ["outside_window"]),
        ("01 13:30", ["outside_window"]),
        ("02 11:00", ["lunch"]),
        ("02 11:30", ["lunch"]),
        ("02 12:00", ["lunch"]),
        ("02 12:30", ["lunch"]),
        ("02 13:00", ["lunch"]),
        ("01 11:00", ["lunch", "outside_window"]),
        ("01 11:30", ["lunch", "outside_window"]),
        ("01 12:00", ["lunch", "outside_window"]),
        ("01 12:30", ["lunch", "outside_window"]),
        ("01 13:00", ["lunch", "outside_window"]),
    ]
    assert found[2].warnings[0] == Finding(
        "outside_window", "RS1", {"first": WEDNESDAY, "last": WEDNESDAY, "day": TUESDAY}
    )


def test_what_speaks_against_a_room_is_told_at_every_time() -> None:
    room = Room("R04", "谈话室", capacity=1)
    offered = OfferedRoom(room, warnings=tuple(conflicts.unsuited(room, Kind.TALK, 2)))

    assert {w.kind for one in best(a_search(rooms=[offered])) for w in one.warnings} == {"room_too_small"}


def test_a_year_not_published_is_a_warning_and_no_lunch_is_none() -> None:
    table = WorkingTime(ZONE, {WEDNESDAY: Workday(is_workday=False)}, lunch=None)

    found = list(best(a_search(table=table, last=WEDNESDAY)))

    assert {one.span.start.date() for one in found} == {TUESDAY}
    assert {tuple(w.kind for w in one.warnings) for one in found} == {("year_not_published",)}


def test_a_free_time_says_its_span() -> None:
    assert next(best(a_search())) == FreeTime(a_span("2014-07-01T08:30", 60))


def a_random_span(chance: Random) -> Span:
    start = at(f"2014-07-0{chance.randint(1, 4)}T07:00") + timedelta(minutes=chance.randint(0, 660))
    return Span(start, start + timedelta(minutes=chance.randint(1, 300)))


def a_random_absence(chance: Random, person: str) -> Absence:
    first = chance.randint(1, 4)
    whole = an_absence(person, f"2014-07-0{first}", f"2014-07-0{chance.randint(first, 4)}")
    if chance.random() < 0.3:
        return whole
    weekdays = tuple(chance.sample(range(5), 3))
    hours = chance.choice(["08:30", "09:15"]), chance.choice(["11:00", "15:10", "17:30"])
    return available_only(whole, (weekdays, *hours))


def every_start(minutes: int) -> Iterator[Span]:
    """Each half hour of each block, as long as it ends within the block."""
    for day in range(1, 5):
        for opens, closes in TABLE.blocks:
            start = at(f"2014-07-0{day}T{opens:%H:%M}")
            while start + timedelta(minutes=minutes) <= at(f"2014-07-0{day}T{closes:%H:%M}"):
                yield Span(start, start + timedelta(minutes=minutes))
                start += timedelta(minutes=30)


@pytest.mark.parametrize("seed", range(60))
def test_exactly_what_the_conflict_check_would_pass_is_offered(seed: int) -> None:
    chance = Random(seed)
    minutes = chance.choice([5, 30, 45, 47, 60, 90, 150])
    earliest = at("2014-06-30T20:00") + timedelta(minutes=chance.randint(0, 2400))
    away = {p: [a_random_absence(chance, p) for _ in range(chance.randint(0, 2))] for p in ("p01", "p02", "p03")}
    taken = {p: tuple(a_random_span(chance) for _ in range(chance.randint(0, 2))) for p in away}
    rooms = {r: tuple(a_random_span(chance) for _ in range(chance.randint(0, 3))) for r in ("R04", "R05")}
    attendees = tuple(Attendee(PersonId(p), taken[p], tuple(away[p]), p != "p03") for p in away)
    offered = tuple(OfferedRoom(a_room(r), spans) for r, spans in rooms.items())

    found = best(Search(TABLE, TUESDAY, FRIDAY, earliest, minutes, attendees, offered))

    bookings = [replace(a_booking(f"E{p}{s}", who=[p]), span=s) for p, spans in taken.items() for s in spans]
    bookings += [replace(a_booking(f"E{r}{s}", who=[], room=r), span=s) for r, spans in rooms.items() for s in spans]
    snapshot = Snapshot(
        a_roster("p01", "p02", "p03"),
        TABLE,
        {RoomId(r): a_room(r) for r in rooms},
        absences=tuple(one for p in away for one in away[p]),
        bookings=tuple(bookings),
    )

    def passed(span: Span, room: str) -> int | None:
        """How many are missing; None if the conflict check refuses it."""
        draft = Draft(Kind.MEETING, span, (PersonId("p01"), PersonId("p02")), room=RoomId(room))
        third = conflicts.find(replace(draft, people=(PersonId("p03"),)), snapshot).blocking
        refused = conflicts.find(draft, snapshot).blocking or any(f.kind != "absence" for f in third)
        return None if refused or span.start < earliest else len(third)

    wanted = {}
    for span in every_start(minutes):
        free = next((room for room in rooms if passed(span, room) is not None), None)
        if free:
            wanted[span, free] = passed(span, free)
    assert {(one.span, one.room): one.missing for one in found} == wanted


@pytest.mark.parametrize("digits", [1, 2, 3, 5])
def test_any_number_of_missing_people_is_counted(digits: int) -> None:
    count = 2**digits - 1
    day_off = [an_absence("p02", "2014-07-01", "2014-07-01")]
    crowd = [someone(f"p{n:02}", absences=day_off, is_needed=False) for n in range(count)]

    found = list(best(a_search(*crowd, last=WEDNESDAY, minutes=180)))

    assert [one.missing for one in found] == [0] * 4 + [count] * 4


def test_nobody_is_asked_for_while_they_are_busy_elsewhere() -> None:
    elsewhere = as_absence(PersonId("p01"), a_span("2014-07-01T08:00", 480), ZONE)

    assert told(a_search(someone(absences=[elsewhere])))[:2] == ["01 16:00", "01 16:30"]
    assert told(a_search(someone(), someone("p03", absences=[elsewhere], is_needed=False)))[0] == "01 16:00"
