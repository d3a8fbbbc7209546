"""The records of the programme: those of a campaign, with those that belong to none."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, or_, select, true
from sqlalchemy.orm import Session

from scheduler.core.campaigns.windows import Per
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, UnitId
from scheduler.core.programme.batches import Batch, BatchPerson
from scheduler.core.programme.conditions import Condition, ItemKind, What
from scheduler.core.programme.frequencies import DutyExemption, FrequencyRule
from scheduler.core.programme.gate import FrozenItem, GateDecision, GateStep, GateTick
from scheduler.core.programme.materials import Material, MaterialKind, MaterialState, MaterialStep
from scheduler.core.programme.meetings import MeetingResult
from scheduler.core.programme.opinions import OpinionRequest, TallyEntry
from scheduler.core.programme.tasks import RectificationTask
from scheduler.core.programme.visits import OutsidePoint
from scheduler.store.programme.rows import (
    BatchPersonRow,
    BatchRow,
    DutyExemptionRow,
    FrequencyRuleRow,
    GateConditionsRow,
    GateRow,
    GateTickRow,
    MaterialRow,
    MaterialStepRow,
    MeetingResultRow,
    OpinionRow,
    OpinionTallyRow,
    OutsidePointRow,
    TaskRow,
    VisitRow,
)
from scheduler.store.upserts import table_of


class Every:
    """Stands where a campaign stands, and means all of them."""


EVERY = Every()
Which = CampaignId | Every | None
"""A campaign, no campaign, or all of them."""


def _of(column: Column[str | None], campaign: Which) -> ColumnElement[bool]:
    """Whether a record belongs to a campaign, or to none."""
    return true() if isinstance(campaign, Every) else or_(column.is_(None), column == campaign)


def tasks(session: Session, campaign: Which) -> list[RectificationTask]:
    """The rectification ledger."""
    table = table_of(TaskRow)
    return [task_of(row) for row in session.execute(select(table).where(_of(table.c.campaign_id, campaign)))]


def task_of(row: Row[Any]) -> RectificationTask:
    """A task as its row tells it."""
    return RectificationTask(
        row.id,
        row.title,
        row.due,
        _person(row.leader_id),
        UnitId(row.lead_unit_id) if row.lead_unit_id else None,
        tuple(map(UnitId, row.supporting)),
        row.opened_on,
        row.started_on,
        row.closed_on,
        _person(row.closed_by_id),
        row.note,
        _campaign(row.campaign_id),
    )


def materials(session: Session, campaign: Which) -> list[Material]:
    """The materials with their steps."""
    table, step = table_of(MaterialRow), table_of(MaterialStepRow).c
    steps: defaultdict[str, list[MaterialStep]] = defaultdict(list)
    for row in session.execute(select(table_of(MaterialStepRow)).order_by(step.material_id, step.day, step.place)):
        steps[row.material_id].append(MaterialStep(row.day, MaterialState(row.step), _person(row.by_id), row.place))
    return [
        Material(
            row.id, MaterialKind(row.kind), _person(row.person_id), tuple(steps[row.id]), _campaign(row.campaign_id)
        )
        for row in session.execute(select(table).where(_of(table.c.campaign_id, campaign)))
    ]


def opinions(session: Session, campaign: Which) -> list[OpinionRequest]:
    """Who is asked in writing."""
    table = table_of(OpinionRow)
    return [
        OpinionRequest(
            row.id, row.contact_id, row.sent_on, row.due, row.received_on, row.waived_on, _campaign(row.campaign_id)
        )
        for row in session.execute(select(table).where(_of(table.c.campaign_id, campaign)))
    ]


def tally(session: Session, campaign: Which) -> list[TallyEntry]:
    """How many opinions came in."""
    table = table_of(OpinionTallyRow)
    query = select(table).where(_of(table.c.campaign_id, campaign)).order_by(table.c.day, table.c.source, table.c.area)
    return [
        TallyEntry(
            row["source"],
            row["area"],
            row["items"],
            row["day"],
            BookingId(row["booking_ref"]) if row["booking_ref"] else None,
            _campaign(row["campaign_id"]),
        )
        for row in session.execute(query).mappings()
    ]


def batches(session: Session, campaign: Which) -> list[Batch]:
    """The batches with those who are in them, by id."""
    table, person = table_of(BatchRow), table_of(BatchPersonRow).c
    people: defaultdict[str, list[BatchPerson]] = defaultdict(list)
    for row in session.execute(select(table_of(BatchPersonRow)).order_by(person.contact_id, person.name)):
        people[row.batch_id].append(BatchPerson(row.contact_id, row.name, row.post))
    query = select(table).where(_of(table.c.campaign_id, campaign)).order_by(table.c.id)
    return [
        Batch(
            row.id, row.name, row.first, row.last, row.place, row.cap, tuple(people[row.id]), _campaign(row.campaign_id)
        )
        for row in session.execute(query)
    ]


def results(session: Session, bookings: Collection[BookingId] | None = None) -> dict[BookingId, MeetingResult]:
    """The numbers of meetings that were held: of these, or of all."""
    table = table_of(MeetingResultRow)
    query = select(table) if bookings is None else select(table).where(table.c.booking_id.in_(bookings))
    return {
        BookingId(row["booking_id"]): MeetingResult(
            BookingId(row["booking_id"]),
            row["expected"],
            row["present"],
            row["observers"],
            row["person_times"],
            row["items"],
            row["reported_on"],
        )
        for row in session.execute(query).mappings()
    }


def frequency_rules(session: Session) -> list[FrequencyRule]:
    """How often which meetings are to be held, by id."""
    table = table_of(FrequencyRuleRow)
    return [
        FrequencyRule(row.id, row.name, Kind(row.kind), Per(row.per), row.least, row.attendees, row.first, row.last)
        for row in session.execute(select(table).order_by(table.c.id))
    ]


def duty_exemptions(session: Session) -> list[DutyExemption]:
    """In which periods which rule is not asked of whom, and why."""
    row = table_of(DutyExemptionRow).c
    query = select(row.rule_id, row.subject, row.period, row.reason, row.day, row.by).order_by(row.rule_id)
    return [DutyExemption(*values) for values in session.execute(query)]


def gate(session: Session, booking: BookingId) -> tuple[dict[str, GateTick], GateDecision | None]:
    """What was ticked for a meeting, and what was decided."""
    tick, decided = table_of(GateTickRow), table_of(GateRow)
    ticks = {
        row.item: GateTick(row.day, row.by, GateStep(row.step))
        for row in session.execute(select(tick).where(tick.c.booking_id == booking))
    }
    row = session.execute(select(decided).where(decided.c.booking_id == booking)).mappings().first()
    if row is None:
        return ticks, None
    return ticks, GateDecision(row["day"], row["by"], row["reason"], tuple(FrozenItem(*item) for item in row["items"]))


def conditions(session: Session, campaign: CampaignId, kind: Kind) -> tuple[Condition, ...] | None:
    """What an office has set to hold before a kind of meeting; None: nothing."""
    row = table_of(GateConditionsRow).c
    query = select(row.conditions).where(row.campaign_id == campaign, row.kind == kind)
    told = session.execute(query).scalar_one_or_none()
    if told is None:
        return None
    return tuple(
        Condition(
            each["key"], What(each["what"]), ItemKind(each["kind"]), each["name"], each["target"], each["days_before"]
        )
        for each in told
    )


def ticked_keys(session: Session) -> set[str]:
    """The keys of all conditions that anybody ever ticked for any meeting, as far as that stands."""
    return set(session.execute(select(table_of(GateTickRow).c.item).distinct()).scalars())


def outside_points(session: Session) -> list[OutsidePoint]:
    """Which body outside is whose contact point."""
    row = table_of(OutsidePointRow).c
    query = select(row.person_id, row.contact_id, row.first, row.last).order_by(row.person_id, row.contact_id)
    return [OutsidePoint(PersonId(person), contact, *days) for person, contact, *days in session.execute(query)]


def visits(session: Session) -> dict[BookingId, str]:
    """Which body outside each visit is to."""
    row = table_of(VisitRow).c
    return {BookingId(key): contact for key, contact in session.execute(select(row.booking_id, row.contact_id))}


def _person(key: str | None) -> PersonId | None:
    return PersonId(key) if key else None


def _campaign(key: str | None) -> CampaignId | None:
    return CampaignId(key) if key else None
