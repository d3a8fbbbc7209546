"""Units: who is in charge and who heads them, and what is odd about that."""

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Unit
from scheduler.core.organisation.chart_changes import findings
from scheduler.services.organisation import people as service
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

KINDS = ("dept", "institution", "other")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as the list prints it."""

    unit: Unit
    name: str
    in_charge: list[tuple[PersonId, str]]
    head: str
    acting: str
    count: int
    odd: list[Finding]


@pages.get("/units")
@edge.policy(Action.SEE_ORGANISATION)
def units() -> ResponseReturnValue:
    """All units by kind, with their posts and what is odd about them."""
    fields = Fields(request.args)
    names = facts.names(fields.day("as_of"))
    roster = names.roster
    odd = findings(roster.units.values())
    odd_by_unit = grouped((finding.subject, finding) for finding in odd)
    lines = [_line(unit, names, odd_by_unit.get(unit.id, [])) for unit in roster.units.values()]
    groups = [
        (wording.label(f"units:{kind}", edge.lang()), [line for line in lines if line.unit.kind == kind])
        for kind in (*KINDS, "")
    ]
    return render_template(
        "organisation/units.html", groups=[g for g in groups if g[1]], odd=odd, total=len(lines), fields=fields
    )


def _line(unit: Unit, names: Names, odd: list[Finding]) -> UnitLine:
    return UnitLine(
        unit,
        names.unit(unit.id),
        [(person, names.person(person)) for person in unit.in_charge],
        names.person(unit.head),
        names.person(unit.acting_head),
        len(names.roster.people_by_unit.get(unit.id, ())),
        odd,
    )


def _known(unit_id: str, names: Names) -> Unit:
    unit = names.roster.units.get(UnitId(unit_id))
    if unit is None:
        raise NotFound("unit", unit_id)
    return unit


@pages.get("/units/new")
@edge.policy(Action.EDIT_ORGANISATION)
def new_unit() -> ResponseReturnValue:
    """The form of a new unit."""
    return _form(None, Fields({"kind": "dept"}), facts.names())


@pages.post("/units")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def add_unit() -> ResponseReturnValue:
    """Enter a new unit; two of one name would never be told apart."""
    names, fields = facts.names(), Fields(request.form)
    entered = _read(Unit(UnitId(""), ""), fields, names)
    if any(unit.name == entered.name for unit in names.roster.units.values()):
        fields.refuse("name", _("已经有“%(name)s”了，请换个名称。", name=entered.name))
    if fields.is_valid:
        try:
            unit = service.add_unit(edge.session(), edge.actor(), entered, edge.clock())
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("name", wording.error(error, edge.lang()))
        else:
            undo.offer(_("已添加：%(name)s。", name=entered.name), url_for("organisation.remove_unit", unit_id=unit))
            is_more = fields.typed("then") == "another"
            return redirect(url_for("organisation.new_unit" if is_more else "organisation.units"), 303)
    return _form(None, fields, names), 422


@pages.get("/units/<unit_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def edit_unit(unit_id: str) -> ResponseReturnValue:
    """The form of a unit."""
    names = facts.names()
    unit = _known(unit_id, names)
    values = {
        "name": unit.name,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "in_charge": "、".join(facts.person_text(names, person) for person in unit.in_charge),
        "head": facts.person_text(names, unit.head) if unit.head else "",
        "acting_head": facts.person_text(names, unit.acting_head) if unit.acting_head else "",
    }
    return _form(unit, Fields(values), names)


@pages.post("/units/<unit_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def change_unit(unit_id: str) -> ResponseReturnValue:
    """Write a unit, from a day on if one is given."""
    names, fields = facts.names(), Fields(request.form)
    unit = _known(unit_id, names)
    changed = _read(unit, fields, names)
    valid_from = fields.day("valid_from")
    if fields.is_valid:
        try:
            service.edit_unit(edge.session(), edge.actor(), changed, valid_from, edge.clock())
            flash(_("已保存。必谈会按新的情况重新计算，过去的日期不变。") if valid_from else _("已保存。"), "good")
            return redirect(url_for("organisation.units"), 303)
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("name", wording.error(error, edge.lang()))
    return _form(unit, fields, names), 422


def _read(before: Unit, fields: Fields, names: Names) -> Unit:
    """What the form says of a unit."""
    return replace(
        before,
        name=fields.text("name", required=True),
        name_en=fields.text("name_en"),
        kind=fields.one_of("kind", KINDS, required=True),
        in_charge=fields.people("in_charge", names.roster),
        head=fields.person("head", names.roster),
        acting_head=fields.person("acting_head", names.roster),
    )


def _form(unit: Unit | None, fields: Fields, names: Names) -> str:
    stated = KINDS if unit is None or unit.kind else ("", *KINDS)
    kinds = [(kind, wording.label(f"unit:{kind}", edge.lang())) for kind in stated]
    return render_template(
        "organisation/edit_unit.html", unit=unit, fields=fields, kinds=kinds, people=facts.person_options(names)
    )
