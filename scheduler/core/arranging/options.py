"""What an organizer says when asking for an arrangement; kept with a run as a plain document."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import RoomId, RuleSetId

MIN_GRID_MINUTES, MAX_MINUTES = 5, 24 * 60
"""Minutes: the finest grid, and the longest talk or grid step."""
MAX_SECONDS = 3600
MAX_TALKS_A_DAY = 20
MAX_TALKS_A_WEEK = 7 * MAX_TALKS_A_DAY
USUAL_TALKS_A_DAY = 3
MAX_SEED = 2**31 - 1
"""As far as every generator of chance counts."""


@dataclass(frozen=True, slots=True)
class ArrangeOptions:
    """How an arrangement is asked for; what is None follows from the facts."""

    rule_set: RuleSetId | None = None
    """None: the leading one."""
    as_of: date | None = None
    """None: today."""
    first: date | None = None
    """The first day; None: from the next grid step after now, or after the day `as_of`."""
    last: date | None = None
    """The last day; None: the end of the window."""
    grid: int = 30
    minutes: int = 45
    rooms: tuple[RoomId, ...] | None = None
    """None: those that are for talks."""
    with_optional: bool = False
    fewest_changes: bool = False
    """Booked talks may move where they have to; None of them moves otherwise."""
    max_talks_per_day: int | None = None
    """For each person, those that stand already included; None: as `wishes.usual_talks_a_day` says."""
    max_talks_per_half_day: int | None = None
    """The same before noon, and from noon on; None: as many as there may be a day."""
    max_talks_per_week: int | None = None
    """The same from Monday to Sunday; None: any number."""
    seconds: int = 20
    seed: int = 1
    only: tuple[str, ...] = ()
    """Nothing but these requirements, by their keys; empty: all that is open."""

    def __post_init__(self) -> None:
        for name, least, most in (
            ("grid", MIN_GRID_MINUTES, MAX_MINUTES),
            ("minutes", 1, MAX_MINUTES),
            ("max_talks_per_half_day", 1, MAX_TALKS_A_DAY),
            ("max_talks_per_day", 1, MAX_TALKS_A_DAY),
            ("max_talks_per_week", 1, MAX_TALKS_A_WEEK),
            ("seconds", 1, MAX_SECONDS),
            ("seed", 0, MAX_SEED),
        ):
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise Malformed("out_of_range", name, value=value, first=least, last=most)
        if self.first and self.last and self.last < self.first:
            raise Malformed("ends_before_it_starts", "to")

    def document(self) -> dict[str, Any]:
        """The plain form, as JSON keeps it."""
        plain = asdict(self)
        for name in ("as_of", "first", "last"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        plain["rooms"] = list(self.rooms) if self.rooms is not None else None
        plain["only"] = list(self.only)
        return plain

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "ArrangeOptions":
        """What a plain form says; keys of later versions are left aside."""
        names = {option.name for option in fields(cls)}
        given = {name: value for name, value in document.items() if name in names}
        for name in ("as_of", "first", "last"):
            given[name] = date.fromisoformat(given[name]) if given.get(name) else None
        if given.get("rooms") is not None:
            given["rooms"] = tuple(map(RoomId, given["rooms"]))
        given["only"] = tuple(given.get("only", ()))
        return replace(cls(), **given)
