"""Picking a time out of those that are really free: for a talk that is still open, or instead of one that stands."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as service
from scheduler.services.bookings import free_times
from scheduler.services.bookings.free_times import FreeTime, TimeQuery
from scheduler.web.bookings import pages
from scheduler.web.page import facts
from scheduler.web.page.facts import words_of_free
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.words import when

SHOWN = 8
MINUTES = 45


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A free time; `value` is what the form sends."""

    value: str
    when: str
    where: str


@pages.get("/talks/new")
@edge.policy(*booking_rights.ARRANGING)
def propose() -> ResponseReturnValue:
    """Times at which the viewer and somebody are both free."""
    fields, names, actor = Fields(request.args), facts.names(), edge.actor()
    others = fields.people("people", names.roster)
    people = tuple(dict.fromkeys((*((actor.person,) if actor.person else ()), *others)))
    rule_set = fields.text("rule_set")
    return render_template(
        "bookings/times.html",
        name=names.people(others),
        slots=_slots(TimeQuery(Kind.TALK, MINUTES, people), names),
        people=people,
        minutes=MINUTES,
        rule_set=rule_set,
        action=url_for("bookings.create_booking"),
        own_choice=url_for("bookings.new_booking", kind="talk", people=people, rule_set=rule_set or None),
        back=url_for("me.me") if actor.person else url_for("coverage.home"),
        stands=None,
    )


@pages.get("/bookings/<booking_id>/times")
@edge.policy(*booking_rights.ARRANGING)
def other_times(booking_id: str) -> ResponseReturnValue:
    """Other times for a talk that stands."""
    seen = service.seen_booking(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    names = facts.names()
    minutes = int(seen.span.length.total_seconds() // 60)
    return render_template(
        "bookings/times.html",
        name=names.people(person for person in seen.people if person != edge.actor().person),
        slots=_slots(free_times.instead(edge.session(), edge.actor(), BookingId(booking_id)), names),
        people=(),
        minutes=minutes,
        rule_set="",
        action=url_for("bookings.change_booking", booking_id=booking_id),
        own_choice=url_for("bookings.edit_booking", booking_id=booking_id),
        back=url_for("me.me"),
        stands=when(seen.span),
        version=seen.version,
    )


def _slots(query: TimeQuery, names: Names) -> list[FreeSlot]:
    """The next few times, at most one of each half-day so that there is a choice of days."""
    starts = free_times.find(edge.session(), edge.actor(), query, edge.clock(), limit=60)
    return [_slot(free, names) for free in facts.spread(starts, 1)[:SHOWN]]


def _slot(free: FreeTime, names: Names) -> FreeSlot:
    start = free.span.start.astimezone(edge.zone())
    return FreeSlot(words_of_free(free), wording.moment_text(start, edge.lang()), names.room(free.room))
