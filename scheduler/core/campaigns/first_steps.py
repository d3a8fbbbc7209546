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
class Installation:
    """What is in an installation, as far as the steps need to know."""

    people: int = 0
    units: int = 0
    has_campaign: bool = False
    team: int = 0
    """Members of the leadership team."""
    has_principal: bool = False
    has_rules: bool = False
    required: int = 0
    """Talks that the applied rules ask for today, of any weight."""
    has_draft: bool = False
    has_talks: bool = False
    has_feeds: bool = False


PAIR = 2
"""Fewer people than this have nobody to talk with."""


def lacking(standing: Installation) -> dict[FirstStep, tuple[str, ...]]:
    """For each step what later steps need and is not there: words that `wording` knows. A step that lacks nothing is done."""
    needs = {
        FirstStep.PEOPLE: {
            "no_people": standing.people >= PAIR,
            "no_units": standing.units > 0 or standing.required > 0,
        },
        FirstStep.CAMPAIGN: {
            "no_campaign": standing.has_campaign,
            "no_team": standing.team >= PAIR or standing.required > 0,
            "no_principal": standing.has_principal or standing.required > 0,
        },
        FirstStep.RULES: {
            "no_rules": standing.has_rules,
            "rules_ask_nothing": standing.required > 0 or standing.has_talks or not standing.has_rules,
        },
        FirstStep.DRAFT: {"no_draft": standing.has_draft or standing.has_talks},
        FirstStep.RELEASE: {"no_talks": standing.has_talks},
        FirstStep.SUBSCRIBE: {"no_feeds": standing.has_feeds},
    }
    return {step: tuple(word for word, is_there in of_step.items() if not is_there) for step, of_step in needs.items()}


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
