"""What stands around every page: the organisation, the campaign that runs, and the name of whoever is signed in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.organisation.profile import Organisation
from scheduler.store import load
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.organisation.rows import PersonVersionRow


@dataclass(frozen=True, slots=True)
class Header:
    """The organisation, and as much of the rest as there is."""

    organisation: Organisation
    campaign: str
    person: str


def header(session: Session, actor: Actor, clock: Clock) -> Header:
    """What to print at the head of a page; three queries at most, and names only of the viewer's own."""
    organisation = load.organisation(session)
    if not actor.roles:
        return Header(organisation, "", "")
    today = clock.today(organisation.zone)
    row = CampaignRow
    running = select(row.name).where(row.starts <= today, row.ends >= today).order_by(row.starts.desc(), row.id.desc())
    campaign = session.scalars(running.limit(1)).first() or ""
    version = PersonVersionRow
    named = select(version.name).where(version.person_id == actor.person, load.holds_on(version, today))
    person = session.scalars(named).first() if actor.person else None
    return Header(organisation, campaign, person or "")
