"""Occurrences: what befell whom, which talks follow from it, who is to talk where nobody is found; for organizers alone."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.after_occurrences import FollowedOccurrence, RequiredAfter
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.campaigns import occurrences as service
from scheduler.services.organisation import occurrences as entering
from scheduler.web.campaigns import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.wording.occurrences import brief


@dataclass(frozen=True, slots=True)
class RequiredTalk:
    """A talk that is required, as the list prints it."""

    others: str
    """Who talks with whom it befell."""
    until: str
    state: str
    state_text: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OccurrenceLine:
    """An occurrence as the list prints it."""

    id: int
    person: PersonId
    name: str
    position: str
    kind: str
    day: date
    partner: str
    """Who was chosen to talk; empty: nobody, the rules say."""
    talks: list[RequiredTalk]
    findings: list[str]
    lacks_somebody: bool


@pages.get("/occurrences")
@edge.policy(Action.SEE_OCCURRENCES)
def occurrences() -> ResponseReturnValue:
    """All occurrences, first those for which nobody is there to talk, then the latest; the form of a new one."""
    return _page(Fields(request.args))


def _page(fields: Fields, chosen_for: int = 0) -> str:
    names = facts.names()
    listed = service.listing(edge.session(), edge.actor(), edge.clock())
    ordered = sorted(listed, key=lambda f: (not f.lacks_somebody, -f.occurrence.day.toordinal(), -f.occurrence.id))
    return render_template(
        "campaigns/occurrences.html",
        fields=fields,
        chosen_for=chosen_for,
        lines=[_line(followed, names) for followed in ordered],
        lacking=sum(followed.lacks_somebody for followed in listed),
        kinds=kinds(),
        people=facts.person_options(names),
        today=facts.today(),
    )


def kinds() -> list[Choice]:
    """The kinds that can be entered, each with what it is called."""
    in_order = entering.in_order(set(entering.kinds(edge.session()).values()))
    return [(kind, wording.label(kind, edge.lang())) for kind in in_order]


def _line(followed: FollowedOccurrence, names: Names) -> OccurrenceLine:
    occurrence = followed.occurrence
    return OccurrenceLine(
        occurrence.id,
        occurrence.person,
        names.person(occurrence.person),
        names.position(occurrence.person),
        wording.label(occurrence.kind, edge.lang()),
        occurrence.day,
        names.person(occurrence.partner) if occurrence.partner else "",
        [_talk(talk, occurrence.person, names) for talk in followed.talks],
        [brief(finding, edge.lang()) for finding in followed.findings],
        followed.lacks_somebody,
    )


def _talk(talk: RequiredAfter, person: PersonId, names: Names) -> RequiredTalk:
    state, others = talk.required.state, (p for p in talk.required.requirement.bearers if p != person)
    until = wording.date_text(talk.due, edge.lang()) if talk.due else ""
    return RequiredTalk(names.people(others), until, state, wording.label(state, edge.lang()), talk.required.is_overdue)


@pages.post("/occurrences")
@edge.policy(Action.EDIT_OCCURRENCES)
@once
def add_occurrence() -> ResponseReturnValue:
    """Enter what befell somebody."""
    fields, roster = Fields(request.form), facts.roster()
    person, partner = fields.person("person", roster, required=True), fields.person("partner", roster)
    kind, day = fields.text("kind", required=True), fields.day("day", required=True)
    if fields.is_valid and person and day:
        try:
            done = entering.add_occurrence(edge.session(), edge.actor(), kind, person, day, edge.clock(), partner)
            return _said(done.id, _("已登记。"))
        except Malformed as error:
            fields.take(error, "kind")
        except NotFound as error:
            fields.refuse("person", wording.error(error, edge.lang()))
    return _page(fields), 422


@pages.post("/occurrences/<int:number>/partner")
@edge.policy(Action.EDIT_OCCURRENCES)
@once
def choose_partner(number: int) -> ResponseReturnValue:
    """Choose who talks; left empty, whoever the rules lead to."""
    service.one(edge.session(), edge.actor(), number, edge.clock())  # there is none: that is said first
    fields = Fields(request.form)
    partner = fields.person("partner", facts.roster())
    if fields.is_valid:
        try:
            entering.choose_partner(edge.session(), edge.actor(), number, partner, edge.clock())
            return _said(number, _("已改。"))
        except Malformed as error:
            fields.take(error, "partner")
    return _page(fields, number), 422


def _said(number: int, done: str) -> ResponseReturnValue:
    """Back to the list, with a word of what follows."""
    followed = service.one(edge.session(), edge.actor(), number, edge.clock())
    told = [wording.text(finding, edge.lang()) for finding in followed.findings]
    flash(" ".join((done, *told)), "warn" if told else "good")
    return redirect(url_for("campaigns.occurrences"), 303)


@pages.post("/occurrences/<int:number>/remove")
@edge.policy(Action.EDIT_OCCURRENCES)
@once
def undo_occurrence(number: int) -> ResponseReturnValue:
    """Take an occurrence back; the talks booked because of it stay."""
    gone = service.one(edge.session(), edge.actor(), number, edge.clock()).occurrence
    undone = service.undo(edge.session(), edge.actor(), number, edge.clock())
    told = _("已删除。")
    if undone.talks:
        told = _("已删除。为此约好的 %(count)s 次谈话还在，不需要的请另行取消。", count=len(undone.talks))
    form = {"person": gone.person, "kind": gone.kind, "day": gone.day, "partner": gone.partner}
    undo.offer(told, url_for("campaigns.add_occurrence"), form)
    return redirect(url_for("campaigns.occurrences"), 303)
