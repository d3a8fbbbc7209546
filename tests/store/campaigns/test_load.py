"""The organisation, its working time and its campaigns, read from rows."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign, Phase, WindowEdge, WindowRule
from scheduler.core.ground.bookings import AsOf
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.organisation.profile import Organisation
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.store import load
from scheduler.store.campaigns.rows import CampaignRow, MilestoneRow, PhaseRow
from scheduler.store.organisation.rows import OrganisationRow, WorkdayRow, WorkdayYearRow
from scheduler.store.rules.rows import RuleSetRow
from tests.builders import REAL, ZONE, a_clock, at

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_database_without_an_organisation_has_the_usual_hours(session: Session) -> None:
    assert load.organisation(session) == Organisation("", "", ZONE)
    assert load.working_time(session) == WorkingTime(ZONE)
    assert load.campaign(session, date(2014, 7, 1)) is None


def test_working_time_has_the_days_of_the_years_asked_for(session: Session) -> None:
    session.add(
        OrganisationRow(
            id=1, name="某会", name_en="Some", zone="Asia/Urumqi", blocks=[["10:00", "14:00"]], lunch=None, day_hours=4
        )
    )
    session.add_all([WorkdayRow(day=date(y, 6, 2), is_workday=False, note="端午节") for y in (2013, 2014)])
    session.add(WorkdayYearRow(year=2014))
    session.flush()

    assert load.working_time(session, [2014]) == WorkingTime(
        ZoneInfo("Asia/Urumqi"),
        {date(2014, 6, 2): Workday(is_workday=False, note="端午节")},
        frozenset({2014}),
        ((time(10), time(14)),),
        None,
        4,
    )
    assert len(load.working_time(session).days) == 2
    assert load.organisation(session) == Organisation("某会", "Some", ZoneInfo("Asia/Urumqi"))


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (None, at("2014-08-01T08:00")),
        (date(2014, 8, 1), at("2014-08-01T08:00")),
        (date(2014, 7, 31), at("2014-08-01T00:00")),
        (date(2014, 8, 20), at("2014-08-21T00:00")),
        (date.max, datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_today_counts_up_to_now_and_other_days_to_their_end(
    session: Session, day: date | None, moment: datetime
) -> None:
    assert load.as_of(session, day, a_clock("2014-08-01T08:00")) == AsOf(day or date(2014, 8, 1), moment, ZONE)


@pytest.fixture
def campaigns(session: Session) -> Session:
    for number, (year, window) in enumerate(
        [
            (2013, {}),
            (2014, {"opens": {"day": "2014-06-16"}, "closes": {"before_milestone": "dlm", "workdays": 3}}),
        ],
        1,
    ):
        session.add(
            CampaignRow(
                id=f"c{number}",
                name=f"活动{year}",
                starts=date(year, 2, 1),
                ends=date(year, 11, 1),
                talk_window=window,
                lists={"extended_talks": [["p01", "p09"]]},
                place=number,
            )
        )
    session.flush()
    session.add(PhaseRow(campaign_id="c2", id="ph1", name="学习", first=date(2014, 2, 1), last=date(2014, 5, 31)))
    session.add(MilestoneRow(campaign_id="c2", key="dlm", day=date(2014, 8, 20)))
    session.flush()
    return session


def test_campaign_comes_with_its_phases_milestones_and_window(campaigns: Session) -> None:
    assert load.campaign(campaigns, date(2014, 7, 1)) == Campaign(
        CampaignId("c2"),
        "活动2014",
        date(2014, 2, 1),
        date(2014, 11, 1),
        (Phase("ph1", "学习", date(2014, 2, 1), date(2014, 5, 31)),),
        {"dlm": date(2014, 8, 20)},
        WindowRule(WindowEdge(date(2014, 6, 16)), WindowEdge(None, "dlm", 3)),
        lists={"extended_talks": (("p01", "p09"),)},  # type: ignore[dict-item]
        place=2,
    )


@pytest.mark.parametrize(
    ("day", "expected"), [("2012-01-01", "c1"), ("2013-07-01", "c1"), ("2013-12-01", "c1"), ("2015-01-01", "c2")]
)
def test_campaign_of_a_day_is_the_running_one_or_the_last(campaigns: Session, day: str, expected: str) -> None:
    found = load.campaign(campaigns, date.fromisoformat(day))

    assert found is not None
    assert found.id == expected


def test_rule_sets_come_in_the_order_they_were_applied(session: Session) -> None:
    session.add(RuleSetRow(id="RS2", preset="b", branch="B1", document={"x": 1}, applied_at=REAL.replace(year=2025)))
    session.add(RuleSetRow(id="RS1", preset="a", document={}, is_leading=True, applied_at=REAL))
    session.flush()

    assert load.rule_set_rows(session) == (
        AppliedRuleSet("RS2", "b", "B1", {"x": 1}, is_leading=False),  # type: ignore[arg-type]
        AppliedRuleSet("RS1", "a", None, {}, is_leading=True, takes_rest=True),  # type: ignore[arg-type]
    )
