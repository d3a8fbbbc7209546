"""What an exact model is asked, and what it answers, talk by talk."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SlotItem:
    """A talk in a model: its starts, what each of them costs, and what it costs to let it go (None: it must be placed)."""

    talk: int
    starts: int
    cost: Mapping[int, int] = field(default_factory=dict)
    """Of starts that are not free of charge."""
    let_go: int | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """Talks that stand and share nobody with the items, so that only their rooms matter, and rooms are alike."""

    start: Mapping[int, int] = field(default_factory=dict)
    """Talk → where it stands."""
    let_go: int = 1
    """What it costs to let one of them go."""


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """Where an item goes, whom it is given out of its pools, and its room where rooms differ."""

    start: int
    chosen: tuple[int, ...] = ()
    room: int | None = None
