"""Arranging a series of study sessions or symposiums: the form, what is proposed with reasons and repairs, booking them all.

Looking is a plain address, so each repair is a link to the same form filled in another way.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import OFF_SITE, Kind
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.ground.spans import at_wall
from scheduler.core.sessions.series import (
    EVERY_HALF_DAY,
    MAX_DAYS_APART,
    MAX_SESSION_MINUTES,
    MAX_SESSIONS,
    HalfDay,
    RepairKind,
    SeriesRepair,
    Spread,
)
from scheduler.services.sessions import series as service
from scheduler.services.sessions.series import NO_ROOM, Chosen, ProposedSession, SeriesOrder, SeriesProposal
from scheduler.web.bookings import choices
from scheduler.web.bookings.lines import kind_choices
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice, PersonOption
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when
from scheduler.web.sessions import pages

WITHOUT_ROOM = "none"
AHEAD = timedelta(days=30)
USUAL = {"count": "4", "minutes": "120", "apart": "3", "spread": Spread.SOONEST.value}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """What the form offers besides the values of its fields."""

    kinds: list[Choice]
    audiences: list[choices.Ticked]
    half_days: list[choices.Ticked]
    weekdays: list[str]
    halves: tuple[str, str]
    rooms: list[Choice]
    spreads: list[Choice]
    people_options: list[PersonOption]


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One session as the page prints it; `value` is what the form sends to book it."""

    title: str
    when: str
    where: str
    attending: int
    of: int
    missing: tuple[Finding, ...]
    findings: Findings
    value: str


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A change that helps, and the address of the form filled in with it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class SeriesAnswer:
    """What was proposed, ready to print."""

    proposal: SeriesProposal
    lines: list[ProposedLine]
    repairs: list[RepairLine]
    still_lacking: str
    kept: list[tuple[str, str]]
    """The fields of the order, for the form that books it."""


@pages.get("/bookings/series")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def series() -> ResponseReturnValue:
    """The form; with `look` also what it would bring."""
    fields, names = Fields(request.args), facts.names()
    if "look" not in request.args:
        _begin(fields, names)
        return _page(fields, names)
    return _page(fields, names, _order(fields, names))


@pages.post("/bookings/series")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def book_series() -> ResponseReturnValue:
    """Book all the sessions that were seen, or none and say which no longer fits."""
    fields, names = Fields(request.form), facts.names()
    order, chosen = _order(fields, names), chosen_of(fields)
    if order is None or not fields.is_valid:
        return _page(fields, names, order, status=422)
    try:
        booked = service.book(edge.session(), edge.actor(), order, chosen, edge.clock())
    except Refused as no:
        return _page(fields, names, order, refused=Findings(no.blocking), status=409)
    except Malformed as error:
        fields.take(error, "count")
        return _page(fields, names, None, status=422)
    flash(_("已排定 %(count)s 次。", count=len(booked)), "good")
    first = local(booked[0].booking.span.start).date()
    return redirect(url_for("bookings.bookings", view="list", kind=order.kind, first=first.isoformat()), 303)


# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _begin(fields: Fields, names: Names) -> None:
    """What the form begins with: the study of the leadership team in the next month."""
    start = facts.next_workday()
    kind = fields.typed("kind") or Kind.STUDY_SESSION
    usual = {"kind": kind, "from": start.isoformat(), "to": (start + AHEAD).isoformat(), **USUAL}
    usual["title"] = wording.series_title(kind)
    words = choices.audience_words(names)
    usual["audience"] = LEADERSHIP_TEAM if LEADERSHIP_TEAM in words else next(iter(words), "")
    for name, value in usual.items():
        fields.values.setdefault(name, value)


def _order(fields: Fields, names: Names) -> SeriesOrder | None:
    """The order that the form describes; None if something could not be read."""
    kind = fields.choice("kind", Kind, Kind.STUDY_SESSION) or Kind.STUDY_SESSION
    first, last = fields.day("from", required=True), fields.day("to", required=True)
    minutes = fields.number("minutes", 1, MAX_SESSION_MINUTES, required=True)
    reach_by = fields.day("reach_by")
    order = SeriesOrder(
        campaign=seen_campaign.named(),
        kind=kind,
        minutes=minutes or 1,
        first=first or date.min,
        last=last or date.min,
        count=None if reach_by else fields.number("count", 1, MAX_SESSIONS, required=True),
        reach_by=reach_by,
        people=fields.people("people", names.roster),
        audience=fields.several_of("audience", choices.audience_words(names)),
        must_come=fields.people("must_come", names.roster),
        apart=fields.number("apart", 1, MAX_DAYS_APART) or 1,
        per_week=fields.number("per_week", 1, 7),
        half_days=_half_days(fields),
        spread=fields.choice("spread", Spread, Spread.SOONEST) or Spread.SOONEST,
        room=_room(fields.one_of("room", {*names.rooms, OFF_SITE, WITHOUT_ROOM})),
        title=fields.text("title") or wording.series_title(kind),
    )
    return order if fields.is_valid else None


def _half_days(fields: Fields) -> frozenset[HalfDay]:
    """Those ticked; all when none is."""
    by_name = {str(half_day): half_day for half_day in EVERY_HALF_DAY}
    return frozenset(by_name[word] for word in fields.several_of("half_days", by_name)) or EVERY_HALF_DAY


def _room(text: str) -> RoomId | None:
    return None if not text else NO_ROOM if text == WITHOUT_ROOM else RoomId(text)


def chosen_of(fields: Fields) -> list[Chosen]:
    """The sessions that were seen: `2014-08-13T13:30 R03`. What nobody was shown is left out."""
    chosen = []
    for slot in fields.values.getlist("slot")[:MAX_SESSIONS]:
        text, _blank, room = slot.partition(" ")
        time = written.moment(text)
        if start := at_wall(time, edge.zone()) if time else None:
            chosen.append(Chosen(start, _room(room)))
        else:
            fields.refuse("count", _("“%(text)s”不是时间，应如 09:00。", text=slot[:20]))
    return chosen


def _form(names: Names) -> SeriesForm:
    lang = edge.lang()
    workweek = sorted(half_day for half_day in EVERY_HALF_DAY if half_day.weekday < SATURDAY)
    any_use = [(room.id, names.room(RoomId(room.id))) for room in names.rooms.values() if room.use != "talk"]
    return SeriesForm(
        kinds=[choice for choice in kind_choices() if choice[0] != Kind.TALK],
        audiences=choices.audience_options(names),
        half_days=[(str(half_day), wording.half_day_text(half_day, lang), "") for half_day in workweek],
        weekdays=[wording.weekday_text(date(2014, 9, 1 + day), lang) for day in range(SATURDAY)],
        halves=(_("上午"), _("下午")),
        rooms=[*any_use, (OFF_SITE, names.room(OFF_SITE)), (WITHOUT_ROOM, _("不设场地"))],
        spreads=[(Spread.SOONEST.value, _("尽早")), (Spread.EVEN.value, _("均匀分布"))],
        people_options=facts.person_options(names),
    )


# ── The answer ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _page(
    fields: Fields,
    names: Names,
    order: SeriesOrder | None = None,
    *,
    refused: Findings | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The form as it was typed, with what it would bring."""
    answer = None
    if order:
        try:
            proposal = service.propose(edge.session(), edge.actor(), order, edge.clock())
            answer = _answer(proposal, fields, names)
        except Malformed as error:
            fields.take(error, "audience")
        except Refused as no:
            for finding in no.blocking:
                fields.refuse("audience", wording.text(finding, edge.lang()))
    if fields.errors and status == 200:
        status = 422
    return render_template(
        "sessions/series.html", fields=fields, form=_form(names), answer=answer, refused=refused
    ), status


def _answer(proposal: SeriesProposal, fields: Fields, names: Names) -> SeriesAnswer:
    need = proposal.need
    lacking = need.still_lacking if need else {}
    kept = [(name, value) for name, values in _asked(fields).items() for value in values]
    return SeriesAnswer(
        proposal,
        [_line(session, names) for session in proposal.sessions],
        [
            RepairLine(wording.repair_text(repair, edge.lang()), _href(repair, fields))
            for repair in proposal.plan.repairs
        ],
        names.listed(f"{names.person(person)} {hours:g}" for person, hours in lacking.items()),
        kept,
    )


def _line(session: ProposedSession, names: Names) -> ProposedLine:
    """One session; who is missing stands in a place of its own, not among the warnings."""
    start, room = local(session.draft.span.start), session.draft.room
    warnings = tuple(finding for finding in session.findings.warnings if finding not in session.missing)
    return ProposedLine(
        session.draft.title,
        when(session.draft.span),
        names.room(room),
        session.placed.attending,
        session.placed.attending + len(session.placed.missing),
        session.missing,
        Findings(session.findings.blocking, warnings),
        f"{start:%Y-%m-%dT%H:%M} {room or WITHOUT_ROOM}",
    )


def _asked(fields: Fields) -> dict[str, list[str]]:
    """The fields of the order as they were typed, without those of the form itself."""
    names = (
        *("kind", "audience", "people", "must_come", "count", "reach_by", "minutes", "from", "to"),
        *("apart", "per_week", "half_days", "spread", "room", "title"),
    )
    return {name: values for name in names if (values := fields.values.getlist(name))}


def _href(repair: SeriesRepair, fields: Fields) -> str:
    """The form filled in with a repair."""
    query = _asked(fields)
    match repair.kind:
        case RepairKind.HALF_DAY:
            query["half_days"] = [*query.get("half_days", []), str(repair.value)]
        case RepairKind.LAST:
            query["to"] = [str(repair.value)]
        case RepairKind.COUNT:
            query |= {"count": [str(repair.value)], "reach_by": [""]}
        case RepairKind.APART | RepairKind.PER_WEEK:  # called as the field is
            query[repair.kind.value] = [str(repair.value)]
        case _:
            assert_never(repair.kind)
    return url_for("sessions.series", **{**query, "look": ["1"]})  # type: ignore[arg-type]
