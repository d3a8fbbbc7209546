"""What stands around every page: the organisation, its campaigns, and the name of whoever is signed in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.organisation.profile import Organisation
from scheduler.store import load
from scheduler.store.organisation.rows import PersonVersionRow


@dataclass(frozen=True, slots=True)
class Header:
    """The organisation, and as much of the rest as there is."""

    organisation: Organisation
    campaigns: tuple[Campaign, ...]
    """By the day they start; each without its phases, milestones and lists."""
    person: str


def header(session: Session, actor: Actor, clock: Clock) -> Header:
    """What to print at the head of a page; three queries at most, and names only of the viewer's own."""
    organisation = load.organisation(session)
    if not actor.roles:
        return Header(organisation, (), "")
    today = clock.today(organisation.zone)
    version = PersonVersionRow
    named = select(version.name).where(version.person_id == actor.person, load.holds_on(version, today))
    person = session.scalars(named).first() if actor.person else None
    return Header(organisation, load.campaign_names(session), person or "")
