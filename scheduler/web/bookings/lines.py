"""What pages and the calendar say of a booking: as one line, with the choices that filters offer, and whether it may be changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flask import url_for

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import local_days
from scheduler.web.bookings.weeks import WeekLine
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import hours, local, when


def line_of(seen: SeenBooking, names: Names) -> WeekLine:
    """One booking as a line."""
    is_talk = seen.kind == Kind.TALK
    return WeekLine(
        href=url_for("bookings.booking", booking_id=seen.id) if seen.id else "",
        name=names.booking(seen),
        kind=seen.kind,
        kind_shown=wording.label(seen.kind, edge.lang()) if is_talk or (seen.title and not seen.is_busy) else "",
        when=when(seen.span),
        hours=hours(seen.span),
        where=names.room(seen.room),
        who=names.attendance(seen),
        state=seen.state,
        is_talk=is_talk,
        id=seen.id or "",
        remark=absent_text(seen.absent, names),
        state_shown=seen.is_busy is False and (is_talk or seen.state == State.CANCELLED),
    )


def other_times_href(booking_id: str, *, is_talk: bool) -> str:
    """Where another time is found for this one alone: of a talk those that are free, of anything else its form."""
    return url_for("bookings.other_times" if is_talk else "bookings.edit_booking", booking_id=booking_id)


def absent_text(people: tuple[PersonId, ...], names: Names) -> str:
    """Who cannot be had then, of whom the viewer may know it; empty: nobody."""
    if not people:
        return ""
    if people == (edge.actor().person,):
        return _("您不在岗")
    return _("%(names)s不在岗", names=names.people(people[:3]) + ("…" if len(people) > 3 else ""))


def day_lines(seen: SeenBooking, names: Names) -> Iterator[tuple[datetime, WeekLine]]:
    """A booking as the days show it that it stands on: one line at its start; of what lasts several days one on each."""
    line, start = line_of(seen, names), local(seen.span.start)
    if not facts.working_time().is_of_days(seen.span):
        yield start, line
        return
    end = local(seen.span.end)
    for day, begins, _ends in local_days(seen.span, edge.zone()):
        if day == start.date():
            told = _("%(time)s 起", time=wording.time_text(start))
        else:
            told = _("至 %(time)s", time=wording.time_text(end)) if day == end.date() else _("全天")
        yield begins.replace(tzinfo=start.tzinfo), replace(line, hours=told)


def kind_choices() -> list[Choice]:
    """Every kind of booking."""
    return [(kind.value, wording.label(kind, edge.lang())) for kind in Kind]


def room_choices(names: Names) -> list[Choice]:
    """Every room."""
    return [(room, names.room(room)) for room in names.rooms]


def may_change_seen(seen: SeenBooking) -> bool:
    """Whether to offer moving and cancelling; the service decides again when it is done."""
    actor = edge.actor()
    if seen.state == State.HELD and not access.may(actor, Action.BOOK):
        return False
    return booking_rights.may_arrange(actor, Kind(seen.kind), seen.people, seen.audience)


def many_acts() -> tuple[str, ...]:
    """What the visitor may do with many bookings at once; nothing: no boxes are shown."""
    actor = edge.actor()
    arranges = access.may(actor, Action.BOOK) or access.may(actor, Action.BOOK_IN_BRANCH)
    confirms = ("confirm",) if access.may(actor, Action.CONFIRM_FOR_ALL) else ()
    if arranges:
        return (*confirms, "room", "cancel", "export")
    return ("export",) if access.may(actor, Action.SEE_LEDGER) else ()
