"""Talks that were held for one rule set and may count for another: those in its window that it asks for."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, RuleSetId
from scheduler.services.coverage import report as reports
from scheduler.services.ground import journal
from scheduler.store import load, save, writing


@dataclass(frozen=True, slots=True)
class Links:
    """Talks that count for a rule set now, or no more."""

    rule_set: RuleSetId
    talks: tuple[BookingId, ...]


@writing.verb
def link_all_in_window(session: Session, actor: Actor, rule_set: RuleSetId, clock: Clock) -> Links:
    """Let all talks count for a rule set that lie in its window and are of people that it asks for.

    Raises NotFound when there is no such rule set.
    """
    access.require(actor, Action.EDIT_RULES)
    writing.begin(session)
    report = reports.report(session, actor, rule_set, None, clock)
    talks = load.bookings(session, ids=report.linkable) if report.linkable else []
    saved = save.bookings(session, [replace(t, linked=tuple(sorted((*t.linked, rule_set)))) for t in talks], clock)
    for talk in saved:
        journal.note(session, actor, "linked", "booking", talk.id, clock, rule_set=rule_set)
    return Links(rule_set, tuple(talk.id for talk in saved))
