"""The days on which one session of a series could lie: on each the time and the room that suit it best.

Only the day of a session bears on the others (distance, sessions a week), so one time on each day is enough: the one that
fewest people miss, the earliest of these, in the first room that is free then. Nothing better is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import reduce
from math import gcd
from operator import and_, or_

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.spans import Span, lasting
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.organisation import absences
from scheduler.core.plans.grid import Grid, runs, steps_of
from scheduler.core.plans.problems import PlanProblem
from scheduler.core.plans.wall_clock import minute_of, moment_at, stretch_of
from scheduler.core.sessions.series import Half, HalfDay, Invited, SeriesRequest

START_EVERY = 30
"""Minutes: sessions start at the full and the half hour of a block."""


class Needs(IntEnum):
    """How much of what a session needs is looked at: the later ones need all of the earlier ones."""

    DAYS = 1
    PEOPLE = 2
    ROOMS = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """The best time for a session on one day."""

    day: date
    span: Span
    room: RoomId | None
    missing: dict[PersonId, Absence]


class Calendar:
    """The times of a window at which a session could start, and what people and rooms say to each.

    A set of starts is a whole number with a bit for each step of the working time. A step is the largest that both the
    starts and the length are multiples of, so that taking whole steps is exact.
    """

    def __init__(self, request: SeriesRequest, working_time: WorkingTime) -> None:
        self.request, self.zone = request, working_time.zone
        step = gcd(START_EVERY, request.minutes)
        self.length = request.minutes // step
        self.days = tuple(working_time.workdays_between(request.first, request.horizon))
        blocks = tuple((minute_of(opens), minute_of(closes)) for opens, closes in working_time.blocks)
        self.grid = Grid.of(PlanProblem(step, self.days, blocks, (), (), ()))
        self.starts = self._starts(step)
        self.half_days = {step: self._half_day(step) for step in steps_of(self.starts)}
        self.can_have = {invited.person: self._can_have(invited) for invited in request.people}
        self.rooms = [(room.room, self._free(room.taken)) for room in request.rooms or ()]
        self._missing: dict[int, dict[PersonId, Absence]] = {}

    def slots(self, request: SeriesRequest, needs: Needs = Needs.ROOMS) -> list[Slot]:
        """The best time of each day that has one, in order.

        `request` may differ from what the calendar was made for in half-days, the last day and how sessions may lie. Days too near to what stands are none.
        """
        fitting, best = self._fitting(needs), []
        for place, steps in self._candidates(request):
            slots = [self._slot(self.days[place], step, needs) for step in steps if fitting >> step & 1]
            attended = [slot for slot in slots if not request.people or len(slot.missing) < len(request.people)]
            if attended:
                best.append(min(attended, key=lambda slot: len(slot.missing)))
        return best

    def takers(self, request: SeriesRequest) -> dict[PersonId, int]:
        """On how many candidate days somebody rules out every time, those who do so most often first."""
        days = [sum(1 << step for step in steps) for _, steps in self._candidates(request)]
        counts = {person: sum(not free & day for day in days) for person, free in self.can_have.items()}
        return {person: count for person, count in sorted(counts.items(), key=lambda entry: -entry[1]) if count}

    def _candidates(self, request: SeriesRequest) -> Iterator[tuple[int, list[int]]]:
        """The days that have candidate starts, by their place, with these."""
        for place, (day, mask) in enumerate(zip(self.days, self.grid.day_masks, strict=True)):
            steps = [step for step in steps_of(self.starts & mask) if self.half_days[step] in request.half_days]
            if steps and day <= request.last and request.is_far(day):
                yield place, steps

    def _fitting(self, needs: Needs) -> int:
        """The starts at which everybody who must be there can be had, and a room."""
        mask = self.starts
        if needs >= Needs.PEOPLE:
            mask = reduce(and_, self.can_have.values(), mask)
        if needs >= Needs.ROOMS and self.request.rooms is not None:
            mask &= reduce(or_, (free for _, free in self.rooms), 0)
        return mask

    def _slot(self, day: date, step: int, needs: Needs) -> Slot:
        room = next((room for room, free in self.rooms if free >> step & 1), None)
        return Slot(day, self._span(step), room, self._absent(step) if needs >= Needs.PEOPLE else {})

    def _absent(self, step: int) -> dict[PersonId, Absence]:
        """Who is away when a session starts at this step."""
        if step not in self._missing:
            span, away = self._span(step), (invited for invited in self.request.people if invited.absences)
            hindering = ((invited.person, absences.hindering(invited.absences, [span], self.zone)) for invited in away)
            self._missing[step] = {person: absence for person, absence in hindering if absence}
        return self._missing[step]

    def _span(self, step: int) -> Span:
        """The session that starts at a step."""
        start = moment_at(self.grid.starts[step], self.zone)
        return lasting(start, self.request.minutes)

    def _half_day(self, step: int) -> HalfDay:
        """The half of a weekday that a step lies in."""
        start = moment_at(self.grid.starts[step], self.zone)
        return HalfDay(start.weekday(), Half.of(start))

    def _starts(self, step: int) -> int:
        """The full and half hours of a block at which a session stays within it, from the earliest allowed on."""
        fits, every = self.grid.startable(self.length), START_EVERY // step
        steps = [first for block in self.grid.blocks for first in range(block.first, block.last, every)]
        earliest = self.request.not_before
        return sum(
            1 << first
            for first in steps
            if fits >> first & 1 and (earliest is None or self._span(first).start >= earliest)
        )

    def _can_have(self, invited: Invited) -> int:
        """The starts at which somebody is not elsewhere, and not away if they must be there."""
        free = self.starts & self._free(invited.taken)
        if not (invited.must_come and invited.absences):
            return free
        return sum(
            1 << step
            for step in steps_of(free)
            if not absences.hindering(invited.absences, [self._span(step)], self.zone)
        )

    def _free(self, taken: Iterable[Span]) -> int:
        """The steps from which nothing is in the way for as long as a session lasts."""
        return runs(self.grid.all & ~self.grid.touched(stretch_of(span, self.zone) for span in taken), self.length)
