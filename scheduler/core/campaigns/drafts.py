"""The dates of a campaign as a small form has them: usual ones to begin with, and what they mean as facts."""

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.core.campaigns.definitions import Campaign, WindowEdge
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.working_time import WorkingTime

MEETING = Kind.DEMOCRATIC_LIFE_MEETING.value
"""The milestone that talks come before."""
USUAL_WORKDAYS = 3
MAX_WORKDAYS = 60
REPORTED_BEFORE = 15
"""Days before the meeting by which it is reported to the level above."""
SIX_WEEKS = timedelta(weeks=6)
MAX_LENGTH = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What a campaign is called, how long it lasts, and when its talks are to be held."""

    name: str
    starts: date
    ends: date
    opens: date | None
    """The first day of talks; None: however it stands, for a new campaign its first."""
    meeting: date | None
    """The democratic life meeting, before which they are to be over; None: there is none."""
    closes_workdays: int | None = USUAL_WORKDAYS
    """So many workdays before the meeting they end; None: however it stands."""


def usual(name: str, today: date, working_time: WorkingTime) -> CampaignDraft:
    """What somebody who begins today most likely wants: talks from the next Monday on, the meeting in about six weeks."""
    monday = today + timedelta(days=7 - today.weekday())
    meeting = working_time.workdays_before(today + SIX_WEEKS + timedelta(days=1), 1)
    return CampaignDraft(name, today, meeting + timedelta(weeks=4), monday, meeting)


def drafted(campaign: Campaign) -> CampaignDraft:
    """A campaign as the form has it."""
    rule = campaign.talk_window
    workdays = rule.closes.workdays if rule.closes and rule.closes.before_milestone == MEETING else None
    opens = rule.opens.day if rule.opens else None
    return CampaignDraft(
        campaign.name, campaign.starts, campaign.ends, opens, campaign.milestones.get(MEETING), workdays
    )


def check(draft: CampaignDraft) -> None:
    """Raise Malformed for the first that cannot be, naming its field."""
    if not draft.name.strip():
        raise Malformed("missing", "name")
    if draft.ends < draft.starts:
        raise Malformed("ends_before_it_starts", "ends")
    if draft.ends - draft.starts > MAX_LENGTH:
        raise Malformed("out_of_range", "ends", value=draft.ends, first=draft.starts, last=draft.starts + MAX_LENGTH)
    for field, day in (("opens", draft.opens), ("meeting", draft.meeting)):
        if day and not draft.starts <= day <= draft.ends:
            raise Malformed("out_of_range", field, value=day, first=draft.starts, last=draft.ends)
    if draft.opens and draft.meeting and draft.meeting < draft.opens:
        raise Malformed("ends_before_it_starts", "meeting")
    if draft.closes_workdays is not None and not 0 <= draft.closes_workdays <= MAX_WORKDAYS:
        raise Malformed("out_of_range", "closes_workdays", value=draft.closes_workdays, first=0, last=MAX_WORKDAYS)


def fields(draft: CampaignDraft, *, is_new: bool) -> dict[str, object]:
    """The draft as the facts of a campaign; what it does not speak of is left as it stands."""
    facts: dict[str, object] = {
        "name": draft.name.strip(),
        "starts": draft.starts,
        "ends": draft.ends,
    }
    if draft.opens:
        facts["opens"] = WindowEdge(day=draft.opens)
    if draft.meeting:
        facts[f"milestone.{MEETING}"] = draft.meeting
        if draft.closes_workdays is not None:
            facts["closes"] = WindowEdge(before_milestone=MEETING, workdays=draft.closes_workdays)
        if is_new:
            facts["report_before_days"] = REPORTED_BEFORE
    return facts
