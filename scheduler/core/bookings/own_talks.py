"""What somebody may do about a talk of their own: say that they will be there, propose another time, confirm that it was held."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import PersonId


class Step(StrEnum):
    """One thing that one of a talk's people does about it, with one tap."""

    COME = "come"
    PROPOSE = "propose"
    HELD = "held"


def steps(person: PersonId, talk: SeenBooking, now: datetime, *, comes: bool = False) -> frozenset[Step]:
    """What one of its people may do about a talk now; before it begins, it can be moved, and afterwards confirmed."""
    if talk.kind != Kind.TALK or person not in talk.people:
        return frozenset()
    if talk.span.start > now:
        ahead = {Step.PROPOSE} if comes else {Step.COME, Step.PROPOSE}
        return frozenset(ahead if talk.state == State.BOOKED else ())
    is_unsaid = talk.state in (State.BOOKED, State.AWAITING_CONFIRMATION) and person not in talk.confirmed
    return frozenset({Step.HELD} if is_unsaid else ())


def pressing(person: PersonId, talks: Iterable[SeenBooking], now: datetime) -> list[SeenBooking]:
    """One's own talks that are not over: those that wait to be confirmed first, then those that lie ahead, by start."""
    own = sorted((talk for talk in talks if talk.kind == Kind.TALK and talk.id), key=lambda talk: talk.span)
    waiting = [talk for talk in own if Step.HELD in steps(person, talk, now)]
    upcoming = (State.BOOKED, State.AWAITING_CONFIRMATION)
    ahead = [talk for talk in own if talk.state in upcoming and talk.span.end > now and talk not in waiting]
    return waiting + ahead
