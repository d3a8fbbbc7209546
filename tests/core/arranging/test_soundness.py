"""Whatever the organisation looks like: the problem is a valid one, and each proposal could be booked, all of them together."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.proposals import Arrangement, Proposal
from scheduler.core.bookings import conflicts
from scheduler.core.ground.bookings import Absence, Booking, Draft, Kind, Participant, Size
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.ground.working_time import Workday
from scheduler.core.plans.check import check
from scheduler.core.rules.requirements import Requirement
from scheduler.documents import problems
from tests import first_fit
from tests.builders import a_booking, a_room, a_roster, a_snapshot, a_talk, a_working_time
from tests.core.arranging_cases import a_pair, an_any, facts
from tests.problem_documents import document_of

PEOPLE = [f"p0{n}" for n in range(1, 7)]
DAYS = [date(2014, 7, day) for day in range(1, 9)]
ROOMS = (a_room("R04", use="talk", capacity=2), a_room("R05", use="talk"), a_room("R02", use="meeting"))


def times() -> st.SearchStrategy[str]:
    """A start, on or off any grid, in or out of hours."""
    return st.builds(
        lambda day, hour, minute: f"{day}T{hour:02}:{minute:02}",
        st.sampled_from(DAYS),
        st.integers(8, 17),
        st.sampled_from([0, 7, 15, 30, 45]),
    )


def windows() -> st.SearchStrategy[DayRange]:
    return st.builds(lambda a, b: DayRange(min(a, b), max(a, b)), st.sampled_from(DAYS), st.sampled_from(DAYS))


def requirements() -> st.SearchStrategy[Requirement]:
    two = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True)
    pool = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=4, unique=True)
    pairs = st.builds(
        lambda who, window, count: a_pair(*who, window=window, count=count), two, windows(), st.integers(1, 3)
    )
    anys = st.builds(
        lambda who, pool, window, k: an_any(who, pool, window=window, k=k),
        st.sampled_from(PEOPLE),
        pool,
        windows(),
        st.integers(1, 2),
    )
    return st.one_of(pairs, anys)


def absences() -> st.SearchStrategy[Absence]:
    def build(who: str, window: DayRange, hours: tuple[str, str] | None) -> Absence:
        whole = Absence(1, PersonId(who), window.first or DAYS[0], window.last or DAYS[0])
        return replace(whole, only_weekdays=(0, 1, 3), only_from=hours[0], only_to=hours[1]) if hours else whole

    hours = st.sampled_from([None, ("08:30", "10:00"), ("10:00", "15:00"), ("13:30", "17:30")])
    return st.builds(build, st.sampled_from(PEOPLE), windows(), hours)


@st.composite
def organisations(draw: st.DrawFn) -> ArrangingFacts:
    asked = draw(st.lists(requirements(), max_size=6))
    taken = draw(st.lists(st.tuples(times(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=6))
    rooms = [draw(st.sampled_from([None, "R02", "R04", "EXT"])) for _ in taken]
    talks = [
        a_talk(f"T{n}", at, {one, other}, room=rooms[n]) for n, (at, one, other) in enumerate(taken) if one < other
    ]
    meetings = [
        a_booking(f"E{n}", start=at, minutes=90, who=(one,), room=rooms[n])
        for n, (at, one, other) in enumerate(taken)
        if one >= other
    ]
    options = ArrangeOptions(
        grid=draw(st.sampled_from([15, 30, 60])),
        minutes=draw(st.sampled_from([30, 45, 100])),
        fewest_changes=draw(st.booleans()),
        max_talks_per_day=draw(st.integers(1, 3)),
        max_talks_per_half_day=draw(st.sampled_from([None, None, 1, 2])),
        max_talks_per_week=draw(st.sampled_from([None, None, 1, 3])),
        rooms=draw(st.sampled_from([None, (RoomId("R05"),)])),
    )
    days = {"2014-07-05": Workday(draw(st.booleans()), "调休"), "2014-07-03": Workday(draw(st.booleans()))}
    return facts(
        *asked,
        options=options,
        rooms=ROOMS,
        roster=a_roster(*PEOPLE),
        working_time=a_working_time(days),
        talks=talks,
        bookings=meetings,
        absences=tuple(draw(st.lists(absences(), max_size=3))),
    )


@settings(max_examples=150)
@given(organisations())
def test_the_problem_is_valid_and_every_proposal_could_be_booked(known: ArrangingFacts) -> None:
    found = arranging.arrange(known)

    if found.problem.days:
        assert problems.read(document_of(found.problem)) == replace(found.problem, later_days=())
    plan = first_fit.plan(found.problem)
    whole = arranging.finished(found, plan)
    assert check(found.problem, replace(plan, placements=whole.placements)) == []
    assert len(whole.placements) + len(whole.unplaced) == found.count
    proposals = arranging.proposals(found, whole)
    _could_be_booked(proposals, found)
    _at_most_so_many_a_day(proposals, found)


def _could_be_booked(proposals: tuple[Proposal, ...], found: Arrangement) -> None:
    """One after the other, talks that move leaving their old place first."""
    known = found.facts
    moved = {one.booking.id for one in proposals if one.booking} | {one.talk for one in found.unplaced}
    moved |= {talk.booking.id for talk in found.talks.values() if talk.booking}
    standing = [booking for booking in known.bookings if booking.id not in moved]
    for one in proposals:
        span = Span(one.start, one.start + timedelta(minutes=one.minutes))
        draft = Draft(Kind.TALK, span, one.people, (), one.room, size=Size.ONE_TO_ONE)
        snapshot = a_snapshot(
            known.roster,
            working_time=known.working_time,
            rooms=known.rooms.values(),
            absences=known.absences,
            bookings=standing,
        )
        assert conflicts.find(draft, snapshot).blocking == ()
        participants = tuple(Participant(person) for person in one.people)
        standing.append(Booking(BookingId(one.talk), Kind.TALK, "", span, one.room, participants))


def _at_most_so_many_a_day(proposals: tuple[Proposal, ...], found: Arrangement) -> None:
    """With the talks that stand, nobody has more a day than is allowed, but where more stood before."""
    known: Any = found.facts
    entered = {talk.booking.id for talk in found.talks.values() if talk.booking}
    before = Counter((p, t.day(known.as_of.zone)) for t in known.talks for p in t.people)
    after = Counter((p, t.day(known.as_of.zone)) for t in known.talks if t.id not in entered for p in t.people)
    stood = {person: max(n for (who, _), n in before.items() if who == person) for person, _ in before}
    for one in proposals:
        after.update((person, one.start.date()) for person in one.people)
    for (person, day), count in after.items():
        assert count <= max(known.options.max_talks_per_day, stood.get(person, 0)), (person, day)
