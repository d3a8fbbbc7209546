"""The page of one booking, and what is done there: confirm, cancel, let it count for another rule set."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import STUDIED_KINDS, Kind, State
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import BookingId, PersonId, RuleSetId
from scheduler.core.sessions.study import hours_of
from scheduler.services.bookings import acts as service
from scheduler.services.bookings import answers
from scheduler.services.rules import sets as rules
from scheduler.services.sessions import attendance, series_changes
from scheduler.services.sessions.series_changes import SeriesScope
from scheduler.web.bookings import calendar_answers, copies, delivery, deputies, pages, swaps
from scheduler.web.bookings.agenda import Point, points
from scheduler.web.bookings.heads import BookingHead, head
from scheduler.web.bookings.lines import absent_text, may_change_seen, other_times_href
from scheduler.web.page import facts, scripts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when


@dataclass(frozen=True, slots=True)
class InIt:
    """Somebody in a booking."""

    name: str
    href: str
    is_observer: bool
    answer: str
    """What they answered to the invitation, if the viewer may know."""


@dataclass(frozen=True, slots=True)
class AttendanceSection:
    """What the viewer may know of who was there: all of it on a page of its own, or their own part."""

    is_open: bool
    told: str


@dataclass(frozen=True, slots=True)
class SeriesSection:
    """The series that a booking was booked in: which of how many it is, and its neighbours."""

    place: int
    count: int
    lines: list[tuple[str, str, str]]
    """Id, when, and state of each."""


@dataclass(frozen=True, slots=True)
class BookingPage:
    """What the page of one booking prints."""

    head: BookingHead
    seen: SeenBooking
    name: str
    when: str
    where: str
    is_talk: bool
    host: str
    audience: list[str]
    people: list[InIt]
    guests: list[str]
    """With where they are from."""
    points: list[Point]
    confirmed: list[str]
    """Who confirmed that the talk was held, and when."""
    may_change: bool
    may_cancel: bool
    may_confirm: bool
    may_take_back: bool
    has_begun: bool
    """Whether there is something to confirm, rather than to move."""
    linkable: list[Choice]
    linked: list[Choice]
    """The further rule sets that it counts for already."""
    swaps: swaps.SwapSection
    attendance: AttendanceSection
    delivered: delivery.Delivered | None = None
    series: SeriesSection | None = None
    notice: str = ""
    """The same as a text to be copied into a chat; empty for what nobody may know."""
    hours: str = ""
    """The study hours that it counts; empty for what counts none."""
    absent: str = ""
    """Who cannot be had then; empty: nobody."""
    other_times: str = ""
    """Where another time is found for this one alone, for those who may move it."""


@pages.get("/bookings/<booking_id>")
@edge.policy(Action.SEE_ORGANISATION)
def booking(booking_id: str) -> ResponseReturnValue:
    """One booking, with what the viewer may do about it."""
    seen = service.seen_booking(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    return render_template("bookings/show.html", page=_page(seen), deputies=deputies.of(seen))


def _page(seen: SeenBooking) -> BookingPage:
    day = local(seen.span.start).date()
    names = facts.names(day)
    may_change = may_change_seen(seen)
    stands = seen.state != State.CANCELLED
    linkable, linked = _links(seen, names)
    return BookingPage(
        head=head(seen, names),
        seen=seen,
        name=names.booking(seen),
        when=when(seen.span),
        where=names.room(seen.room),
        is_talk=seen.kind == Kind.TALK,
        host=names.person(seen.host),
        audience=[names.audience(selector) for selector in seen.audience],
        people=_in_it(seen, names),
        guests=[names.remarked(guest.name, guest.unit) if guest.unit else guest.name for guest in seen.guests],
        points=points(seen.agenda, names),
        confirmed=_confirmations(seen, names),
        may_change=may_change and stands,
        may_cancel=may_change and stands,
        may_confirm=may_confirm_seen(seen),
        may_take_back=_may_take_back(seen),
        has_begun=seen.span.start <= edge.clock().now,
        linkable=linkable,
        linked=linked,
        swaps=swaps.section(seen, names),
        attendance=_attendance(seen),
        delivered=delivery.delivered(BookingId(seen.id), names) if seen.id else None,
        hours=_hours(seen),
        series=_series(seen),
        notice=copies.booking_text(BookingId(seen.id)) if seen.id else "",
        absent=absent_text(seen.absent, names),
        other_times=other_times_href(seen.id or "", is_talk=seen.kind == Kind.TALK) if may_change and stands else "",
    )


def _series(seen: SeenBooking) -> SeriesSection | None:
    """Where it stands in its series."""
    if not seen.series or not seen.id:
        return None
    all_of_it = series_changes.seen(edge.session(), edge.actor(), seen.id, edge.clock())
    lines = [(each.id or "", when(each.span), each.state) for each in all_of_it]
    return SeriesSection([name for name, _when, _state in lines].index(seen.id) + 1, len(lines), lines)


def _hours(seen: SeenBooking) -> str:
    """The study hours of a session, and whether it states them."""
    if seen.kind not in STUDIED_KINDS:
        return ""
    hours = f"{hours_of(seen, facts.working_time()):g}"
    return hours if seen.hours is None else _("%(hours)s（填定）", hours=hours)


def _attendance(seen: SeenBooking) -> AttendanceSection:
    """Who was there, as far as the viewer may know it; of a talk those who confirm it say so."""
    if seen.kind == Kind.TALK or not seen.id:
        return AttendanceSection(is_open=False, told="")
    sheet = attendance.sheet_if_seen(edge.session(), edge.actor(), seen.id, edge.clock())
    if sheet:
        turnout = sheet.turnout
        numbers = {"expected": turnout.expected, "present": turnout.present, "needed": turnout.needed}
        if turnout.unrecorded == turnout.expected:
            return AttendanceSection(is_open=True, told=_("应到 %(expected)s 人，法定人数 %(needed)s", **numbers))
        if turnout.is_quorate:
            told = _("应到 %(expected)s 人，实到 %(present)s 人，已达法定人数 %(needed)s", **numbers)
        else:
            told = _("应到 %(expected)s 人，实到 %(present)s 人，未达法定人数 %(needed)s", **numbers)
        return AttendanceSection(is_open=True, told=told)
    own = attendance.own_attendance(edge.session(), edge.actor(), seen.id, edge.clock())
    if own is None:
        return AttendanceSection(is_open=False, told="")
    told = wording.label(own.status, edge.lang())
    if own.reason:
        told = _("%(status)s（%(reason)s）", status=told, reason=own.reason)
    return AttendanceSection(is_open=False, told=told)


def _in_it(seen: SeenBooking, names: Names) -> list[InIt]:
    """Everybody in a booking; of a talk in the order named, else by rank."""
    people: Iterable[PersonId] = seen.people if seen.kind == Kind.TALK else names.roster.in_rank_order(seen.people)
    said = answers.of(edge.session(), edge.actor(), seen.id) if seen.id else {}
    return [
        InIt(
            names.person(p),
            url_for("organisation.person", person_id=p),
            p in seen.observers,
            wording.label(f"answer:{said[p]}", edge.lang()) if p in said else "",
        )
        for p in people
    ]


def may_confirm_seen(seen: SeenBooking) -> bool:
    """Whether to offer confirming: a talk that is not held yet, to organizers and to those who have not confirmed."""
    actor = edge.actor()
    if seen.kind != Kind.TALK or seen.state not in (State.BOOKED, State.AWAITING_CONFIRMATION):
        return False
    if seen.span.start > edge.clock().now:
        return False
    is_own = actor.person in seen.people and actor.person not in seen.confirmed
    return access.may(actor, Action.CONFIRM_FOR_ALL) or (is_own and access.may(actor, Action.CONFIRM_OWN))


def _may_take_back(seen: SeenBooking) -> bool:
    """Whether there is a confirmation that the viewer may take back: an organizer anybody's, others their own."""
    actor = edge.actor()
    if seen.kind != Kind.TALK or seen.state not in (State.AWAITING_CONFIRMATION, State.HELD):
        return False
    if access.may(actor, Action.CONFIRM_FOR_ALL):
        return seen.state == State.HELD or bool(seen.confirmed)
    return actor.person in seen.confirmed and access.may(actor, Action.CONFIRM_OWN)


def _confirmations(seen: SeenBooking, names: Names) -> list[str]:
    """Who confirmed, and when; a talk that is held without the word of all was put down by an organizer."""
    by_people = [
        _("%(name)s %(when)s 确认", name=names.person(person), when=wording.stamp_text(local(at), edge.lang()))
        for person, at in seen.confirmations
    ]
    by_organizer = seen.state == State.HELD and len(seen.confirmed) < len(seen.people)
    return [*by_people, _("由组织者登记")] if by_organizer else by_people


def _links(seen: SeenBooking, names: Names) -> tuple[list[Choice], list[Choice]]:
    """The rule sets that a talk may be let count for besides its own, and those that it was let count for."""
    if seen.kind != Kind.TALK or not seen.id or not access.may(edge.actor(), Action.BOOK):
        return [], []
    own, linked = service.credited(edge.session(), edge.actor(), seen.id)
    applied = [
        (rule_set.id, facts.rule_set_name(rule_set, names))
        for rule_set in rules.applied(edge.session(), edge.actor())
        if rule_set.id != own and not (own is None and rule_set.is_leading)
    ]
    return [choice for choice in applied if choice[0] not in linked], [
        choice for choice in applied if choice[0] in linked
    ]


@pages.post("/bookings/<booking_id>/confirm")
@edge.policy(Action.CONFIRM_FOR_ALL, Action.CONFIRM_OWN)
@once
def confirm_booking(booking_id: str) -> ResponseReturnValue:
    """Confirm that a talk was held."""
    try:
        done = service.confirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    except Refused as no:
        flash(" ".join(wording.text(finding, edge.lang()) for finding in no.blocking), "warn")
        return redirect(_onward(booking_id), 303)
    if done.booking.is_held:
        flash(_("已确认。"), "good")
    else:
        flash(_("已记下您的确认，等对方确认后计为已谈。"), "good")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/unconfirm")
@edge.policy(Action.CONFIRM_FOR_ALL, Action.CONFIRM_OWN)
@once
def unconfirm_booking(booking_id: str) -> ResponseReturnValue:
    """Take back that a talk was held."""
    service.unconfirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    flash(_("已撤回确认。"), "good")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/cancel")
@edge.policy(*booking_rights.ARRANGING)
@once
def cancel_booking(booking_id: str) -> ResponseReturnValue:
    """Take a booking off the calendar."""
    version = Fields(request.form).number("version", 1, 10**6)
    try:
        done = service.cancel(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), version=version)
        if scripts.are_wanted():
            return calendar_answers.done(_("已撤销。"), calendar_answers.entry_of(done.booking.id), Findings())
        back = {"version": done.booking.version, "next": request.form.get("next")}
        there = url_for("bookings.restore_booking", booking_id=booking_id)
        undo.offer(_("已取消。参加人的日历会自动更新。"), there, back, _("撤销取消"))
    except Malformed as error:
        if scripts.are_wanted():
            raise
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(_onward(booking_id), 303)


@pages.post("/bookings/<booking_id>/cancel-series")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def cancel_series(booking_id: str) -> ResponseReturnValue:
    """Take several of a series off the calendar: this one and those after it, or all that have not begun."""
    scope = Fields(request.form).choice("scope", SeriesScope, SeriesScope.LATER) or SeriesScope.LATER
    try:
        gone = series_changes.cancel(edge.session(), edge.actor(), BookingId(booking_id), scope, edge.clock())
        fields = {"act": "restore", "booking": [done.booking.id for done in gone], "next": _onward(booking_id)}
        told = _("已取消 %(count)s 项。参加人的日历会自动更新。", count=len(gone))
        undo.offer(told, url_for("bookings.many_bookings"), fields, _("撤销取消"))
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


@pages.post("/bookings/<booking_id>/unlink")
@edge.policy(Action.BOOK)
def unlink_booking(booking_id: str) -> ResponseReturnValue:
    """Let a talk count for a rule set no more that it was linked to."""
    rule_set = RuleSetId(request.form.get("rule_set", ""))
    try:
        service.link(edge.session(), edge.actor(), BookingId(booking_id), rule_set, edge.clock(), is_linked=False)
        flash(_("不再计入。"), "good")
    except Malformed as error:
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(_onward(booking_id), 303)


def _onward(booking_id: str) -> str:
    """Where to go after something was done: back where one came from, else to the booking."""
    return edge.local_path(request.form.get("next"), url_for("bookings.booking", booking_id=booking_id))
