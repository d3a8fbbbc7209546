"""The numbers of meetings that were held, and when they were reported."""

from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import booking_named
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.people import Read, lines

NUMBERS = ("expected", "present", "observers", "person_times", "items")


def results(table: Table, directory: Directory) -> Read:
    """How many were there, how many person-times of criticism and how many opinions there were."""
    for line in lines(table, directory):
        booking = booking_named(line, "booking")
        if booking is None and not line.errors:
            line.wrong("booking", "missing")
        fields: dict[str, object] = {"booking": booking}
        for column in NUMBERS:
            if line.has(column):
                fields[column] = line.number(column)
        expected, present = fields.get("expected"), fields.get("present")
        if isinstance(expected, int) and isinstance(present, int) and present > expected:
            line.wrong("present", "more_than_expected", expected=expected)
        if line.has("reported_on"):
            fields["reported_on"] = reported = line.day("reported_on")
            held = directory.session_days.get(booking) if booking else None
            if reported and held and reported < held:
                line.wrong("reported_on", "before_meeting", day=held)
        yield from line.fact(Subject.MEETING_RESULT, str(booking), fields)
