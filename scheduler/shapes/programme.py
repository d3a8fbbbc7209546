"""Tasks, materials, opinions, training."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from scheduler.core.ground.bookings import Kind
from scheduler.core.programme.batches import Batch, BatchPerson
from scheduler.core.programme.conditions import Condition, ItemKind, What
from scheduler.core.programme.frequencies import Duty, DutyState
from scheduler.core.programme.gate import FrozenItem, GateDecision, GateItem, GateState, GateStep, Quorum
from scheduler.core.programme.lanes import Lane, LaneKey, LaneState, NextStep
from scheduler.core.programme.materials import MaterialKind, MaterialLine, MaterialState
from scheduler.core.programme.opinions import OpinionRequest
from scheduler.core.programme.tasks import TaskLedger, TaskLine, TaskState
from scheduler.core.programme.visits import VisitedPoint, VisitState
from scheduler.services.programme.conditions import MeetingConditions
from scheduler.services.programme.gate_facts import Gate
from scheduler.services.programme.lanes import Programme
from scheduler.services.programme.opinions import OpinionsOverview
from scheduler.shapes.ground import Day, FindingModel, Number, Shape, at


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None


DueMonthText = Annotated[str | None, BeforeValidator(_month)]
"""The month something is due in, `2014-10`; null: it stands for good."""


class TaskModel(Shape[TaskLine]):
    """A rectification task as it was on a day."""

    id: str = at("task", "id")
    title: str = at("task", "title")
    leader: str | None = at("task", "leader")
    lead_unit: str | None = at("task", "lead_unit")
    supporting: list[str] = at("task", "supporting")
    due: DueMonthText = at("task", "due")
    state: TaskState
    late: bool = at("is_late")
    opened_on: Day | None = at("task", "opened_on")
    started_on: Day | None = at("task", "started_on")
    closed_on: Day | None = at("task", "closed_on")
    closed_by: str | None = at("task", "closed_by")
    note: str = at("task", "note")


class TaskLedgerModel(Shape[TaskLedger]):
    """The rectification ledger; with late ones alone, the numbers stay those of all."""

    by_state: dict[TaskState, int]
    late: list[str]
    tasks: list[TaskModel] = at("lines")
    findings: list[FindingModel]


class MaterialModel(Shape[MaterialLine]):
    """Where a material stands; nothing of what it says."""

    id: str = at("material", "id")
    kind: MaterialKind = at("material", "kind")
    person: str | None = at("material", "person")
    state: MaterialState
    rounds: int
    last: Day | None


class OpinionModel(Shape[OpinionRequest]):
    """A body outside that is asked for its opinion in writing."""

    id: str
    contact: str
    sent_on: Day = at("sent_on", key="asked")
    due: Day | None
    received_on: Day | None = at("received_on", key="received")
    waived_on: Day | None = at("waived_on", key="waived")


class OpinionsModel(Shape[OpinionsOverview]):
    """Who was asked and has answered, and how many opinions came in from where on what."""

    total: int = at("requests", "total", key="asked")
    received: int = at("requests", "received_total")
    rate: Number | None = at("requests", "rate")
    late: list[str] = at("requests", "late")
    outstanding: list[str] = at("requests", "outstanding")
    waived: list[str] = at("requests", "waived")
    items: int = at("tally", "items")
    areas: int = at("tally", "areas")
    by_source: dict[str, int] = at("tally", "by_source")
    by_area: dict[str, int] = at("tally", "by_area")
    by_symposium: dict[str, int] = at("tally", "by_symposium")
    findings: list[FindingModel] = at("tally", "findings")
    opinions: list[OpinionModel] = at("requests", "requests")


class BatchPersonModel(Shape[BatchPerson]):
    """Somebody in a batch."""

    contact: str
    name: str
    post: str


class BatchModel(Shape[Batch]):
    """A batch of a training; without a cap, `cap` and `left` are null."""

    id: str
    name: str
    first: Day = at("first", key="start")
    last: Day = at("last", key="end")
    place: str
    people: int = at("count")
    cap: int | None
    left: int | None
    members: list[BatchPersonModel] = at("people")


class MaterialListModel(Shape[Mapping[str, Iterable[MaterialLine]]]):
    """All materials."""

    materials: list[MaterialModel]


class BatchListModel(Shape[Mapping[str, Iterable[Batch]]]):
    """All batches."""

    batches: list[BatchModel]


class VisitedPointModel(Shape[VisitedPoint]):
    """Somebody's contact point, and their visits to it."""

    person: str = at("point", "person")
    contact: str = at("point", "contact")
    state: VisitState
    held: list[str]
    booked: list[str]
    last: Day | None
    next: Day | None


class VisitListModel(Shape[Mapping[str, Iterable[VisitedPoint]]]):
    """All contact points of a day."""

    visits: list[VisitedPointModel]


class DutyModel(Shape[Duty]):
    """What a rule asks of a branch in a period, and what became of it."""

    rule: str = at("rule", "id")
    name: str = at("rule", "name")
    kind: Kind = at("rule", "kind")
    subject: str
    period: str = at("period", "label")
    state: DutyState
    held: list[str]
    booked: list[str]
    reason: str
    """Why it is not asked, where somebody says so."""
    least: int = at("rule", "least", key="min")
    due: Day


class DutyListModel(Shape[Mapping[str, Iterable[Duty]]]):
    """What is asked in a year."""

    frequencies: list[DutyModel]


class GateItemModel(Shape[GateItem]):
    """A condition of a meeting as it was on a day; `what` says what it is about."""

    key: str
    what: What
    kind: ItemKind
    ok: bool
    have: int | None
    total: int | None = at("of", key="of")
    who: list[str]
    due: Day | None
    by: str | None
    on: Day | None
    late: bool = at("is_late")
    name: str
    target: str
    step: GateStep | None


class QuorumNeededModel(Shape[Quorum]):
    """How many of those expected have to be there."""

    needed: int
    expected: int


class OverrideModel(Shape[GateDecision]):
    """Why a meeting is held although something is missing."""

    reason: str
    by: str
    on: Day = at("day")


class FrozenItemModel(Shape[FrozenItem]):
    """A condition as it was when the meeting was confirmed."""

    key: str
    ok: bool
    have: int | None
    total: int | None = at("of", key="of")


class AfterMeetingModel(Shape[Gate]):
    """What came of a meeting; `due` is when it is to be reported to the level above."""

    due: Day = at("report_due")
    reported: Day | None = at("reported_on")
    late: bool = at("is_report_late")
    present: int | None
    person_times: int | None
    opinions: int | None = at("opinions", key="items")


class GateModel(Shape[Gate]):
    """Whether a meeting may be held, and what stands in the way."""

    meeting: str = at("booking", "id")
    as_of: Day = at("as_of", "day")
    state: GateState
    ok: bool
    items: list[GateItemModel]
    quorum: QuorumNeededModel
    override: OverrideModel | None
    confirmed_by: str | None
    confirmed_on: Day | None
    frozen: list[FrozenItemModel]
    no_longer_holds: list[str]
    after: AfterMeetingModel = at("whole")
    missing: list[FindingModel]
    findings: list[FindingModel]
    hints: list[FindingModel]


class ConditionModel(Shape[Condition]):
    """A precondition as it is set; an empty `name` or `target` means the usual one."""

    key: str
    what: What
    kind: ItemKind
    name: str
    target: str
    days_before: int | None


class MeetingConditionsModel(Shape[MeetingConditions]):
    """What must hold before a kind of meeting in a campaign."""

    campaign: str
    kind: Kind
    usual: bool = at("is_usual")
    conditions: list[ConditionModel]
    findings: list[FindingModel]


# ── Lanes ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class LaneModel(Shape[Lane]):
    """One kind of duty: how much is done of how much, whether in time, and who is missing."""

    key: LaneKey
    done: int = at("facts", "done")
    total: int = at("facts", "of", key="of")
    state: LaneState
    due: Day | None = at("facts", "due")
    who: list[str] = at("facts", "who")
    findings: list[FindingModel] = at("facts", "findings")


class NextStepModel(Shape[NextStep]):
    """Something to be done by a day: what it is about, and of what."""

    day: Day
    what: str
    subject: str


class ProgrammeModel(Shape[Programme]):
    """A campaign on a day."""

    campaign: str = at("campaign", "id")
    as_of: Day = at("as_of", "day")
    phase: str | None = at("phase_name")
    lanes: list[LaneModel]
    next: list[NextStepModel]
