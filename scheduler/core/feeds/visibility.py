"""What a viewer may know of a booking: all of it, or only that the time is taken. Pages, API, feeds and the command line agree."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import assert_never

from scheduler.core.feeds.definitions import Feed, Scope, groups_in
from scheduler.core.ground.access import Actor, Role, may_see_booking
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import AsOf, Booking, Mode, Part, Size
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RoomId
from scheduler.core.ground.spans import Span

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
    confirmations: tuple[tuple[PersonId, datetime], ...] = ()
    """Who confirmed that the talk was held, and when."""
    campaign: CampaignId | None = None
    hours: float | None = None
    """The study hours that it states; None: as its time says."""
    guests: tuple[Guest, ...] = ()
    """People outside the roster who come as well."""
    agenda: tuple[AgendaItem, ...] = ()
    remark: str = ""
    link: str = ""
    """Where one joins by video."""
    series: str = ""
    absent: tuple[PersonId, ...] = ()
    """Who of them cannot be had then, as far as the viewer may know: organizers of all, others of themselves."""

    @property
    def confirmed(self) -> tuple[PersonId, ...]:
        """Who confirmed that the talk was held."""
        return tuple(person for person, _ in self.confirmations)


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
        confirmations=tuple((p.person, p.confirmed_at) for p in booking.participants if p.confirmed_at),
        campaign=booking.campaign,
        hours=booking.hours,
        guests=booking.guests,
        agenda=booking.agenda,
        remark=booking.remark,
        link=booking.link,
        series=booking.series,
    )


class Shown(Enum):
    """What of a booking stands in a feed."""

    WHOLE = auto()
    NAMELESS = auto()
    """A talk without the other one's name."""
    BUSY = auto()
    """That the time is taken, and nothing else."""
    NOTHING = auto()


def in_feed(booking: Booking, feed: Feed) -> Shown:
    """What of a booking a feed may show: to its person what they may see, to others no talk, in a room that it is taken."""
    match feed.owner.scope:
        case Scope.PERSON:
            if not may_see_booking(Actor(feed.person, frozenset({Role.MEMBER})), booking):
                return Shown.NOTHING
            return Shown.NAMELESS if booking.is_talk and feed.options.hides_names else Shown.WHOLE
        case Scope.ROOM:
            return Shown.BUSY if booking.room == feed.room else Shown.NOTHING
        case Scope.GROUP:
            is_invited = feed.group in groups_in(booking.audience)
            return Shown.WHOLE if is_invited and not booking.is_talk else Shown.NOTHING
        case Scope.CAMPAIGN:
            is_its_own = booking.campaign == feed.campaign
            return Shown.WHOLE if is_its_own and not booking.is_talk else Shown.NOTHING
        case _:
            assert_never(feed.owner.scope)
