"""What the calendar asks for while something is dragged: when it cannot be, as times of the wall clock and without telling why."""

from datetime import date

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import taken_times as service
from scheduler.services.bookings.taken_times import TakenTimes
from scheduler.web.bookings import calendar_answers, pages
from scheduler.web.bookings.calendar_entries import walls
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _

MIN_PEOPLE = 2


@pages.get("/bookings/<booking_id>/taken")
@edge.policy(*booking_rights.ARRANGING)
def taken_for_booking(booking_id: str) -> ResponseReturnValue:
    """When its people are taken or away, and when its room is."""
    fields = Fields(request.args)
    days = _days(fields)
    if days is None:
        return calendar_answers.no(422, None, fields)
    return _told(service.for_booking(edge.session(), edge.actor(), BookingId(booking_id), *days, edge.clock()))


@pages.get("/bookings/taken")
@edge.policy(*booking_rights.ARRANGING)
def taken_for_talk() -> ResponseReturnValue:
    """The same for a talk that is not booked yet, with every room that would do, the one liked most first."""
    fields = Fields(request.args)
    days = _days(fields)
    people = fields.people("people", facts.roster())
    if len(people) < MIN_PEOPLE:
        fields.refuse("people", _("谈话需要两个人。"))
    if days is None or not fields.is_valid:
        return calendar_answers.no(422, None, fields)
    return _told(service.for_talk(edge.session(), edge.actor(), people, *days, edge.clock()))


def _days(fields: Fields) -> tuple[date, date] | None:
    """The days shown; None if they are none, or too many."""
    first, last = fields.day("from", required=True), fields.day("to", required=True)
    if first and last and not first <= last <= first + service.MAX_STRETCH:
        fields.refuse("to", _("最多看 %(most)s 天。", most=service.MAX_STRETCH.days))
    return (first, last) if first and last and fields.is_valid else None


def _told(taken: TakenTimes) -> ResponseReturnValue:
    rooms = [{"id": room, "taken": [walls(span) for span in spans]} for room, spans in taken.rooms]
    return jsonify(people=[walls(span) for span in taken.people], rooms=rooms)
