"""What an org change would do, before it is imported."""

from typing import Annotated

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignName, Day, Name, Taken
from scheduler.api.reading import campaign, day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation.appointments import Appointment, AppointmentKind
from scheduler.services.imports import what_if
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.what_if import OrgChange
from scheduler.shapes.imports import WhatIfModel

MAX_TEXT = 2_000_000
"""Characters of a table that is sent as text."""


class AppointmentBody(Taken):
    """Somebody takes or leaves a place: a post of a unit (without a person it becomes vacant), a unit, a group, the organisation."""

    what: AppointmentKind
    person: Name | None = None
    place: Name | None = Field(None, description="The unit or the group; left out of somebody who leaves")


class TableBody(Taken):
    """A table as it would be imported: its name, and its rows as CSV."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class WhatIfBody(Taken):
    """An org change that is thought of: appointments, tables, or both; `valid_from`: of appointments from today, unless it is said."""

    appointments: list[AppointmentBody] = Field(default_factory=list, max_length=100)
    tables: list[TableBody] = Field(default_factory=list, max_length=10)
    valid_from: Day | None = None
    as_of: Day | None = None
    campaign: CampaignName | None = None
    lang: Language | None = None


@api.post("/what-if")
@api.input(WhatIfBody, arg_name="body")
@api.output(WhatIfModel)
@edge.policy(Action.IMPORT)
def show_what_if(body: WhatIfBody) -> Response:
    """What an org change would do to everything that is required; nothing is written."""
    change = OrgChange(
        [Upload(table.name, table.text.encode()) for table in body.tables],
        None,
        tuple(
            Appointment(each.what, PersonId(each.person) if each.person else None, each.place or "")
            for each in body.appointments
        ),
        day(body.valid_from, "valid_from"),
    )
    shown = what_if.look(
        edge.session(), edge.actor(), change, edge.clock(),
        as_of=day(body.as_of, "as_of"), campaign=campaign(body.campaign),
    )  # fmt: skip
    return document(WhatIfModel.of(shown, reader()))
