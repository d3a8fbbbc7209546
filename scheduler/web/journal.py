"""The journal: who did what, when."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.access import Action
from scheduler.core.ids import PersonId
from scheduler.services import journal as service
from scheduler.services.journal import Detail, Entry
from scheduler.web import facts, pages
from scheduler.web.fields import Fields
from scheduler.web.paging import here
from scheduler.web.words import listed, told

SIZE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the list prints it."""

    entry: Entry
    who: str
    when: str
    what: str


@pages.get("/journal")
@edge.policy(Action.SEE_JOURNAL)
def journal() -> ResponseReturnValue:
    """The latest entries, of one noun if asked."""
    fields = Fields(request.args)
    before = fields.number("before", 1, 10**9)
    found = service.recent(
        edge.session(), edge.actor(), edge.clock(), noun=fields.text("noun"), before=before, limit=SIZE
    )
    names, zone = facts.names(), edge.zone()
    lines = [
        Line(
            entry,
            names.person(PersonId(entry.actor)) if PersonId(entry.actor) in names.roster.people else entry.actor,
            f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            told(f"{key} {_shown(value)}" for key, value in entry.details.items() if value not in (None, "")),
        )
        for entry in found
    ]
    older = here(before=found[-1].id) if len(found) == SIZE else ""
    return render_template("journal/journal.html", fields=fields, lines=lines, older=older, is_latest=before is None)


def _shown(value: Detail) -> str:
    """A detail as people read it."""
    return listed(value) if isinstance(value, list) else str(value)
