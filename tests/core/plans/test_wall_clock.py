from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scheduler.core.ground.spans import Span
from scheduler.core.plans.problems import wall
from scheduler.core.plans.wall_clock import moment_at, stretch_of
from tests.builders import ZONE, at

DAY = date(2014, 7, 1)


def test_begun_minutes_count_whole() -> None:
    span = Span(at("2014-07-01T09:00:30"), at("2014-07-01T09:45:01"))

    assert stretch_of(span, ZONE) == (wall(DAY, 9 * 60), wall(DAY, 9 * 60 + 46))


def test_a_minute_is_left_where_the_clock_goes_back() -> None:
    new_york = ZoneInfo("America/New_York")
    span = Span(datetime(2014, 11, 2, 5, 50, tzinfo=UTC), datetime(2014, 11, 2, 6, 20, tzinfo=UTC))

    assert stretch_of(span, new_york) == (wall(date(2014, 11, 2), 110), wall(date(2014, 11, 2), 111))


def test_there_and_back() -> None:
    moment = at("2014-07-01T13:30")

    assert moment_at(stretch_of(Span(moment, at("2014-07-01T14:00")), ZONE)[0], ZONE) == moment
