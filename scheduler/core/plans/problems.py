"""What the planner is asked: talks and sessions to be placed, people and rooms with their busy times, and the goals.

Times are wall-clock times of the organisation, as whole minutes (`Wall`): a plan lies within days of local working time,
and the zone is applied by whoever asks. Stretches are half-open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

Wall = NewType("Wall", int)
"""A moment of the local wall clock, in minutes: the day's ordinal × 1440 + the minute of the day."""

Stretch = tuple[Wall, Wall]
"""From the first moment up to, and not including, the second: a plain pair, since a problem has a hundred thousand of them."""

MINUTES_A_DAY = 24 * 60


class Goal(StrEnum):
    """What a plan is to be good at, in the order asked."""

    UNPLACED = "unplaced"
    """Fewest talks without a place, each weighed by its priority."""
    MOVED = "moved"
    """Fewest talks that start at another time than they do today."""
    MAKESPAN = "makespan"
    """Done soonest: grid steps of working time from the first block of the first day to the end of the last talk."""
    BREAKS = "breaks"
    """Fewest idle gaps of people between two talks of a day."""


DEFAULT_GOALS = (Goal.UNPLACED, Goal.MAKESPAN)


@dataclass(frozen=True, slots=True)
class TalkPlace:
    """When a talk starts, and where; None: in any room, or in none."""

    start: Wall
    room: str | None = None


@dataclass(frozen=True, slots=True)
class ProblemPerson:
    """Somebody who talks, and when they cannot."""

    id: str
    busy: tuple[Stretch, ...] = ()
    max_talks_per_day: int | None = None
    max_talks_per_half_day: int | None = None
    """Before noon, and from noon on; a talk belongs to the half that it starts in."""
    max_talks_per_week: int | None = None
    """From Monday to Sunday."""
    stands: tuple[Wall, ...] = ()
    """When talks start that stand and are not in the problem: they count for how many there may be."""


@dataclass(frozen=True, slots=True)
class ProblemRoom:
    """A room, when it is taken, and how many people it holds (None: any number)."""

    id: str
    busy: tuple[Stretch, ...] = ()
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ProblemTalk:
    """A talk that is to be given a start, a room and, out of each list of `any_of`, one person more."""

    id: str
    people: tuple[str, ...]
    minutes: int
    any_of: tuple[tuple[str, ...], ...] = ()
    """One of each list attends too; different lists are met by different people."""
    earliest: Wall | None = None
    """It starts not before this."""
    latest: Wall | None = None
    """It ends not after this."""
    after: tuple[str, ...] = ()
    """It starts when these talks are over."""
    fixed: TalkPlace | None = None
    """It stays exactly there."""
    current: TalkPlace | None = None
    """Where it stands today; at another start it counts as moved."""
    priority: int = 1
    """How much it weighs if it finds no place."""
    needs_room: bool = True

    @property
    def size(self) -> int:
        """How many people sit in it."""
        return len(self.people) + len(self.any_of)


@dataclass(frozen=True, slots=True)
class ProblemSession:
    """A study session or a symposium: one of its windows is chosen, and all its people come."""

    id: str
    people: tuple[str, ...]
    minutes: int
    windows: tuple[Wall, ...]
    """The starts it may have."""
    needs_room: bool = False


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Everything the planner needs to know.

    Ids are unique within their kind, every id that is named is there, and lengths are positive: whoever makes one sees to it.
    """

    grid_minutes: int
    """Talks start on this grid, counted from the start of each block, and take whole steps, rounded up."""
    days: tuple[date, ...]
    """Ascending."""
    blocks: tuple[tuple[int, int], ...]
    """The working blocks of every day, in minutes of the day, ascending; a talk does not cross their ends."""
    people: tuple[ProblemPerson, ...]
    rooms: tuple[ProblemRoom, ...]
    talks: tuple[ProblemTalk, ...]
    sessions: tuple[ProblemSession, ...] = ()
    goals: tuple[Goal, ...] = DEFAULT_GOALS
    max_break_difference: int | None = None
    """How far the breaks of any two people may lie apart (hard)."""
    name: str = ""
    later_days: tuple[date, ...] = ()
    """Workdays after the last one that may be proposed, ascending: what takes people and rooms then is told as well. Empty: the next
    days from Monday to Friday, as a problem knows no holidays."""

    def steps(self, minutes: int) -> int:
        """How many grid steps so many minutes take, rounded up."""
        return -(-minutes // self.grid_minutes)

    def block_starts(self) -> Iterator[tuple[Wall, int]]:
        """Every block of every day in order: when it starts, and how many whole steps it has."""
        for day in self.days:
            midnight = day.toordinal() * MINUTES_A_DAY
            for opens, closes in self.blocks:
                yield Wall(midnight + opens), (closes - opens) // self.grid_minutes


def wall(day: date, minute: int) -> Wall:
    """The moment at a minute of a day."""
    return Wall(day.toordinal() * MINUTES_A_DAY + minute)


def day_of(moment: Wall) -> date:
    """The day of a moment."""
    return date.fromordinal(moment // MINUTES_A_DAY)


def text_of(moment: Wall) -> str:
    """A moment as files write it: `2014-08-14T13:30`."""
    hour, minute = divmod(moment % MINUTES_A_DAY, 60)
    return f"{day_of(moment).isoformat()}T{hour:02}:{minute:02}"


def moment_of(text: str) -> Wall:
    """The moment that `text_of` writes so."""
    moment = datetime.fromisoformat(text)
    return wall(moment.date(), moment.hour * 60 + moment.minute)
