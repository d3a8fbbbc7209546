"""The form of a booking: new or changed, checked while it is filled, and shown again with the reasons if it cannot be."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.agenda import MAX_LINK
from scheduler.core.ground.bookings import (
    MAX_BOOKING_MINUTES,
    OFF_SITE,
    STUDIED_KINDS,
    Draft,
    Kind,
    Mode,
    usual_minutes,
)
from scheduler.core.ground.errors import Malformed, NotAllowed, Outdated, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import acts as service
from scheduler.services.bookings import proposals
from scheduler.services.bookings.acts import Booked, BookingChange
from scheduler.services.bookings.proposals import Proposed
from scheduler.services.sessions import series_changes
from scheduler.services.sessions.series_changes import SeriesScope
from scheduler.web.bookings import calendar_answers, choices, pages
from scheduler.web.bookings.lines import may_change_seen
from scheduler.web.bookings.versions import Versions, versions, wanted_text
from scheduler.web.page import facts, scripts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local

MINUTES_A_DAY = 24 * 60


# ── New ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.get("/bookings/new")
@edge.policy(*booking_rights.ARRANGING)
def new_booking() -> ResponseReturnValue:
    """An empty form, or one filled with what the address names."""
    fields, names = Fields(request.args), facts.names()
    fields.values.setdefault(
        "kind", Kind.TALK.value if choices.own_talk_only() else request.args.get("kind", Kind.TALK.value)
    )
    fields.values.setdefault("day", facts.next_workday().isoformat())
    fields.values.setdefault("start", "09:00")
    fields.values.setdefault("minutes", str(usual_minutes(fields.typed("kind"))))
    return render_template("bookings/edit.html", form=choices.new_form(fields, names), fields=fields, found=None)


@pages.post("/bookings/check")
@edge.policy(*booking_rights.ARRANGING)
def check_booking() -> ResponseReturnValue:
    """What is to be said about the form as it stands; nothing is written."""
    fields, names = Fields(request.form), facts.names()
    _take_slot(fields)
    draft = _draft(fields, names)
    findings = None
    if draft:
        try:
            findings = service.check(edge.session(), edge.actor(), draft, edge.clock())
        except Malformed as error:
            fields.take(error, "people")
    _beside(fields, findings)
    return _checked(fields, findings, lambda: choices.new_form(fields, names))


@pages.post("/bookings")
@edge.policy(*booking_rights.ARRANGING)
@once
def create_booking() -> ResponseReturnValue:
    """Book from the form; show it again with the reasons if it cannot be."""
    fields, names = Fields(request.form), facts.names()
    _take_slot(fields)
    draft = _draft(fields, names)
    try:
        if draft is None:
            return _again(fields, names, None, 422)
        done = proposals.book(edge.session(), edge.actor(), draft, edge.clock())
    except Refused as no:
        findings = Findings(no.blocking, no.warnings, no.hints)
        _beside(fields, findings)
        return _again(fields, names, findings, 409)
    except Malformed as error:
        fields.take(error, "people")
        return _again(fields, names, None, 422)
    if isinstance(done, Proposed):
        return _proposed(done)
    if scripts.are_wanted():
        return calendar_answers.done(_("已排定。"), calendar_answers.entry_of(done.booking.id), done.findings)
    _tell(_("已排定。"), done.findings)
    return redirect(
        edge.local_path(request.form.get("next"), url_for("bookings.booking", booking_id=done.booking.id)), 303
    )


def _proposed(done: Proposed) -> ResponseReturnValue:
    """A talk of one's own waits for the other one: it is shown on one's own page, and nowhere on a calendar."""
    told = _("已提议，等对方同意后排定。")
    if scripts.are_wanted():
        return calendar_answers.done(told, None, done.findings)
    _tell(told, done.findings)
    return redirect(url_for("me.me", _anchor="proposals"), 303)


def _again(fields: Fields, names: Names, findings: Findings | None, status: int) -> ResponseReturnValue:
    """The same form, as it was typed, with what is wrong."""
    if scripts.are_wanted():
        return calendar_answers.no(status, findings, fields)
    return render_template(
        "bookings/edit.html", form=choices.new_form(fields, names), fields=fields, found=findings
    ), status


def _beside(fields: Fields, findings: Findings | None) -> None:
    """Say of an audience of nobody beside its field as well."""
    for finding in findings.blocking if findings else ():
        if finding.kind == "empty_audience":
            fields.refuse("audience", wording.text(finding, edge.lang()))


def _take_slot(fields: Fields) -> None:
    """A free time that was picked (`2014-08-04T09:00 R04`, perhaps with whom) fills day, start, room and people."""
    start, room, partner, *_rest = [*fields.typed("slot").split(" "), "", "", ""]
    if start:
        fields.values["day"], _t, fields.values["start"] = start.partition("T")
        fields.values["room"] = "" if room == "-" else room
    if partner:
        fields.values.add("people", partner)


def _draft(fields: Fields, names: Names) -> Draft | None:
    """The draft that the form describes; None if something could not be read."""
    zone = edge.zone()
    kind = fields.choice("kind", Kind, Kind.TALK) or Kind.TALK
    start = fields.moment("day", "start", zone)
    minutes = _minutes(fields, start)
    room = fields.one_of("room", {*names.rooms, OFF_SITE})
    people = fields.people("people", names.roster) if kind is Kind.TALK else ()
    if kind is Kind.TALK and len(people) < choices.TALKERS:
        fields.refuse("people", _("谈话需要两个人。"))
    others = fields.people("more_people", names.roster) if kind is not Kind.TALK else ()
    audience = fields.several_of("audience", choices.audience_words(names)) if kind is not Kind.TALK else ()
    title = fields.text("title") if kind is not Kind.TALK else ""
    host = fields.person("host", names.roster) if kind is not Kind.TALK else None
    hours = fields.hours("hours") if kind in STUDIED_KINDS else None
    mode = fields.choice("mode", Mode, Mode.FACE_TO_FACE) or Mode.FACE_TO_FACE
    rule_set = fields.text("rule_set") if kind is Kind.TALK else ""
    if not fields.is_valid or start is None or minutes is None:
        return None
    try:
        span = service.span_of(start, minutes)
    except Malformed as error:
        fields.take(error)
        return None
    return Draft(
        kind=kind,
        span=span,
        people=(*people, *others),
        audience=audience,
        room=RoomId(room) if room else None,
        title=title,
        mode=mode,
        rule_set=RuleSetId(rule_set) if rule_set else None,
        host=host,
        remark=fields.typed("remark") if kind is not Kind.TALK else "",
        link=fields.text("link", most=MAX_LINK),
        hours=hours,
        campaign=None if rule_set else _campaign_of(span),
    )


def _minutes(fields: Fields, start: datetime | None) -> int | None:
    """How long it lasts: as long as is said, on the last day of several."""
    minutes = fields.number("minutes", 1, MAX_BOOKING_MINUTES, required=True)
    last_day = fields.day("last_day")
    if last_day is None or start is None or minutes is None:
        return minutes
    if last_day < start.date():
        fields.refuse("last_day", _("最后一天不能早于开始日期。"))
    minutes += (last_day - start.date()).days * MINUTES_A_DAY
    if minutes > MAX_BOOKING_MINUTES:
        fields.refuse("last_day", _("一项日程最长 %(days)s 天。", days=MAX_BOOKING_MINUTES // MINUTES_A_DAY))
    return minutes


def _campaign_of(span: Span) -> CampaignId | None:
    """The campaign that the visitor chose, if it lasts on that day; None: the one that the day means."""
    chosen, day = seen_campaign.named(), local(span.start).date()
    covering = {campaign.id for campaign in seen_campaign.around().campaigns if campaign.covers(day)}
    return chosen if chosen and chosen in covering else None


# ── Changed ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.get("/bookings/<booking_id>/edit")
@edge.policy(*booking_rights.ARRANGING)
def edit_booking(booking_id: str) -> ResponseReturnValue:
    """The form of a booking that stands."""
    seen, names = seen_booking(booking_id)
    if not may_change_seen(seen):
        raise NotAllowed(Action.BOOK)  # no form is offered that would be refused when it comes back
    fields = Fields(_values_of(seen))
    return render_template("bookings/edit.html", form=choices.edit_form(seen, names), fields=fields, found=None)


@pages.post("/bookings/<booking_id>/check")
@edge.policy(*booking_rights.ARRANGING)
def check_change(booking_id: str) -> ResponseReturnValue:
    """What is to be said about the change as it stands; nothing is written."""
    fields, (seen, names) = Fields(request.form), seen_booking(booking_id)
    _take_slot(fields)
    change, findings = _change(fields, seen, names), None
    if change:
        try:
            done = service.change(
                edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock(), dry_run=True
            )
            findings = done.findings
        except Malformed as error:
            fields.take(error, "day")
    return _checked(fields, findings, lambda: choices.edit_form(seen, names))


@pages.post("/bookings/<booking_id>")
@edge.policy(*booking_rights.ARRANGING)
@once
def change_booking(booking_id: str) -> ResponseReturnValue:
    """Change a booking; show the form again with the reasons if it cannot be, or with the newer state if it has changed."""
    fields, (seen, names) = Fields(request.form), seen_booking(booking_id)
    _take_slot(fields)
    change, findings, both = _change(fields, seen, names), None, None
    if change is None:
        return _edit_again(fields, seen, names, 422)
    scope = fields.choice("scope", SeriesScope, SeriesScope.ONE) or SeriesScope.ONE
    try:
        if scope is not SeriesScope.ONE:
            return _series_changed(booking_id, change, scope)
        done = service.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    except Refused as no:
        findings, status = Findings(no.blocking, no.warnings, no.hints), 409
    except Malformed as error:
        fields.take(error, "day")
        status = 422
    except Outdated:
        if scripts.are_wanted():
            stands = calendar_answers.entry_of(BookingId(booking_id))
            return calendar_answers.outdated(stands, wanted_text(change, names))
        both, status = versions(seen, change, names), 409
    else:
        if scripts.are_wanted():
            return calendar_answers.done(_("已保存。"), calendar_answers.entry_of(done.booking.id), done.findings)
        _offer_back(seen, change, done)
        return redirect(url_for("bookings.booking", booking_id=booking_id), 303)
    return _edit_again(fields, seen, names, status, findings, both)


def _series_changed(booking_id: str, change: BookingChange, scope: SeriesScope) -> ResponseReturnValue:
    """Change those of a series that are meant, and say how many."""
    done = series_changes.change(edge.session(), edge.actor(), BookingId(booking_id), change, scope, edge.clock())
    flash(_("已改 %(count)s 次。", count=len(done)), "good")
    for each in done:
        _mind(each.findings)
    return redirect(url_for("bookings.booking", booking_id=booking_id), 303)


def _offer_back(seen: SeenBooking, change: BookingChange, done: Booked) -> None:
    """Say that it is saved, and offer to have it as it was before."""
    fields: dict[str, object] = {**_values_of(seen), "version": done.booking.version}
    fields["add_people"] = "、".join(change.remove_people)
    fields["remove_people"] = [person for person in change.add_people if person not in seen.people]
    undo.offer(_("已保存。"), url_for("bookings.change_booking", booking_id=seen.id), fields)
    _mind(done.findings)


def _edit_again(
    fields: Fields,
    seen: SeenBooking,
    names: Names,
    status: int,
    findings: Findings | None = None,
    both: Versions | None = None,
) -> ResponseReturnValue:
    """The same form, as it was typed, with what is wrong."""
    if scripts.are_wanted():
        return calendar_answers.no(status, findings, fields)
    form = choices.edit_form(seen, names)
    page = render_template("bookings/edit.html", form=form, fields=fields, found=findings, both=both)
    return page, status


def seen_booking(booking_id: str) -> tuple[SeenBooking, Names]:
    """The booking as it stands, and the names of its day."""
    seen = service.seen_booking(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    return seen, facts.names(local(seen.span.start).date())


def _values_of(seen: SeenBooking) -> dict[str, str]:
    """A booking as the values of the form."""
    start: datetime = local(seen.span.start)
    return {
        "title": seen.title,
        "host": facts.person_text(facts.names(local(seen.span.start).date()), seen.host) if seen.host else "",
        "remark": seen.remark,
        "link": seen.link,
        "day": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        **_length_of(seen.span),
        "room": seen.room or "",
        "hours": "" if seen.hours is None else f"{seen.hours:g}",
    }


def _length_of(span: Span) -> dict[str, str]:
    """How long it lasts as the form says it: of several days the last one, and how long on it since the hour it began at."""
    minutes, days = span.length.total_seconds() / 60, (local(span.end).date() - local(span.start).date()).days
    on_last_day = minutes - days * MINUTES_A_DAY
    if not (days and on_last_day > 0 and facts.working_time().is_of_days(span)):
        return {"minutes": f"{minutes:g}"}
    return {"minutes": f"{on_last_day:g}", "last_day": local(span.end).date().isoformat()}


def _change(fields: Fields, seen: SeenBooking, names: Names) -> BookingChange | None:
    """What the form wants to be different; None if something could not be read."""
    start = fields.moment("day", "start", edge.zone())
    minutes = _minutes(fields, start)
    room = fields.one_of("room", {*names.rooms, OFF_SITE})
    added = fields.people("add_people", names.roster)
    removed = fields.several_of("remove_people", seen.people)
    version = fields.number("version", 0, 10**9)
    title = fields.text("title") if "title" in fields.values else None
    host = (fields.person("host", names.roster) or PersonId("")) if "host" in fields.values else None
    hours = (fields.hours("hours") or 0) if "hours" in fields.values else None
    if not fields.is_valid or start is None or minutes is None:
        return None
    return BookingChange(
        start,
        minutes,
        RoomId(room),
        title,
        added,
        tuple(PersonId(person) for person in removed),
        version=version,
        hours=hours,
        only_booking=fields.typed("only_booking") == "1",
        host=host,
        remark=fields.typed("remark") if "remark" in fields.values else None,
        link=fields.text("link", most=MAX_LINK) if "link" in fields.values else None,
    )


# ── Both ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _checked(fields: Fields, findings: Findings | None, form: Callable[[], choices.BookingForm]) -> ResponseReturnValue:
    """The findings alone for a script, the whole form with them otherwise."""
    if "HX-Request" in request.headers:
        return render_template("bookings/findings.html", found=findings, fields=fields, labels=choices.labels())
    return render_template("bookings/edit.html", form=form(), fields=fields, found=findings, labels=choices.labels())


def _tell(done: str, findings: Findings) -> None:
    """Say that it is done, and what is to be minded."""
    flash(done, "good")
    _mind(findings)


def _mind(findings: Findings) -> None:
    """Say what is to be minded."""
    for finding in (*findings.warnings, *findings.hints):
        flash(wording.text(finding, edge.lang()), "warn" if finding in findings.warnings else "note")
