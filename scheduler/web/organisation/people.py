"""People: the list by unit in rank order, somebody's page, and its editing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Absence, State
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Person, Roster
from scheduler.core.ground.person_orders import PersonOrder, key_of_order, strokes_missing
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.organisation import people as service
from scheduler.web.bookings import copies
from scheduler.web.bookings.lines import line_of
from scheduler.web.bookings.weeks import WeekLine
from scheduler.web.campaigns import occurrences
from scheduler.web.feeds import outside_calendars as calendars
from scheduler.web.feeds.outside_calendars import CalendarLine
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

AHEAD, BACK = timedelta(days=92), timedelta(days=31)
SHOWN = 12
CATEGORIES = ("leader", "senior", "head", "staff", "retired", "supervision")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody as the list prints them."""

    person: Person
    posts: list[str]
    """What they head or are in charge of."""
    branch: str
    is_namesake: bool


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """A unit and its people, highest rank first."""

    id: str
    name: str
    lines: list[PersonLine]


@pages.get("/people")
@edge.policy(Action.SEE_ORGANISATION)
def people() -> ResponseReturnValue:
    """Everybody by unit or in another order, found by name, post, unit, branch or category."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    names = facts.names(day)
    chosen = [person for person in names.roster.people.values() if _wanted(person, fields, names)]
    order = fields.choice("order", PersonOrder, PersonOrder.UNIT) or PersonOrder.UNIT
    given = facts.strokes(order)
    return render_template(
        "organisation/people.html",
        fields=fields,
        units=_by_unit(chosen, names) if order is PersonOrder.UNIT else _in_order(chosen, names, order, given),
        order=order,
        order_choices=facts.order_choices(),
        unplaced=strokes_missing([person.id for person in chosen], order, names.roster, given),
        total=len(names.roster.people),
        shown=len(chosen),
        unit_choices=[(u.id, names.unit(u.id)) for u in names.roster.units.values()],
        branch_choices=[(b.id, names.group(b.id)) for b in names.roster.branches()],
        categories=categories(names.roster),
        is_filtered=any(fields.typed(name) for name in ("q", "unit", "branch", "category")),
    )


def categories(roster: Roster) -> list[tuple[str, str]]:
    """The categories that occur."""
    in_use = {person.category for person in roster.people.values() if person.category}
    usual = [word for word in CATEGORIES if word in in_use]
    return [(word, wording.label(f"category:{word}", edge.lang())) for word in (*usual, *sorted(in_use - {*usual}))]


def _wanted(person: Person, fields: Fields, names: Names) -> bool:
    """Whether somebody is asked for."""
    text = fields.text("q")
    told = f"{person.id} {person.name} {person.position} {names.unit(person.unit)}"
    return (
        (not text or text.lower() in told.lower())
        and fields.typed("unit") in ("", person.unit)
        and fields.typed("branch") in ("", person.branch)
        and fields.typed("category") in ("", person.category)
    )


def _by_unit(people: Iterable[Person], names: Names) -> list[UnitPeople]:
    """Units in the order of their highest people, each with its people by rank."""
    roster = names.roster
    by_unit: dict[UnitId, list[PersonLine]] = {}
    for person in sorted(people, key=lambda member: roster.rank_key(member.id)):
        by_unit.setdefault(person.unit, []).append(_line(person, names))
    return [UnitPeople(unit, names.unit(unit) or _("未分部门"), lines) for unit, lines in by_unit.items()]


def _in_order(people: Iterable[Person], names: Names, order: PersonOrder, given: Mapping[str, str]) -> list[UnitPeople]:
    """The same people one after the other, under no unit."""
    key = key_of_order(order, names.roster, given)
    lines = [_line(person, names) for person in sorted(people, key=lambda person: key(person.id))]
    return [UnitPeople("", "", lines)] if lines else []


def _line(person: Person, names: Names) -> PersonLine:
    """Somebody's line of the list."""
    return PersonLine(
        person,
        _posts(person.id, names),
        names.group(person.branch) if person.branch else "",
        names.has_namesake(person.id),
    )


def _posts(person: PersonId, names: Names) -> list[str]:
    """分管办公室；职工学校主持工作."""
    posts: list[str] = []
    for unit in names.roster.units_by_leader.get(person, ()):
        name = names.unit(unit.id)
        if person in unit.in_charge:
            posts.append(_("分管%(unit)s", unit=name))
        if unit.head == person:
            posts.append(_("%(unit)s负责人", unit=name))
        if unit.acting_head == person:
            posts.append(_("%(unit)s主持工作", unit=name))
    return posts


# ── One person ───────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class PersonPage:
    """What somebody's page prints."""

    person: Person
    unit: str
    posts: list[str]
    groups: list[str]
    is_self: bool
    may_edit: bool
    may_see_row: bool
    ahead: list[WeekLine]
    week_text: str
    """Their week, to be copied into a chat; empty for those who arrange nothing for others."""
    absences: list[tuple[int, str]] | None
    """None: not for the viewer to know."""
    occurrences: list[tuple[int, str, date]] | None
    calendars: list[CalendarLine] | None


@pages.get("/people/<person_id>")
@edge.policy(Action.SEE_ORGANISATION)
def person(person_id: str) -> ResponseReturnValue:
    """Somebody's page, as far as the viewer may know them."""
    return _page(known(person_id, facts.names()), Fields({}))


def known(person_id: str, names: Names) -> Person:
    """Somebody of today's roster."""
    person = names.roster.people.get(PersonId(person_id))
    if person is None:
        raise NotFound("person", person_id)
    return person


def _page(someone: Person, fields: Fields) -> str:
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    names, today = facts.names(), facts.today()
    is_self = actor.person == someone.id
    seen = bookings.listing(session, actor, Query(person=someone.id, first=today - BACK, last=today + AHEAD), clock)
    ahead = [booking for booking in seen if booking.span.end >= clock.now and booking.state != State.CANCELLED]
    page = PersonPage(
        person=someone,
        unit=names.unit(someone.unit),
        posts=_posts(someone.id, names),
        groups=_groups(someone.id, names),
        is_self=is_self,
        may_edit=access.may(actor, Action.EDIT_ORGANISATION),
        may_see_row=is_self or access.may(actor, Action.SEE_COVERAGE),
        ahead=[line_of(booking, names) for booking in ahead[:SHOWN]],
        week_text=copies.week_text(someone.id, someone.name) if access.may(actor, Action.BOOK) else "",
        absences=_absences(someone.id) if is_self or access.may(actor, Action.SEE_ABSENCES) else None,
        occurrences=_occurrences(someone.id) if is_self or access.may(actor, Action.SEE_OCCURRENCES) else None,
        calendars=calendars.lines(someone.id),
    )
    return render_template("organisation/person.html", page=page, fields=fields, kinds=_kinds(), today=today)


def _kinds() -> list[Choice]:
    """What can be entered of somebody, by those who may."""
    return occurrences.kinds() if access.may(edge.actor(), Action.EDIT_OCCURRENCES) else []


def _groups(someone: PersonId, names: Names) -> list[str]:
    """The groups somebody is in, branches with their part in it."""
    told = []
    for group in names.roster.groups.values():
        parts = [
            part
            for part, people in (("secretary", (group.secretary,)), ("committee", group.committee))
            if someone in people
        ]
        if someone in group.members or parts:
            words = wording.label(parts[0], edge.lang()) if parts else ""
            told.append(names.remarked(names.group(group.id), words) if words else names.group(group.id))
    return told


def _absences(someone: PersonId) -> list[tuple[int, str]]:
    """When somebody cannot be had, from today on."""
    absences: tuple[Absence, ...] = service.absences(
        edge.session(), edge.actor(), edge.clock(), people=(someone,), first=facts.today()
    )
    return [(absence.id, facts.absence_text(absence)) for absence in absences]


def _occurrences(someone: PersonId) -> list[tuple[int, str, date]]:
    """What befell somebody."""
    befell: tuple[Occurrence, ...] = service.occurrences(edge.session(), edge.actor(), edge.clock(), person=someone)
    return [(occurrence.id, wording.label(occurrence.kind, edge.lang()), occurrence.day) for occurrence in befell]


@pages.post("/people/<person_id>/occurrences")
@edge.policy(Action.EDIT_OCCURRENCES)
@once
def add_occurrence(person_id: str) -> ResponseReturnValue:
    """Enter what befell somebody."""
    someone, fields = known(person_id, facts.names()), Fields(request.form)
    kind, day = fields.text("kind", required=True), fields.day("day", required=True)
    if fields.is_valid and day:
        try:
            service.add_occurrence(edge.session(), edge.actor(), kind, someone.id, day, edge.clock())
            flash(_("已登记。相关规则会据此要求谈话。"), "good")
            return redirect(url_for("organisation.person", person_id=person_id), 303)
        except (Malformed, NotFound) as error:
            fields.refuse("kind", wording.error(error, edge.lang()))
    return _page(someone, fields), 422


@pages.post("/people/<person_id>/occurrences/<int:number>/remove")
@edge.policy(Action.EDIT_OCCURRENCES)
@once
def remove_occurrence(person_id: str, number: int) -> ResponseReturnValue:
    """Take an occurrence away."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    befell = service.occurrences(session, actor, clock, person=PersonId(person_id))
    gone = next((occurrence for occurrence in befell if occurrence.id == number), None)
    service.remove_occurrence(session, actor, number, clock)
    if gone:
        told = {"person": gone.person, "kind": gone.kind, "day": gone.day, "partner": gone.partner}
        undo.offer(_("已删除。"), url_for("campaigns.add_occurrence"), told)
    return redirect(url_for("organisation.person", person_id=person_id), 303)
