"""When people cannot be had, as one set of stretches."""

from dataclasses import replace

from scheduler.core.bookings.taken_times import away
from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span
from tests.builders import ZONE, a_span, an_absence, at

WEEK = Span(at("2014-07-07T00:00"), at("2014-07-12T00:00"))
TUESDAY_AFTERNOONS = replace(
    an_absence("p01", "2014-07-08", "2014-07-09"), only_weekdays=(1,), only_from="13:30", only_to="17:30"
)


def told(*absences: Absence) -> list[str]:
    spans = [Span(one.start.astimezone(ZONE), one.end.astimezone(ZONE)) for one in away(absences, WEEK, ZONE)]
    return [f"{span.start:%d %H:%M}–{span.end:%d %H:%M}" for span in spans]


def test_absence_takes_each_of_its_days() -> None:
    assert told(an_absence("p01", "2014-07-08", "2014-07-09")) == ["08 00:00–09 00:00", "09 00:00–10 00:00"]


def test_who_is_there_at_certain_hours_only_is_away_at_all_others() -> None:
    assert told(TUESDAY_AFTERNOONS) == ["08 00:00–08 13:30", "08 17:30–09 00:00", "09 00:00–10 00:00"]


def test_whole_absence_outweighs_hours() -> None:
    assert told(TUESDAY_AFTERNOONS, an_absence("p01", "2014-07-08", "2014-07-08"))[0] == "08 00:00–09 00:00"


def test_early_morning_belongs_to_its_local_day() -> None:
    early = a_span("2014-07-08T06:00", 60)

    assert list(away([an_absence("p01", "2014-07-08", "2014-07-08")], early, ZONE)) == [early]
    assert list(away([an_absence("p01", "2014-07-07", "2014-07-07")], early, ZONE)) == []


def test_busy_elsewhere_takes_its_own_time() -> None:
    assert told(as_absence(PersonId("p01"), a_span("2014-07-10T19:00", 60), ZONE)) == ["10 19:00–10 20:00"]
