"""Occurrences with what follows from them: which talks are required, with whom and until when, and who cannot be found."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.coverage.after_occurrences import FollowedOccurrence, RuleSetStanding, followed
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId
from scheduler.services.coverage import report
from scheduler.services.organisation import occurrences as entered
from scheduler.store import load


@dataclass(frozen=True, slots=True)
class Undone:
    """An occurrence that was taken back, and the talks that stand on the calendar because of it."""

    id: int
    talks: tuple[BookingId, ...]


def listing(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person: PersonId | None = None,
    campaign: CampaignId | None = None,
    day: date | None = None,
) -> list[FollowedOccurrence]:
    """What befell a person, or anybody, by day, with what the rules of a campaign, or those of the day's, make of it."""
    access.require(actor, Action.SEE_OCCURRENCES)
    rule_sets = [
        RuleSetStanding(rule_set.rule_set.id, rule_set.spec, rule_set.coverage)
        for rule_set in report.after_occurrences(session, actor, day, clock, campaign)
    ]
    roster = load.roster(session, load.as_of(session, day, clock).day)
    return followed(entered.occurrences(session, actor, clock, person=person), rule_sets, roster)


def one(
    session: Session, actor: Actor, occurrence_id: int, clock: Clock, campaign: CampaignId | None = None
) -> FollowedOccurrence:
    """One of them. Raises NotFound."""
    listed = listing(session, actor, clock, campaign=campaign)
    for occurrence in listed:
        if occurrence.occurrence.id == occurrence_id:
            return occurrence
    raise NotFound("occurrence", str(occurrence_id))


def undo(session: Session, actor: Actor, occurrence_id: int, clock: Clock) -> Undone:
    """Take an occurrence back; talks that were booked because of it stay, and are named. Raises NotFound."""
    access.require(actor, Action.EDIT_OCCURRENCES)
    standing = one(session, actor, occurrence_id, clock)
    entered.remove_occurrence(session, actor, occurrence_id, clock)
    talks = dict.fromkeys(talk for required in standing.talks for talk in required.required.talks)
    return Undone(occurrence_id, tuple(talks))
