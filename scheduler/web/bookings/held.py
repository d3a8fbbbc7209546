"""Putting down talks that were held before anybody booked them: who, and when; yesterday unless another day is said."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, Draft, Kind, Mode
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import RoomId, RuleSetId
from scheduler.services.bookings import acts, guests, held_talks
from scheduler.web.bookings import choices, pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

USUAL = {"start": "09:00", "minutes": "45"}


@pages.get("/bookings/held")
@edge.policy(Action.CONFIRM_FOR_ALL)
def held() -> ResponseReturnValue:
    """The form, with the last workday before today."""
    fields = Fields(request.args)
    for name, text in {"day": facts.last_workday().isoformat(), **USUAL}.items():
        fields.values.setdefault(name, text)
    return _page(fields, facts.names(), None)


def _page(fields: Fields, names: Names, findings: Findings | None) -> str:
    return render_template(
        "bookings/held.html",
        fields=fields,
        found=findings,
        today=facts.today(),
        back=edge.local_path(fields.typed("next"), url_for("coverage.ledger")),
        next=edge.local_path(fields.typed("next"), ""),
        rooms=choices.room_groups(names),
        modes=[(mode.value, wording.label(mode, edge.lang())) for mode in Mode],
        rule_sets=[(rule_set.id, facts.rule_set_name(rule_set, names)) for rule_set in facts.rule_sets()],
        people_options=facts.person_options(names),
    )


@pages.post("/bookings/held")
@edge.policy(Action.CONFIRM_FOR_ALL)
@once
def put_down() -> ResponseReturnValue:
    """Put one down; show the form again for the next one, or with what is wrong."""
    fields, names = Fields(request.form), facts.names()
    findings, status = None, 422
    try:
        if draft := _draft(fields, names):
            done = held_talks.record(edge.session(), edge.actor(), draft, edge.clock())
            seen = acts.seen_booking(edge.session(), edge.actor(), done.booking.id, edge.clock())
            flash(_("已登记：%(names)s。", names=names.booking(seen)), "good")
            for finding in done.findings.warnings:
                flash(wording.text(finding, edge.lang()), "warn")
            kept = {name: fields.typed(name) for name in ("day", "rule_set", "next")}
            if fields.typed("more"):
                return redirect(url_for("bookings.held", **{name: text for name, text in kept.items() if text}), 303)  # type: ignore[arg-type]  # Flask types its values loosely
            return redirect(edge.local_path(fields.typed("next"), url_for("coverage.ledger")), 303)
    except Refused as no:
        findings, status = Findings(no.blocking, no.warnings, no.hints), 409
    except Malformed as error:
        fields.take(error, "day")
    return _page(fields, names, findings), status


def _draft(fields: Fields, names: Names) -> Draft | None:
    """The talk that is put down; None if something could not be read."""
    start = fields.moment("day", "start", edge.zone())
    minutes = fields.number("minutes", 1, MAX_BOOKING_MINUTES, required=True)
    people = fields.people("people", names.roster)
    words = [word for word in fields.typed("guests").replace("，", "、").split("、") if word.strip()]
    room = fields.one_of("room", {*names.rooms, OFF_SITE})
    mode = fields.choice("mode", Mode, Mode.FACE_TO_FACE) or Mode.FACE_TO_FACE
    if not people and "people" not in fields.errors:
        fields.refuse("people", _("请写谈话的人。"))
    if not fields.is_valid or start is None or minutes is None:
        return None
    return Draft(
        Kind.TALK,
        acts.span_of(start, minutes),
        people,
        room=RoomId(room) if room else None,
        mode=mode,
        rule_set=RuleSetId(fields.typed("rule_set")) if fields.typed("rule_set") else None,
        guests=guests.read(edge.session(), edge.actor(), words, edge.clock()) if words else (),
    )
