"""The journal: who did what, when."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import OPERATOR, Action
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal as service
from scheduler.services.ground.journal import Detail, JournalEntry
from scheduler.web.accounts import pages
from scheduler.web.page import facts, words
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, told

SIZE = 100
PAGE = "page:"
DAYS = ("day", "valid_from")
WORDED = ("kind", "role", "status", "by")
"""Details whose value is a word of the code."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry as the list prints it."""

    entry: JournalEntry
    who: str
    when: str
    what: str


@pages.get("/journal")
@edge.policy(Action.SEE_JOURNAL)
def journal() -> ResponseReturnValue:
    """The latest entries, of one noun if asked."""
    fields = Fields(request.args)
    before = fields.number("before", 1, 10**9)
    entries = service.recent(
        edge.session(), edge.actor(), edge.clock(), noun=fields.text("noun"), before=before, limit=SIZE
    )
    names, zone = facts.names(), edge.zone()
    lines = [
        JournalLine(
            entry,
            _who(entry.actor, names),
            wording.stamp_text(entry.at.astimezone(zone), edge.lang()),
            told(
                f"{words.detail(key)} {_shown(key, value)}"
                for key, value in entry.details.items()
                if value not in (None, "")
            ),
        )
        for entry in entries
    ]
    older = here(before=entries[-1].id) if len(entries) == SIZE else ""
    return render_template("accounts/journal.html", fields=fields, lines=lines, older=older, is_latest=before is None)


def _who(actor: str, names: Names) -> str:
    """Who did it: a person by name, also by their subscription page; an account by its name."""
    by_page = actor.startswith(PAGE)
    person = PersonId(actor.removeprefix(PAGE))
    if person not in names.roster.people:
        return wording.label(actor, edge.lang()) if actor == OPERATOR.account else actor
    return names.remarked(names.person(person), _("订阅页面")) if by_page else names.person(person)


def _shown(key: str, value: Detail) -> str:
    """A detail as people read it; what has words of its own is told in them, and days as days."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return listed(str(item) for item in value)
    if key in DAYS:
        return wording.date_text(date.fromisoformat(str(value)), edge.lang())
    return words.label(value) if key in WORDED else str(value)
