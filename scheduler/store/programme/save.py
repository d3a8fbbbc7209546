"""Records of the programme written one by one. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.programme.batches import BatchPerson
from scheduler.core.programme.conditions import Condition
from scheduler.core.programme.frequencies import DutyExemption
from scheduler.core.programme.gate import GateDecision, GateTick
from scheduler.core.programme.materials import MaterialStep
from scheduler.core.programme.meetings import MeetingResult
from scheduler.core.programme.tasks import RectificationTask
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact
from scheduler.store.programme.rows import (
    BatchPersonRow,
    DutyExemptionRow,
    GateConditionsRow,
    GateRow,
    GateTickRow,
    MaterialStepRow,
    MeetingResultRow,
    OpinionRow,
    TaskRow,
)
from scheduler.store.upserts import table_of, upsert


def task(session: Session, changed: RectificationTask, clock: Clock) -> None:
    """How far a task is: its days, who closed it, its line of progress."""
    former.keep_standing(session, [Fact("task", changed.id)], clock)
    table = table_of(TaskRow)
    values = {
        "due": changed.due,
        "leader_id": changed.leader,
        "started_on": changed.started_on,
        "closed_on": changed.closed_on,
        "closed_by_id": changed.closed_by,
        "note": changed.note,
    }
    session.execute(update(table).where(table.c.id == changed.id).values(values))


def material_step(session: Session, material: str, step: MaterialStep) -> None:
    """A step after all others of a material."""
    row = table_of(MaterialStepRow).c
    alike = (row.material_id == material, row.day == step.day, row.step == step.step)
    turn = session.scalar(select(func.count()).where(*alike)) or 0
    place = (session.scalar(select(func.max(row.place)).where(row.material_id == material)) or 0) + 1
    values = {"material_id": material, "day": step.day, "step": step.step, "turn": turn, "place": place}
    session.execute(insert(table_of(MaterialStepRow)).values(**values, by_id=step.by))


def opinion(session: Session, key: str, *, received_on: date | None, waived_on: date | None) -> None:
    """When an opinion came in, or was no longer asked."""
    table = table_of(OpinionRow)
    values = {"received_on": received_on, "waived_on": waived_on}
    session.execute(update(table).where(table.c.id == key).values(values))


def batch_person(session: Session, batch: str, person: BatchPerson) -> None:
    """Somebody put into a batch."""
    values = {"batch_id": batch, "contact_id": person.contact, "name": person.name, "post": person.post}
    session.execute(insert(table_of(BatchPersonRow)).values(values))


def result(session: Session, numbers: MeetingResult) -> None:
    """The numbers of a meeting, all of them."""
    values = {
        "expected": numbers.expected,
        "present": numbers.present,
        "observers": numbers.observers,
        "person_times": numbers.person_times,
        "items": numbers.items,
        "reported_on": numbers.reported_on,
    }
    given = upsert(session, MeetingResultRow).values(booking_id=numbers.booking, **values)
    session.execute(given.on_conflict_do_update(index_elements=["booking_id"], set_=values))


def tick(session: Session, booking: BookingId, item: str, ticked: GateTick | None) -> None:
    """A condition ticked, or (None) no longer."""
    row = table_of(GateTickRow).c
    if ticked is None:
        session.execute(delete(table_of(GateTickRow)).where(row.booking_id == booking, row.item == item))
        return
    values = {"day": ticked.day, "by": ticked.by, "step": ticked.step}
    given = upsert(session, GateTickRow).values(booking_id=booking, item=item, **values)
    session.execute(given.on_conflict_do_update(index_elements=["booking_id", "item"], set_=values))


def conditions(session: Session, campaign: CampaignId, kind: Kind, given: Sequence[Condition] | None) -> None:
    """What must hold before a kind of meeting in a campaign, or (None) as usual again."""
    row = table_of(GateConditionsRow).c
    session.execute(delete(table_of(GateConditionsRow)).where(row.campaign_id == campaign, row.kind == kind))
    if given is not None:
        values = {"campaign_id": campaign, "kind": kind, "conditions": list(map(asdict, given))}
        session.execute(insert(table_of(GateConditionsRow)).values(values))


def duty_exemption(session: Session, key: tuple[str, str, str], given: DutyExemption | None) -> None:
    """That a period is not asked, or (None) that it is again."""
    row = table_of(DutyExemptionRow).c
    same = zip((row.rule_id, row.subject, row.period), key, strict=True)
    session.execute(delete(table_of(DutyExemptionRow)).where(*(column == value for column, value in same)))
    if given is not None:
        values = {"reason": given.reason, "day": given.day, "by": given.by}
        whose = dict(zip(("rule_id", "subject", "period"), key, strict=True))
        session.execute(insert(table_of(DutyExemptionRow)).values(**whose, **values))


def decision(session: Session, booking: BookingId, decided: GateDecision | None) -> None:
    """What was decided about a meeting, or (None) nothing any more."""
    session.execute(delete(table_of(GateRow)).where(table_of(GateRow).c.booking_id == booking))
    if decided:
        items = [[item.key, item.ok, item.have, item.of] for item in decided.items]
        values = {"day": decided.day, "by": decided.by, "reason": decided.reason, "items": items}
        session.execute(insert(table_of(GateRow)).values(booking_id=booking, **values))
