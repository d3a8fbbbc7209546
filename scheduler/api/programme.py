"""The programme: rectification tasks, materials, opinions, training, meetings by frequency, gates."""

from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignQuery, Day, DayQuery, Name, Taken, Title
from scheduler.api.reading import campaign, day
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, CampaignId, GroupId, PersonId
from scheduler.core.programme.conditions import KINDS, MOST, MOST_DAYS, Condition, ItemKind, What
from scheduler.core.programme.gate import GateStep
from scheduler.core.programme.materials import STEPS, MaterialState
from scheduler.core.programme.tasks import TaskState
from scheduler.services.programme import (
    batches,
    conditions,
    frequencies,
    gates,
    lanes,
    materials,
    opinions,
    tasks,
    visits,
)
from scheduler.services.programme.batches import BatchPerson
from scheduler.services.programme.gates import AfterMeeting, Gate
from scheduler.services.programme.tasks import TaskEntry
from scheduler.shapes.bookings import BookedModel
from scheduler.shapes.programme import (
    BatchListModel,
    BatchModel,
    DutyListModel,
    DutyModel,
    GateModel,
    MaterialListModel,
    MaterialModel,
    MeetingConditionsModel,
    OpinionsModel,
    ProgrammeModel,
    TaskLedgerModel,
    TaskModel,
    VisitListModel,
)


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class ProgrammeQuery(DayQuery):
    """On which day, of which campaign; left out: today, the one that the day means."""

    campaign: Name | None = None


class TaskBody(Taken):
    """How far a task is; left out: today, whoever asks, the line of progress as it is."""

    state: TaskState
    on: Day | None = None
    by: Name | None = None
    note: Title | None = None


class LeaderBody(Taken):
    """Who leads a task."""

    person: Name


class StepBody(Taken):
    """A step of a material; left out: today."""

    step: MaterialState
    on: Day | None = None


class OnBody(Taken):
    """On which day; left out: today."""

    on: Day | None = None


class BatchPersonBody(Taken):
    """Somebody from a body outside, by name as far as it is known."""

    contact: Name
    name: Title = ""
    post: Title = ""


class BatchBody(Taken):
    """Who is to be put into a batch."""

    people: list[BatchPersonBody] = Field(min_length=1, max_length=500)


class FrequencyQuery(DayQuery):
    """Of which year and branch, as of which day."""

    year: Annotated[int, Field(ge=1900, le=2199)] | None = None
    branch: Name | None = None


class ExemptBody(Taken):
    """Why a period is not asked; null: it is."""

    reason: Title | None


class TickBody(Taken):
    """Whether a condition is ticked, and on which day; left out: it is, today. `step` sends it to be signed, or back."""

    ok: bool = True
    on: Day | None = None
    step: Literal["submitted", "returned"] | None = None


class ConditionBody(Taken):
    """A precondition; `name` and `target` left out mean the usual ones."""

    what: What
    kind: ItemKind | None = None
    name: Title = ""
    target: Name | Literal[""] = ""
    days_before: Annotated[int, Field(ge=0, le=MOST_DAYS)] | None = None


class ConditionsBody(Taken):
    """All preconditions of a kind of meeting; null: the usual ones again."""

    conditions: Annotated[list[ConditionBody], Field(max_length=MOST)] | None


class ConfirmGateBody(Taken):
    """With a reason, a meeting is held although something is missing."""

    override: Title | None = None


Count = Annotated[int, Field(ge=0, le=100_000)]


class AfterBody(Taken):
    """The numbers of a meeting; what is left out stays."""

    person_times: Count | None = None
    opinions: Count | None = None
    present: Count | None = None
    reported: Day | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/programme")
@api.input(ProgrammeQuery, location="query", arg_name="query")
@api.output(ProgrammeModel)
@edge.policy(Action.SEE_PROGRAMME)
def show_programme(query: ProgrammeQuery) -> Response:
    """Every lane of a campaign as of a day: how much is done, whether in time, who is missing; and what is next."""
    on = day(query.as_of, "as_of")
    told = lanes.programme(edge.session(), edge.actor(), on, edge.clock(), _campaign(query))
    return document(ProgrammeModel.of(told, reader()))


@api.get("/tasks")
@api.input(ProgrammeQuery, location="query", arg_name="query")
@api.output(TaskLedgerModel)
@edge.policy(Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def list_tasks(query: ProgrammeQuery) -> Response:
    """The rectification ledger as of a day: all of it, or what concerns oneself."""
    ledger = tasks.ledger(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock(), _campaign(query))
    return document(TaskLedgerModel.of(ledger, reader()))


@api.put("/tasks/<task_id>")
@api.input(TaskBody, arg_name="body")
@api.output(TaskModel)
@edge.policy(Action.EDIT_PROGRAMME, Action.SEE_OWN_ROW)
def set_task(task_id: str, body: TaskBody) -> Response:
    """Say how far a task is. Whoever leads it cannot close it: 409."""
    by = PersonId(body.by) if body.by else None
    entry = TaskEntry(body.state, day(body.on, "on"), by, body.note)
    return document(TaskModel.of(tasks.set_state(edge.session(), edge.actor(), task_id, entry, edge.clock())))


@api.put("/tasks/<task_id>/leader")
@api.input(LeaderBody, arg_name="body")
@api.output(TaskModel)
@edge.policy(Action.EDIT_PROGRAMME)
def assign_task(task_id: str, body: LeaderBody) -> Response:
    """Say who leads a task from now on."""
    leader = PersonId(body.person)
    return document(TaskModel.of(tasks.assign(edge.session(), edge.actor(), task_id, leader, edge.clock())))


@api.get("/materials")
@api.input(ProgrammeQuery, location="query", arg_name="query")
@api.output(MaterialListModel)
@edge.policy(Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def list_materials(query: ProgrammeQuery) -> Response:
    """Where each material stands as of a day: all of them, or one's own. Nothing of what they say is kept."""
    on = day(query.as_of, "as_of")
    listed = materials.listing(edge.session(), edge.actor(), on, edge.clock(), _campaign(query))
    return document(MaterialListModel.of({"materials": listed}))


@api.post("/materials/<material_id>/steps")
@api.input(StepBody, arg_name="body")
@api.output(MaterialModel)
@edge.policy(Action.EDIT_PROGRAMME, Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def step_material(material_id: str, body: StepBody) -> Response:
    """Submit, return, review or sign a material; each is somebody's to do, and follows the one before."""
    if body.step not in STEPS:
        raise Malformed("unknown_choice", "step", value=body.step)
    session, actor, on = edge.session(), edge.actor(), day(body.on, "on")
    return document(MaterialModel.of(materials.take_step(session, actor, material_id, body.step, edge.clock(), on)))


@api.get("/opinions")
@api.input(ProgrammeQuery, location="query", arg_name="query")
@api.output(OpinionsModel)
@edge.policy(Action.SEE_PROGRAMME)
def show_opinions(query: ProgrammeQuery) -> Response:
    """Who was asked for an opinion in writing and has answered, and how many came in from where on what."""
    return _opinions(query)


@api.post("/opinions/<opinion_id>/receive")
@api.input(OnBody, arg_name="body")
@api.output(OpinionsModel)
@edge.policy(Action.EDIT_PROGRAMME)
def receive_opinion(opinion_id: str, body: OnBody) -> Response:
    """An answer came in."""
    opinions.receive(edge.session(), edge.actor(), opinion_id, edge.clock(), day(body.on, "on"))
    return _opinions(ProgrammeQuery())


@api.post("/opinions/<opinion_id>/waive")
@api.input(OnBody, arg_name="body")
@api.output(OpinionsModel)
@edge.policy(Action.EDIT_PROGRAMME)
def waive_opinion(opinion_id: str, body: OnBody) -> Response:
    """Somebody is no longer asked: named, and not counted."""
    opinions.waive(edge.session(), edge.actor(), opinion_id, edge.clock(), day(body.on, "on"))
    return _opinions(ProgrammeQuery())


@api.get("/visits")
@api.input(ProgrammeQuery, location="query", arg_name="query")
@api.output(VisitListModel)
@edge.policy(Action.SEE_PROGRAMME)
def list_visits(query: ProgrammeQuery) -> Response:
    """Whose contact points there are on a day, and who was at theirs; those nobody was at come first."""
    listed = visits.listing(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock(), _campaign(query))
    return document(VisitListModel.of({"visits": listed}))


@api.get("/batches")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.output(BatchListModel)
@edge.policy(Action.SEE_PROGRAMME)
def list_batches(query: CampaignQuery) -> Response:
    """The batches of training of a campaign, who is in them, and how many places are left."""
    listed = batches.listing(edge.session(), edge.actor(), edge.clock(), campaign(query.campaign))
    return document(BatchListModel.of({"batches": listed}))


@api.post("/batches/<batch_id>/people")
@api.input(BatchBody, arg_name="body")
@api.output(BatchModel)
@edge.policy(Action.EDIT_PROGRAMME)
def put_into_batch(batch_id: str, body: BatchBody) -> Response:
    """Put people into a batch: all of them, or (409, with who has no place and why) nobody."""
    people = [BatchPerson(person.contact, person.name, person.post) for person in body.people]
    return document(BatchModel.of(batches.put(edge.session(), edge.actor(), batch_id, people, edge.clock())))


@api.get("/frequencies")
@api.input(FrequencyQuery, location="query", arg_name="query")
@api.output(DutyListModel)
@edge.policy(Action.SEE_PROGRAMME, Action.BOOK_IN_BRANCH)
def list_duties(query: FrequencyQuery) -> Response:
    """What meetings are asked in a year, branch by branch and period by period, and what became of them."""
    branch = GroupId(query.branch) if query.branch else None
    on = day(query.as_of, "as_of")
    duties = frequencies.duties(edge.session(), edge.actor(), query.year, on, edge.clock(), branch)
    return document(DutyListModel.of({"frequencies": duties}))


@api.put("/frequencies/<rule>/<subject>/<period>")
@api.input(ExemptBody, arg_name="body")
@api.output(DutyModel)
@edge.policy(Action.EDIT_PROGRAMME)
def exempt_duty(rule: str, subject: str, period: str, body: ExemptBody) -> Response:
    """Say why a period is not asked (`reason`), or, with null, that it is asked again."""
    key = (rule, subject, period)
    return document(DutyModel.of(frequencies.exempt(edge.session(), edge.actor(), key, body.reason, edge.clock())))


@api.post("/frequencies/<rule>/<subject>/<period>/meeting")
@api.output(BookedModel, status_code=201)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def book_duty(rule: str, subject: str, period: str) -> Response:
    """Book the meeting that a period lacks, at the best time that is left in it; 409 with the reason where none can be."""
    booked = frequencies.book(edge.session(), edge.actor(), (rule, subject, period), edge.clock())
    return document(BookedModel.made(booked, reader()), 201)


@api.get("/bookings/<booking_id>/gate")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(GateModel)
@edge.policy(Action.SEE_PROGRAMME)
def show_gate(booking_id: str, query: DayQuery) -> Response:
    """Whether a meeting may be held as of a day, and what stands in the way."""
    on = day(query.as_of, "as_of")
    return _gate(gates.show(edge.session(), edge.actor(), BookingId(booking_id), on, edge.clock()))


@api.put("/bookings/<booking_id>/gate/<item>")
@api.input(TickBody, arg_name="body")
@api.output(GateModel)
@edge.policy(Action.SEE_PROGRAMME)
def tick_condition(booking_id: str, item: str, body: TickBody) -> Response:
    """Tick or sign a condition, or take that back; a computed one cannot be (409), another role's may not be (403)."""
    session, actor, on = edge.session(), edge.actor(), day(body.on, "on")
    if body.step:
        is_back = GateStep(body.step) is GateStep.RETURNED
        return _gate(gates.send(session, actor, BookingId(booking_id), item, edge.clock(), on, is_back=is_back))
    return _gate(gates.tick(session, actor, BookingId(booking_id), item, edge.clock(), on, is_ticked=body.ok))


@api.post("/bookings/<booking_id>/gate/confirm")
@api.input(ConfirmGateBody, arg_name="body")
@api.output(GateModel)
@edge.policy(Action.EDIT_PROGRAMME, Action.OVERRIDE_GATE)
def confirm_gate(booking_id: str, body: ConfirmGateBody) -> Response:
    """Confirm that a meeting may be held (409 with what is missing), or override with a reason."""
    return _gate(gates.confirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), body.override))


@api.post("/bookings/<booking_id>/gate/after")
@api.input(AfterBody, arg_name="body")
@api.output(GateModel)
@edge.policy(Action.EDIT_PROGRAMME)
def note_after_meeting(booking_id: str, body: AfterBody) -> Response:
    """Enter the numbers of a meeting that was held, and when it was reported."""
    given = AfterMeeting(body.person_times, body.opinions, body.present, day(body.reported, "reported"))
    return _gate(gates.after(edge.session(), edge.actor(), BookingId(booking_id), given, edge.clock()))


@api.get("/conditions/<kind>")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.output(MeetingConditionsModel)
@edge.policy(Action.SEE_PROGRAMME)
def show_conditions(kind: str, query: CampaignQuery) -> Response:
    """What must hold before a kind of meeting in a campaign; `findings` name what refers to something absent."""
    of = _kind(kind)
    told = conditions.show(edge.session(), edge.actor(), of, edge.clock(), campaign(query.campaign))
    return document(MeetingConditionsModel.of(told, reader()))


@api.put("/conditions/<kind>")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(ConditionsBody, arg_name="body")
@api.output(MeetingConditionsModel)
@edge.policy(Action.EDIT_PROGRAMME)
def set_conditions(kind: str, query: CampaignQuery, body: ConditionsBody) -> Response:
    """Set all of what must hold before a kind of meeting; what means the same as before keeps its ticks."""
    given = None if body.conditions is None else [_condition(given_condition) for given_condition in body.conditions]
    of, about = _kind(kind), campaign(query.campaign)
    told = conditions.change(edge.session(), edge.actor(), of, given, edge.clock(), about)
    return document(MeetingConditionsModel.of(told, reader()))


def _condition(body: ConditionBody) -> Condition:
    kind = body.kind or KINDS[body.what][0]
    return Condition("", body.what, kind, body.name.strip(), body.target, body.days_before)


def _kind(text: str) -> Kind:
    if text not in set(Kind):
        raise NotFound("kind", text)
    return Kind(text)


def _gate(shown: Gate) -> Response:
    return document(GateModel.of(shown, reader()))


def _opinions(query: ProgrammeQuery) -> Response:
    on = day(query.as_of, "as_of")
    overview = opinions.overview(edge.session(), edge.actor(), on, edge.clock(), _campaign(query))
    return document(OpinionsModel.of(overview, reader()))


def _campaign(query: ProgrammeQuery) -> CampaignId | None:
    return CampaignId(query.campaign) if query.campaign else None
