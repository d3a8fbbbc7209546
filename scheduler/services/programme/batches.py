"""Training in batches: who is in which, and putting somebody into one."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import batches
from scheduler.core.programme.batches import Batch, BatchPerson
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.programme.scope import scope
from scheduler.store import load, writing
from scheduler.store.programme import load as records
from scheduler.store.programme import save
from scheduler.store.programme.load import EVERY

__all__ = ["Batch", "BatchPerson", "listing", "put"]


def listing(session: Session, actor: Actor, clock: Clock, campaign: CampaignId | None = None) -> tuple[Batch, ...]:
    """The batches of a campaign, and those that belong to none."""
    access.require(actor, Action.SEE_PROGRAMME)
    return tuple(records.batches(session, scope(session, None, clock, campaign).campaign_id))


@writing.verb
def put(session: Session, actor: Actor, batch_id: str, people: Sequence[BatchPerson], clock: Clock) -> Batch:
    """Put people into a batch: all of them, or nobody.

    Raises NotFound for a batch or a body outside that there is not, Refused naming everybody without a place, and why.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    there = {batch.id: batch for batch in records.batches(session, EVERY)}
    if (batch := there.get(batch_id)) is None:
        raise NotFound("batch", batch_id)
    require_open(session, batch.campaign)
    contacts = {contact.id for contact in load.contacts(session)}
    if unknown := next((person.contact for person in people if person.contact not in contacts), None):
        raise NotFound("contact", unknown)
    of_campaign = [other for other in there.values() if other.campaign == batch.campaign]
    if findings := batches.without_place(batch, of_campaign, people):
        raise Refused(findings)
    for person in dict.fromkeys(people):
        if not any(batches.is_same(person, other) for other in batch.people):
            save.batch_person(session, batch_id, person)
            journal.note(session, actor, "put", "batch", batch_id, clock, contact=person.contact)
    return next(b for b in records.batches(session, EVERY) if b.id == batch_id)
