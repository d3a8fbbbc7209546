"""Guests of a booking: listed, invited, taken off, and how they were there."""

from typing import Annotated

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Name, Taken, Title, Version
from scheduler.core.ground.access import Action
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts
from scheduler.services.bookings import guests as service
from scheduler.services.bookings.acts import BookingChange
from scheduler.shapes.bookings import BookedModel, GuestListModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class GuestBody(Taken):
    """Somebody by name: sent by an external contact, or of the roster, or neither."""

    name: Annotated[Title, Field(min_length=1)]
    unit: Title = ""
    post: Title = ""
    kind: Title = ""
    contact: Name | None = None
    person: Name | None = None


class GuestsBody(Taken):
    """Guests one by one; or all external contacts of a category of whom nobody comes yet."""

    version: Version | None = None
    guests: Annotated[list[GuestBody], Field(max_length=500)] = Field([])
    kinds: Annotated[list[Name], Field(max_length=50)] = Field([], description="Such as street_town")


class GuestAttendanceBody(Taken):
    """How guests from outside were there, by their ids; those of the roster stand in the booking's attendance."""

    guests: Annotated[dict[Name, Attended], Field(max_length=500)]


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/bookings/<booking_id>/guests")
@api.output(GuestListModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_guests(booking_id: str) -> Response:
    """The guests of a booking, and how many sit in the room."""
    return _listed(BookingId(booking_id))


@api.post("/bookings/<booking_id>/guests")
@api.input(GuestsBody, arg_name="body")
@api.output(BookedModel)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def invite_guests(booking_id: str, body: GuestsBody) -> Response:
    """Invite guests; who is one already stays as they are."""
    words = [f"ext:{kind}" for kind in body.kinds]
    of_kinds = service.read(edge.session(), edge.actor(), words, edge.clock())
    change = BookingChange(version=body.version, add_guests=(*guests_of(body.guests), *of_kinds))
    made = acts.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    return document(BookedModel.made(made, reader()))


@api.delete("/bookings/<booking_id>/guests/<guest_id>")
@api.output(BookedModel)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def remove_guest(booking_id: str, guest_id: str) -> Response:
    """Take a guest off again."""
    change = BookingChange(remove_guests=(GuestId(guest_id),))
    made = acts.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    return document(BookedModel.made(made, reader()))


@api.put("/bookings/<booking_id>/guest-attendance")
@api.input(GuestAttendanceBody, arg_name="body")
@api.output(GuestListModel)
@edge.policy(Action.EDIT_ATTENDANCE)
def record_guests(booking_id: str, body: GuestAttendanceBody) -> Response:
    """Record how guests were there, all of it or nothing; before the booking has begun the answer is 409."""
    statuses = {GuestId(guest): status for guest, status in body.guests.items()}
    service.attend(edge.session(), edge.actor(), BookingId(booking_id), statuses, edge.clock())
    return _listed(BookingId(booking_id))


def guests_of(bodies: list[GuestBody]) -> tuple[Guest, ...]:
    """Guests as they were sent."""
    return tuple(
        Guest(GuestId(""), b.name, b.unit, b.post, b.kind, b.contact or "", PersonId(b.person) if b.person else None)
        for b in bodies
    )


def _listed(booking_id: BookingId) -> Response:
    return document(GuestListModel.of(service.listing(edge.session(), edge.actor(), booking_id, edge.clock())))
