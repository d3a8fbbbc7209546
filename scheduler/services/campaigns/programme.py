"""The programme: the campaign with its milestones and windows, and the working time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy.orm import Session

from scheduler.core.bookings import conflicts
from scheduler.core.campaigns import choosing, milestones
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.milestones import CoverageMoved, MilestoneMoved
from scheduler.core.campaigns.windows import talk_window
from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.services.bookings import moved_along
from scheduler.services.coverage.report import report
from scheduler.services.ground import journal, workdays
from scheduler.services.ground.open_campaigns import refuse_closed
from scheduler.services.ground.workdays import WorkdayYear
from scheduler.store import load, writing
from scheduler.store.imports import plain_facts
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact

__all__ = [
    "CampaignView",
    "MilestoneMoved",
    "WorkdayYear",
    "campaign",
    "edit_working_time",
    "move_milestone",
    "seed_workdays",
    "working_time",
]

seed_workdays = workdays.seed


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign, and what follows from its milestones as they are."""

    campaign: Campaign
    window: DayRange
    """When talks are to be held."""
    report_due: date | None
    """When the democratic life meeting is to be reported."""


def campaign(
    session: Session, actor: Actor, day: date | None, clock: Clock, given: CampaignId | None = None
) -> CampaignView | None:
    """The campaign that was named, or that of a day (today when None); None before there is any. Raises NotFound."""
    access.require(actor, Action.SEE_ORGANISATION)
    campaign = load.campaign(session, load.as_of(session, day, clock).day, given)
    if campaign is None:
        return None
    return CampaignView(
        campaign,
        talk_window(campaign, load.working_time(session)),
        milestones.report_due(campaign, milestones.REPORTED),
    )


def working_time(session: Session, actor: Actor, clock: Clock) -> WorkingTime:
    """The workday table and the blocks of a day."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return load.working_time(session)


@writing.verb
def move_milestone(  # noqa: PLR0913 - which one, of which campaign, whereto, and how much of it really
    session: Session,
    actor: Actor,
    key: str,
    day: date,
    clock: Clock,
    *,
    dry_run: bool = False,
    only_milestone: bool = False,
    campaign: CampaignId | None = None,
    look: Callable[[], None] | None = None,
) -> MilestoneMoved:
    """Move a milestone; windows and due dates follow, its own meeting moves along (not with `only_milestone`), other
    bookings stay and those now outside are told.

    Raises NotFound, naming the milestones that there are; Refused for a day outside the campaign, and when the meeting
    cannot be moved along. With `dry_run` nothing is kept, and what speaks against the meeting is told. `look` is called while
    all stands as it did, and again while all stands as it will.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    if day.year not in written.YEARS:
        raise Malformed("not_a_date", "day", value=day.isoformat())
    writing.begin(session)
    before = _campaign_with(session, key, clock, campaign)
    refuse_closed(before)
    if not before.covers(day):
        raise Refused((Finding("outside_campaign", key, {"day": day, **milestones.campaign_details(before)}),))
    if look:
        look()
    would = _moved(session, actor, before, key, day, clock, only_milestone=only_milestone)
    if look:
        look()
    if dry_run:
        session.rollback()
        return would
    if would.findings.blocking:
        raise Refused(would.findings.blocking, would.findings.warnings)
    stood, along = before.milestones[key].isoformat(), [str(booking.id) for booking in would.moved_along]
    journal.note(session, actor, "moved", "milestone", key, clock, day=day.isoformat(), stood=stood, along=along)
    return would


def _moved(
    session: Session, actor: Actor, before: Campaign, key: str, day: date, clock: Clock, *, only_milestone: bool
) -> MilestoneMoved:
    """Write the milestone and, where nothing speaks against it, its own meeting; and say what that comes to."""
    time = load.working_time(session)
    bookings = [
        booking
        for booking in load.bookings(session, kinds=[Kind.TALK, *(kind for kind in Kind if kind == key)])
        if choosing.holds(before, booking)
    ]
    counted = _counted(session, actor, before, clock)
    former.keep_standing(session, [Fact("milestone", before.id)], clock)
    plain_facts.set_milestone(session, before.id, key, day)
    stays = only_milestone or day == before.milestones[key]
    own = [] if stays else milestones.own_bookings(before, key, bookings, time.zone)
    along, findings = moved_along.along_with(session, actor, own, day, clock)
    after = _counted(session, actor, before, clock)
    return replace(
        milestones.consequences(before, milestones.moved(before, key, day), key, bookings, time),
        moved_along=along,
        coverage=CoverageMoved(counted, after) if counted and after else None,
        findings=replace(findings, warnings=_each_once((*conflicts.of_day(day, time), *findings.warnings))),
    )


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _counted(session: Session, actor: Actor, campaign: Campaign, clock: Clock) -> tuple[int, int] | None:
    """What the leading rules of a campaign have covered today, and require; None: no rules are applied in it."""
    try:
        coverage = report(session, actor, None, None, clock, campaign.id).coverage
    except NotFound:
        return None
    return coverage.covered, coverage.required


def _campaign_with(session: Session, key: str, clock: Clock, given: CampaignId | None) -> Campaign:
    """The campaign that was named, or today's, which must have a milestone."""
    campaign = load.campaign(session, load.as_of(session, None, clock).day, given)
    if campaign is None:
        raise NotFound("campaign", "")
    if key not in campaign.milestones:
        raise NotFound("milestone", f"{key}（{'、'.join(campaign.milestones)}）" if campaign.milestones else key)
    return campaign


@writing.verb
def edit_working_time(
    session: Session,
    actor: Actor,
    blocks: tuple[tuple[time, time], ...],
    lunch: tuple[time, time] | None,
    day_hours: float,
    clock: Clock,
) -> None:
    """Write the blocks of a day, lunch (None: there is none), and how many hours make a day."""
    access.require(actor, Action.EDIT_PROGRAMME)
    _check_hours(blocks, lunch, day_hours)
    writing.begin(session)
    fields: dict[str, object] = {
        "blocks": tuple((f"{start:%H:%M}", f"{end:%H:%M}") for start, end in blocks),
        "lunch": (f"{lunch[0]:%H:%M}", f"{lunch[1]:%H:%M}") if lunch else None,
        "day_hours": day_hours,
    }
    plain_facts.save_organisation(session, fields)
    journal.note(session, actor, "edited", "working_time", "", clock)


def _check_hours(blocks: tuple[tuple[time, time], ...], lunch: tuple[time, time] | None, day_hours: float) -> None:
    """Raise Malformed for the first that cannot be."""
    times = [moment for block in blocks for moment in block]
    if not blocks or any(start >= end for start, end in blocks) or times != sorted(times):
        raise Malformed("ends_before_it_starts", "blocks")
    if lunch and lunch[0] >= lunch[1]:
        raise Malformed("ends_before_it_starts", "lunch")
    if not 0 < day_hours <= 24:
        raise Malformed("out_of_range", "day_hours", value=day_hours, first=0, last=24)
