"""The two times that a verb is given."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is the organisation's time (today, windows, as-of); `real` is the world's (journal, limits, revisions)."""

    now: datetime
    real: datetime

    def __post_init__(self) -> None:
        if self.now.tzinfo is None or self.real.tzinfo is None:
            raise ValueError("A clock needs a zone.")

    def today(self, zone: ZoneInfo) -> date:
        """The organisation's day."""
        return self.now.astimezone(zone).date()
