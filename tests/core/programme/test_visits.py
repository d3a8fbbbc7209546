"""Visits: whose contact point has seen nobody yet."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import AsOf, Booking, Kind, Participant
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.programme.visits import OutsidePoint, without_visit

FIRST, SECOND, THIRD = map(PersonId, ("p1", "p2", "p3"))
START = datetime(2014, 8, 4, 1, tzinfo=UTC)


def test_who_has_a_contact_point_and_was_on_no_visit() -> None:
    visit = Booking(
        BookingId("V1"), Kind.VISIT, "", Span(START, START + timedelta(hours=1)), participants=(Participant(FIRST),)
    )
    points = [
        OutsidePoint(FIRST, "u1"),
        OutsidePoint(SECOND, "u2", date(2014, 8, 4), date(2014, 8, 31)),
        OutsidePoint(THIRD, "u3", None, date(2014, 8, 3)),
    ]
    before, on = (
        AsOf(day, START + timedelta(hours=n), ZoneInfo("Asia/Shanghai"))
        for day, n in ((date(2014, 8, 3), -20), (date(2014, 8, 4), 14))
    )

    assert without_visit(points, [visit], before) == (FIRST, THIRD)
    assert without_visit(points, [visit], on) == (SECOND,)
