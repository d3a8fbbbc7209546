"""The first hour: what must be there before talks are arranged and calendars subscribed, and which step comes next.

Nothing is remembered of it: where an installation is follows from what is in it, so that it can be left and taken up again,
by somebody else if need be.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class FirstStep(StrEnum):
    """The steps, in their order."""

    PEOPLE = "people"
    CAMPAIGN = "campaign"
    RULES = "rules"
    DRAFT = "draft"
    RELEASE = "release"
    SUBSCRIBE = "subscribe"


class StepState(StrEnum):
    """Where a step is."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """How far an installation is."""

    done: frozenset[FirstStep]

    @classmethod
    def of(cls, there: Collection[FirstStep]) -> "FirstSteps":
        """By what is there; once talks are on the calendar, nobody is asked for a draft any more."""
        return cls(frozenset(there) | ({FirstStep.DRAFT} if FirstStep.RELEASE in there else set()))

    @property
    def next(self) -> FirstStep | None:
        """The first step that is not done; None: all are."""
        return next((step for step in FirstStep if step not in self.done), None)

    def state(self, step: FirstStep) -> StepState:
        """Where a step is."""
        if step in self.done:
            return StepState.DONE
        return StepState.NEXT if step is self.next else StepState.LATER
