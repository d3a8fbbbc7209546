"""The journal: who did what, when, in sentences; looked through by what, by whom, about whom, on which day, and taken along."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.documents import list_files
from scheduler.services.ground import journal as service
from scheduler.services.ground.journal import JournalEntry, JournalQuery
from scheduler.web.accounts import pages
from scheduler.web.accounts.journal_sentences import NotedChange, Sentences
from scheduler.web.page import facts, words
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here
from scheduler.web.page.texts import _

SIZE, MOST = 100, 5000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry as the list prints it."""

    id: int
    when: str
    sentence: str
    href: str
    changes: list[NotedChange]


@pages.get("/journal")
@edge.policy(Action.SEE_JOURNAL)
def journal() -> ResponseReturnValue:
    """The latest entries, as far as they are asked for; or all of them as a file."""
    fields, names = Fields(request.args), facts.names()
    query = _query(fields, names)
    if fields.typed("format") in ("csv", "xlsx") and fields.is_valid:
        return _file(fields.typed("format"), query, names)
    before = fields.number("before", 1, 10**9)
    entries = service.recent(edge.session(), edge.actor(), edge.clock(), before=before, limit=SIZE, query=query)
    return render_template(
        "accounts/journal.html",
        fields=fields,
        lines=_lines(entries, names),
        older=here(before=entries[-1].id) if len(entries) == SIZE else "",
        is_latest=before is None,
        is_narrowed=query != JournalQuery(),
        nouns=sorted(((key, str(text)) for key, text in words.NOUNS.items()), key=lambda choice: choice[1]),
        actors=_actors(names),
        people=facts.person_options(names),
        csv=here(format="csv", before=None),
        xlsx=here(format="xlsx", before=None),
    )


def _query(fields: Fields, names: Names) -> JournalQuery:
    """What is asked for."""
    day = fields.day("day")
    zone = edge.zone()
    person = fields.person("person", names.roster) if fields.typed("person").strip() else None
    return JournalQuery(
        fields.typed("noun"),
        person or "",
        fields.typed("actor"),
        Span(midnight(day, zone), next_midnight(day, zone)) if day else None,
    )


def _actors(names: Names) -> list[Choice]:
    """Everybody who did something."""
    return [(actor, names.account(actor)) for actor in service.actors(edge.session(), edge.actor())]


def _lines(entries: Iterable[JournalEntry], names: Names) -> list[JournalLine]:
    entries = list(entries)
    sentences = Sentences(entries, names)
    return [
        JournalLine(
            entry.id,
            wording.stamp_text(entry.at.astimezone(edge.zone()), edge.lang()),
            _("%(who)s %(deed)s", who=names.account(entry.actor), deed=sentences.of(entry)),
            sentences.href(entry),
            sentences.changes(entry),
        )
        for entry in entries
    ]


def _file(kind: str, query: JournalQuery, names: Names) -> ResponseReturnValue:
    """The entries that are asked for, as a file."""
    entries = service.recent(edge.session(), edge.actor(), edge.clock(), limit=MOST, query=query)
    heads = [_("编号"), _("时间"), _("记录"), _("变化")]
    rows = [
        [str(line.id), line.when, line.sentence, "；".join(map(str, line.changes))] for line in _lines(entries, names)
    ]
    name = f"{_('操作日志')}-{facts.today()}.{kind}"
    if kind == "csv":
        return send_file(
            io.BytesIO(list_files.csv_file(heads, rows)), "text/csv", as_attachment=True, download_name=name
        )
    data = list_files.workbook(_("操作日志"), heads, rows)
    return send_file(io.BytesIO(data), WORKBOOK, as_attachment=True, download_name=name)
