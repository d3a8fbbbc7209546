"""What if: an appointment, or an import that was only looked at: what is required then, and nothing is written."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.report import Coverage, RequirementState
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId
from scheduler.core.organisation.appointments import OF_GROUPS, Appointment, AppointmentKind
from scheduler.services.coverage.report import Report
from scheduler.services.imports import what_if as service
from scheduler.services.imports.what_if import Effect, NewTalk, OrgChange, WhatIf
from scheduler.web.coverage import squares
from scheduler.web.imports import kept_uploads, mapping, pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields, without_field
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, when
from scheduler.wording.errors import row_text


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """A requirement in one of the lists."""

    what: str
    reason: str
    state: str
    talks: tuple[BookingId, ...]
    """What is held, booked or awaits confirmation for it."""
    note: str = ""
    """The first time at which both and a room are free, or what became of it."""


@dataclass(frozen=True, slots=True)
class EffectView:
    """What would become of one rule set: figures, and the list that each of them counts."""

    name: str
    before: Coverage
    after: Coverage
    comes: list[RequirementLine]
    falls: list[RequirementLine]
    changes: list[RequirementLine]
    stays: list[RequirementLine]


@pages.get("/what-if")
@edge.policy(Action.IMPORT)
def what_if() -> ResponseReturnValue:
    """The form for an appointment, and what would come of it."""
    fields = Fields(request.args)
    shown = _of_form(fields) if fields.typed("what") else None
    return _page(fields, shown, "")


@pages.post("/import/what-if")
@edge.policy(Action.IMPORT)
def what_if_imported() -> ResponseReturnValue:
    """What would come of the files whose preview is open."""
    fields = Fields(request.form)
    try:
        uploads = kept_uploads.kept(fields.text("token"))
    except NotFound:
        flash(_("预览已过期，请重新选择文件。"), "warn")
        return redirect(url_for("imports.imports"), 303)
    change = OrgChange(uploads, mapping.answers(), valid_from=fields.day("valid_from"))
    shown = service.look(edge.session(), edge.actor(), change, edge.clock())
    return _page(fields, shown, listed(upload.name for upload in uploads))


def _of_form(fields: Fields) -> WhatIf | None:
    """What an appointment would do; None if the form cannot be understood."""
    kind = fields.choice("what", AppointmentKind)
    person = fields.person("person", facts.roster())
    place = fields.text("group" if kind in OF_GROUPS else "unit")
    valid_from = fields.day("valid_from")
    if kind is None or not fields.is_valid:
        return None
    change = OrgChange(appointments=(Appointment(kind, person, place),), valid_from=valid_from)
    try:
        return service.look(edge.session(), edge.actor(), change, edge.clock())
    except Malformed as error:
        fields.refuse(error.field, without_field(error))
    except NotFound as error:
        fields.refuse(error.noun, wording.error(error, edge.lang()))
    return None


def _page(fields: Fields, shown: WhatIf | None, files: str) -> ResponseReturnValue:
    names = facts.names()
    page = render_template(
        "imports/what_if.html",
        fields=fields,
        shown=shown,
        files=files,
        kinds=[(kind.value, wording.label(f"appointment:{kind}", edge.lang())) for kind in AppointmentKind],
        units=[(unit, names.unit(unit)) for unit in names.roster.units],
        groups=[(group, names.group(group)) for group in names.roster.groups],
        everybody=facts.person_options(names),
        effects=[_view(effect) for effect in shown.effects] if shown else [],
        errors=[row_text(error, edge.lang()) for error in shown.report.errors] if shown else [],
    )
    return page, 200 if fields.is_valid and not (shown and shown.report.errors) else 422


def _view(effect: Effect) -> EffectView:
    """One rule set, as its tables print it; who is known only before, or only after, is called by name in each."""
    before, after = (Names(report.roster, edge.lang(), facts.rooms()) for report in (effect.before, effect.after))
    return EffectView(
        name=facts.rule_set_name(effect.after.rule_set, after),
        before=effect.before.coverage,
        after=effect.after.coverage,
        comes=[_line(talk.state, effect.after, after, _first_free(talk, after)) for talk in effect.comes],
        falls=[_line(state, effect.before, before) for state in effect.falls],
        changes=[
            _line(change.after, effect.after, after, wording.label(change.kind, edge.lang()))
            for change in effect.changes
            if change.after
        ],
        stays=[_line(state, effect.after, after) for state in effect.staying],
    )


def _line(state: RequirementState, report: Report, names: Names, note: str = "") -> RequirementLine:
    requirement = state.requirement
    return RequirementLine(
        what=squares.heading(requirement, names),
        reason=listed(facts.rule_name(report.spec, rule) for rule in requirement.rules),
        state=state.state,
        talks=state.talks,
        note=note,
    )


def _first_free(talk: NewTalk, names: Names) -> str:
    """When both and a room are free first."""
    time = talk.first_free
    return " · ".join(filter(None, (when(time.span), names.room(time.room)))) if time else ""
