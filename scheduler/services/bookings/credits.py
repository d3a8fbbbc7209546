"""Which rule sets a talk counts for: the one it is credited to, and those that an organizer lets it count for as well."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, RuleSetId
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import Booked
from scheduler.services.ground.open_campaigns import require_open
from scheduler.store import load, save, writing


@writing.verb
def link(
    session: Session, actor: Actor, booking_id: BookingId, rule_set: RuleSetId, clock: Clock, *, is_linked: bool = True
) -> Booked:
    """Let a talk count for a further rule set, or no more; it stays credited to the one that it was booked for.

    Raises Malformed when it is no talk, or was not linked and is to be unlinked; NotFound when there is no such rule set.
    """
    access.require(actor, Action.BOOK)
    writing.begin(session)
    old = load.booking(session, booking_id, lock=True)
    if not old.is_talk:
        raise Malformed("not_a_talk", "id", value=booking_id)
    if rule_set not in {applied.id for applied in load.rule_set_rows(session)}:
        raise NotFound("rule_set", rule_set)
    require_open(session, old.campaign)
    if is_linked and (rule_set in old.linked or old.rule_set == rule_set):
        return Booked(old)
    if not is_linked and rule_set not in old.linked:
        raise Malformed("not_linked", "rule_set", value=rule_set, booking=booking_id)
    others = tuple(name for name in old.linked if name != rule_set)
    linked = tuple(sorted((*others, rule_set))) if is_linked else others
    saved = save.booking(session, replace(old, linked=linked), clock)
    journal.note(session, actor, "linked" if is_linked else "unlinked", "booking", saved.id, clock, rule_set=rule_set)
    return Booked(saved)


def credited(session: Session, actor: Actor, booking_id: BookingId) -> tuple[RuleSetId | None, tuple[RuleSetId, ...]]:
    """The rule set that a talk is credited to (None: the leading one), and the further ones that it was let count for."""
    access.require(actor, Action.BOOK)
    talk = load.booking(session, booking_id)
    return talk.rule_set, talk.linked
