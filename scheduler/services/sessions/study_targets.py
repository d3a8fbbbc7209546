"""Study targets and exemptions, set by hand: how many hours are asked of whom, from when by when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access, audiences, grades
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.sessions.study import MAX_REASON
from scheduler.core.sessions.targets import MAX_HOURS, StudyExemption, StudyTarget
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.store import load, writing
from scheduler.store.campaigns import save_targets

__all__ = ["SetTarget", "StudyExemption", "StudyTarget", "exempt", "listing", "named", "put", "remove", "unexempt"]


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A target that is set, with the exemptions from it."""

    target: StudyTarget
    exemptions: tuple[StudyExemption, ...]


def listing(session: Session, actor: Actor, clock: Clock, campaign: CampaignId | None = None) -> tuple[SetTarget, ...]:
    """The targets of a campaign (today's when None); none where the campaign's days of study are asked as usual."""
    access.require(actor, Action.SEE_STUDY)
    about = load.campaign(session, load.as_of(session, None, clock).day, campaign)
    exemptions = load.study_exemptions(session)
    return tuple(
        SetTarget(target, tuple(exemption for exemption in exemptions if exemption.target == target.id))
        for target in load.study_targets(session, about.id if about else None)
    )


def named(session: Session, actor: Actor, key: str, clock: Clock) -> SetTarget:
    """One target, of whichever campaign. Raises NotFound."""
    access.require(actor, Action.SEE_STUDY)
    del clock  # every verb is given one
    target = _standing(session, key)
    return SetTarget(target, tuple(e for e in load.study_exemptions(session) if e.target == key))


@writing.verb
def put(session: Session, actor: Actor, target: StudyTarget, clock: Clock) -> StudyTarget:
    """Set a target: a new one where it has no id, which then belongs to the campaign that is given, or today's.

    Raises Malformed naming the field, NotFound, and Refused where the campaign is closed.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    old = _standing(session, target.id) if target.id else None
    day = load.as_of(session, None, clock).day
    about = load.campaign(session, day, target.campaign)
    campaign = old.campaign if old else about.id if about else None
    require_open(session, campaign)
    audience, minus = (
        tuple(dict.fromkeys(map(grades.selector_of, words))) for words in (target.audience, target.minus)
    )
    target = replace(target, audience=audience, minus=minus)
    _check(session, target)
    new = replace(target, id=target.id or save_targets.next_target_id(session), campaign=campaign)
    save_targets.target(session, new)
    journal.note(session, actor, "edited" if old else "added", "study_target", new.id, clock, hours=new.hours)
    return new


@writing.verb
def remove(session: Session, actor: Actor, key: str, clock: Clock) -> SetTarget:
    """Take a target away with its exemptions, and give back what it was. Raises NotFound, Refused."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    gone = named(session, actor, key, clock)
    require_open(session, gone.target.campaign)
    save_targets.remove_target(session, key)
    journal.note(session, actor, "removed", "study_target", key, clock)
    return gone


@writing.verb
def exempt(session: Session, actor: Actor, exemption: StudyExemption, clock: Clock) -> StudyExemption:
    """Do not ask so many hours of a target of somebody. Raises Malformed naming the field, NotFound, Refused."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    target = _standing(session, exemption.target)
    require_open(session, target.campaign)
    people = load.roster(session, load.as_of(session, None, clock).day).people
    for field, person in (("person", exemption.person), ("by", exemption.by)):
        if person is not None and person not in people:
            raise Malformed("unknown", field, value=person)
    _check_hours(exemption.hours, target.hours)
    if len(exemption.reason) > MAX_REASON:
        raise Malformed("too_long", "reason", longest=MAX_REASON)
    save_targets.exemption(session, exemption)
    journal.note(session, actor, "edited", "study_target", target.id, clock, person=exemption.person)
    return exemption


@writing.verb
def unexempt(session: Session, actor: Actor, key: str, person: PersonId, clock: Clock) -> None:
    """Ask the whole of a target of somebody again. Raises NotFound, Malformed for who is not exempt, Refused."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    target = _standing(session, key)
    require_open(session, target.campaign)
    if not any(e.target == key and e.person == person for e in load.study_exemptions(session)):
        raise Malformed("not_exempt", "person", value=person)
    save_targets.remove_exemption(session, key, person)
    journal.note(session, actor, "edited", "study_target", key, clock, person=person)


def _standing(session: Session, key: str) -> StudyTarget:
    """A target that is set, of whichever campaign. Raises NotFound."""
    ids: Sequence[CampaignId | None] = [None, *(campaign.id for campaign in load.campaigns(session))]
    for campaign in ids:
        for target in load.study_targets(session, campaign):
            if target.id == key:
                return target
    raise NotFound("study_target", key)


def _check(session: Session, target: StudyTarget) -> None:
    """Raise Malformed for the first field that cannot be."""
    if not target.audience:
        raise Malformed("missing", "audience")
    if target.last < target.first:
        raise Malformed("ends_before_it_starts", "by")
    _check_hours(target.hours, MAX_HOURS)
    roster = load.roster(session, target.last)
    for field, selectors in (("audience", target.audience), ("minus", target.minus)):
        for selector in selectors:
            if audiences.unknown((selector,), roster, ()):
                raise Malformed("unknown", field, value=selector)


def _check_hours(hours: float, most: float) -> None:
    if not 0 < hours <= most:
        raise Malformed("not_target_hours", "hours", value=f"{hours:g}", most=f"{most:g}")
