"""What stands on the calendar: the week as a table by day, the list, and the page of one booking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core import access, booking_rights
from scheduler.core.access import Action
from scheduler.core.bookings import Kind, State
from scheduler.core.errors import Malformed, Refused
from scheduler.core.findings import Findings
from scheduler.core.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.core.visibility import SeenBooking
from scheduler.services import answers, rules
from scheduler.services import bookings as service
from scheduler.services.bookings import Query
from scheduler.web import facts, pages, subscriptions, swaps, undo
from scheduler.web.facts import Choice
from scheduler.web.fields import Fields
from scheduler.web.names import Names
from scheduler.web.once import once
from scheduler.web.paging import here, page_of
from scheduler.web.texts import _
from scheduler.web.weeks import Day, Line, week_of
from scheduler.web.words import hours, local, when

DAYS_BEFORE = 7
"""The list begins a week ago unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, Monday first, and where to go from here."""

    days: list[Day]
    week_href: str
    list_href: str
    before_href: str
    today_href: str
    after_href: str

    @property
    def first(self) -> date:
        """Monday."""
        return self.days[0].day

    @property
    def last(self) -> date:
        """Sunday."""
        return self.days[-1].day


@pages.get("/bookings")
@edge.policy(Action.SEE_ORGANISATION)
def bookings() -> ResponseReturnValue:
    """The calendar, as a week or as a list, narrowed by kind, room and person."""
    fields = Fields(request.args)
    names = facts.names()
    kind = fields.choice("kind", Kind)
    room = fields.one_of("room", names.rooms)
    person = fields.person("person", names.roster)
    common = {
        "fields": fields,
        "kind_choices": kind_choices(),
        "room_choices": room_choices(names),
        "people_options": facts.person_options(names),
        "may_book": any(access.may(edge.actor(), action) for action in booking_rights.ARRANGING),
    }
    query = Query(person=person, room=RoomId(room) if room else None, kind=kind)
    if request.args.get("view") == "list":
        return _list(fields, query, names, common)
    return _week(fields, query, names, common)


def _week(fields: Fields, query: Query, names: Names, common: dict[str, object]) -> ResponseReturnValue:
    """The week that holds the day asked for."""
    today = facts.today()
    day = fields.day("day") or today
    monday = day - timedelta(days=day.weekday())
    asked = Query(query.person, query.room, query.kind, monday, monday + timedelta(days=6))
    seen = service.listing(edge.session(), edge.actor(), asked, edge.clock())
    standing = [one for one in seen if one.state != State.CANCELLED]
    days = week_of(monday, [(local(one.span.start), line_of(one, names)) for one in standing])
    week = Week(
        days,
        week_href=here(view=None),
        list_href=here(view="list", day=None),
        before_href=here(day=(monday - timedelta(days=7)).isoformat()),
        today_href=here(day=None),
        after_href=here(day=(monday + timedelta(days=7)).isoformat()),
    )
    return render_template("bookings/week.html", view="week", week=week, today=today, day=day, **common)


def _list(fields: Fields, query: Query, names: Names, common: dict[str, object]) -> ResponseReturnValue:
    """Everything from a day on, by start, cancelled ones included."""
    today = facts.today()
    first = fields.day("first") or today - timedelta(days=DAYS_BEFORE)
    last = fields.day("last")
    fields.values.setdefault("first", first.isoformat())
    asked = Query(query.person, query.room, query.kind, first, last)
    seen = service.listing(edge.session(), edge.actor(), asked, edge.clock())
    pager = page_of(seen)
    return render_template(
        "bookings/list.html",
        view="list",
        lines=[line_of(one, names) for one in pager.lines],
        count=pager.total,
        pager=pager,
        week_href=here(view=None, first=None, last=None, page=None),
        list_href=here(page=None),
        **common,
    )


def line_of(seen: SeenBooking, names: Names) -> Line:
    """One booking as a line."""
    is_talk = seen.kind == Kind.TALK
    return Line(
        href=url_for("pages.booking", booking_id=seen.id) if seen.id else "",
        name=names.booking(seen),
        kind=seen.kind,
        kind_shown=wording.label(seen.kind, edge.lang()) if is_talk or (seen.title and not seen.is_busy) else "",
        when=when(seen.span),
        hours=hours(seen.span),
        where=names.room(seen.room),
        who=names.attendance(seen),
        state=seen.state,
        is_talk=is_talk,
        state_shown=seen.is_busy is False and (is_talk or seen.state == State.CANCELLED),
    )


def kind_choices() -> list[Choice]:
    """Every kind of booking."""
    return [(kind.value, wording.label(kind, edge.lang())) for kind in Kind]


def room_choices(names: Names) -> list[Choice]:
    """Every room."""
    return [(room, names.room(room)) for room in names.rooms]


# ── One booking ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class InIt:
    """Somebody in a booking."""

    name: str
    href: str
    is_observer: bool
    answer: str
    """What they answered to the invitation, if the viewer may know."""


@dataclass(frozen=True, slots=True)
class BookingPage:
    """What the page of one booking prints."""

    seen: SeenBooking
    name: str
    back: str
    when: str
    where: str
    is_talk: bool
    host: str
    audience: list[str]
    people: list[InIt]
    confirmed: str
    may_change: bool
    may_cancel: bool
    may_confirm: bool
    linkable: list[Choice]
    swaps: swaps.Section
    delivered: subscriptions.Delivered | None = None
    findings: Findings | None = None
    covers: tuple[str, ...] = ()


@pages.get("/bookings/<booking_id>")
@edge.policy(Action.SEE_ORGANISATION)
def booking(booking_id: str) -> ResponseReturnValue:
    """One booking, with what the viewer may do about it."""
    seen = service.one(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    return render_template("bookings/show.html", page=_page(seen))


def _page(seen: SeenBooking) -> BookingPage:
    day = local(seen.span.start).date()
    names = facts.names(day)
    may_change = may_change_seen(seen)
    stands = seen.state != State.CANCELLED
    return BookingPage(
        seen=seen,
        name=names.booking(seen),
        back=url_for("pages.bookings", day=day.isoformat()),
        when=when(seen.span),
        where=names.room(seen.room),
        is_talk=seen.kind == Kind.TALK,
        host=names.person(seen.host),
        audience=[names.audience(selector) for selector in seen.audience],
        people=_in_it(seen, names),
        confirmed=names.people(seen.confirmed),
        may_change=may_change and stands,
        may_cancel=may_change and stands,
        may_confirm=may_confirm_seen(seen),
        linkable=_linkable(seen, names),
        swaps=swaps.section(seen, names),
        delivered=subscriptions.delivered(BookingId(seen.id), names) if seen.id else None,
    )


def _in_it(seen: SeenBooking, names: Names) -> list[InIt]:
    """Everybody in a booking; of a talk in the order named, else by rank."""
    people: Iterable[PersonId] = seen.people if seen.kind == Kind.TALK else names.roster.in_rank_order(seen.people)
    said = answers.of(edge.session(), edge.actor(), seen.id) if seen.id else {}
    return [
        InIt(
            names.person(p),
            url_for("pages.person", person_id=p),
            p in seen.observers,
            wording.label(f"answer:{said[p]}", edge.lang()) if p in said else "",
        )
        for p in people
    ]


def may_change_seen(seen: SeenBooking) -> bool:
    """Whether to offer moving and cancelling; the service decides again when it is done."""
    actor = edge.actor()
    if seen.state == State.HELD and not access.may(actor, Action.BOOK):
        return False
    return booking_rights.may_arrange(actor, Kind(seen.kind), seen.people, seen.audience)


def may_confirm_seen(seen: SeenBooking) -> bool:
    """Whether to offer confirming: a talk that is not held yet, to organizers and to those who have not confirmed."""
    actor = edge.actor()
    if seen.kind != Kind.TALK or seen.state not in (State.BOOKED, State.AWAITING_CONFIRMATION):
        return False
    is_own = actor.person in seen.people and actor.person not in seen.confirmed
    return access.may(actor, Action.CONFIRM_FOR_ALL) or (is_own and access.may(actor, Action.CONFIRM_OWN))


def _linkable(seen: SeenBooking, names: Names) -> list[Choice]:
    """The rule sets that a talk may be let count for besides its own."""
    if seen.kind != Kind.TALK or not access.may(edge.actor(), Action.BOOK):
        return []
    applied = rules.applied(edge.session(), edge.actor())
    return [(one.id, facts.rule_set_name(one, names)) for one in applied] if len(applied) > 1 else []


@pages.post("/bookings/<booking_id>/confirm")
@edge.policy(Action.CONFIRM_FOR_ALL, Action.CONFIRM_OWN)
@once
def confirm_booking(booking_id: str) -> ResponseReturnValue:
    """Confirm that a talk was held."""
    done = service.confirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    if done.booking.is_held:
        hints = [wording.text(hint, edge.lang()) for hint in done.findings.hints]
        flash(" ".join([_("已确认。"), *hints]), "good")
    else:
        flash(_("已记下您的确认，等对方确认后计为已谈。"), "good")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/cancel")
@edge.policy(*booking_rights.ARRANGING)
@once
def cancel_booking(booking_id: str) -> ResponseReturnValue:
    """Take a booking off the calendar."""
    version = Fields(request.form).number("version", 1, 10**6)
    try:
        done = service.cancel(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), version=version)
        back = {"version": done.booking.version, "next": request.form.get("next")}
        there = url_for("pages.restore_booking", booking_id=booking_id)
        undo.offer(_("已取消。参加人的日历会自动更新。"), there, back, _("撤销取消"))
    except Malformed as error:
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/restore")
@edge.policy(*booking_rights.ARRANGING)
@once
def restore_booking(booking_id: str) -> ResponseReturnValue:
    """Put a cancelled booking back where it was; if that cannot be, say why."""
    version = Fields(request.form).number("version", 1, 10**6)
    try:
        done = service.restore(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), version=version)
        flash(_("已恢复，仍在原来的时间。"), "good")
        for finding in done.findings.warnings:
            flash(wording.text(finding, edge.lang()), "warn")
    except Refused as no:
        flash(_("恢复不了，原来的时间已经排不下："), "bad")
        for finding in no.blocking:
            flash(wording.text(finding, edge.lang()), "bad")
    except Malformed as error:
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/link")
@edge.policy(Action.BOOK)
def link_booking(booking_id: str) -> ResponseReturnValue:
    """Let a talk count for a further rule set."""
    rule_set = RuleSetId(request.form.get("rule_set", ""))
    service.link(edge.session(), edge.actor(), BookingId(booking_id), rule_set, edge.clock())
    flash(_("已计入。"), "good")
    return redirect(_onward(booking_id), 303)


def _onward(booking_id: str) -> str:
    """Where to go after something was done: back where one came from, else to the booking."""
    return edge.local_path(request.form.get("next"), url_for("pages.booking", booking_id=booking_id))
