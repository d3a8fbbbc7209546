from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.campaigns.windows import (
    EVER,
    TALK_WINDOW,
    EveryDays,
    Per,
    Period,
    PlanDay,
    Window,
    campaign_days,
    days_of,
    label_of,
    periods,
    shifted,
    talk_window,
)
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.spans import DayRange
from tests.builders import a_working_time
from tests.core import sample

WEEKDAYS = a_working_time()
CAMPAIGN = Campaign(
    CampaignId("c1"), "活动", date(2014, 2, 26), date(2014, 11, 24), milestones={"meeting": date(2014, 8, 20)}
)


def days(first: str, last: str) -> DayRange:
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def named(per: Per | EveryDays, first: str, last: str) -> list[str | None]:
    return [period.label for period in periods(per, days(first, last), date(2014, 7, 1))]


def before(**edge: object) -> WindowRule:
    return WindowRule(closes=WindowEdge(before_milestone="meeting", **edge))  # type: ignore[arg-type]


def test_talk_window_of_the_sample_closes_three_workdays_before_the_meeting() -> None:
    assert talk_window(sample.campaign(), sample.working_time()) == days("2014-06-16", "2014-08-15")


def test_talk_window_moves_with_the_milestone() -> None:
    later = replace(sample.campaign(), milestones={"democratic_life_meeting": date(2014, 10, 8)})

    # before the meeting of 8 October lie the holidays of the National Day and the two workdays 30 and 29 September;
    # 28 September, a Sunday, is worked
    assert talk_window(later, sample.working_time()).last == date(2014, 9, 28)


def test_talk_window_counts_calendar_days_when_it_says_days() -> None:
    campaign = replace(CAMPAIGN, talk_window=before(days=15))

    assert talk_window(campaign, WEEKDAYS).last == date(2014, 8, 5)


def test_talk_window_that_names_no_day_is_the_campaign() -> None:
    assert talk_window(CAMPAIGN, WEEKDAYS) == days("2014-02-26", "2014-11-24")


def test_talk_window_without_campaign_has_no_end() -> None:
    assert talk_window(None, WEEKDAYS) == EVER
    assert campaign_days(None) == EVER


def test_milestone_that_the_campaign_does_not_have_leaves_the_end_of_the_campaign() -> None:
    campaign = replace(CAMPAIGN, talk_window=before(workdays=3), milestones={})

    assert talk_window(campaign, WEEKDAYS).last == date(2014, 11, 24)


def test_window_that_would_close_before_it_opens_is_its_closing_day() -> None:
    campaign = replace(CAMPAIGN, talk_window=WindowRule(WindowEdge(day=date(2014, 9, 1)), before(days=1).closes))

    assert talk_window(campaign, WEEKDAYS) == days("2014-08-19", "2014-08-19")


@pytest.mark.parametrize("edge", [{"days": 3_660}, {"workdays": 3_660}])
def test_window_before_the_beginning_of_the_calendar_opens_on_its_first_day(edge: dict[str, int]) -> None:
    campaign = replace(CAMPAIGN, milestones={"meeting": date(5, 1, 1)}, starts=date(1, 1, 1))
    window = Window(WindowEdge(before_milestone="meeting", **edge))  # type: ignore[arg-type]

    assert days_of(window, EVER, campaign, WEEKDAYS) == DayRange(date.min, None)


def test_window_of_a_rule_file_may_borrow_each_end_from_the_campaign() -> None:
    campaign = replace(CAMPAIGN, talk_window=WindowRule(WindowEdge(day=date(2014, 6, 16)), before(workdays=3).closes))

    assert days_of(TALK_WINDOW, EVER, campaign, WEEKDAYS) == days("2014-06-16", "2014-08-15")
    assert days_of(Window(PlanDay.STARTS, PlanDay.ENDS), EVER, campaign, WEEKDAYS) == days("2014-02-26", "2014-11-24")


def test_window_takes_the_end_that_it_does_not_name_from_the_other() -> None:
    opens = Window(opens=WindowEdge(day=date(2014, 7, 1)))

    assert days_of(opens, days("2014-06-16", "2014-08-15"), CAMPAIGN, WEEKDAYS) == days("2014-07-01", "2014-08-15")


@pytest.mark.parametrize(
    "edge", [PlanDay.STARTS, PlanDay.ENDS, PlanDay.TALK_OPENS, WindowEdge(before_milestone="meeting")]
)
def test_window_that_hangs_on_a_campaign_is_open_without_one(edge: PlanDay | WindowEdge) -> None:
    assert days_of(Window(edge, edge), EVER, None, WEEKDAYS) == EVER


def test_window_knows_the_milestones_it_hangs_on() -> None:
    assert Window(PlanDay.STARTS, WindowEdge(before_milestone="meeting")).milestones == ("meeting",)


def test_label_writes_an_open_end_as_two_dots() -> None:
    assert label_of(days("2014-06-16", "2014-08-15")) == "2014-06-16/2014-08-15"
    assert label_of(DayRange(None, date(2014, 8, 15))) == "../2014-08-15"


def test_shifted_stops_at_the_end_of_the_calendar() -> None:
    assert shifted(date(2014, 7, 1), 15) == date(2014, 7, 16)
    assert shifted(date(9999, 12, 30), 15) == date.max


def test_window_is_one_period_without_a_name() -> None:
    assert periods(Per.WINDOW, EVER, date(2014, 7, 1)) == (Period(None, EVER),)


def test_months_are_cut_to_the_window() -> None:
    assert periods(Per.MONTH, days("2014-06-16", "2014-08-15"), date(2014, 7, 1)) == (
        Period("2014-06", days("2014-06-16", "2014-06-30")),
        Period("2014-07", days("2014-07-01", "2014-07-31")),
        Period("2014-08", days("2014-08-01", "2014-08-15")),
    )


@pytest.mark.parametrize(
    ("per", "labels"),
    [
        (Per.QUARTER, ["2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4"]),
        (Per.HALF_YEAR, ["2014-H1", "2014-H2"]),
        (Per.TERM, ["2014-T1", "2014-T2"]),
        (Per.YEAR, ["2014"]),
    ],
)
def test_periods_that_share_a_day_with_the_window_are_asked_for(per: Per, labels: list[str]) -> None:
    assert named(per, "2014-02-26", "2014-11-24") == labels


def test_periods_go_over_the_turn_of_the_year() -> None:
    assert named(Per.MONTH, "2014-12-31", "2015-01-01") == ["2014-12", "2015-01"]
    assert named(Per.YEAR, "2014-12-31", "2015-01-01") == ["2014", "2015"]


def test_january_belongs_to_the_term_that_began_in_august() -> None:
    assert named(Per.TERM, "2014-01-15", "2015-02-01") == ["2013-T2", "2014-T1", "2014-T2", "2015-T1"]
    assert periods(Per.TERM, days("2014-07-31", "2015-01-31"), date(2014, 7, 1))[1].days == days(
        "2014-08-01", "2015-01-31"
    )


def test_every_so_many_days_counts_from_the_day_the_window_opens() -> None:
    assert named(EveryDays(30), "2014-06-16", "2014-08-15") == [
        "2014-06-16/2014-07-15",
        "2014-07-16/2014-08-14",
        "2014-08-15/2014-08-15",
    ]


def test_periods_of_a_window_without_end_are_those_of_the_year() -> None:
    today = date(2014, 7, 1)

    assert [p.label for p in periods(Per.QUARTER, EVER, today)] == ["2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4"]
    assert [p.label for p in periods(Per.QUARTER, DayRange(date(2014, 8, 1), None), today)] == ["2014-Q3", "2014-Q4"]
    assert [p.label for p in periods(Per.YEAR, DayRange(date(2016, 8, 1), None), today)] == ["2016"]
    assert [p.label for p in periods(Per.HALF_YEAR, DayRange(None, date(2013, 2, 1)), today)] == ["2013-H1"]


def test_periods_at_the_end_of_the_calendar_end_with_it() -> None:
    assert named(Per.MONTH, "9999-11-05", "9999-12-31") == ["9999-11", "9999-12"]
    assert named(Per.TERM, "9999-12-01", "9999-12-31") == ["9999-T2"]


def test_more_periods_than_anybody_means_are_refused() -> None:
    with pytest.raises(Malformed) as refusal:
        periods(EveryDays(1), days("2000-01-01", "2099-12-31"), date(2014, 7, 1), "R1.per")

    assert (refusal.value.kind, refusal.value.field) == ("too_many", "R1.per")


@given(
    st.sampled_from([*(per for per in Per if per is not Per.WINDOW), EveryDays(1), EveryDays(10), EveryDays(45)]),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 800),
)
def test_periods_hold_every_day_of_the_window_once(per: Per | EveryDays, first: date, length: int) -> None:
    window = DayRange(first, first + timedelta(days=length))

    found = periods(per, window, date(2014, 7, 1))

    covered = [
        ordinal
        for period in found
        for ordinal in range(period.days.first.toordinal(), period.days.last.toordinal() + 1)  # type: ignore[union-attr]
    ]
    assert covered == list(range(first.toordinal(), first.toordinal() + length + 1))
    assert len({period.label for period in found}) == len(found)
