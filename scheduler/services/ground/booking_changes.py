"""What comes in and goes out of the verbs about bookings."""

from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import CampaignId, GuestId, PersonId, RoomId


@dataclass(frozen=True, slots=True)
class BookingChange:
    """What shall be different about a booking; None: nothing."""

    start: datetime | None = None
    minutes: int | None = None
    room: RoomId | None = None
    """An empty id: no room any more."""
    title: str | None = None
    add_people: tuple[PersonId, ...] = ()
    remove_people: tuple[PersonId, ...] = ()
    only_booking: bool = False
    """Leave the milestone where it is that this booking is the meeting of."""
    version: int | None = None
    """The version that the asker saw; None: whichever stands."""
    campaign: CampaignId | None = None
    hours: float | None = None
    """The study hours that it shall state; 0: none any more, they are as its time says."""
    add_guests: tuple[Guest, ...] = ()
    """Who is a guest already stays as they are."""
    remove_guests: tuple[GuestId, ...] = ()
    host: PersonId | None = None
    """An empty id: nobody any more."""
    agenda: tuple[AgendaItem, ...] | None = None
    remark: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking as it stands now (or would stand), and what is to be said about it."""

    booking: Booking
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, slots=True)
class Query:
    """Which bookings are asked for; None: whichever."""

    person: PersonId | None = None
    room: RoomId | None = None
    kind: Kind | None = None
    first: date | None = None
    last: date | None = None
    """Both days included."""
    campaign: CampaignId | None = None
