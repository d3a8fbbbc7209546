"""Open requirements → the talks that are still missing, each with its people or pool and its window.

One requirement may need several talks. A `PlanProblem` cannot say "on different days" or "with different members", so that is
settled beforehand, and soundly: whatever plan comes back, it holds.

- **Different days** (`min_count`): the days on which the people are free at all are cut into as many consecutive parts of equal size
  as talks are missing, and each talk gets one part as its window. That also spreads the talks. Rooms, and what else the same
  people have to do, are not looked at then, so in a very tight calendar a talk may find no place that another cut would have given it.
- **Different members** (`k`): the pool, without those met already, is dealt out into as many lists as members are missing, those
  with the fewest talks first; no two talks share a list.
- **Both ask** (visitors of hosts, hosts of visitors): one talk counts for both, so those are settled first (`mutual_pools`).

Within a list the member with the fewest talks stands first.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from scheduler.core.arranging.calendar import PlanCalendar
from scheduler.core.arranging.facts import ArrangingFacts, PlanningReach
from scheduler.core.arranging.mutual_pools import Demand, shared_partners
from scheduler.core.coverage.report import RequirementState
from scheduler.core.ground.bookings import HELD, Booking, Mode
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.plans.placements import Unplaced
from scheduler.core.plans.problems import ProblemTalk, Stretch, wall
from scheduler.core.rules.events import MASKED
from scheduler.core.rules.requirements import STRENGTH, Requirement, Severity

_LAST = 1_000_000_000
"""Where a rule without an order stands."""


@dataclass(frozen=True, slots=True)
class ArrangedTalk:
    """One talk of an arrangement, and where it comes from."""

    problem_talk: ProblemTalk
    requirement: Requirement | None
    """What it would cover; None: it stands, and nothing asks for it."""
    mode: Mode = Mode.FACE_TO_FACE
    booking: Booking | None = None
    """The booking that may move; None: it is a new talk."""

    @property
    def id(self) -> str:
        """Its id in the problem."""
        return self.problem_talk.id

    @property
    def everybody(self) -> frozenset[str]:
        """Whoever may be in it."""
        return frozenset(self.problem_talk.people).union(*self.problem_talk.any_of)

    @property
    def rules(self) -> tuple[RuleId, ...]:
        """The rules that ask for it."""
        return self.requirement.rules if self.requirement else ()


class MissingTalks(NamedTuple):
    """The talks that are to be arranged, and those among them for which there is no place from the start."""

    talks: tuple[ArrangedTalk, ...]
    unplaceable: tuple[tuple[ArrangedTalk, Finding], ...]

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """The unplaceable ones with their reasons."""
        return tuple(Unplaced(talk.id, (why,)) for talk, why in self.unplaceable)


class _Missing(NamedTuple):
    """What a requirement still lacks: one talk of it, with the pool it takes somebody out of (empty: a pair)."""

    pool: tuple[PersonId, ...]
    window: Stretch
    why: Finding | None = None
    """Why there is no place for it whatever the plan."""


class _Shared(NamedTuple):
    """Partners of a requirement who have one that the same talk counts for."""

    partners: tuple[PersonId, ...] = ()
    given: tuple[PersonId, ...] = ()
    """Those of them with whom the talk is one of this requirement; the others' stand with theirs."""


class NeededTalks:
    """Works out which talks the open requirements still need."""

    def __init__(
        self,
        facts: ArrangingFacts,
        reach: PlanningReach,
        calendar: PlanCalendar,
        *,
        has_rooms: bool,
        met: Collection[int] = (),
    ) -> None:
        """`met`: the requirements (by their place in `facts.requested`) that a booked talk stands in for."""
        self.facts, self.reach, self.calendar, self.has_rooms, self.met = facts, reach, calendar, has_rooms, met
        self.load = Counter(person for talk in facts.existing_talks.values() for person in talk.people)
        self.weights = weights(state.requirement for state in facts.requested)
        self._ids: Counter[str] = Counter()

    def all(self) -> MissingTalks:
        """All talks in the order of their rules, unplaceable ones apart."""
        talks: list[ArrangedTalk] = []
        unplaceable: list[tuple[ArrangedTalk, Finding]] = []
        states = self._in_order()
        for state, shared in zip(states, self._shared(states), strict=True):
            for missing in self._missing(state, shared):
                talk = self._talk(state.requirement, missing)
                if missing.why:
                    unplaceable.append((talk, missing.why))
                else:
                    talks.append(talk)
        return MissingTalks(tuple(talks), tuple(unplaceable))

    def _in_order(self) -> list[RequirementState]:
        """What is asked, in the order of the rules."""
        left = [state for place, state in enumerate(self.facts.requested) if place not in self.met]
        return sorted(left, key=lambda state: order_of(state.requirement, self.facts))

    def _talk(self, requirement: Requirement, missing: _Missing) -> ArrangedTalk:
        """A talk as the problem asks for it; a pool of one is no choice."""
        is_choice = len(missing.pool) > 1
        people = requirement.bearers + (() if is_choice else missing.pool)
        is_face_to_face = Mode.FACE_TO_FACE in requirement.modes
        problem_talk = ProblemTalk(
            self._id(requirement),
            people,
            self.facts.minutes_of(requirement),
            any_of=(missing.pool,) if is_choice else (),
            priority=self.weights[requirement.severity],
            needs_room=is_face_to_face and self.has_rooms,
        )
        problem_talk = windowed(problem_talk, missing.window, self.calendar)
        return ArrangedTalk(problem_talk, requirement, Mode.FACE_TO_FACE if is_face_to_face else max(requirement.modes))

    def _id(self, requirement: Requirement) -> str:
        """The same for the same requirement whenever and by whomever it is asked, so that a draft can be taken up again."""
        period = f"@{requirement.period}" if requirement.period else ""
        rule = MASKED if requirement.rules[0] in self.facts.event_rules else requirement.rules[0]
        name = f"{rule}:{'+'.join(requirement.bearers)}{period}"
        self._ids[name] += 1
        return name if self._ids[name] == 1 else f"{name}#{self._ids[name]}"

    def _shared(self, states: Sequence[RequirementState]) -> list[_Shared]:
        """Of each state, whom it shares a talk with; that talk is one of whichever comes first."""
        places = [
            place
            for place, state in enumerate(states)
            if state.requirement.subject and state.requirement.min_count == 1
        ]
        place_of = {states[place].requirement.subject: place for place in places}
        shared = [_Shared() for _ in states]
        by_place = shared_partners([self._demand(states[place]) for place in places], self._can_meet)
        for place, partners in zip(places, by_place, strict=True):
            given = tuple(partner for partner in partners if place < place_of[partner])
            shared[place] = _Shared(partners, given)
        return shared

    def _demand(self, state: RequirementState) -> Demand:
        """What a requirement with a pool still lacks."""
        met = self._met(state.requirement, self._done(state))
        candidates = tuple(person for person in self._by_load(state.requirement) if person not in met)
        return Demand(state.requirement, max(state.requirement.k - len(met), 0), candidates)

    def _can_meet(self, demand: Demand, other: Demand) -> bool:
        """Whether two people are ever free together for a talk that is long enough for both."""
        length = max(self._length(demand.requirement), self._length(other.requirement))
        reach = (self.reach.opens, self.reach.closes)
        return bool(self.calendar.common_starts((demand.subject, other.subject), (), length, reach))

    def _missing(self, state: RequirementState, shared: _Shared) -> Iterator[_Missing]:
        """Each talk that a requirement still needs."""
        requirement = state.requirement
        done = self._done(state)
        days = max(requirement.min_count - len({talk.day(self.facts.as_of.zone) for talk in done}), 0)
        pools = self._pools(requirement, done, shared.partners)
        window = self._window(requirement, done)
        if shared.partners:
            yield from (self._one(requirement, (partner,), window) for partner in shared.given)
            yield from (self._one(requirement, pool, window) for pool in pools)
            return
        count = max(days, len(pools), 1)
        if why := self._no_time(requirement, window):
            yield from [_Missing((), window, why)] * count
            return
        parts = self._parts(requirement, window, days)
        everybody = self._by_load(requirement)
        for place in range(count):
            pool = pools[place] if place < len(pools) else everybody
            yield self._one(requirement, pool, parts[place] if place < len(parts) else window)

    def _one(self, requirement: Requirement, pool: tuple[PersonId, ...], part: Stretch | Finding) -> _Missing:
        """One talk, or why there can be none."""
        if isinstance(part, Finding):
            return _Missing(pool, (self.reach.opens, self.reach.closes), part)
        if requirement.subject and not pool:
            details = {
                "name": requirement.subject,
                "k": requirement.k,
                "pool": len(set(requirement.pool) - {requirement.subject}),
            }
            return _Missing((), part, Finding("too_few_of_pool", requirement.subject, details))
        return _Missing(pool, part)

    def _done(self, state: RequirementState) -> list[Booking]:
        """The talks that count for a requirement already."""
        existing = self.facts.existing_talks
        talks = [existing[name] for name in state.talks if name in existing]
        return [talk for talk in talks if talk.state(self.facts.as_of) is HELD]

    def _met(self, requirement: Requirement, done: Iterable[Booking]) -> set[PersonId]:
        """The members of the pool that the subject has talked with."""
        return {person for talk in done for person in talk.people} & set(requirement.partners) - {requirement.subject}

    def _pools(
        self, requirement: Requirement, done: Iterable[Booking], shared: Collection[PersonId]
    ) -> list[tuple[PersonId, ...]]:
        """Where several members are asked for: the lists out of which those still missing are to come."""
        if requirement.k <= 1:
            return []
        met = self._met(requirement, done) | set(shared)
        left = [person for person in self._by_load(requirement) if person not in met]
        missing = max(requirement.k - len(met), 0)
        return [tuple(left[place::missing]) for place in range(missing)]

    def _by_load(self, requirement: Requirement) -> tuple[PersonId, ...]:
        """The pool without the subject: whoever has the fewest talks first, then by rank."""
        others = set(requirement.pool) - {requirement.subject}
        return tuple(sorted(others, key=lambda person: (self.load[person], self.facts.roster.rank_key(person))))

    def _length(self, requirement: Requirement) -> int:
        """How many steps a talk takes."""
        return self.calendar.steps(self.facts.minutes_of(requirement))

    def _window(self, requirement: Requirement, done: Sequence[Booking]) -> Stretch:
        """When the talks can be; after the days that count already where the days have to differ."""
        opens, closes = self.reach.within(requirement.window)
        if requirement.min_count > 1 and done:
            day = max(talk.day(self.facts.as_of.zone) for talk in done) + timedelta(days=1)
            opens = max(opens, wall(day, 0))
        return opens, closes

    def _no_time(self, requirement: Requirement, window: Stretch) -> Finding | None:
        """Why no talk fits in a window whoever is in it."""
        if self.calendar.starts(self._length(requirement), window):
            return None
        first, last = requirement.window.first, requirement.window.last
        details = {
            "first": first,
            "last": last,
            "people": requirement.bearers,
            "opens": self.reach.opens,
            "closes": self.reach.closes,
        }
        return Finding("no_time_left", requirement.bearers[0], details)

    def _parts(self, requirement: Requirement, window: Stretch, count: int) -> list[Stretch | Finding]:
        """The windows of talks that have to be on different days; those that there are too few days for have a reason."""
        if count <= 1:
            return [window] * count
        mask = self.calendar.common_starts(
            requirement.bearers,
            self._by_load(requirement) if requirement.subject else (),
            self._length(requirement),
            window,
        )
        days = self.calendar.days_of(mask)
        parts: list[Stretch | Finding] = []
        for place in range(min(count, len(days))):
            share = min(count, len(days))
            first, last = days[place * len(days) // share], days[(place + 1) * len(days) // share - 1]
            parts.append((max(window[0], wall(first, 0)), min(window[1], wall(last, 24 * 60))))
        details = {"people": requirement.bearers, "needed": count, "days": len(days)}
        return parts + [Finding("too_few_days", requirement.bearers[0], details)] * (count - len(parts))


def windowed(talk: ProblemTalk, window: Stretch, calendar: PlanCalendar) -> ProblemTalk:
    """A talk with the ends of its window, where these say more than the grid does."""
    opens, closes = window
    starts = calendar.grid.starts
    if not starts:
        return talk
    earliest = opens if opens > starts[0] else None
    latest = closes if closes < starts[-1] + calendar.grid.minutes else None
    return replace(talk, earliest=earliest, latest=latest)


def order_of(requirement: Requirement | None, facts: ArrangingFacts) -> int:
    """Where a requirement stands in the order of the rules; what no rule asks for comes last."""
    return min((facts.orders.get(rule, _LAST) for rule in requirement.rules), default=_LAST) if requirement else _LAST


def weights(requirements: Iterable[Requirement]) -> dict[Severity, int]:
    """What a talk without a place weighs: a stronger rule more; one, where all are equally strong."""
    there = {requirement.severity for requirement in requirements}
    if len(there) <= 1:
        return dict.fromkeys(Severity, 1)
    return {severity: len(STRENGTH) - strength for severity, strength in STRENGTH.items()}
