"""The gate of a meeting: what is missing first, one act for each; the signing group sees what is theirs to sign, and nothing else to press."""

from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action, may
from scheduler.core.ground.bookings import Part
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import BookingId, CampaignId, GroupId, PersonId
from scheduler.core.programme.conditions import ItemKind, What
from scheduler.core.programme.gate import GateItem, GateState, GateStep
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.meetings import most_person_times
from scheduler.services.programme import gates as service
from scheduler.services.programme import materials as material_service
from scheduler.services.programme.gates import MAX_NUMBER, AfterMeeting, Gate
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import when
from scheduler.web.programme import pages
from scheduler.web.programme.materials import MaterialView, view
from scheduler.wording.programme import CONDITIONS, GATE_STATES, GATE_STEPS
from scheduler.wording.texts import say

TONES = {
    GateState.OPEN: ("open", "○"),
    GateState.READY: ("held", "✓"),
    GateState.CONFIRMED: ("held", "✓"),
    GateState.OVERRIDDEN: ("awaiting_confirmation", "!"),
    GateState.HELD: ("booked", "●"),
    GateState.REPORTED: ("held", "✓"),
}
SHOWN_WHO = 8
"""So many of those who are missing are named."""


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition as the page prints it."""

    key: str
    what: str
    name: str
    ok: bool
    tone: str
    sign: str
    word: str
    have: int | None
    of: int | None
    says: str
    may_tick: bool
    is_ticked: bool
    href: str
    may_send: bool
    """Whether it can be sent to those who sign."""
    may_return: bool


@pages.get("/bookings/<booking_id>/gate")
@edge.policy(Action.SEE_PROGRAMME)
def gate(booking_id: str) -> ResponseReturnValue:
    """Whether a meeting may be held."""
    return _page(booking_id, Fields(request.args))


def _page(booking_id: str, fields: Fields) -> str:
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    shown = service.show(session, actor, BookingId(booking_id), fields.day("as_of"), clock)
    is_today = shown.as_of.day == facts.today()
    items = sorted(shown.items, key=lambda item: (item.ok, item.due or shown.report_due, item.key))
    views = [_condition(item, shown, is_today=is_today) for item in items]
    ripe, rest = _to_sign(shown.booking.campaign) if _is_signer() else ([], 0)
    booking = shown.booking
    observers = sum(p.part is Part.OBSERVER for p in booking.participants)
    return render_template(
        "programme/gate.html",
        gate=shown,
        fields=fields,
        title=booking.title or wording.label(booking.kind, edge.lang()),
        state=say(GATE_STATES[shown.state], edge.lang()),
        tone=TONES[shown.state],
        under_title=_under_title(shown, observers),
        items=views,
        missing=[item for item in views if not item.ok],
        decided_by=_who(shown.decision.by) if shown.decision else "",
        fallen=[item.name for item in views if item.key in shown.no_longer_holds],
        findings=[wording.text(finding, edge.lang()) for finding in shown.findings],
        may_set=may(actor, Action.EDIT_PROGRAMME) and booking.campaign is not None,
        is_over=shown.state in (GateState.HELD, GateState.REPORTED),
        has_begun=booking.span.start <= clock.now,
        is_signer=_is_signer(),
        ripe=ripe,
        unripe=rest,
        may_edit=may(actor, Action.EDIT_PROGRAMME) and is_today,
        may_override=may(actor, Action.OVERRIDE_GATE) and is_today,
        most=most_person_times(shown.present or shown.quorum.expected),
        max_number=MAX_NUMBER,
    )


def _is_signer() -> bool:
    """Whether the viewer is here to sign, and for nothing else."""
    return not may(edge.actor(), Action.OVERRIDE_GATE)


def _to_sign(campaign: CampaignId | None) -> tuple[list[MaterialView], int]:
    """The materials that could be signed now, and how many are not that far."""
    offers = material_service.offers(edge.session(), edge.actor(), None, edge.clock(), campaign)
    ripe = [view(offered) for offered in offers if MaterialState.SIGNED_OFF in offered.steps]
    unsigned = sum(offered.line.state is not MaterialState.SIGNED_OFF for offered in offers)
    return ripe, unsigned - len(ripe)


def _under_title(shown: Gate, observers: int) -> list[str]:
    names, quorum = facts.names(), shown.quorum
    booking = shown.booking
    return [
        part
        for part in (
            when(booking.span),
            names.room(booking.room),
            _("主持 %(name)s", name=names.person(booking.host)) if booking.host else "",
            _("应到 %(expected)s 人，法定 %(needed)s 人", expected=quorum.expected, needed=quorum.needed),
            _("列席 %(count)s 人", count=observers) if observers else "",
        )
        if part
    ]


def _condition(item: GateItem, shown: Gate, *, is_today: bool) -> ConditionView:
    session, actor = edge.session(), edge.actor()
    is_waiting = item.kind is ItemKind.SIGN_OFF or item.what is What.MATERIALS
    tone, sign = ("held", "✓") if item.ok else ("awaiting_confirmation", "◐") if is_waiting else ("open", "○")
    is_sign_off = item.kind is ItemKind.SIGN_OFF
    may_tick = is_today and item.kind is not ItemKind.COMPUTED and service.may_tick(session, actor, item, shown)
    may_send = is_today and is_sign_off and item.step in (None, GateStep.RETURNED) and may(actor, Action.EDIT_PROGRAMME)
    return ConditionView(
        item.key,
        item.what,
        item.name or say(CONDITIONS[item.what], edge.lang()),
        item.ok,
        tone,
        sign,
        _word(item, is_waiting=is_waiting),
        item.have,
        item.of,
        _says(item, shown),
        may_tick,
        item.step is GateStep.DONE,
        _href(item),
        may_send,
        may_tick and is_sign_off and item.step in (GateStep.SUBMITTED, GateStep.DONE),
    )


def _word(item: GateItem, *, is_waiting: bool) -> str:
    """How far a condition is, in a word."""
    if item.ok:
        return _("具备")
    if item.step is GateStep.RETURNED:
        return say(GATE_STEPS[item.step], edge.lang())
    if is_waiting:
        return _("待签署")
    return _("迟报") if item.on and item.what is What.REPORT else _("迟办") if item.on else _("未具备")


def _says(item: GateItem, shown: Gate) -> str:
    """Who is missing, or by whom and when it was ticked, or by when it is due."""
    if item.is_unknown:
        return _("所指的“%(target)s”不存在，不会具备。", target=item.target)
    if item.kind is not ItemKind.COMPUTED:
        return _done_by(item) or _awaited(item, shown)
    if item.of == 0:
        return _("还没有登记，不能算作具备。")
    names = [_named(who) for who in item.who[:SHOWN_WHO]]
    told = facts.names().listed(names)
    if len(item.who) > SHOWN_WHO:
        return _("还差：%(names)s 等 %(count)s", names=told, count=len(item.who))
    return _("还差：%(names)s", names=told) if names else ""


def _done_by(item: GateItem) -> str:
    """Who ticked a condition, sent it or sent it back, and when."""
    day = wording.day_text(item.on, edge.lang()) if item.on else ""
    who = _who(item.by or "")
    match item.step:
        case GateStep.DONE:
            return _("%(day)s %(who)s登记", day=day, who=who)
        case GateStep.SUBMITTED:
            return _("%(day)s %(who)s报送", day=day, who=who)
        case GateStep.RETURNED:
            return _("%(day)s %(who)s退回，请修改后再报送", day=day, who=who)
        case _:
            return ""


def _awaited(item: GateItem, shown: Gate) -> str:
    """By whom a condition is to be signed, or by when to be ticked."""
    if item.kind is ItemKind.SIGN_OFF:
        group = facts.names().group(GroupId(item.target)) if item.target else _("督导组")
        return _("%(group)s任一成员签署即可。", group=group)
    if item.due is None:
        return ""
    day = wording.dated_text(item.due, edge.lang())
    if item.is_late:
        return _("期限 %(day)s，已过；过期后仍可登记，记为迟报。", day=day)
    left = sum(1 for _day in facts.working_time().workdays_between(shown.as_of.day + timedelta(days=1), item.due))
    return _("期限 %(day)s，还有 %(count)s 个工作日；过期后仍可登记，记为迟报。", day=day, count=left)


def _named(who: str) -> str:
    """A person by name; the team's material as such, a contact by its id."""
    names = facts.names()
    if PersonId(who) in facts.roster().people:
        return names.person(PersonId(who))
    return _("班子") if who.startswith("M") else who


def _who(name: str) -> str:
    """Who did something, as the journal calls them: a person's name where it is one's id or account."""
    person = PersonId(name)
    return facts.names().person(person) if person in facts.roster().people else name


def _href(item: GateItem) -> str:
    """Where the list of a condition is."""
    ends = {
        What.STUDY: "sessions.study",
        What.TALKS: "coverage.home",
        What.MATERIALS: "programme.materials",
        What.OPINIONS: "programme.opinions",
        What.TASKS: "programme.tasks",
    }
    return url_for(ends[item.what]) if item.what in ends else ""


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.post("/bookings/<booking_id>/gate/items/<item>")
@edge.policy(Action.SEE_PROGRAMME)
def tick_condition(booking_id: str, item: str) -> ResponseReturnValue:
    """Tick or sign a condition, or take that back."""
    is_ticked, act = request.form.get("ok", "1") == "1", request.form.get("act", "")
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    if act in ("submit", "return"):
        service.send(session, actor, BookingId(booking_id), item, clock, is_back=act == "return")
        flash(_("已报送，等待签署。") if act == "submit" else _("已退回。"), "good")
        return redirect(url_for("programme.gate", booking_id=booking_id), 303)
    service.tick(session, actor, BookingId(booking_id), item, clock, is_ticked=is_ticked)
    here = url_for("programme.tick_condition", booking_id=booking_id, item=item)
    undo.offer(_("已登记。") if is_ticked else _("已撤回。"), here, {"ok": "0" if is_ticked else "1"})
    return redirect(url_for("programme.gate", booking_id=booking_id), 303)


@pages.post("/bookings/<booking_id>/gate")
@edge.policy(Action.EDIT_PROGRAMME, Action.OVERRIDE_GATE)
def confirm_gate(booking_id: str) -> ResponseReturnValue:
    """Confirm a meeting, hold it as an exception, or take that back."""
    fields = Fields(request.form)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    try:
        if fields.typed("act") == "withdraw":
            service.withdraw(session, actor, BookingId(booking_id), clock)
            flash(_("已撤回。"), "good")
        else:
            override = fields.text("override") if fields.typed("act") == "override" else None
            service.confirm(session, actor, BookingId(booking_id), clock, override)
            here = url_for("programme.confirm_gate", booking_id=booking_id)
            undo.offer(_("已确认召开。") if override is None else _("已登记例外召开。"), here, {"act": "withdraw"})
    except Malformed as error:
        fields.take(error, "override")
        return _page(booking_id, fields), 422
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    return redirect(url_for("programme.gate", booking_id=booking_id), 303)


@pages.post("/bookings/<booking_id>/gate/after")
@edge.policy(Action.EDIT_PROGRAMME)
def note_after(booking_id: str) -> ResponseReturnValue:
    """The numbers of a meeting, and when it was reported."""
    fields = Fields(request.form)
    given = AfterMeeting(
        fields.number("person_times", 0, MAX_NUMBER),
        fields.number("opinions", 0, MAX_NUMBER),
        fields.number("present", 0, MAX_NUMBER),
        fields.day("reported"),
    )
    if not fields.is_valid:
        return _page(booking_id, fields), 422
    try:
        shown = service.after(edge.session(), edge.actor(), BookingId(booking_id), given, edge.clock())
    except Malformed as error:
        fields.take(error, "present")
        return _page(booking_id, fields), 422
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
        return redirect(url_for("programme.gate", booking_id=booking_id), 303)
    flash(_("已保存。"), "good")
    for hint in shown.hints:
        flash(wording.text(hint, edge.lang()), "warn")
    return redirect(url_for("programme.gate", booking_id=booking_id), 303)
