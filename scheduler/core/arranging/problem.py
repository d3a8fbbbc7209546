"""What the planner is asked: the problem that follows from the facts of a campaign."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.core.arranging import times, wishes
from scheduler.core.arranging.calendar import PlanCalendar
from scheduler.core.arranging.facts import ArrangingFacts, reach
from scheduler.core.arranging.maxima import Maxima
from scheduler.core.arranging.movable_talks import Movable, Settling, movable
from scheduler.core.arranging.talks import ArrangedTalk, NeededTalks, order_of, windowed
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.plans.placements import Unplaced
from scheduler.core.plans.problems import (
    MINUTES_A_DAY,
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemTalk,
    Stretch,
    TalkPlace,
    Wall,
    wall,
)

FOR_TALKS = "talk"
GOALS = (Goal.UNPLACED, Goal.MAKESPAN)
GOALS_OF_REPAIR = (Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is asked of the planner, and what stands behind each of its talks."""

    facts: ArrangingFacts
    problem: PlanProblem
    talks: Mapping[str, ArrangedTalk]
    """Every talk that is to be arranged by its id, those that there is no place for included."""
    unplaced: tuple[Unplaced, ...] = ()
    """Talks that are not in the problem, since there can be no place for them: their window is over, their pool too small."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the facts: standing bookings that contradict each other, years without published holidays."""

    @property
    def count(self) -> int:
        """How many talks are to be arranged."""
        return len(self.talks)


def arrange(facts: ArrangingFacts) -> Arrangement:
    """What to ask the planner.

    Raises Malformed naming a room that there is none of. Everything else that cannot be is told: by reasons for single talks,
    by findings about the facts.
    """
    return _Builder(facts).arrangement()


class _Builder:
    """Holds the tables that a problem is made from."""

    def __init__(self, facts: ArrangingFacts) -> None:
        self.facts, self.reach = facts, reach(facts)
        self.blocks = times.blocks_of(facts)
        self.rooms = _offered(facts)
        self.away = times.away(facts, (*self.reach.days, *self.reach.later))
        talks, self.met = movable(facts, self.reach)
        self._settle(talks)

    def _settle(self, talks: Sequence[Movable]) -> None:
        """Tell the talks that enter the problem from those that stay as they are, and find the grid for them."""
        self._take({candidate.talk.id for candidate in talks}, self.facts.options.grid)
        may_stay_in = self.facts.rooms if self.facts.options.rooms is None else self.rooms
        settling = Settling(talks, self.calendar, may_stay_in, self.rooms_taken)
        minutes = settling.grid_minutes()
        finer = PlanCalendar.of(self.reach, self.blocks, minutes, self.calendar.busy)
        self.entering = [
            candidate
            for candidate in talks
            if not settling.can_stay(candidate) or settling.is_on_grid(candidate, finer)
        ]
        stays_in = {room for mover in self.entering if (room := mover.talk.room) and room in may_stay_in}
        self.own_rooms = tuple(sorted(stays_in.difference(self.rooms)))
        self._take({mover.talk.id for mover in self.entering}, minutes)

    def _take(self, entering: set[str], minutes: int) -> None:
        """What keeps people and rooms besides the talks that enter, on a grid of so many minutes."""
        self.others = [booking for booking in self.facts.existing if booking.id not in entering]
        taken, self.rooms_taken = times.taken_by(self.others, self.facts)
        busy = {person: [*taken.get(person, ()), *self.away.get(person, ())] for person in {*taken, *self.away}}
        self.calendar = PlanCalendar.of(self.reach, self.blocks, minutes, busy)

    def arrangement(self) -> Arrangement:
        """All parts together."""
        needed = NeededTalks(self.facts, self.reach, self.calendar, has_rooms=bool(self.rooms), met=self.met)
        missing = needed.all()
        booked = [self._existing(mover, max(needed.weights.values())) for mover in self.entering]
        talks = wishes.in_order(sorted((*booked, *missing.talks), key=self._order), self.facts)
        people = self._people(talks)
        rooms = (*(self._room(room) for room in self.rooms), *(self._own_room(room) for room in self.own_rooms))
        problem = PlanProblem(
            self.calendar.grid.minutes,
            self.reach.days,
            self.blocks,
            people,
            rooms,
            tuple(talk.problem_talk for talk in talks),
            goals=GOALS_OF_REPAIR if self.facts.options.fewest_changes else GOALS,
            name=self.facts.rule_set,
            later_days=self.reach.later,
        )
        everything = (*talks, *(talk for talk, _ in missing.unplaceable))
        findings = self._findings([person.id for person in people], [RoomId(room.id) for room in rooms])
        return Arrangement(
            self.facts, problem, {talk.id: talk for talk in everything}, missing.unplaced, tuple(findings)
        )

    def _order(self, talk: ArrangedTalk) -> int:
        return order_of(talk.requirement, self.facts)

    def _existing(self, mover: Movable, priority: int) -> ArrangedTalk:
        """A booked talk as the problem asks for it. One that has no room, or is off site, needs none."""
        talk, (start, end) = mover.talk, mover.stretch
        is_in_room = bool(talk.room) and talk.room != OFF_SITE
        room = talk.room if talk.room in (*self.rooms, *self.own_rooms) else None
        problem_talk = ProblemTalk(
            talk.id,
            talk.people,
            end - start,
            current=TalkPlace(start, room),
            priority=priority,
            needs_room=is_in_room and bool(self.rooms or room),
        )
        return ArrangedTalk(windowed(problem_talk, mover.window, self.calendar), mover.requirement, talk.mode, talk)

    def _people(self, talks: Sequence[ArrangedTalk]) -> tuple[ProblemPerson, ...]:
        """Everybody who may be in a talk, by rank."""
        everybody = {PersonId(name) for talk in talks for name in talk.everybody}
        stand = times.talks_by_day((booking for booking in self.others if booking.is_talk), self.facts)
        maxima = Maxima(self.facts, talks, self.others, (mover.talk for mover in self.entering))
        people = []
        for person in self.facts.roster.in_rank_order(everybody):
            # With talks of their own on a later day, nothing is proposed to people then.
            full = [
                (wall(day, 0), wall(day, MINUTES_A_DAY))
                for day in self.reach.later
                if day in stand.get(person, Counter())
            ]
            busy = self._reached([*self.calendar.busy.get(person, ()), *full])
            people.append(maxima.of(ProblemPerson(person, busy)))
        return tuple(people)

    def _room(self, room: RoomId) -> ProblemRoom:
        """A room as the planner knows it."""
        return ProblemRoom(room, self._reached(self.rooms_taken.get(room, ())), self.facts.rooms[room].capacity)

    def _own_room(self, room: RoomId) -> ProblemRoom:
        """A room that is not offered, but that booked talks are in: it is open for these, and where they stand only."""
        minutes = self.calendar.grid.minutes
        kept = [
            (start, Wall(start + self.calendar.steps(end - start) * minutes))
            for mover in self.entering
            if mover.talk.room == room
            for start, end in [mover.stretch]
        ]
        own = self._room(room)
        closed = times.outside(kept, self.reach.opens, self.reach.known_until)
        return replace(own, busy=self._reached([*own.busy, *closed]))

    def _reached(self, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
        """Those that touch the days of the problem, or the next ones."""
        if not self.reach.days:
            return ()
        opens, closes = wall(self.reach.days[0], 0), self.reach.known_until
        return times.merged(
            (max(start, opens), min(end, closes)) for start, end in stretches if start < closes and opens < end
        )

    def _findings(self, people: Sequence[str], rooms: Sequence[RoomId]) -> Iterator[Finding]:
        """What is wrong with the facts around the arrangement."""
        yield from times.contradictions(self.facts, set(people), rooms)
        for year in sorted({day.year for day in self.reach.days}):
            if not self.facts.working_time.is_published(year):
                yield Finding("year_not_published", str(year), {"year": year})


def _offered(facts: ArrangingFacts) -> tuple[RoomId, ...]:
    """The rooms that talks may be in: those named, or all that are for talks."""
    named = facts.options.rooms
    if named is None:
        return tuple(sorted(room for room, details in facts.rooms.items() if details.use == FOR_TALKS))
    for room in named:
        if room not in facts.rooms:
            raise Malformed("unknown", "rooms", value=room)
    return tuple(dict.fromkeys(named))
