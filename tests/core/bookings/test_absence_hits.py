"""Which standing bookings absences hit."""

from dataclasses import replace

from scheduler.core.bookings.absence_hits import absent, hits
from scheduler.core.ground.bookings import Absence, Booking
from tests.builders import a_booking, a_roster, a_talk, a_working_time, an_absence

TUESDAY_MORNINGS = replace(
    an_absence(last="2014-07-31", number=7), only_weekdays=(1,), only_from="08:30", only_to="11:30"
)
"""p01 can be had on Tuesday mornings of July only; the 1st is a Tuesday."""


def told(entered: list[Absence], *bookings: Booking, known: list[Absence] | None = None) -> list[tuple[str, object]]:
    """The bookings hit, and who is away; what is entered is all that is known, unless more is."""
    findings = hits(entered, known or entered, bookings, a_roster(), a_working_time())
    return [(finding.subject, finding.details["name"]) for finding in findings]


def test_a_booking_that_somebody_is_kept_from_is_hit_once_for_each_of_them() -> None:
    both = [an_absence(), an_absence("p02", number=2)]
    names = [a_roster().name(person) for person in a_talk().people]

    assert told(both, a_talk()) == [("T001", names[0]), ("T001", names[1])]


def test_other_days_other_people_and_what_was_cancelled_are_not_hit() -> None:
    others = [a_talk("T002", "2014-07-02T09:00"), a_talk("T003", who=["p03", "p04"])]
    cancelled = a_talk("T004", is_cancelled=True)

    assert told([an_absence()], *others, cancelled) == []


def test_hours_at_which_somebody_can_be_had_hit_only_what_lies_outside() -> None:
    inside, outside = a_talk("T001", "2014-07-01T09:00"), a_booking("E02", start="2014-07-01T14:00")

    assert [subject for subject, _ in told([TUESDAY_MORNINGS], inside, outside)] == ["E02"]


def test_what_was_known_before_and_is_not_entered_now_is_not_told_again() -> None:
    known = [an_absence(), an_absence(first="2014-07-08", last="2014-07-08", number=2)]

    assert told(known[1:], a_talk(), known=known) == []


def test_a_booking_is_marked_with_those_named_who_are_away() -> None:
    of_audience = replace(a_talk("E01"), participants=tuple(replace(p, is_named=False) for p in a_talk().participants))

    marks = absent([an_absence()], [a_talk(), a_talk("T002", "2014-07-02T09:00"), of_audience], a_working_time())

    assert marks == {"T001": ("p01",)}
