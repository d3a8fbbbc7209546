"""Requirements × talks → which are covered, and how far along the others are, as of any day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.core.coverage.matching import Matching
from scheduler.core.ground.bookings import AWAITING, BOOKED, HELD, AsOf, Booking
from scheduler.core.ground.ids import BookingId, PersonId, RuleId
from scheduler.core.ground.rates import percent
from scheduler.core.rules.requirements import STRENGTH, Requirement, Resolution, Severity

Tally = tuple[int, int]
"""Covered, required."""


class CoverageState(StrEnum):
    """How far along a requirement is: the best of its talks wins."""

    COVERED = "covered"
    BOOKED = "booked"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    OPEN = "open"


_COVERED, _OPEN = CoverageState.COVERED, CoverageState.OPEN


_OF_STATE = {HELD: _COVERED, BOOKED: CoverageState.BOOKED, AWAITING: CoverageState.AWAITING_CONFIRMATION}
"""What one talk that is enough makes of its requirement."""


class RequirementState(NamedTuple):
    """A requirement and where it stands on a day."""

    requirement: Requirement
    state: CoverageState
    is_overdue: bool
    """Not covered after its window has closed: a mark, not a state."""
    have: int
    """Different days with a counting talk; with a pool of which several are asked, different members met."""
    talks: tuple[BookingId, ...]
    """The talks that count for it, are booked or await confirmation, by date."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where all requirements of a rule set stand on a day."""

    as_of: AsOf
    resolution: Resolution
    requirements: tuple[RequirementState, ...]
    """In the order of the resolution."""
    by_rule: Mapping[RuleId, Tally]
    """After merging: a requirement counts in each rule that asks for it. Every rule has its line."""
    rows: Mapping[PersonId, Tally]
    """Must-requirements of each person who bears any."""
    states: Mapping[CoverageState, int]
    """Must-requirements by state; every state is there."""
    must: Tally
    should: Tally
    optional: Tally
    talks: tuple[Booking, ...]
    """What it was made from."""

    @property
    def required(self) -> int:
        """How many requirements of severity must there are."""
        return self.must[1]

    @property
    def covered(self) -> int:
        """How many of them are covered."""
        return self.must[0]

    @property
    def rate(self) -> float | None:
        """Covered out of required in percent; None when nothing is required."""
        return percent(self.covered, self.required)


def cover(resolution: Resolution, talks: Sequence[Booking], as_of: AsOf) -> Coverage:
    """Where every requirement stands on a day, given all talks of the rule set."""
    states = _states(resolution.requirements, talks, as_of)
    weighed: dict[Severity, list[RequirementState]] = {severity: [] for severity in STRENGTH}
    for state in states:
        weighed[state.requirement.severity].append(state)
    must = weighed[Severity.MUST]
    return Coverage(
        as_of,
        resolution,
        tuple(states),
        by_rule=_by_rule(states, resolution),
        rows=_rows(must),
        states=_by_state(must),
        must=_tally(must),
        should=_tally(weighed[Severity.SHOULD]),
        optional=_tally(weighed[Severity.OPTIONAL]),
        talks=tuple(talks),
    )


class RequirementProgress(NamedTuple):
    """How much of a requirement its counting talks make up."""

    have: int
    is_covered: bool
    by: tuple[BookingId, ...]
    """The talks that brought it forward: the earliest that were needed."""


def progress(requirement: Requirement, counting: Sequence[Booking], zone: ZoneInfo) -> RequirementProgress:
    """What the counting talks of a requirement, by date, make up: different days, and different members of the pool."""
    if requirement.subject and requirement.k > 1:
        return _members(requirement, counting, zone)
    if len(counting) == 1:
        return RequirementProgress(1, requirement.min_count <= 1, (counting[0].id,))
    first_of_day: dict[date, BookingId] = {}
    for talk in counting:
        first_of_day.setdefault(talk.day(zone), talk.id)
    have = len(first_of_day)
    return RequirementProgress(
        have, have >= requirement.min_count, tuple(first_of_day.values())[: requirement.min_count]
    )


def _members(requirement: Requirement, counting: Sequence[Booking], zone: ZoneInfo) -> RequirementProgress:
    """The same where several of a pool are asked: so many different members, and on so many different days."""
    pool = set(requirement.partners) - {requirement.subject}
    days: set[date] = set()
    members: set[PersonId] = set()
    by = []
    for talk in counting:
        day, met = talk.day(zone), pool.intersection(talk.people)
        brings_day = day not in days and len(days) < requirement.min_count
        brings_member = not met <= members and len(members) < requirement.k
        if brings_day or brings_member:
            by.append(talk.id)
        days.add(day)
        members |= met
    is_covered = len(days) >= requirement.min_count and len(members) >= requirement.k
    return RequirementProgress(len(members), is_covered, tuple(by))


def _states(requirements: Sequence[Requirement], talks: Sequence[Booking], as_of: AsOf) -> list[RequirementState]:
    """Where each requirement stands, in their order."""
    serving = Matching(requirements, as_of.zone).serving(talks, as_of)
    begun: dict[int, RequirementState] = {}
    for place, served_by in serving.items():
        requirement, talk = requirements[place], served_by[0]
        if len(served_by) > 1 or requirement.min_count > 1 or requirement.k > 1:
            begun[place] = _state_of(requirement, served_by, as_of)
        elif (state := _OF_STATE[talk.state(as_of)]) is _COVERED:
            begun[place] = RequirementState(requirement, state, False, 1, (talk.id,))
        else:
            begun[place] = RequirementState(requirement, state, _is_late(requirement, as_of), 0, (talk.id,))
    return [
        begun[place] if place in begun else RequirementState(requirement, _OPEN, _is_late(requirement, as_of), 0, ())
        for place, requirement in enumerate(requirements)
    ]


def _state_of(requirement: Requirement, talks: Sequence[Booking], as_of: AsOf) -> RequirementState:
    """Where a requirement stands, given the talks that count for it, are booked or await confirmation."""
    ids = tuple([talk.id for talk in talks])
    became = [talk.state(as_of) for talk in talks]
    counting = [talk for talk, state in zip(talks, became, strict=True) if state is HELD]
    have, is_covered, _ = progress(requirement, counting, as_of.zone)
    if is_covered:
        return RequirementState(requirement, _COVERED, False, have, ids)
    left = BOOKED if BOOKED in became else AWAITING if AWAITING in became else None
    state = _OF_STATE[left] if left else _OPEN
    return RequirementState(requirement, state, _is_late(requirement, as_of), have, ids)


def _is_late(requirement: Requirement, as_of: AsOf) -> bool:
    last = requirement.window.last
    return last is not None and as_of.day > last


def _tally(states: Sequence[RequirementState]) -> Tally:
    return sum([state.state is _COVERED for state in states]), len(states)


def _by_state(states: Sequence[RequirementState]) -> dict[CoverageState, int]:
    counts = Counter([state.state for state in states])
    return {state: counts[state] for state in CoverageState}


def _by_rule(states: Sequence[RequirementState], resolution: Resolution) -> dict[RuleId, Tally]:
    required = Counter(chain.from_iterable([state.requirement.rules for state in states]))
    covered = Counter(chain.from_iterable([state.requirement.rules for state in states if state.state is _COVERED]))
    return {rule: (covered[rule], required[rule]) for rule in resolution.by_rule}


def _rows(states: Sequence[RequirementState]) -> dict[PersonId, Tally]:
    required = Counter(chain.from_iterable([state.requirement.bearers for state in states]))
    covered = Counter(chain.from_iterable([state.requirement.bearers for state in states if state.state is _COVERED]))
    return {person: (covered[person], count) for person, count in required.items()}
