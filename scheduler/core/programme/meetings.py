"""What came of a meeting: how many were there, person-times of criticism, opinions, and when it was reported. Numbers alone."""

from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId

REPORT_DAYS = 15
"""Calendar days after a meeting by which it is reported, where the campaign says nothing."""


@dataclass(frozen=True, slots=True)
class MeetingResult:
    """The numbers of a meeting, as far as they are known."""

    booking: BookingId
    expected: int | None = None
    present: int | None = None
    observers: int | None = None
    person_times: int | None = None
    items: int | None = None
    reported_on: date | None = None


def most_person_times(present: int) -> int:
    """Criticism is directed: each of those present can criticise each other one."""
    return present * (present - 1)


def hints(result: MeetingResult, present: int) -> tuple[Finding, ...]:
    """What is odd about the numbers; they are kept all the same."""
    most = most_person_times(present)
    if result.person_times is not None and result.person_times > most:
        details = {"person_times": result.person_times, "most": most, "present": present}
        return (Finding("more_criticism_than_pairs", result.booking, details),)
    return ()
