from dataclasses import replace
from datetime import date, time

from scheduler.core.arranging import times
from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId
from scheduler.core.plans.problems import wall
from tests.builders import ZONE, a_booking, a_span, a_working_time, an_absence
from tests.core.arranging_cases import facts, told

DAY = date(2014, 7, 1)


def only(hours: str, weekdays: tuple[int, ...] = (1,)) -> Absence:
    opens, closes = hours.split("-")
    return replace(an_absence("p01"), only_weekdays=weekdays, only_from=opens, only_to=closes)


def away(*absences: Absence) -> list[tuple[str, str]]:
    return told(times.away(facts(absences=absences), [DAY])["p01"])


def test_a_day_off_is_busy_whole_and_other_days_are_not() -> None:
    assert away(an_absence("p01")) == [("2014-07-01T00:00", "2014-07-02T00:00")]
    assert away(an_absence("p01", "2014-07-02", "2014-07-02")) == []
    assert away(only("09:00-10:00"), an_absence("p01")) == [("2014-07-01T00:00", "2014-07-02T00:00")]


def test_whoever_can_be_had_at_certain_hours_is_busy_at_all_others() -> None:
    assert away(only("09:00-10:00")) == [
        ("2014-07-01T00:00", "2014-07-01T09:00"),
        ("2014-07-01T10:00", "2014-07-02T00:00"),
    ]
    assert away(only("09:00-10:00", (2,))) == [("2014-07-01T00:00", "2014-07-02T00:00")]
    assert away(only("00:00-10:00")) == [("2014-07-01T10:00", "2014-07-02T00:00")]


def test_of_hours_that_touch_only_the_longer_are_taken() -> None:
    assert away(only("09:00-10:00"), only("10:00-12:00"), only("14:00-15:00")) == [
        ("2014-07-01T00:00", "2014-07-01T10:00"),
        ("2014-07-01T12:00", "2014-07-01T14:00"),
        ("2014-07-01T15:00", "2014-07-02T00:00"),
    ]


def test_blocks_have_no_lunch_and_do_not_overlap() -> None:
    def blocks(*spans: tuple[time, time], lunch: tuple[time, time] | None = None) -> tuple[tuple[int, int], ...]:
        working_time = replace(a_working_time(), blocks=spans, lunch=lunch)
        return times.blocks_of(facts(working_time=working_time))

    whole = (time(8), time(17))
    assert blocks(whole, lunch=(time(12), time(13))) == ((480, 720), (780, 1020))
    assert blocks((time(9), time(12)), (time(8), time(10))) == (
        (480, 600),
        (600, 720),
    )  # the rest is cut off what came before


def test_merged_and_outside() -> None:
    one, two, three = ((wall(DAY, a), wall(DAY, b)) for a, b in ((0, 10), (5, 20), (30, 40)))

    assert times.merged([three, two, one]) == ((wall(DAY, 0), wall(DAY, 20)), three)
    assert list(times.outside([two, three], wall(DAY, 0), wall(DAY, 50))) == [
        (wall(DAY, 0), wall(DAY, 5)),
        (wall(DAY, 20), wall(DAY, 30)),
        (wall(DAY, 40), wall(DAY, 50)),
    ]
    assert list(times.outside([one], wall(DAY, 0), wall(DAY, 10))) == []


def test_contradictions_name_both_and_each_of_three_once() -> None:
    long = a_booking("E01", start="2014-07-01T09:00", minutes=120, who=("p01",))
    short = a_booking("E02", start="2014-07-01T09:15", minutes=15, who=("p01",))
    later = a_booking("E03", start="2014-07-01T10:00", who=("p01",))
    touching = a_booking("E04", start="2014-07-01T11:00", who=("p01", "p02"))

    found = list(times.contradictions(facts(bookings=[later, long, touching, short]), {"p01", "p02"}, []))

    assert [finding.details["bookings"] for finding in found] == [("E01", "E02"), ("E01", "E03")]
    assert found[0].details["name"] == "人p01"


def test_what_somebody_is_busy_with_elsewhere_is_busy_beside_all_else() -> None:
    elsewhere = as_absence(PersonId("p01"), a_span("2014-07-01T09:10", 20), ZONE)

    assert away(elsewhere) == [("2014-07-01T09:10", "2014-07-01T09:30")]
    assert away(only("09:00-23:59"), elsewhere) == [
        ("2014-07-01T09:10", "2014-07-01T09:30"),
        ("2014-07-01T00:00", "2014-07-01T09:00"),
        ("2014-07-01T23:59", "2014-07-02T00:00"),
    ]
