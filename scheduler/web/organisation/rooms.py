"""Rooms: what there is, how a room's day looks (占用 for what one may not know), and their editing."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import State
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import Room
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.organisation import people
from scheduler.web.bookings.lines import line_of
from scheduler.web.bookings.weeks import WeekLine
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.paging import here
from scheduler.web.page.texts import _
from scheduler.web.page.words import local

USES = ("talk", "meeting", "all")


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room, and what stands in it on the day."""

    room: Room
    name: str
    lines: list[WeekLine]


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One day of a room's week."""

    day: date
    is_workday: bool
    note: str
    lines: list[WeekLine]


@pages.get("/rooms")
@edge.policy(Action.SEE_ORGANISATION)
def rooms() -> ResponseReturnValue:
    """All rooms with what stands in them on a day."""
    fields, names, today = Fields(request.args), facts.names(), facts.today()
    day = fields.day("day") or today
    seen = bookings.listing(edge.session(), edge.actor(), Query(first=day, last=day), edge.clock())
    lines = grouped((booking.room, line_of(booking, names)) for booking in seen if booking.state != State.CANCELLED)
    groups = [
        (
            wording.label(f"room:{use}", edge.lang()),
            [
                RoomLine(room, names.room(room.id), lines.get(RoomId(room.id), []))
                for room in names.rooms.values()
                if room.use == use
            ],
        )
        for use in USES
    ]
    return render_template(
        "organisation/rooms.html",
        fields=fields,
        groups=[group for group in groups if group[1]],
        day=day,
        today=today,
        before=here(day=(day - timedelta(days=1)).isoformat()),
        after=here(day=(day + timedelta(days=1)).isoformat()),
    )


@pages.get("/rooms/<room_id>")
@edge.policy(Action.SEE_ORGANISATION)
def room(room_id: str) -> ResponseReturnValue:
    """A week of one room; 占用 where the viewer may not know what it is."""
    fields, names, today = Fields(request.args), facts.names(), facts.today()
    place = _known(room_id, names)
    day = fields.day("day") or today
    monday = day - timedelta(days=day.weekday())
    query = Query(room=RoomId(room_id), first=monday, last=monday + timedelta(days=6))
    seen = [
        booking
        for booking in bookings.listing(edge.session(), edge.actor(), query, edge.clock())
        if booking.state != State.CANCELLED
    ]
    table = facts.working_time()
    days = [
        RoomDay(
            on,
            table.is_workday(on),
            facts.note_of(table, on),
            [line_of(booking, names) for booking in seen if local(booking.span.start).date() == on],
        )
        for on in (monday + timedelta(days=number) for number in range(7))
    ]
    return render_template(
        "organisation/room.html",
        room=place,
        name=names.room(room_id),
        use=wording.label(f"room:{place.use}", edge.lang()),
        days=[day for day in days if day.is_workday or day.lines],
        first=monday,
        last=monday + timedelta(days=6),
        today=today,
        before=here(day=(monday - timedelta(days=7)).isoformat()),
        this_week=here(day=None),
        after=here(day=(monday + timedelta(days=7)).isoformat()),
    )


def _known(room_id: str, names: Names) -> Room:
    room = names.rooms.get(RoomId(room_id))
    if room is None:
        raise NotFound("room", room_id)
    return room


# ── Editing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.get("/rooms/new")
@edge.policy(Action.EDIT_ORGANISATION)
def new_room() -> ResponseReturnValue:
    """The form of a new room."""
    return _form(None, Fields({"use": "talk"}))


@pages.post("/rooms")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def add_room() -> ResponseReturnValue:
    """Put up a new room."""
    return _written(None)


@pages.get("/rooms/<room_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def edit_room(room_id: str) -> ResponseReturnValue:
    """The form of a room."""
    room = _known(room_id, facts.names())
    capacity = "" if room.capacity is None else str(room.capacity)
    return _form(room, Fields({"name": room.name, "name_en": room.name_en, "capacity": capacity, "use": room.use}))


@pages.post("/rooms/<room_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def change_room(room_id: str) -> ResponseReturnValue:
    """Write a room."""
    return _written(_known(room_id, facts.names()))


def _written(standing: Room | None) -> ResponseReturnValue:
    """Add or change a room from the form."""
    fields = Fields(request.form)
    room = Room(
        id=standing.id if standing else "",
        name=fields.text("name", required=True),
        name_en=fields.text("name_en"),
        capacity=fields.number("capacity", 0, 100_000),
        use=fields.one_of("use", USES, required=True),
    )
    if fields.is_valid:
        try:
            if standing:
                people.edit_room(edge.session(), edge.actor(), room, edge.clock())
                flash(_("已保存。"), "good")
            else:
                added = people.add_room(edge.session(), edge.actor(), room, edge.clock())
                back = url_for("organisation.remove_room", room_id=added.id)
                undo.offer(_("已添加：%(name)s。", name=added.name), back)
            return redirect(url_for("organisation.rooms"), 303)
        except Malformed as error:
            fields.take(error, "name")
    return _form(standing, fields), 422


def _form(standing: Room | None, fields: Fields) -> str:
    uses: list[Choice] = [(use, wording.label(f"room:{use}", edge.lang())) for use in USES]
    return render_template("organisation/edit_room.html", room=standing, fields=fields, uses=uses)
