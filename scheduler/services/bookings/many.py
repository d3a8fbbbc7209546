"""One act done to many bookings: each for itself, so that one that cannot be keeps no other back; those are named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.services.bookings import acts
from scheduler.services.ground.booking_changes import Booked, BookingChange

MOST = 200
"""So many bookings at once."""
No = Malformed | NotAllowed | NotFound | Outdated | Refused


@dataclass(frozen=True, slots=True)
class ManyDone:
    """What became of each, in the order given."""

    done: Mapping[BookingId, Booked]
    refused: Mapping[BookingId, No]


def confirm(session: Session, actor: Actor, ids: Sequence[BookingId], clock: Clock) -> ManyDone:
    """Confirm that talks were held. Raises Malformed when there are too many."""
    return _each(ids, lambda name: acts.confirm(session, actor, name, clock))


def unconfirm(session: Session, actor: Actor, ids: Sequence[BookingId], clock: Clock) -> ManyDone:
    """Take that back."""
    return _each(ids, lambda name: acts.unconfirm(session, actor, name, clock))


def cancel(session: Session, actor: Actor, ids: Sequence[BookingId], clock: Clock) -> ManyDone:
    """Take bookings off the calendar."""
    return _each(ids, lambda name: acts.cancel(session, actor, name, clock))


def restore(session: Session, actor: Actor, ids: Sequence[BookingId], clock: Clock) -> ManyDone:
    """Put cancelled ones back."""
    return _each(ids, lambda name: acts.restore(session, actor, name, clock))


def move_to(session: Session, actor: Actor, rooms: Mapping[BookingId, RoomId], clock: Clock) -> ManyDone:
    """Give each another room; an empty id is no room."""
    return _each(list(rooms), lambda name: acts.change(session, actor, name, BookingChange(room=rooms[name]), clock))


def _each(ids: Sequence[BookingId], act: Callable[[BookingId], Booked]) -> ManyDone:
    """One after the other, each once."""
    if len(ids) > MOST:
        raise Malformed("too_many_bookings", "booking", most=MOST)
    done: dict[BookingId, Booked] = {}
    refused: dict[BookingId, No] = {}
    for name in dict.fromkeys(ids):
        try:
            done[name] = act(name)
        except (Malformed, NotAllowed, NotFound, Outdated, Refused) as no:
            refused[name] = no
    return ManyDone(done, refused)
