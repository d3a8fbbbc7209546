"""Visits: whose contact point has seen nobody yet."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import AsOf, Booking, Kind, Participant
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.programme.visits import OutsidePoint, VisitState, visited, without_visit

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


def test_those_nobody_was_at_come_first_and_a_visit_is_to_where_it_says() -> None:
    def a_visit(key: str, days: int, *people: PersonId) -> Booking:
        span = Span(START + timedelta(days=days), START + timedelta(days=days, hours=1))
        return Booking(BookingId(key), Kind.FIELD_VISIT, "", span, participants=tuple(map(Participant, people)))

    visits = [a_visit("V3", 9, FIRST), a_visit("V1", 0, FIRST), a_visit("V2", 8, SECOND), a_visit("V4", 1, THIRD)]
    points = [OutsidePoint(FIRST, "u1"), OutsidePoint(SECOND, "u2"), OutsidePoint(THIRD, "u3")]
    as_of = AsOf(date(2014, 8, 6), START + timedelta(days=2), ZoneInfo("Asia/Shanghai"))

    told = visited(points, visits, {BookingId("V4"): "u9"}, as_of)

    assert [(each.point.person, each.state, each.held, each.booked) for each in told] == [
        (THIRD, VisitState.OPEN, (), ()),
        (SECOND, VisitState.BOOKED, (), ("V2",)),
        (FIRST, VisitState.VISITED, ("V1",), ("V3",)),
    ]
    assert (told[2].last, told[2].next) == (date(2014, 8, 4), date(2014, 8, 13))
