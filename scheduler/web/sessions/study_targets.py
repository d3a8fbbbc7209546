"""Study targets on a form: of whom how many hours are asked, from when by when, and who is exempt."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import audiences
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.study import MAX_REASON
from scheduler.services.campaigns import register
from scheduler.services.sessions import study_targets as service
from scheduler.services.sessions.study_targets import SetTarget, StudyExemption, StudyTarget
from scheduler.web.bookings import choices
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.sessions import pages


@dataclass(frozen=True, slots=True)
class ExemptLine:
    """Somebody who is exempt, and from how much."""

    id: PersonId
    name: str
    hours: str
    told: str
    """Why, by whom, since when."""


@pages.get("/study/targets/new")
@edge.policy(Action.EDIT_PROGRAMME)
def new_target() -> ResponseReturnValue:
    """An empty form; the days are those of the campaign."""
    chosen = register.chosen(edge.session(), None, edge.clock(), seen_campaign.named())
    campaign = chosen.campaign if chosen else None
    days = {"from": campaign.starts.isoformat(), "by": campaign.ends.isoformat()} if campaign else {}
    return _form(Fields({**days, "pro_rata": "1"}), None)


@pages.get("/study/targets/<target_id>")
@edge.policy(Action.EDIT_PROGRAMME)
def edit_target(target_id: str) -> ResponseReturnValue:
    """The form of a target, with those who are exempt from it."""
    standing = _standing(target_id)
    return _form(_values(standing.target), standing)


@pages.post("/study/targets")
@edge.policy(Action.EDIT_PROGRAMME)
def add_target() -> ResponseReturnValue:
    """Set another target."""
    return _saved(Fields(request.form), None)


@pages.post("/study/targets/<target_id>")
@edge.policy(Action.EDIT_PROGRAMME)
def change_target(target_id: str) -> ResponseReturnValue:
    """Change a target."""
    return _saved(Fields(request.form), _standing(target_id))


@pages.post("/study/targets/<target_id>/remove")
@edge.policy(Action.EDIT_PROGRAMME)
def remove_target(target_id: str) -> ResponseReturnValue:
    """Take a target away with its exemptions."""
    try:
        service.remove(edge.session(), edge.actor(), target_id, edge.clock())
        flash(_("已删除这项学时要求。"), "good")
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    return redirect(url_for("sessions.study"), 303)


@pages.post("/study/targets/<target_id>/exemptions")
@edge.policy(Action.EDIT_PROGRAMME)
def exempt(target_id: str) -> ResponseReturnValue:
    """Exempt somebody, from all of it if no hours are typed."""
    fields, standing = Fields(request.form), _standing(target_id)
    names = facts.names()
    person, hours = fields.person("person", names.roster, required=True), fields.hours("exempt_hours")
    by, reason, day = (
        fields.person("granted_by", names.roster),
        fields.text("reason", most=MAX_REASON),
        fields.day("day"),
    )
    if fields.is_valid and person:
        all_of_it = standing.target.hours if hours is None else hours
        try:
            exemption = StudyExemption(target_id, person, all_of_it, reason, by, day)
            service.exempt(edge.session(), edge.actor(), exemption, edge.clock())
            flash(_("已免除。"), "good")
            return redirect(url_for("sessions.edit_target", target_id=target_id), 303)
        except Malformed as error:
            fields.take(error, "exempt_hours")
        except Refused as no:
            fields.refuse("person", wording.error(no, edge.lang()))
    shown = _values(standing.target)
    shown.values.update({key: fields.typed(key) for key in ("person", "exempt_hours", "granted_by", "reason", "day")})
    shown.errors |= fields.errors
    return _form(shown, standing), 422


@pages.post("/study/targets/<target_id>/exemptions/<person_id>/remove")
@edge.policy(Action.EDIT_PROGRAMME)
def unexempt(target_id: str, person_id: str) -> ResponseReturnValue:
    """Ask the whole of somebody again."""
    try:
        service.unexempt(edge.session(), edge.actor(), target_id, PersonId(person_id), edge.clock())
        flash(_("已取消免除。"), "good")
    except (Malformed, Refused) as no:
        flash(wording.error(no, edge.lang()), "warn")
    return redirect(url_for("sessions.edit_target", target_id=target_id), 303)


def _standing(target_id: str) -> SetTarget:
    return service.named(edge.session(), edge.actor(), target_id, edge.clock())


def _saved(fields: Fields, standing: SetTarget | None) -> ResponseReturnValue:
    """Write what was typed, or show it again with what is wrong."""
    words = [word for word, _name, _size in _options(facts.names())]
    old = standing.target if standing else None
    allowed = {*words, *(old.audience if old else ()), *(old.minus if old else ())}
    audience, minus = fields.several_of("audience", allowed), fields.several_of("minus", allowed)
    hours = fields.hours("hours", required=True)
    first, last = fields.day("from", required=True), fields.day("by", required=True)
    if not audience:
        fields.refuse("audience", _("请至少选一个范围。"))
    if not fields.is_valid or hours is None or first is None or last is None:
        return _form(fields, standing), 422
    is_pro_rata = bool(fields.typed("pro_rata"))
    wished = StudyTarget(old.id if old else "", hours, first, last, audience, minus, is_pro_rata)
    try:
        service.put(edge.session(), edge.actor(), wished, edge.clock())
    except Malformed as error:
        fields.take(error, "hours")
        return _form(fields, standing), 422
    except Refused as no:
        fields.refuse("hours", wording.error(no, edge.lang()))
        return _form(fields, standing), 409
    flash(_("已保存。"), "good")
    return redirect(url_for("sessions.study"), 303)


def _form(fields: Fields, standing: SetTarget | None) -> str:
    """The form of a target."""
    names = facts.names()
    return render_template(
        "sessions/target.html",
        fields=fields,
        standing=standing.target if standing else None,
        options=_options(names),
        exempt=[_exempt_line(exemption, names) for exemption in standing.exemptions] if standing else [],
        people_options=facts.person_options(names),
    )


def _options(names: Names) -> list[choices.Ticked]:
    """The audiences that hours can be asked of."""
    return [option for option in choices.audience_options(names) if not option[0].startswith(audiences.EXTERNAL)]


def _values(target: StudyTarget) -> Fields:
    """A target as the values of the form."""
    fields = Fields(
        {
            "hours": f"{target.hours:g}",
            "from": target.first.isoformat(),
            "by": target.last.isoformat(),
            "pro_rata": "1" if target.is_pro_rata else "",
        }
    )
    fields.values.setlist("audience", target.audience)
    fields.values.setlist("minus", target.minus)
    return fields


def _exempt_line(exemption: StudyExemption, names: Names) -> ExemptLine:
    told = (
        exemption.reason,
        _("%(name)s批准", name=names.person(exemption.by)) if exemption.by else "",
        wording.date_text(exemption.day, edge.lang()) if exemption.day else "",
    )
    person = exemption.person
    return ExemptLine(person, names.person(person), f"{exemption.hours:g}", " · ".join(filter(None, told)))
