"""What a meeting goes through: shown to whoever may see it, changed by whoever may change it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.access import Action
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, Kind
from scheduler.core.ground.errors import Malformed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts, meetings
from scheduler.services.bookings.acts import BookingChange
from scheduler.web.bookings import pages
from scheduler.web.bookings.forms import seen_booking
from scheduler.web.bookings.heads import head
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

MORE = 3
"""So many empty lines follow what is there."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point as a page prints it, or as it was typed."""

    title: str
    speaker: str
    minutes: str


@pages.get("/bookings/<booking_id>/agenda")
@edge.policy(Action.SEE_ORGANISATION)
def agenda(booking_id: str) -> ResponseReturnValue:
    """The agenda of a meeting."""
    return _page(booking_id, Fields({}))


def points(agenda_items: tuple[AgendaItem, ...], names: Names) -> list[Point]:
    """The points of an agenda with the names of those who speak."""
    return [
        Point(item.title, names.person(item.person) or item.speaker, str(item.minutes or "")) for item in agenda_items
    ]


def _page(booking_id: str, fields: Fields) -> str:
    seen, names = seen_booking(booking_id)
    if seen.kind == Kind.TALK:
        raise NotFound("booking", booking_id)  # what is said in a talk is nobody's business
    the_head = head(seen, names)
    standing = points(seen.agenda, names)
    typed = _typed(fields) or standing
    return render_template(
        "bookings/agenda.html",
        head=the_head,
        points=standing,
        typed=[*typed, *([Point("", "", "")] * MORE)],
        fields=fields,
        remark=seen.remark,
        link=seen.link,
        sum_minutes=sum(item.minutes or 0 for item in seen.agenda),
        people_options=facts.person_options(names) if the_head.may_change else [],
    )


def _typed(fields: Fields) -> list[Point]:
    columns = (fields.values.getlist(f"point_{name}") for name in ("title", "speaker", "minutes"))
    return [Point(*row) for row in zip(*columns, strict=False) if any(map(str.strip, row))]


@pages.post("/bookings/<booking_id>/agenda")
@edge.policy(*booking_rights.ARRANGING)
@once
def change_agenda(booking_id: str) -> ResponseReturnValue:
    """Write the agenda anew, in the order of the lines; an empty line is none."""
    fields, (_seen, names) = Fields(request.form), seen_booking(booking_id)
    items = tuple(_item(place, point, names, fields) for place, point in enumerate(_typed(fields), start=1))
    change = BookingChange(
        agenda=items,
        remark=fields.typed("remark"),
        link=fields.typed("link"),
        version=fields.number("version", 1, 10**9),
    )
    if not fields.is_valid:
        return _page(booking_id, fields), 422
    try:
        acts.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    except Malformed as error:
        fields.take(error, "agenda")
        return _page(booking_id, fields), 422
    except Refused as no:
        fields.refuse("agenda", " ".join(wording.text(finding, edge.lang()) for finding in no.blocking))
        return _page(booking_id, fields), 409
    except Outdated as error:
        fields.refuse("agenda", wording.error(error, edge.lang()))
        return _page(booking_id, fields), 409
    flash(_("已保存议程。"), "good")
    return redirect(url_for("bookings.agenda", booking_id=booking_id), 303)


def _item(place: int, point: Point, names: Names, fields: Fields) -> AgendaItem:
    """A line as a point; what is wrong with it is told beside the table."""
    person = meetings.speaking(point.speaker.strip(), names.roster)
    minutes = None
    if point.minutes.strip():
        length = Fields({"minutes": point.minutes})
        minutes = length.number("minutes", 1, MAX_BOOKING_MINUTES)
        if length.errors:
            fields.refuse("agenda", _("第 %(place)s 项的分钟数：%(what)s", place=place, what=length.errors["minutes"]))
    if not point.title.strip():
        fields.refuse("agenda", _("第 %(place)s 项要写事项。", place=place))
    return AgendaItem(point.title, person, "" if person else point.speaker, minutes)
