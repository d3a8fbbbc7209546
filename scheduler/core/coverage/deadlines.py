"""By when talks have to be held that occurrences made necessary: told to the two people of each, and to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.core.coverage.report import Coverage, CoverageState
from scheduler.core.ground.ids import CampaignId, PersonId


@dataclass(frozen=True, slots=True)
class TalkDeadline:
    """The last day on which somebody can hold a talk that is required of them because of an occurrence."""

    person: PersonId
    """Who is told."""
    partner: PersonId | None
    """With whom; None: with any of several."""
    day: date
    occurrence: int
    campaign: CampaignId | None


def deadlines(standing: Iterable[tuple[CampaignId | None, Coverage]]) -> set[TalkDeadline]:
    """Of every required talk after an occurrence that is not covered: what each of its people is told."""
    return {
        TalkDeadline(person, _other(person, requirement.pair), requirement.window.last, reason.occurrence, campaign)
        for campaign, coverage in standing
        for requirement, state, *_ in coverage.requirements
        if state is not CoverageState.COVERED and requirement.window.last
        for reason in requirement.reasons
        if reason.occurrence is not None
        for person in requirement.bearers
    }


def _other(person: PersonId, pair: tuple[PersonId, PersonId] | None) -> PersonId | None:
    """The other one of a pair."""
    return next((other for other in pair or () if other != person), None)
