"""Repair: which booked talks enter an arrangement, so that they may move where they have to.

A booked talk of the rule set that lies ahead enters with the place it has. Where that has become impossible (somebody is away, its
room is not to be had, its window has moved) the planner moves it; moving as few as possible is its second goal.

- The grid is made finer where a talk that can stay has no place on the usual one. A talk at a time that no sensible grid has (on a
  Sunday, at 9:07) stays where it is if it can, and keeps its people and its room from others.
- Talks of one requirement that have to be on different days may each move from their own day up to the next one's.
- A talk outside its window stands in for the requirement of its people, if that asks for one talk; it is then moved into the window.
  Where several are asked for it stays, and those missing are arranged anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import gcd
from typing import NamedTuple

from scheduler.core.arranging.calendar import PlanCalendar
from scheduler.core.arranging.facts import ArrangingFacts, PlanningReach
from scheduler.core.arranging.options import MIN_GRID_MINUTES
from scheduler.core.coverage.matching import Matching
from scheduler.core.ground.bookings import BOOKED, OFF_SITE, Booking
from scheduler.core.ground.ids import BookingId
from scheduler.core.plans.grid import Block
from scheduler.core.plans.problems import Stretch, day_of, wall
from scheduler.core.rules.requirements import Requirement


class Movable(NamedTuple):
    """A booked talk that may move, and when it may be."""

    talk: Booking
    stretch: Stretch
    """Where it stands."""
    requirement: Requirement | None
    """What it is for; None: nothing asks for it."""
    window: Stretch

    def shares_with(self, other: "Movable") -> bool:
        """Whether both need one person, or one room."""
        room = self.talk.room
        is_one_room = room is not None and room != OFF_SITE and room == other.talk.room
        return is_one_room or not set(self.talk.people).isdisjoint(other.talk.people)


def movable(facts: ArrangingFacts, reach: PlanningReach) -> tuple[tuple[Movable, ...], frozenset[int]]:
    """The booked talks that may move, and the requirements (by their place in `facts.requested`) that one of them stands in for."""
    if not facts.options.fewest_changes:
        return (), frozenset()
    ahead = [
        (talk, stretch)
        for talk in facts.existing_talks.values()
        if talk.state(facts.as_of) is BOOKED
        for stretch in [facts.stretch(talk.span)]
        if reach.opens <= stretch[0] and stretch[1] <= reach.closes
    ]
    served = {name: state.requirement for state in facts.requirements for name in state.talks}
    places = _stand_ins([talk for talk, _ in ahead if talk.id not in served], facts, reach)
    served |= {name: facts.requested[place].requirement for name, place in places.items()}
    movers = []
    for talk, stretch in ahead:
        requirement = served.get(talk.id)
        movers.append(
            Movable(
                talk,
                stretch,
                requirement,
                reach.within(requirement.window) if requirement else (reach.opens, reach.closes),
            )
        )
    return tuple(_on_days_apart(movers)), frozenset(places.values())


def _stand_ins(talks: Iterable[Booking], facts: ArrangingFacts, reach: PlanningReach) -> dict[BookingId, int]:
    """For talks that serve no requirement as they stand: the open one that asks for one talk of these people, if any."""
    states = facts.requested
    matching = Matching([state.requirement for state in states], facts.as_of.zone)
    stand_ins: dict[BookingId, int] = {}
    for talk in talks:
        for place in matching.of_people(talk):
            requirement = states[place].requirement
            opens, closes = reach.within(requirement.window)
            suits = (
                talk.mode in requirement.modes and (requirement.group_ok or not talk.is_group_talk) and opens < closes
            )
            if suits and requirement.needed == 1 and place not in stand_ins.values():
                stand_ins[talk.id] = place
                break
    return stand_ins


def _on_days_apart(talks: Sequence[Movable]) -> list[Movable]:
    """The same, with windows that keep talks of one requirement on different days where that is asked."""
    movers = []
    for mover in talks:
        opens, closes = mover.window
        if mover.requirement and mover.requirement.min_count > 1:
            siblings = [other for other in talks if other.requirement is mover.requirement]
            place = siblings.index(mover)
            opens = max(opens, wall(day_of(mover.stretch[0]), 0)) if place else opens
            for later in siblings[place + 1 : place + 2]:
                closes = min(closes, wall(day_of(later.stretch[0]), 0))
        # Two on one day already: the earlier one has no day of its own left, and stays.
        movers.append(mover._replace(window=(opens, closes) if opens < closes else mover.stretch))
    return movers


class Settling:
    """Finds out which talks can stay where they are, and on what grid."""

    def __init__(
        self,
        talks: Sequence[Movable],
        calendar: PlanCalendar,
        rooms: Collection[str],
        room_busy: Mapping[str, Sequence[Stretch]],
    ) -> None:
        """`calendar` and `room_busy` know everything but these talks; `rooms` are those that a talk may stay in."""
        self.talks, self.calendar, self.rooms, self.room_busy = talks, calendar, rooms, room_busy

    def grid_minutes(self) -> int:
        """The coarsest grid that has a place for every talk that can stay, but for those it would be too fine for."""
        minutes = self.calendar.grid.minutes
        for mover in self.talks:
            block = self._block(mover.stretch)
            if block and self.can_stay(mover) and not self.is_on_grid(mover, self.calendar):
                start, end = mover.stretch
                finer = gcd(minutes, start - block.start, end - start)
                minutes = finer if finer >= MIN_GRID_MINUTES else minutes
        return minutes

    def can_stay(self, mover: Movable) -> bool:
        """Whether nothing but other movable talks speaks against the place a talk has."""
        room = mover.talk.room
        if room and room != OFF_SITE and room not in self.rooms:
            return False
        return _is_within(mover.stretch, mover.window) and not any(
            _overlap(taken, mover.stretch) for taken in self._taken(mover)
        )

    def is_on_grid(self, mover: Movable, calendar: PlanCalendar) -> bool:
        """Whether a grid has the place of a talk: its start is a step, and nothing begins before its last step is over."""
        start, end = mover.stretch
        step, length = calendar.grid.step_at.get(start), calendar.steps(end - start)
        if step is None or not calendar.grid.startable(length) >> step & 1:
            return False
        rest = (end, start + length * calendar.grid.minutes)
        others = [other.stretch for other in self.talks if other is not mover and other.shares_with(mover)]
        return rest[1] <= mover.window[1] and not any(
            taken[0] >= end and _overlap(taken, rest) for taken in (*self._taken(mover), *others)
        )

    def _taken(self, mover: Movable) -> list[Stretch]:
        """What else its people and its room have to do."""
        busy = [self.calendar.busy.get(person, ()) for person in mover.talk.people]
        return [
            stretch for stretches in (*busy, self.room_busy.get(mover.talk.room or "", ())) for stretch in stretches
        ]

    def _block(self, stretch: Stretch) -> Block | None:
        """The working block that a stretch lies in."""
        minutes = self.calendar.grid.minutes
        for block in self.calendar.grid.blocks:
            if _is_within(stretch, (block.start, block.start + (block.last - block.first) * minutes)):
                return block
        return None


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _is_within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
