"""What an arrangement is made from, and the stretch of time it lies in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.campaigns import notice
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import CANCELLED, Absence, AsOf, Booking
from scheduler.core.ground.ids import BookingId, RoomId, RuleId, RuleSetId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, wall
from scheduler.core.plans.wall_clock import minute_of, moment_at, stretch_of, wall_at
from scheduler.core.rules.definitions import Rule
from scheduler.core.rules.requirements import Requirement, Severity

USUAL_DAYS = 92
"""How far an arrangement reaches when neither a window nor the asker says where it ends."""
MAX_DAYS = 366
LATER_DAYS = 3
"""So many workdays after the last one may be proposed where something finds no place."""
MAX_HOLIDAYS = 31
"""How far these workdays are looked for."""


@dataclass(frozen=True, slots=True)
class ArrangingFacts:
    """Everything that is known when somebody asks for an arrangement."""

    as_of: AsOf
    options: ArrangeOptions
    rule_set: RuleSetId
    requirements: tuple[RequirementState, ...]
    """Of every severity and state, in the order of the rules."""
    window: DayRange
    """Of the rule set as a whole."""
    roster: Roster
    working_time: WorkingTime
    notice: int = 0
    """How many workdays of notice people have, unless a first day is named; 0: none."""
    orders: Mapping[RuleId, int] = field(default_factory=dict)
    """The order of the rules that have one: smaller is arranged earlier."""
    rules: Mapping[RuleId, Rule] = field(default_factory=dict)
    """The rules, for what they ask of their talks besides."""
    event_rules: frozenset[RuleId] = frozenset()
    """The rules that follow from occurrences; no talk is called after one of them."""
    rooms: Mapping[RoomId, Room] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    bookings: tuple[Booking, ...] = ()
    """Everything on the calendar around that time, of whatever kind and rule set; cancelled ones do no harm."""
    around: tuple[Booking, ...] = ()
    """What stands in the first and the last week, before and behind these: it counts for how many talks there may be a week."""
    talks: tuple[Booking, ...] = ()
    """The talks of the rule set, at any time: who talked how often already, and what may move in a repair."""

    @property
    def requested(self) -> tuple[RequirementState, ...]:
        """What is to be arranged: open requirements, optional ones when they are wanted; or those that are named."""
        only = self.options.only
        return tuple(
            state
            for state in self.requirements
            if state.state is CoverageState.OPEN
            and (
                state.requirement.key in only
                if only
                else self.options.with_optional or state.requirement.severity is not Severity.OPTIONAL
            )
        )

    def told(self, rule: RuleId, key: str) -> Any:
        """What a rule says of its talks besides; None: nothing."""
        return self.rules[rule].extras.get(key) if rule in self.rules else None

    def minutes_of(self, requirement: Requirement) -> int:
        """How long a talk is: as its rule says, the longest of several, else as is asked for all."""
        minutes = (self.told(rule, "slot_minutes") for rule in requirement.rules)
        return max((told for told in minutes if told), default=self.options.minutes)

    @property
    def existing(self) -> tuple[Booking, ...]:
        """What takes people and rooms on that day."""
        return tuple(booking for booking in self.bookings if booking.state(self.as_of) is not CANCELLED)

    @property
    def existing_talks(self) -> Mapping[BookingId, Booking]:
        """Talks of the rule set that were not cancelled."""
        return {talk.id: talk for talk in self.talks if talk.state(self.as_of) is not CANCELLED}

    def stretch(self, span: Span) -> Stretch:
        """A span on the local wall clock; begun minutes count whole."""
        return stretch_of(span, self.as_of.zone)

    def moment(self, start: Wall) -> datetime:
        """The moment that the local clock on the wall shows so."""
        return moment_at(start, self.as_of.zone)


@dataclass(frozen=True, slots=True)
class PlanningReach:
    """From when to when anything is arranged; empty when it would end before it opens."""

    opens: Wall
    closes: Wall
    days: tuple[date, ...]
    """The workdays in it."""
    later: tuple[date, ...] = ()
    """The next workdays after it, which may be proposed: what takes people and rooms is to be known of them too."""

    @property
    def known_until(self) -> Wall:
        """The end of what has to be known."""
        return max(self.closes, wall(self.later[-1], MINUTES_A_DAY)) if self.later else self.closes

    def within(self, window: DayRange) -> Stretch:
        """The part of a window that lies in it; one that ends where it starts, or before, is none."""
        opens = max(self.opens, wall(window.first, 0)) if window.first else self.opens
        closes = min(self.closes, wall(window.last, MINUTES_A_DAY)) if window.last else self.closes
        return opens, closes


def reach(facts: ArrangingFacts) -> PlanningReach:
    """Where an arrangement lies: from the first day asked for, and never before now, to the end of the windows.

    Without a first day it opens as soon as people have their notice, at least after now. With `as_of` on another day than
    today, that is counted from that day. A first day that was named begins with its first block that has not begun; with
    another `as_of` it holds as it is, since such a question is not about now.
    """
    opens = _opens(facts)
    first = date.fromordinal(opens // (MINUTES_A_DAY))
    last = min(facts.options.last or _last_day(facts, first), first + timedelta(days=MAX_DAYS))
    days = tuple(facts.working_time.workdays_between(first, last)) if last >= first else ()
    after = facts.working_time.workdays_between(last + timedelta(days=1), last + timedelta(days=MAX_HOLIDAYS))
    return PlanningReach(opens, wall(last, MINUTES_A_DAY), days, tuple(islice(after, LATER_DAYS)) if days else ())


def _opens(facts: ArrangingFacts) -> Wall:
    as_of, first = facts.as_of, facts.options.first
    is_today = as_of.moment < as_of.day_ends
    after = Wall(wall_at(as_of.moment.astimezone(as_of.zone)) + is_today)
    if first is None:
        return wall_at(notice.after(as_of.day, facts.working_time, facts.notice)) if facts.notice else after
    return _first_block(facts, max(first, as_of.day), after) if is_today else wall(first, 0)


def _first_block(facts: ArrangingFacts, day: date, after: Wall) -> Wall:
    """When the first block of a day begins that has not begun; the end of the day when all have."""
    starts = (wall(day, minute_of(opens)) for opens, _closes in facts.working_time.blocks)
    return min((start for start in starts if start >= after), default=wall(day, MINUTES_A_DAY))


def _last_day(facts: ArrangingFacts, first: date) -> date:
    """The end of the latest window of what is asked; of the rule set if nothing is."""
    ends = [state.requirement.window.last for state in facts.requested] or [facts.window.last]
    closed = [end for end in ends if end]
    return max(closed) if len(closed) == len(ends) else first + timedelta(days=USUAL_DAYS)
