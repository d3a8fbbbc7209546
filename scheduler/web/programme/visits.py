"""Contact points: whose there are, and who was at theirs."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.services.programme import visits as service
from scheduler.services.programme.visits import VisitedPoint, VisitState
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.web.programme.filters import By, narrowed
from scheduler.web.programme.lists import contact_names
from scheduler.wording.programme import VISIT_STATES
from scheduler.wording.texts import say

TONES = {
    VisitState.OPEN: ("open", "○"),
    VisitState.BOOKED: ("booked", "●"),
    VisitState.VISITED: ("held", "✓"),
}


@dataclass(frozen=True, slots=True)
class PointView:
    """A contact point as the page prints it."""

    person: str
    unit: str
    contact: str
    state: VisitState
    word: str
    tone: str
    sign: str
    last: str
    next: str
    bookings: list[str]
    href: str
    """Where a visit is booked; nothing for those who do not book."""


@pages.get("/visits")
@edge.policy(Action.SEE_PROGRAMME)
def visits() -> ResponseReturnValue:
    """Every contact point of a day; those nobody was at come first."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    listed = service.listing(edge.session(), edge.actor(), day, edge.clock(), seen_campaign.named())
    contacts = contact_names()
    views = [_view(each, contacts) for each in listed]
    ways = (
        By[PointView]("person", _("人员"), _("所有人"), lambda view: [(view.person, view.person)]),
        By[PointView]("unit", _("部门"), _("所有部门"), lambda view: [(view.unit, view.unit)] if view.unit else []),
        By[PointView]("state", _("状态"), _("全部状态"), lambda view: [(view.state, view.word)]),
    )
    return render_template(
        "programme/visits.html",
        as_of=day or facts.today(),
        points=narrowed(fields, views, ways),
        total=len(views),
        visited=sum(view.state is VisitState.VISITED for view in views),
    )


def _view(each: VisitedPoint, contacts: dict[str, str]) -> PointView:
    names, lang, point = facts.names(), edge.lang(), each.point
    person = names.roster.people.get(point.person)
    contact = contacts.get(point.contact, point.contact)
    title = _("走访联系点：%(contact)s", contact=contact)
    return PointView(
        names.person(point.person),
        names.unit(person.unit) if person and person.unit else "",
        contact,
        each.state,
        say(VISIT_STATES[each.state], lang),
        *TONES[each.state],
        wording.date_text(each.last, lang) if each.last else "",
        wording.date_text(each.next, lang) if each.next else "",
        [*each.held, *each.booked],
        url_for("bookings.new_booking", kind="field_visit", more_people=names.person(point.person), title=title),
    )
