"""Materials: where each stands, and the next step of one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import materials
from scheduler.core.programme.materials import MaterialLine, MaterialState, MaterialStep
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.programme.scope import done_on, scope
from scheduler.store import load, writing
from scheduler.store.programme import load as records
from scheduler.store.programme import save
from scheduler.store.programme.load import EVERY

__all__ = ["MaterialLine", "MaterialState", "OfferedMaterial", "listing", "offers", "take_step"]


@dataclass(frozen=True, slots=True)
class OfferedMaterial:
    """A material, and the steps that the viewer could take with it now."""

    line: MaterialLine
    steps: tuple[MaterialState, ...]


def listing(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> tuple[MaterialLine, ...]:
    """The materials of a campaign as of a day (today when None): all of them, or the viewer's own."""
    return tuple(offered.line for offered in offers(session, actor, day, clock, campaign))


def offers(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> tuple[OfferedMaterial, ...]:
    """The same, with what the viewer could do with each."""
    access.require(actor, Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
    asked_of = scope(session, day, clock, campaign)
    roster = load.roster(session, asked_of.day)
    signers = materials.signing_group(asked_of.campaign, roster)
    mine = [m for m in records.materials(session, asked_of.campaign_id) if materials.may_see(actor, m)]
    return tuple(
        OfferedMaterial(line, materials.offered(actor, line, signers, roster))
        for line in materials.listing(mine, asked_of.day)
    )


@writing.verb
def take_step(
    session: Session, actor: Actor, material_id: str, step: MaterialState, clock: Clock, on: date | None = None
) -> MaterialLine:
    """Submit, return, review or sign a material, on a day (today when None).

    Raises NotFound, NotAllowed when the step is not the actor's, Refused when it cannot follow the last one, Malformed.
    """
    access.require(actor, Action.EDIT_PROGRAMME, Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
    day = done_on(session, on, clock)
    writing.begin(session)
    campaigns = {campaign.id: campaign for campaign in load.campaigns(session)}
    material = next((m for m in records.materials(session, EVERY) if m.id == material_id), None)
    if material is None or not materials.may_see(actor, material):
        raise NotFound("material", material_id)
    require_open(session, material.campaign)
    roster = load.roster(session, day)
    campaign = campaigns.get(material.campaign) if material.campaign else load.campaign(session, day)
    line = materials.on(material, day)
    if not materials.may_step(actor, line, step, materials.signing_group(campaign, roster), roster):
        raise NotAllowed(Action.EDIT_PROGRAMME)
    if why := materials.objection(line, step):
        raise Refused((why,))
    save.material_step(session, material_id, MaterialStep(day, step, actor.person))
    journal.note(session, actor, step, "material", material_id, clock, day=day.isoformat())
    after = next(m for m in records.materials(session, EVERY) if m.id == material_id)
    return materials.on(after, day)
