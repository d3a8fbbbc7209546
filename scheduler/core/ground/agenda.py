"""What a meeting goes through, point by point. A talk has no agenda: nothing about what is said in it is kept."""

from dataclasses import dataclass

from scheduler.core.ground.ids import PersonId

MAX_POINTS = 50
MAX_REMARK = 500
"""Characters of a remark for the notice."""
MAX_LINK = 500


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of an agenda."""

    title: str
    person: PersonId | None = None
    """Who of the roster speaks to it."""
    speaker: str = ""
    """Who speaks to it, where the roster does not know them."""
    minutes: int | None = None

    def __str__(self) -> str:
        """As lists of points have it."""
        return f"{self.title}（{self.minutes}′）" if self.minutes else self.title
