"""Study targets and exemptions: which there are, set, changed and taken away."""

from dataclasses import replace
from typing import Annotated

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignQuery, Day, Name, Taken
from scheduler.api.reading import campaign as campaign_named
from scheduler.api.reading import day, the_day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.sessions.study import MAX_REASON
from scheduler.core.sessions.targets import MAX_HOURS
from scheduler.services.sessions import study_targets as service
from scheduler.services.sessions.study_targets import StudyExemption, StudyTarget
from scheduler.shapes.sessions import SetTargetListModel, SetTargetModel

TargetHours = Annotated[float, Field(gt=0, le=MAX_HOURS, strict=True)]
Selectors = Annotated[list[Name], Field(max_length=50)]


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class TargetBody(Taken):
    """So many hours of an audience, less another, from a day by a day."""

    audience: Selectors
    hours: TargetHours
    first: Day = Field(alias="from")
    last: Day = Field(alias="by")
    minus: Selectors = Field([])
    pro_rata: bool = False
    campaign: Name | None = None


class TargetChangeBody(Taken):
    """What shall be different; whatever is left out stays."""

    audience: Selectors | None = None
    hours: TargetHours | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="by")
    minus: Selectors | None = None
    pro_rata: bool | None = None


class ExemptionBody(Taken):
    """How many hours are not asked of somebody, the category of why, and who granted it."""

    hours: TargetHours
    reason: Annotated[str, Field(max_length=MAX_REASON)] = ""
    by: Name | None = None
    date: Day | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/study-targets")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.output(SetTargetListModel)
@edge.policy(Action.SEE_STUDY)
def list_study_targets(query: CampaignQuery) -> Response:
    """The study targets of a campaign, or of today's, with their exemptions."""
    listed = service.listing(edge.session(), edge.actor(), edge.clock(), campaign_named(query.campaign))
    return document(SetTargetListModel.of({"targets": listed}, reader()))


@api.post("/study-targets")
@api.input(TargetBody, arg_name="body")
@api.output(SetTargetModel, status_code=201)
@edge.policy(Action.EDIT_PROGRAMME)
def add_study_target(body: TargetBody) -> Response:
    """Set another target."""
    first, last = the_day(body.first, "from"), the_day(body.last, "by")
    campaign = CampaignId(body.campaign) if body.campaign else None
    wished = StudyTarget("", body.hours, first, last, tuple(body.audience), tuple(body.minus), body.pro_rata, campaign)
    made = service.put(edge.session(), edge.actor(), wished, edge.clock())
    return _document(made.id, 201)


@api.patch("/study-targets/<target>")
@api.input(TargetChangeBody, arg_name="body")
@api.output(SetTargetModel)
@edge.policy(Action.EDIT_PROGRAMME)
def change_study_target(target: str, body: TargetChangeBody) -> Response:
    """Change a target."""
    old = service.named(edge.session(), edge.actor(), target, edge.clock()).target
    new = replace(
        old,
        hours=old.hours if body.hours is None else body.hours,
        first=day(body.first, "from") or old.first,
        last=day(body.last, "by") or old.last,
        audience=old.audience if body.audience is None else tuple(body.audience),
        minus=old.minus if body.minus is None else tuple(body.minus),
        is_pro_rata=old.is_pro_rata if body.pro_rata is None else body.pro_rata,
    )
    service.put(edge.session(), edge.actor(), new, edge.clock())
    return _document(target)


@api.delete("/study-targets/<target>")
@api.output(SetTargetModel)
@edge.policy(Action.EDIT_PROGRAMME)
def remove_study_target(target: str) -> Response:
    """Take a target away with its exemptions; the answer is what it was."""
    gone = service.remove(edge.session(), edge.actor(), target, edge.clock())
    return document(SetTargetModel.of(gone, reader()))


@api.put("/study-targets/<target>/exemptions/<person>")
@api.input(ExemptionBody, arg_name="body")
@api.output(SetTargetModel)
@edge.policy(Action.EDIT_PROGRAMME)
def put_study_exemption(target: str, person: str, body: ExemptionBody) -> Response:
    """Exempt somebody from hours of a target, or change that."""
    by = PersonId(body.by) if body.by else None
    exemption = StudyExemption(target, PersonId(person), body.hours, body.reason, by, day(body.date, "date"))
    service.exempt(edge.session(), edge.actor(), exemption, edge.clock())
    return _document(target)


@api.delete("/study-targets/<target>/exemptions/<person>")
@api.output(SetTargetModel)
@edge.policy(Action.EDIT_PROGRAMME)
def remove_study_exemption(target: str, person: str) -> Response:
    """Ask the whole of somebody again."""
    service.unexempt(edge.session(), edge.actor(), target, PersonId(person), edge.clock())
    return _document(target)


def _document(target: str, status: int = 200) -> Response:
    set_target = service.named(edge.session(), edge.actor(), target, edge.clock())
    return document(SetTargetModel.of(set_target, reader()), status)
