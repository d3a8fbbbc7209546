"""Opinions: who was asked and has answered, and how many came in from where on what."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import opinions
from scheduler.core.programme.opinions import OpinionRequest, OpinionsAsked, OpinionTally
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.programme.scope import done_on, scope
from scheduler.store import writing
from scheduler.store.programme import load as records
from scheduler.store.programme import save
from scheduler.store.programme.load import EVERY

__all__ = ["OpinionsOverview", "overview", "receive", "waive"]


@dataclass(frozen=True, slots=True)
class OpinionsOverview:
    """Opinions asked in writing, and the numbers of all that came in, as of a day."""

    day: date
    requests: OpinionsAsked
    tally: OpinionTally


def overview(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> OpinionsOverview:
    """The opinions of a campaign as of a day (today when None)."""
    access.require(actor, Action.SEE_PROGRAMME)
    asked_of = scope(session, day, clock, campaign)
    return OpinionsOverview(
        asked_of.day,
        opinions.asked_by(records.opinions(session, asked_of.campaign_id), asked_of.day),
        opinions.tally(records.tally(session, asked_of.campaign_id), asked_of.day),
    )


@writing.verb
def receive(session: Session, actor: Actor, key: str, clock: Clock, on: date | None = None) -> OpinionRequest:
    """Note that an answer came in, on a day (today when None). Raises NotFound, Malformed."""
    return _noted(session, actor, key, clock, on, is_waived=False)


@writing.verb
def waive(session: Session, actor: Actor, key: str, clock: Clock, on: date | None = None) -> OpinionRequest:
    """No longer ask somebody, from a day on (today when None): who is waived is named, and not counted."""
    return _noted(session, actor, key, clock, on, is_waived=True)


def _noted(
    session: Session, actor: Actor, key: str, clock: Clock, on: date | None, *, is_waived: bool
) -> OpinionRequest:
    access.require(actor, Action.EDIT_PROGRAMME)
    day = done_on(session, on, clock)
    writing.begin(session)
    request = next((r for r in records.opinions(session, EVERY) if r.id == key), None)
    if request is None:
        raise NotFound("opinion", key)
    require_open(session, request.campaign)
    if day < request.sent_on:
        raise Malformed("before_asking", "on", value=day.isoformat(), day=request.sent_on.isoformat())
    changed = replace(request, waived_on=day) if is_waived else replace(request, received_on=day, waived_on=None)
    save.opinion(session, key, received_on=changed.received_on, waived_on=changed.waived_on)
    journal.note(session, actor, "waived" if is_waived else "received", "opinion", key, clock, day=day.isoformat())
    return changed
