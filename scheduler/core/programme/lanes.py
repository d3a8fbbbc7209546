"""The programme as lanes: of each kind of duty how much is done, of how much, whether in time, who is missing, and what is next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.working_time import WorkingTime


class LaneKey(StrEnum):
    """Every lane, in the order in which they stand; one that is not asked stays and says so."""

    STUDY = "study"
    LECTURES = "lectures"
    SYMPOSIUMS = "symposiums"
    VISITS = "visits"
    OPINIONS = "opinions"
    TALKS = "talks"
    EXTENDED = "extended"
    BRANCH_TALKS = "branch_talks"
    MATERIALS = "materials"
    GATE = "gate"
    MEETINGS = "meetings"
    TASKS = "tasks"
    BATCHES = "batches"
    REPORTS = "reports"


class LaneState(StrEnum):
    """Whether a lane is in time."""

    DONE = "done"
    ON_TRACK = "on_track"
    DUE = "due"
    LATE = "late"
    NOT_ASKED = "not_asked"


class MarkKind(StrEnum):
    """What a mark on the time line says."""

    DID = "did"
    WILL = "will"
    MISSED = "missed"
    DUE = "due"


DUE_WITHIN = 15
"""Workdays before its day from which a lane is called due."""
SOON = 10
"""Workdays within which something due is named among what is next."""


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A day on the time line of a lane."""

    day: date
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """What is known of a lane before it is judged."""

    key: LaneKey
    done: int
    of: int
    due: date | None = None
    who: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    marks: tuple[LaneMark, ...] = ()
    is_late: bool = False
    """Whether some of it is late, whatever the day of the rest."""
    is_over: bool = False
    """Whether nothing of it is still to be done, although not all of it was."""
    can_wait: bool = False
    """Whether it is optional, so that its day makes nothing due."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of duty on a day."""

    facts: LaneFacts
    state: LaneState

    @property
    def key(self) -> LaneKey:
        """Which lane it is."""
        return self.facts.key


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that is to be done by a day, and what it is about."""

    day: date
    what: str
    subject: str
    name: str = ""
    """What it is called, where that is not known by what it is."""


def workdays_left(day: date, due: date, time: WorkingTime) -> int:
    """The workdays after a day up to another, which is included; 0 if that is past."""
    return sum(1 for _ in time.workdays_between(day + timedelta(days=1), due))


def judged(facts: LaneFacts, day: date, time: WorkingTime) -> Lane:
    """A lane with its state on a day."""
    return Lane(facts, _state(facts, day, time))


def _state(facts: LaneFacts, day: date, time: WorkingTime) -> LaneState:
    if facts.is_late:
        return LaneState.LATE
    if facts.is_over or 0 < facts.of <= facts.done:
        return LaneState.DONE
    if not facts.of:
        return LaneState.NOT_ASKED
    if facts.due is None or facts.can_wait:
        return LaneState.ON_TRACK
    if day > facts.due:
        return LaneState.LATE
    return LaneState.DUE if workdays_left(day, facts.due, time) <= DUE_WITHIN else LaneState.ON_TRACK


def next_steps(
    in_the_way: Iterable[NextStep], others: Iterable[NextStep], day: date, time: WorkingTime
) -> tuple[NextStep, ...]:
    """What is next: first what stands in the way of the nearest milestone, by its day, then what is due within ten workdays."""
    first = sorted(in_the_way, key=lambda step: step.day)
    soon = [step for step in others if workdays_left(day, step.day, time) <= SOON]
    named = {(step.what, step.subject) for step in first}
    return (*first, *sorted((s for s in soon if (s.what, s.subject) not in named), key=lambda step: step.day))


def of_days(days: Sequence[tuple[date, bool]]) -> tuple[LaneMark, ...]:
    """Marks for days on which something was or will be held."""
    return tuple(LaneMark(day, MarkKind.DID if is_held else MarkKind.WILL) for day, is_held in days)
