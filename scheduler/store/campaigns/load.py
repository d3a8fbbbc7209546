"""The organisation, its working time, its campaigns and the rules applied in them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign, Phase, WindowEdge, WindowRule
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.bookings import AsOf
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, RuleSetId
from scheduler.core.ground.spans import next_midnight
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.organisation.profile import Organisation
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.store.campaigns.rows import CampaignRow, MilestoneRow, OccurrenceRow, PhaseRow
from scheduler.store.organisation.load_hours import DEFAULT_ZONE, hours_of_day
from scheduler.store.organisation.rows import OrganisationRow, WorkdayRow, WorkdayYearRow
from scheduler.store.rules.rows import RuleSetRow
from scheduler.store.upserts import table_of

_ORGANISATION, _WORKDAY, _YEAR = table_of(OrganisationRow).c, table_of(WorkdayRow).c, table_of(WorkdayYearRow).c
_NAMES = select(_ORGANISATION.name, _ORGANISATION.name_en, _ORGANISATION.zone, _ORGANISATION.vocabulary)
_WORKDAYS = select(_WORKDAY.day, _WORKDAY.is_workday, _WORKDAY.note)
_YEARS = select(_YEAR.year)
_OCCURRENCE = table_of(OccurrenceRow).c
_OCCURRENCES = select(
    _OCCURRENCE.id, _OCCURRENCE.kind, _OCCURRENCE.person_id, _OCCURRENCE.day, _OCCURRENCE.partner_id
).order_by(_OCCURRENCE.day, _OCCURRENCE.id)


def organisation(session: Session) -> Organisation:
    """The organisation whose database this is; nameless before its first import."""
    row = session.execute(_NAMES).first()
    return (
        Organisation(row.name, row.name_en, ZoneInfo(row.zone), row.vocabulary)
        if row
        else Organisation("", "", DEFAULT_ZONE)
    )


def as_of(session: Session, day: date | None, clock: Clock) -> AsOf:
    """The day a question is asked of: today when None. Today counts up to now, any other day up to its end."""
    zone = organisation(session).zone
    today = clock.today(zone)
    if day is None or day == today:
        return AsOf(today, clock.now, zone)
    return AsOf(day, next_midnight(day, zone), zone)


def working_time(session: Session, years: Collection[int] | None = None) -> WorkingTime:
    """The workday table (of these years, or whole), the daily blocks and the zone."""
    table = _WORKDAYS
    if years is not None:
        table = table.where(or_(*(_WORKDAY.day.between(date(year, 1, 1), date(year, 12, 31)) for year in years)))
    days = {day: Workday(is_workday, note) for day, is_workday, note in session.execute(table)}
    published = frozenset(session.scalars(_YEARS))
    return replace(hours_of_day(session), days=days, published_years=published)


def campaign(session: Session, day: date, given: CampaignId | None = None) -> Campaign | None:
    """The campaign that a question about a day means, or the one that was named; None: there is none at all.

    Raises NotFound for a name that no campaign bears.
    """
    chosen = choosing.about(campaigns(session), day, given)
    return chosen.campaign if chosen else None


_CAMPAIGN, _PHASE, _MILESTONE = table_of(CampaignRow).c, table_of(PhaseRow).c, table_of(MilestoneRow).c
_CAMPAIGNS = select(table_of(CampaignRow)).order_by(_CAMPAIGN.starts, _CAMPAIGN.id)
_PHASES = select(_PHASE.campaign_id, _PHASE.id, _PHASE.name, _PHASE.first, _PHASE.last).order_by(
    _PHASE.first, _PHASE.id
)
_MILESTONES = select(_MILESTONE.campaign_id, _MILESTONE.key, _MILESTONE.day).order_by(_MILESTONE.day, _MILESTONE.key)


def campaigns(session: Session) -> tuple[Campaign, ...]:
    """All campaigns with their phases and milestones, by the day they start."""
    phases, milestones = session.execute(_PHASES).all(), session.execute(_MILESTONES).all()
    rows = session.execute(_CAMPAIGNS).all()
    leading = min((row.place for row in rows), default=0)
    return tuple(
        Campaign(
            CampaignId(row.id),
            row.name,
            row.starts,
            row.ends,
            tuple(Phase(*phase) for campaign_id, *phase in phases if campaign_id == row.id),
            {key: day for campaign_id, key, day in milestones if campaign_id == row.id},
            window_rule(row.talk_window),
            row.report_before_days,
            row.report_after_days,
            row.signed_off_by,
            row.study_days,
            {name: tuple(tuple(map(PersonId, pair)) for pair in pairs) for name, pairs in row.lists.items()},
            row.is_open,
            row.place,
            row.place == leading,
            Fraction(row.quorum),
            row.notice_workdays,
        )
        for row in rows
    )


_HEADS = select(
    _CAMPAIGN.id, _CAMPAIGN.name, _CAMPAIGN.starts, _CAMPAIGN.ends, _CAMPAIGN.is_open, _CAMPAIGN.place
).order_by(_CAMPAIGN.starts, _CAMPAIGN.id)


def campaign_names(session: Session) -> tuple[Campaign, ...]:
    """All campaigns as lists name them, by the day they start: without phases, milestones, windows and lists."""
    rows = session.execute(_HEADS).all()
    leading = min((row.place for row in rows), default=0)
    return tuple(
        Campaign(
            CampaignId(row.id),
            row.name,
            row.starts,
            row.ends,
            is_open=row.is_open,
            place=row.place,
            is_leading=row.place == leading,
        )
        for row in rows
    )


def window_rule(kept: Mapping[str, Any]) -> WindowRule:
    """A window from the form in which a row keeps it, `{"opens": {…}, "closes": {…}}`."""
    return WindowRule(_edge(kept.get("opens")), _edge(kept.get("closes")))


def _edge(kept: Mapping[str, Any] | None) -> WindowEdge | None:
    """One end: `{"day": "2014-06-16"}`, or `{"before_milestone": "…", "workdays": 3}` or `"days"`."""
    if not kept:
        return None
    day = kept.get("day")
    return WindowEdge(
        date.fromisoformat(day) if day else None,
        kept.get("before_milestone", ""),
        kept.get("workdays"),
        kept.get("days", 0),
    )


_RULE_SET = table_of(RuleSetRow).c
_RULE_SETS = select(
    _RULE_SET.id,
    _RULE_SET.preset,
    _RULE_SET.branch,
    _RULE_SET.document,
    _RULE_SET.is_leading,
    _RULE_SET.campaign_id,
    select(_CAMPAIGN.id).order_by(_CAMPAIGN.place, _CAMPAIGN.id).limit(1).scalar_subquery(),
).order_by(_RULE_SET.applied_at, _RULE_SET.id)


def rule_set_rows(session: Session) -> tuple[AppliedRuleSet, ...]:
    """The rule sets applied in all campaigns, the first applied first."""
    return tuple(
        AppliedRuleSet(
            RuleSetId(name),
            preset,
            GroupId(branch) if branch else None,
            document,
            is_leading,
            CampaignId(campaign) if campaign else None,
            takes_rest=is_leading and campaign == first,
        )
        for name, preset, branch, document, is_leading, campaign, first in session.execute(_RULE_SETS)
    )


def occurrences(session: Session, people: Collection[PersonId] | None = None) -> tuple[Occurrence, ...]:
    """What befell these people, or anybody, by day."""
    query = _OCCURRENCES if people is None else _OCCURRENCES.where(_OCCURRENCE.person_id.in_(people))
    return tuple(
        Occurrence(number, kind, PersonId(person), day, PersonId(partner) if partner else None)
        for number, kind, person, day, partner in session.execute(query)
    )
