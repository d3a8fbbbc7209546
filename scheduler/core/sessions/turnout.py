"""How many of those expected were at a booking, and whether that is a quorum."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from scheduler.core.campaigns.definitions import USUAL_QUORUM
from scheduler.core.ground.bookings import Booking, Part
from scheduler.core.ground.guests import persons
from scheduler.core.sessions.study import IN_FULL, Attendance, Attended


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who is expected at a booking and how many of them were there; observers count neither way."""

    expected: int
    by_status: Mapping[Attended, int]
    """How many of those expected were recorded as what."""
    observers: int
    """How many take part as observers."""
    needed: int
    """How many of those expected make a quorum."""

    @property
    def present(self) -> int:
        """How many of those expected were there, late ones and those who left early included."""
        return sum(self.by_status.get(status, 0) for status in IN_FULL)

    @property
    def unrecorded(self) -> int:
        """Of how many of those expected nothing was recorded."""
        return self.expected - sum(self.by_status.values())

    @property
    def is_quorate(self) -> bool:
        """Whether enough of those expected were there; where nobody is expected, never."""
        return 0 < self.needed <= self.present

    @property
    def late(self) -> int:
        """How many of those present came late."""
        return self.count(Attended.LATE)

    @property
    def left_early(self) -> int:
        """How many of those present left early."""
        return self.count(Attended.LEFT_EARLY)

    @property
    def on_leave(self) -> int:
        """How many of those expected were on leave."""
        return self.count(Attended.ON_LEAVE)

    @property
    def absent(self) -> int:
        """How many of those expected were absent without leave."""
        return self.count(Attended.ABSENT)

    def count(self, status: Attended) -> int:
        """How many of those expected were recorded so."""
        return self.by_status.get(status, 0)


def quorum(expected: int, share: Fraction = USUAL_QUORUM) -> int:
    """The least number of people that is at least this share of those expected: of 34 by two thirds, 23."""
    return ceil(expected * share)


def turnout(booking: Booking, attendance: Iterable[Attendance], share: Fraction = USUAL_QUORUM) -> Turnout:
    """How many came of those whom a booking expects; what was recorded of others, of observers or guests, is not counted."""
    guests = persons(booking.guests)
    expected = {p.person for p in booking.participants if p.part is Part.ATTENDEE} - guests
    recorded = {entry.person: entry.status for entry in attendance if entry.person in expected}
    return Turnout(
        len(expected),
        Counter(recorded.values()),
        sum(p.part is Part.OBSERVER and p.person not in guests for p in booking.participants),
        quorum(len(expected), share),
    )
