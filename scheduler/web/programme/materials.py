"""Materials: where each stands, and the steps that the viewer could take."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.programme.materials import STEPS, MaterialState
from scheduler.services.programme import materials as service
from scheduler.services.programme.materials import OfferedMaterial
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.web.programme.filters import By, narrowed
from scheduler.wording.programme import MATERIAL_STATES, MATERIAL_STEPS
from scheduler.wording.texts import say

TONES = {
    MaterialState.MISSING: ("open", "○"),
    MaterialState.SUBMITTED: ("booked", "●"),
    MaterialState.RETURNED: ("open", "↩"),
    MaterialState.REVIEWED: ("awaiting_confirmation", "◐"),
    MaterialState.SIGNED_OFF: ("held", "✓"),
}


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material as a page prints it."""

    id: str
    name: str
    state: str
    tone: str
    sign: str
    rounds: int
    last: str
    steps: list[tuple[str, str]]
    """Each that could be taken, with its word."""


def view(offered: OfferedMaterial) -> MaterialView:
    """A material with its words."""
    line, lang, names = offered.line, edge.lang(), facts.names()
    material, last = line.material, line.last_step
    told = wording.day_text(last.day, lang) if last else ""
    return MaterialView(
        material.id,
        names.person(material.person) if material.person else _("班子"),
        say(MATERIAL_STATES[line.state], lang),
        *TONES[line.state],
        line.rounds,
        f"{told} {names.person(last.by)}" if last and last.by else told,
        [(step, say(MATERIAL_STEPS[step], lang)) for step in offered.steps],
    )


@pages.get("/materials")
@edge.policy(Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def materials() -> ResponseReturnValue:
    """All materials, or one's own."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    is_today = day in (None, facts.today())
    offers = service.offers(edge.session(), edge.actor(), day, edge.clock(), seen_campaign.named())
    in_order = sorted(offers, key=lambda offered: list(MaterialState).index(offered.line.state))
    shown = narrowed(fields, in_order, _ways())
    views = [view(offered if is_today else OfferedMaterial(offered.line, ())) for offered in shown.lines]
    signed = sum(offered.line.state is MaterialState.SIGNED_OFF for offered in offers)
    lacking = len(without_material(offers)) if is_today else 0
    return render_template(
        "programme/materials.html",
        as_of=day or facts.today(),
        materials=views,
        shown=shown,
        total=len(offers),
        signed=signed,
        lacking=lacking,
    )


def _ways() -> list[By[OfferedMaterial]]:
    """By whose it is, of which unit, and how far; what is furthest from being signed comes first."""
    names, lang = facts.names(), edge.lang()

    def person(offered: OfferedMaterial) -> list[tuple[str, str]]:
        whose = offered.line.material.person
        return [(whose, names.person(whose))] if whose else [("team", _("班子"))]

    def unit(offered: OfferedMaterial) -> list[tuple[str, str]]:
        whose = offered.line.material.person
        unit = names.roster.people[whose].unit if whose and whose in names.roster.people else None
        return [(unit, names.unit(unit))] if unit else []

    def state(offered: OfferedMaterial) -> list[tuple[str, str]]:
        return [(offered.line.state.value, say(MATERIAL_STATES[offered.line.state], lang))]

    return [
        By("person", _("人员"), _("所有人"), person),
        By("unit", _("部门"), _("所有部门"), unit),
        By("state", _("状态"), _("全部状态"), state),
    ]


def without_material(offers: Iterable[OfferedMaterial]) -> list[PersonId | None]:
    """For whom there is no material yet: the team as such (None), and each of its members."""
    team = facts.roster().groups.get(LEADERSHIP_TEAM)
    standing = {offered.line.material.person for offered in offers}
    return [person for person in (None, *team.members) if person not in standing] if team and team.members else []


@pages.post("/materials/<material_id>/steps")
@edge.policy(Action.EDIT_PROGRAMME, Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def step_material(material_id: str) -> ResponseReturnValue:
    """Take a step with one material, or (`all`) with every one that is ripe for it."""
    fields = Fields(request.form)
    chosen = fields.typed("step")
    if chosen not in STEPS:
        raise Malformed("unknown_choice", "step", value=chosen[:20])
    step = MaterialState(chosen)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    ripe = [
        o.line.material.id
        for o in service.offers(session, actor, None, clock, seen_campaign.named())
        if step in o.steps
    ]
    done = 0
    try:
        for key in ripe if material_id == "all" else [material_id]:
            service.take_step(session, actor, key, step, clock)
            done += 1
        text = _("已登记 %(count)s 份：%(step)s。", count=done, step=say(MATERIAL_STEPS[step], edge.lang()))
        flash(text, "good")
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    back = fields.typed("back")
    return redirect(url_for("programme.gate", booking_id=back) if back else url_for("programme.materials"), 303)
