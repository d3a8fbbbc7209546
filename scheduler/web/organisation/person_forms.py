"""Entering somebody by hand, and changing what is known of them."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import party
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.services.mail import channels as mailing
from scheduler.services.organisation import people as service
from scheduler.web.campaigns.first_steps import is_under_way
from scheduler.web.organisation import pages
from scheduler.web.organisation.people import CATEGORIES, categories, known
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

MAX_RANK = 10**6


@pages.get("/people/new")
@edge.policy(Action.EDIT_ORGANISATION)
def new_person() -> ResponseReturnValue:
    """The form of somebody new; the unit may be given."""
    return _form(None, Fields({"unit": request.args.get("unit", "")}))


@pages.post("/people")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def add_person() -> ResponseReturnValue:
    """Enter somebody new; a second one of a name is asked about."""
    names, fields = facts.names(), Fields(request.form)
    entered = _read(Person(PersonId(""), ""), fields, names)
    address = _address(fields)
    same = [names.roster.people[p] for p in names.roster.people_by_name.get(entered.name, ())]
    if same and fields.typed("namesake") != entered.name:
        told = "；".join(filter(None, (f"{names.unit(p.unit)} {p.position}".strip() for p in same)))
        fields.refuse("name", _("已经有一位%(name)s（%(who)s）。", name=entered.name, who=told or _("未分部门")))
    if fields.is_valid:
        try:
            person = service.add_person(edge.session(), edge.actor(), entered, edge.clock())
            _keep_address(person, address)
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("name", wording.error(error, edge.lang()))
        else:
            back = url_for("organisation.remove_person", person_id=person)
            undo.offer(_("已添加：%(name)s。", name=entered.name), back)
            if fields.typed("then") == "another":
                return redirect(url_for("organisation.new_person", unit=entered.unit or None), 303)
            return redirect(url_for("organisation.people"), 303)
    return _form(None, fields, is_namesake=bool(same)), 422


@pages.get("/people/<person_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def edit_person(person_id: str) -> ResponseReturnValue:
    """The form of what is known of somebody."""
    someone = known(person_id, facts.names())
    values = {
        "name": someone.name,
        "unit": someone.unit,
        "position": someone.position,
        "rank": "" if someone.rank is None else str(someone.rank),
        "grade": someone.grade,
        "category": someone.category,
        "party_status": someone.party_status,
        "branch": someone.branch,
        "tags": "、".join(someone.tags),
        "email": mailing.of(edge.session(), edge.actor(), someone.id, edge.clock()).address,
    }
    return _form(someone, Fields(values))


@pages.post("/people/<person_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def change_person(person_id: str) -> ResponseReturnValue:
    """Write what is known of somebody, from a day on if one is given."""
    names, fields = facts.names(), Fields(request.form)
    someone = known(person_id, names)
    changed = _read(someone, fields, names)
    valid_from, address = fields.day("valid_from"), _address(fields)
    if fields.is_valid:
        try:
            service.edit_person(edge.session(), edge.actor(), changed, valid_from, edge.clock())
            _keep_address(someone.id, address)
            flash(_("已保存。必谈会按新的情况重新计算，过去的日期不变。") if valid_from else _("已保存。"), "good")
            return redirect(url_for("organisation.person", person_id=person_id), 303)
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("name", wording.error(error, edge.lang()))
    return _form(someone, fields), 422


def _read(before: Person, fields: Fields, names: Names) -> Person:
    """What the form says of somebody."""
    return replace(
        before,
        name=fields.text("name", required=True),
        unit=UnitId(fields.one_of("unit", {*names.roster.units, before.unit})),
        position=fields.text("position"),
        rank=fields.number("rank", 0, MAX_RANK),
        grade=fields.text("grade"),
        category=fields.text("category"),
        party_status=fields.text("party_status"),
        branch=GroupId(fields.one_of("branch", {*(b.id for b in names.roster.branches()), before.branch})),
        tags=tuple(
            part for part in fields.text("tags").replace("，", "、").replace(",", "、").split("、") if part.strip()
        ),
    )


def _address(fields: Fields) -> str:
    """Where somebody gets mail."""
    address = fields.text("email")
    if address and not mailing.is_address(address):
        fields.refuse("email", _("请填写一个邮箱地址。"))
    return address


def _keep_address(person: PersonId, address: str) -> None:
    """Write where somebody gets mail, if that is another place than before."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    if mailing.of(session, actor, person, clock).address != address:
        mailing.set_address(session, actor, person, address, clock)


def _form(someone: Person | None, fields: Fields, *, is_namesake: bool = False) -> str:
    names = facts.names()
    in_words = sorted({p.party_status for p in names.roster.people.values() if p.party_status})
    statuses = list(dict.fromkeys((*party.every_name(), *in_words)))
    in_use = categories(names.roster)
    usual = [(word, wording.label(f"category:{word}", edge.lang())) for word in CATEGORIES]
    return render_template(
        "organisation/edit_person.html",
        person=someone,
        fields=fields,
        is_namesake=is_namesake,
        units=[(u.id, names.unit(u.id)) for u in names.roster.units.values()],
        branches=[(b.id, names.group(b.id)) for b in names.roster.branches()],
        categories=list(dict.fromkeys([*usual, *in_use])),
        statuses=[(word, wording.party_text(word, edge.lang())) for word in statuses],
        is_first_hour=is_under_way(),
    )
