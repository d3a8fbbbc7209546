"""Signing in at a booking by a code that changes: which code is good when, from when on one may sign in, and as what it counts."""

import base64
import hashlib
import hmac
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.core.ground.bookings import Kind, Part
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions.study import Attended

STEP = 30
"""Seconds after which another code is shown."""
GRACE = 15
"""Seconds for which a code is still good when the next is shown: a telephone takes that long to open it."""
REMEMBERED = 120
"""Steps for which a code is known as one that was good: an hour."""
OPENS = timedelta(minutes=30)
"""How long before the start one may sign in."""
LASTS = timedelta(minutes=10)
"""How long after a scan one may still say who one is."""
PUNCTUAL = timedelta(minutes=1)
"""Who signs in within the minute of the start is not late."""
NUMBERS = 100
"""Two digits are compared."""


class Freshness(StrEnum):
    """What a code is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """Somebody scanned a good code of a booking, at a moment of the organisation's time."""

    booking: BookingId
    at: datetime


@dataclass(frozen=True, slots=True)
class Arriver:
    """Whose arrival it is: somebody of the roster, or a guest from outside."""

    person: PersonId | None = None
    guest: GuestId | None = None

    def __post_init__(self) -> None:
        if (self.person is None) == (self.guest is None):
            raise ValueError("An arriver is a person's or a guest's.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody signed in at a booking; whoever only gave a name shows `number` to an organizer, and counts once accepted."""

    booking: BookingId
    seat: Arriver
    at: datetime
    number: str = ""
    is_accepted: bool = True


def code(key: str, booking: BookingId, moment: datetime) -> str:
    """The code of a booking at a moment of real time: it follows from a key outside the database, and tells nothing of it."""
    return _code(key, booking, _step(moment))


def seconds_left(moment: datetime) -> int:
    """Until another code is shown."""
    return STEP - int(moment.timestamp()) % STEP


def freshness(given: str, key: str, booking: BookingId, moment: datetime) -> Freshness:
    """What a code is worth at a moment of real time: the present one is good, the one before for a few seconds more."""
    step, typed = _step(moment), given.encode("utf-8", "surrogatepass")
    is_in_grace = int(moment.timestamp()) % STEP < GRACE
    for age in range(REMEMBERED):
        if hmac.compare_digest(typed, _code(key, booking, step - age).encode()):
            return Freshness.GOOD if age == 0 or (age == 1 and is_in_grace) else Freshness.EXPIRED
    return Freshness.UNKNOWN


def has_sign_in(kind: Kind) -> bool:
    """Whether one signs in at a booking of a kind: a talk is confirmed instead."""
    return kind is not Kind.TALK


def is_open(span: Span, now: datetime) -> bool:
    """Whether one may sign in: from half an hour before the start until the end."""
    return span.start - OPENS <= now < span.end


def counts(at: datetime, span: Span) -> bool:
    """Whether a sign-in belongs to what lies at a time: of a booking that was moved since, it does not."""
    return is_open(span, at)


def status(at: datetime, span: Span, part: Part | None) -> Attended:
    """As what a sign-in counts; observers observe, and of the others who comes after the minute of the start is late."""
    if part is Part.OBSERVER:
        return Attended.OBSERVER
    return Attended.ATTENDED if at < span.start + PUNCTUAL else Attended.LATE


def free_number(draw: int, taken: Container[str]) -> str:
    """Two digits that nobody else shows just now, beginning from what was drawn; twice only when all are taken."""
    numbers = (f"{(draw + ahead) % NUMBERS:02}" for ahead in range(NUMBERS))
    return next((number for number in numbers if number not in taken), f"{draw % NUMBERS:02}")


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def _code(key: str, booking: BookingId, step: int) -> str:
    made = hmac.new(key.encode("utf-8", "surrogatepass"), f"sign-in {booking} {step}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made.digest()[:9]).decode()
