"""What a viewer may know of a booking: all of it, or only that the time is taken. Pages, API, feeds and the command line agree."""

from dataclasses import dataclass

from scheduler.core.access import Actor, may_see_booking
from scheduler.core.bookings import AsOf, Booking, Mode, Part, Size
from scheduler.core.ids import BookingId, PersonId, RoomId
from scheduler.core.spans import Span

BUSY = "busy"
BUSY_TITLE = "占用"


@dataclass(frozen=True, slots=True)
class SeenBooking:
    """A booking as one viewer sees it. A busy one has a time and a room, and nothing else."""

    id: BookingId | None
    kind: str
    title: str
    span: Span
    room: RoomId | None
    people: tuple[PersonId, ...]
    """Attendees and observers, in the order they were named."""
    state: str
    is_busy: bool = False
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    audience: tuple[str, ...] = ()
    observers: tuple[PersonId, ...] = ()
    host: PersonId | None = None
    version: int = 0
    confirmed: tuple[PersonId, ...] = ()
    """Who confirmed that the talk was held."""


def see(booking: Booking, actor: Actor, as_of: AsOf) -> SeenBooking:
    """A booking as far as somebody may see it, in the state it had on a day."""
    if not may_see_booking(actor, booking):
        return SeenBooking(None, BUSY, BUSY_TITLE, booking.span, booking.room, (), BUSY, is_busy=True)
    return SeenBooking(
        booking.id,
        booking.kind,
        booking.title,
        booking.span,
        booking.room,
        booking.people,
        booking.state(as_of),
        mode=booking.mode,
        size=booking.size,
        audience=booking.audience,
        observers=tuple(p.person for p in booking.participants if p.part is Part.OBSERVER),
        host=booking.host,
        version=booking.version,
        confirmed=tuple(p.person for p in booking.participants if p.confirmed_at),
    )
