from dataclasses import replace
from datetime import date, timedelta

from scheduler.core.arranging.facts import ArrangingFacts, reach
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.campaigns.windows import EVER
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.plans.problems import text_of, wall
from tests.builders import an_as_of, at
from tests.core.arranging_cases import a_pair, facts


def opens(found: ArrangingFacts) -> str:
    return text_of(reach(found).opens)


def test_it_opens_strictly_after_now() -> None:
    assert opens(facts(a_pair(), now="2014-07-01T08:00")) == "2014-07-01T08:01"


def test_as_of_another_day_it_opens_after_that_day() -> None:
    found = replace(facts(a_pair()), as_of=an_as_of("2014-07-02"))

    assert opens(found) == "2014-07-03T00:00"


def test_a_first_day_holds_but_nothing_is_arranged_in_the_past() -> None:
    early, late = (ArrangeOptions(first=date(2014, 6, 30)), ArrangeOptions(first=date(2014, 7, 3)))

    assert opens(facts(a_pair(), options=early)) == "2014-07-01T08:30"
    assert opens(facts(a_pair(), options=late)) == "2014-07-03T08:30"
    assert opens(replace(facts(a_pair(), options=early), as_of=an_as_of("2014-07-02"))) == "2014-06-30T00:00"


def test_a_day_that_has_begun_is_taken_from_its_next_block() -> None:
    today = replace(
        facts(a_pair(), options=ArrangeOptions(first=date(2014, 7, 1))),
        as_of=an_as_of("2014-07-01", "2014-07-01T09:00"),
    )
    evening = replace(today, as_of=an_as_of("2014-07-01", "2014-07-01T17:00"))

    assert (opens(today), opens(evening)) == ("2014-07-01T13:30", "2014-07-02T00:00")


def test_without_a_first_day_people_have_their_notice() -> None:
    asked = replace(facts(a_pair()), notice=1)
    friday = replace(asked, as_of=an_as_of("2014-08-01"))

    assert (opens(asked), opens(replace(asked, notice=3))) == ("2014-07-02T08:30", "2014-07-04T08:30")
    assert opens(friday) == "2014-08-04T08:30"


def test_it_closes_with_the_latest_window_or_the_last_day() -> None:
    later = DayRange(date(2014, 7, 1), date(2014, 7, 7))

    found = reach(facts(a_pair(), a_pair("p01", "p03", window=later)))
    asked = reach(facts(a_pair(), options=ArrangeOptions(last=date(2014, 7, 2))))
    nothing = reach(facts())

    assert (text_of(found.closes), found.days[-1]) == ("2014-07-08T00:00", date(2014, 7, 7))
    assert (text_of(asked.closes), asked.days) == ("2014-07-03T00:00", (date(2014, 7, 1), date(2014, 7, 2)))
    assert text_of(nothing.closes) == "2014-07-05T00:00"


def test_without_an_end_it_reaches_a_quarter_and_never_more_than_a_year() -> None:
    first = date(2014, 7, 1)

    assert reach(facts(a_pair(window=EVER))).closes == wall(first + timedelta(days=93), 0)
    far = ArrangeOptions(last=date(2030, 1, 1))
    assert reach(facts(a_pair(window=EVER), options=far)).closes == wall(first + timedelta(days=367), 0)
    assert reach(facts(a_pair(window=EVER), options=far)).within(EVER)[0] == wall(first, 8 * 60 + 1)


def test_a_last_day_before_the_first_leaves_no_days() -> None:
    assert reach(facts(a_pair(), options=ArrangeOptions(last=date(2014, 6, 30)))).days == ()


def test_begun_minutes_of_a_booking_count_whole() -> None:
    start = at("2014-07-01T09:00")
    odd = Span(start + timedelta(seconds=10), start + timedelta(minutes=45, seconds=1))
    brief = Span(start, start + timedelta(microseconds=1))

    assert [text_of(edge) for edge in facts().stretch(odd)] == ["2014-07-01T09:00", "2014-07-01T09:46"]
    assert [text_of(edge) for edge in facts().stretch(brief)] == ["2014-07-01T09:00", "2014-07-01T09:01"]


def test_a_moment_of_the_wall_clock_has_the_zone() -> None:
    assert facts().moment(wall(date(2014, 7, 1), 570)) == at("2014-07-01T09:30")


def test_the_next_workdays_may_be_proposed_too() -> None:
    # 4 July is a Friday.
    asked = reach(facts(a_pair(), options=ArrangeOptions(last=date(2014, 7, 2))))
    until_friday = reach(facts(a_pair(), options=ArrangeOptions(last=date(2014, 7, 4))))

    assert asked.later == (date(2014, 7, 3), date(2014, 7, 4), date(2014, 7, 7))
    assert text_of(asked.known_until) == "2014-07-08T00:00"
    assert until_friday.later == (date(2014, 7, 7), date(2014, 7, 8), date(2014, 7, 9))
