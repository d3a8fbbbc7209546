"""The preconditions of meetings, set by an office for a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import conditions, gate, meetings
from scheduler.core.programme.conditions import KINDS, Condition, What
from scheduler.documents import meeting_conditions, rule_files
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import refuse_closed
from scheduler.services.programme import gate_facts
from scheduler.services.programme.scope import scope
from scheduler.store import load, writing
from scheduler.store.programme import load as records
from scheduler.store.programme import save

__all__ = ["Condition", "MeetingConditions", "change", "from_file", "show"]


@dataclass(frozen=True, slots=True)
class MeetingConditions:
    """What must hold before a kind of meeting in a campaign."""

    campaign: CampaignId
    kind: Kind
    is_usual: bool
    """Whether nobody has set anything."""
    conditions: tuple[Condition, ...]
    findings: tuple[Finding, ...]
    """What refers to something that there is not."""
    report_days: int
    """How many days ahead the report is due where a condition does not say."""


def show(
    session: Session, actor: Actor, kind: Kind, clock: Clock, campaign: CampaignId | None = None
) -> MeetingConditions:
    """What must hold before a kind of meeting. Raises NotFound, Malformed for talks, which have no conditions."""
    access.require(actor, Action.SEE_PROGRAMME)
    return _told(session, _campaign(session, kind, clock, campaign), kind, clock)


@writing.verb
def change(
    session: Session,
    actor: Actor,
    kind: Kind,
    given: Sequence[Condition] | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> MeetingConditions:
    """Set all of what must hold before a kind of meeting, or (None) as usual again.

    What means the same as before keeps its ticks; what refers to something absent is kept, told, and never holds.
    Raises NotFound, Malformed.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    for number, condition in enumerate(given or (), start=1):
        _check(condition, f"conditions.{number}")
    if len(given or ()) > conditions.MOST:
        raise Malformed("too_many", "conditions", most=conditions.MOST)
    writing.begin(session)
    about = _campaign(session, kind, clock, campaign)
    refuse_closed(about)
    standing = gate_facts.asked_of(session, about, kind)
    keyed = None if given is None else conditions.keyed(given, standing, records.ticked_keys(session))
    save.conditions(session, about.id, kind, keyed)
    journal.note(session, actor, "edited", "gate", kind, clock, campaign=about.id)
    return _told(session, about, kind, clock)


def from_file(source: str) -> list[Condition]:
    """The conditions in a file on this machine, `#id` names one of its lists. Raises NotFound, Malformed."""
    whole, (before, _, chosen) = Path(source), source.rpartition("#")
    path, name = (whole, None) if whole.is_file() else (Path(before), chosen)
    if not path.is_file():
        raise NotFound("file", source)
    with path.open("rb") as file:
        data = file.read(rule_files.MAX_BYTES + 1)
    return meeting_conditions.read(path.name, rule_files.read(path.name, rule_files.decoded(path.name, data)), name)


def _check(condition: Condition, field: str) -> None:
    """Raise Malformed for what no condition can be."""
    if condition.kind not in KINDS[condition.what]:
        raise Malformed("unknown_choice", f"{field}.kind", value=condition.kind)
    if condition.what is What.OTHER and not condition.name:
        raise Malformed("missing", f"{field}.name")
    for name, text in (("name", condition.name), ("target", condition.target)):
        if len(text) > written.MAX_LINE:
            raise Malformed("too_long", f"{field}.{name}", longest=written.MAX_LINE)
    days = condition.days_before
    if days is not None and not 0 <= days <= conditions.MOST_DAYS:
        raise Malformed("out_of_range", f"{field}.days_before", value=days, first=0, last=conditions.MOST_DAYS)


def _campaign(session: Session, kind: Kind, clock: Clock, given: CampaignId | None) -> Campaign:
    if kind is Kind.TALK:
        raise Malformed("unknown_choice", "kind", value=kind)
    about = scope(session, None, clock, given).campaign
    if about is None:
        raise NotFound("campaign", "")
    return about


def _told(session: Session, campaign: Campaign, kind: Kind, clock: Clock) -> MeetingConditions:
    required = gate_facts.asked_of(session, campaign, kind)
    today = load.as_of(session, None, clock).day
    lost = gate_facts.unknown_of(session, campaign, required, today)
    findings = gate.unknown(gate.items(required, {}, {}, {}, today, lost))
    is_usual = records.conditions(session, campaign.id, kind) is None
    before = campaign.report_before_days
    return MeetingConditions(
        campaign.id, kind, is_usual, required, findings, meetings.REPORT_DAYS if before is None else before
    )
