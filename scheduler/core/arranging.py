"""*Arrange*: the facts of a campaign → what the planner is asked, and its answer → proposals that people can read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.core import arranging_times as times
from scheduler.core.arranging_calendar import PlanCalendar
from scheduler.core.arranging_facts import ArrangingFacts, reach
from scheduler.core.arranging_talks import WantedTalk, Wants
from scheduler.core.bookings import Booking, Mode
from scheduler.core.errors import Malformed
from scheduler.core.findings import Finding
from scheduler.core.ids import PersonId, RoomId, RuleId
from scheduler.core.plans import Plan, PlanStatus, Unplaced
from scheduler.core.pool_balance import balanced
from scheduler.core.problems import AskedPerson, AskedRoom, Goal, PlanProblem, Stretch, wall
from scheduler.core.requirements import Requirement

FOR_TALKS = "talk"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is asked of the planner, and what stands behind each of its talks."""

    facts: ArrangingFacts
    problem: PlanProblem
    talks: Mapping[str, WantedTalk]
    """Every talk that is to be arranged by its id, those that there is no place for included."""
    unplaced: tuple[Unplaced, ...] = ()
    """Talks that are not in the problem, since there can be no place for them: their window is over, their pool too small."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the facts: standing bookings that contradict each other, years without published holidays."""

    @property
    def count(self) -> int:
        """How many talks are to be arranged."""
        return len(self.talks)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A talk as the planner would book it."""

    talk: str
    """Its id in the arrangement."""
    people: tuple[PersonId, ...]
    start: datetime
    """With the organisation's zone."""
    minutes: int
    room: RoomId | None
    mode: Mode
    rules: tuple[RuleId, ...]
    requirement: Requirement | None
    """What it would cover; None: a booked talk that nothing asks for."""
    booking: Booking | None = None
    """The booking that it is a new place for, or that stays; None: a new talk."""

    @property
    def is_moved(self) -> bool:
        """Whether a booked talk would start at another time."""
        return self.booking is not None and self.booking.span.start != self.start


def arrange(facts: ArrangingFacts) -> Arrangement:
    """What to ask the planner.

    Raises Malformed naming a room that there is none of. Everything else that cannot be is told: by reasons for single talks,
    by findings about the facts.
    """
    return _Builder(facts).arrangement()


def finished(arrangement: Arrangement, plan: Plan) -> Plan:
    """A plan for the problem as a plan for the arrangement: pools balanced, and the talks that were hopeless among the unplaced."""
    plan = balanced(arrangement.problem, plan, _loads(arrangement))
    if not arrangement.unplaced:
        return plan
    weight = sum(arrangement.talks[one.talk].asked.priority for one in arrangement.unplaced)
    return replace(
        plan,
        status=PlanStatus.IMPOSSIBLE,
        unplaced=(*plan.unplaced, *arrangement.unplaced),
        values={**plan.values, Goal.UNPLACED: plan.values.get(Goal.UNPLACED, 0) + weight},
        bounds={**plan.bounds, Goal.UNPLACED: plan.bounds.get(Goal.UNPLACED, 0) + weight},
        binding=plan.binding or arrangement.unplaced[0].reasons[0],
    )


def proposals(arrangement: Arrangement, plan: Plan) -> tuple[Proposal, ...]:
    """The talks that a plan places, by start."""
    found = [
        Proposal(
            placement.talk,
            tuple(map(PersonId, placement.people)),
            arrangement.facts.moment(placement.start),
            wanted.asked.minutes,
            RoomId(placement.room) if placement.room else _standing_room(wanted),
            wanted.mode,
            wanted.rules,
            wanted.requirement,
            wanted.booking,
        )
        for placement in plan.placements
        for wanted in [arrangement.talks[placement.talk]]
    ]
    return tuple(sorted(found, key=lambda proposal: (proposal.start, proposal.talk)))


def _standing_room(wanted: WantedTalk) -> RoomId | None:
    """Where a booked talk that needs none of the rooms goes: off site, if it was there."""
    return wanted.booking.room if wanted.booking and not wanted.asked.needs_room else None


def _loads(arrangement: Arrangement) -> Counter[str]:
    """How many talks people have that stand and are not in the problem."""
    entered = {talk.booking.id for talk in arrangement.talks.values() if talk.booking}
    talks = arrangement.facts.standing_talks.values()
    return Counter(person for talk in talks if talk.id not in entered for person in talk.people)


class _Builder:
    """Holds the tables that a problem is made from."""

    def __init__(self, facts: ArrangingFacts) -> None:
        self.facts, self.reach = facts, reach(facts)
        self.blocks = times.blocks_of(facts)
        self.rooms = _offered(facts)
        self.taken, self.rooms_taken = times.taken_by(facts.standing, facts)
        self.away = times.away(facts, self.reach.days)
        self.calendar = self._calendar()

    def arrangement(self) -> Arrangement:
        """All parts together."""
        wanting = Wants(self.facts, self.reach, self.calendar, has_rooms=bool(self.rooms), met={}).all()
        talks = wanting.talks
        people = self._people(talks)
        problem = PlanProblem(
            self.facts.options.grid,
            self.reach.days,
            self.blocks,
            people,
            tuple(self._room(room) for room in self.rooms),
            tuple(talk.asked for talk in talks),
            goals=(Goal.UNPLACED, Goal.MAKESPAN),
            name=self.facts.rule_set,
        )
        everything = (*talks, *(talk for talk, _ in wanting.hopeless))
        return Arrangement(
            self.facts,
            problem,
            {talk.id: talk for talk in everything},
            wanting.unplaced,
            tuple(self._findings([person.id for person in people])),
        )

    def _calendar(self) -> PlanCalendar:
        """The grid, and what keeps people: bookings, absences."""
        busy = {
            person: [*self.taken.get(person, ()), *self.away.get(person, ())] for person in {*self.taken, *self.away}
        }
        return PlanCalendar.of(self.reach, self.blocks, self.facts.options.grid, busy)

    def _people(self, talks: Sequence[WantedTalk]) -> tuple[AskedPerson, ...]:
        """Everybody who may be in a talk, by rank."""
        count = Counter(
            person
            for talk in talks
            for person in {*talk.asked.people, *(one for pool in talk.asked.any_of for one in pool)}
        )
        length = min((self.calendar.steps(talk.asked.minutes) for talk in talks), default=1)
        standing = times.talks_by_day((one for one in self.facts.standing if one.is_talk), self.facts)
        most = self.facts.options.max_talks_per_day
        found = []
        for person in self.facts.roster.in_rank_order({PersonId(one) for one in count}):
            full = [
                stretch
                for day, stood in sorted(standing.get(person, Counter()).items())
                if (left := max(most - stood, 0)) < count[person] and day in self.reach.days
                for stretch in self.calendar.beyond(person, day, left * length, length)
            ]
            busy = self._reached([*self.calendar.busy.get(person, ()), *full])
            found.append(AskedPerson(person, busy, most))
        return tuple(found)

    def _room(self, room: RoomId) -> AskedRoom:
        """A room as the planner knows it."""
        return AskedRoom(room, self._reached(self.rooms_taken.get(room, ())), self.facts.rooms[room].capacity)

    def _reached(self, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
        """Those that touch the days of the problem."""
        if not self.reach.days:
            return ()
        opens, closes = wall(self.reach.days[0], 0), self.reach.closes
        return times.merged(
            (max(start, opens), min(end, closes)) for start, end in stretches if start < closes and opens < end
        )

    def _findings(self, people: Iterable[str]) -> Iterable[Finding]:
        """What is wrong with the facts around the arrangement."""
        yield from times.contradictions(self.facts, set(people), self.rooms)
        for year in sorted({day.year for day in self.reach.days}):
            if not self.facts.working_time.is_published(year):
                yield Finding("year_not_published", str(year), {"year": year})


def _offered(facts: ArrangingFacts) -> tuple[RoomId, ...]:
    """The rooms that talks may be in: those named, or all that are for talks."""
    named = facts.options.rooms
    if named is None:
        return tuple(sorted(room for room, known in facts.rooms.items() if known.use == FOR_TALKS))
    for room in named:
        if room not in facts.rooms:
            raise Malformed("unknown", "rooms", value=room)
    return tuple(dict.fromkeys(named))
