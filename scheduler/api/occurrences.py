"""Occurrences: what befell people, which talks follow from it, and who is to talk."""

from typing import Annotated

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, Name, Taken
from scheduler.api.reading import day, the_day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.services.campaigns import occurrences as service
from scheduler.services.organisation import people
from scheduler.shapes.campaigns import OccurrenceListModel, OccurrenceModel, UndoneOccurrenceModel

Kind = Annotated[
    str, Field(min_length=1, max_length=64, description="A word of the page, in any language, or of a rule file")
]


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class OccurrenceQuery(Taken):
    """Of whom, in which campaign, as of which day; left out: of everybody, in the day's campaigns, today."""

    person: Name | None = None
    campaign: Name | None = None
    as_of: Day | None = None
    lang: Language | None = None


class OccurrenceBody(Taken):
    """What befell whom, and on which day."""

    kind: Kind
    person: Name
    date: Day
    partner: Name | None = Field(None, description="Who is to talk with them; left out: whoever the rules lead to")


class PartnerBody(Taken):
    """Who is to talk; null: whoever the rules lead to."""

    partner: Name | None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/occurrences")
@api.input(OccurrenceQuery, location="query", arg_name="query")
@api.output(OccurrenceListModel)
@edge.policy(Action.SEE_OCCURRENCES)
def list_occurrences(query: OccurrenceQuery) -> Response:
    """What befell people, by day, with the talks that follow from it."""
    listed = service.listing(
        edge.session(),
        edge.actor(),
        edge.clock(),
        person=PersonId(query.person) if query.person else None,
        campaign=CampaignId(query.campaign) if query.campaign else None,
        day=day(query.as_of, "as_of"),
    )
    return document(OccurrenceListModel.of({"occurrences": listed}, reader()))


@api.post("/occurrences")
@api.input(OccurrenceBody, arg_name="body")
@api.output(OccurrenceModel, status_code=201)
@edge.policy(Action.EDIT_OCCURRENCES)
def add_occurrence(body: OccurrenceBody) -> Response:
    """Enter what befell somebody; again, it is the one that stands."""
    done = people.add_occurrence(
        edge.session(),
        edge.actor(),
        body.kind,
        PersonId(body.person),
        the_day(body.date, "date"),
        edge.clock(),
        PersonId(body.partner) if body.partner else None,
    )
    return document(_answer(done.id), 201)


@api.put("/occurrences/<int:number>/partner")
@api.input(PartnerBody, arg_name="body")
@api.output(OccurrenceModel)
@edge.policy(Action.EDIT_OCCURRENCES)
def choose_partner(number: int, body: PartnerBody) -> Response:
    """Choose who talks, in place of whom the rules lead to."""
    partner = PersonId(body.partner) if body.partner else None
    people.choose_partner(edge.session(), edge.actor(), number, partner, edge.clock())
    return document(_answer(number))


@api.delete("/occurrences/<int:number>")
@api.output(UndoneOccurrenceModel)
@edge.policy(Action.EDIT_OCCURRENCES)
def undo_occurrence(number: int) -> Response:
    """Take an occurrence back; the talks that stand because of it stay, and are named."""
    return document(UndoneOccurrenceModel.of(service.undo(edge.session(), edge.actor(), number, edge.clock())))


def _answer(number: int) -> OccurrenceModel:
    """One occurrence, with what follows from it."""
    return OccurrenceModel.of(service.one(edge.session(), edge.actor(), number, edge.clock()), reader())
