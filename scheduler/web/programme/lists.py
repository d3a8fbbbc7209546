"""The lists behind the lanes: opinions asked, training, meetings by frequency."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId
from scheduler.core.programme.frequencies import Duty, DutyState
from scheduler.services.organisation import people as organisation
from scheduler.services.programme import batches as batch_service
from scheduler.services.programme import frequencies as frequency_service
from scheduler.services.programme import opinions as service
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.wording.programme import DUTY_STATES, SOURCES
from scheduler.wording.texts import say

FIRST_YEAR, LAST_YEAR = 1900, 2199
DUTY_TONES = {
    DutyState.HELD: ("held", "✓"),
    DutyState.BOOKED: ("booked", "●"),
    DutyState.DUE: ("awaiting_confirmation", "◐"),
    DutyState.LATE: ("bad", "!"),
    DutyState.NOT_YET: ("", "·"),
    DutyState.EXEMPT: ("", "/"),
}


@dataclass(frozen=True, slots=True)
class DutyCell:
    """What became of a period, for a branch."""

    period: str
    state: str
    tone: str
    sign: str
    bookings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A branch in the table of a rule."""

    name: str
    cells: list[DutyCell]


def _contact_names() -> dict[str, str]:
    listed = organisation.contacts(edge.session(), edge.actor(), edge.clock())
    return {contact.id: contact.name for contact in listed}


@pages.get("/opinions")
@edge.policy(Action.SEE_PROGRAMME)
def opinions() -> ResponseReturnValue:
    """Who was asked for an opinion and has answered; how many came in from where on what."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    overview = service.overview(edge.session(), edge.actor(), day, edge.clock(), seen_campaign.named())
    tally, lang = overview.tally, edge.lang()
    return render_template(
        "programme/opinions.html",
        as_of=overview.day,
        is_today=overview.day == facts.today(),
        requests=overview.requests,
        tally=tally,
        names=_contact_names(),
        sources=[(say(SOURCES[source], lang), number) for source, number in tally.by_source.items()],
        findings=[wording.text(finding, lang) for finding in tally.findings],
    )


@pages.post("/opinions/<opinion_id>")
@edge.policy(Action.EDIT_PROGRAMME)
def note_opinion(opinion_id: str) -> ResponseReturnValue:
    """An answer came in, or somebody is no longer asked."""
    act = request.form.get("act", "")
    if act not in ("receive", "waive"):
        raise Malformed("unknown_choice", "act", value=act[:20])
    verb = service.receive if act == "receive" else service.waive
    verb(edge.session(), edge.actor(), opinion_id, edge.clock())
    flash(
        _("%(id)s 已登记收回。", id=opinion_id) if act == "receive" else _("%(id)s 不再征求。", id=opinion_id), "good"
    )
    return redirect(url_for("programme.opinions"), 303)


@pages.get("/batches")
@edge.policy(Action.SEE_PROGRAMME)
def batches() -> ResponseReturnValue:
    """The batches, who is in them, and how many places are left."""
    listed = batch_service.listing(edge.session(), edge.actor(), edge.clock(), seen_campaign.named())
    return render_template("programme/batches.html", batches=listed, names=_contact_names(), today=facts.today())


@pages.get("/frequencies")
@edge.policy(Action.SEE_PROGRAMME, Action.BOOK_IN_BRANCH)
def frequencies() -> ResponseReturnValue:
    """Meetings by frequency: each branch, each period of a year."""
    fields = Fields(request.args)
    year = fields.number("year", FIRST_YEAR, LAST_YEAR) or facts.today().year
    duties = frequency_service.duties(edge.session(), edge.actor(), year, fields.day("as_of"), edge.clock())
    rules = {duty.rule.id: duty.rule for duty in duties}
    tables = [(rule.name, _rows([duty for duty in duties if duty.rule.id == rule.id])) for rule in rules.values()]
    late = sum(duty.state is DutyState.LATE for duty in duties)
    roster = facts.names().roster
    branches = [(branch.id, branch.name) for branch in roster.branches() if any(d.subject == branch.id for d in duties)]
    return render_template("programme/frequencies.html", year=year, tables=tables, late=late, branches=branches)


def _rows(duties: list[Duty]) -> list[DutyRow]:
    names = facts.names()
    subjects = dict.fromkeys(duty.subject for duty in duties)
    return [
        DutyRow(names.group(GroupId(subject)), [_cell(duty) for duty in duties if duty.subject == subject])
        for subject in subjects
    ]


def _cell(duty: Duty) -> DutyCell:
    state = say(DUTY_STATES[duty.state], edge.lang())
    return DutyCell(duty.period.label or "", state, *DUTY_TONES[duty.state], (*duty.held, *duty.booked))
