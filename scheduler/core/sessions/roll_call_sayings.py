"""What a roll call says, name by name and number by number, before anybody asks whether it agrees."""

from dataclasses import dataclass, field

from scheduler.core.sessions.roll_call_names import Mention, NamedGroup
from scheduler.core.sessions.roll_call_words import Meaning


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody, and what is said of them; `text` are the words, `reason` what stands in the bracket behind the name."""

    mention: Mention
    meaning: Meaning
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nobody bears."""

    text: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a text says: `of` is `expected`, `present`, `rest`, `away` or a status."""

    of: str
    said: int


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """What is said of a unit or team as a whole; of the units that are not named where `group` is None."""

    group: NamedGroup | None
    meaning: Meaning
    text: str
    is_each_one: bool = False
    """Said of one or some of each, without names."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is said of everybody else."""

    meaning: Meaning
    text: str


@dataclass(slots=True)
class RollCallText:
    """What a text says."""

    said: list[Said] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    groups: list[GroupSaid] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    rest: Rest | None = None
    is_open_ended: bool = False
    """Some who were not there are spoken of by 等, without a number."""
    aside: list[str] = field(default_factory=list)
    """What nothing was made of."""
