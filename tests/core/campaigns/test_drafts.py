"""The dates of a campaign in a small form."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.campaigns.drafts import CampaignDraft, check, drafted, fields, usual
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.working_time import Workday, WorkingTime
from tests.builders import ZONE

MEETING = "democratic_life_meeting"
DRAFT = CampaignDraft("活动", date(2014, 8, 1), date(2014, 10, 10), date(2014, 8, 4), date(2014, 9, 12))


def test_usual_dates_begin_next_monday_and_end_before_a_meeting_on_a_workday() -> None:
    found = usual("活动", date(2014, 8, 1), WorkingTime(ZONE))

    assert found == DRAFT
    off = WorkingTime(ZONE, {date(2014, 9, 12): Workday(is_workday=False)})
    assert usual("活动", date(2014, 8, 1), off).meeting == date(2014, 9, 11)


def test_new_campaign_is_reported_fifteen_days_ahead_and_closes_before_its_meeting() -> None:
    assert fields(DRAFT, is_new=True) == {
        "name": "活动",
        "starts": date(2014, 8, 1),
        "ends": date(2014, 10, 10),
        "opens": WindowEdge(day=date(2014, 8, 4)),
        "closes": WindowEdge(before_milestone=MEETING, workdays=3),
        f"milestone.{MEETING}": date(2014, 9, 12),
        "report_before_days": 15,
    }


def test_what_a_form_does_not_speak_of_stays() -> None:
    assert set(fields(replace(DRAFT, opens=None, closes_workdays=None), is_new=False)) == {
        "name", "starts", "ends", f"milestone.{MEETING}"
    }  # fmt: skip
    assert set(fields(replace(DRAFT, opens=None, meeting=None), is_new=True)) == {"name", "starts", "ends"}


@pytest.mark.parametrize(
    ("closes", "workdays"),
    [(WindowEdge(before_milestone=MEETING, workdays=5), 5), (WindowEdge(day=date(2014, 9, 1)), None), (None, None)],
)
def test_standing_campaign_comes_back_as_the_form_has_it(closes: WindowEdge | None, workdays: int | None) -> None:
    rule = WindowRule(WindowEdge(day=date(2014, 8, 4)), closes)
    standing = Campaign(CampaignId("c1"), "活动", date(2014, 8, 1), date(2014, 10, 10), (), {}, rule)

    assert drafted(standing) == replace(DRAFT, meeting=None, closes_workdays=workdays)
    assert drafted(replace(standing, talk_window=WindowRule())).opens is None


@pytest.mark.parametrize(
    ("change", "field", "kind"),
    [
        ({"name": " "}, "name", "missing"),
        ({"ends": date(2014, 7, 31)}, "ends", "ends_before_it_starts"),
        ({"ends": date(2034, 7, 31)}, "ends", "out_of_range"),
        ({"opens": date(2014, 7, 1)}, "opens", "out_of_range"),
        ({"meeting": date(2014, 11, 1)}, "meeting", "out_of_range"),
        ({"meeting": date(2014, 8, 2)}, "meeting", "ends_before_it_starts"),
        ({"closes_workdays": 61}, "closes_workdays", "out_of_range"),
    ],
)
def test_dates_that_cannot_be_are_told_at_their_field(change: dict[str, object], field: str, kind: str) -> None:
    with pytest.raises(Malformed) as refused:
        check(replace(DRAFT, **change))  # type: ignore[arg-type]  # one field of each type

    assert (refused.value.field, refused.value.kind) == (field, kind)


def test_dates_that_can_be_are_fine() -> None:
    check(DRAFT)
    check(replace(DRAFT, opens=None, meeting=None, closes_workdays=None))
