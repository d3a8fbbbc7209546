from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.working_time import WorkingTime
from tests.builders import ZONE, a_booking, a_talk, at

KEY = "democratic_life_meeting"
WINDOW = WindowRule(WindowEdge(day=date(2014, 6, 16)), WindowEdge(before_milestone=KEY, workdays=3))
CAMPAIGN = Campaign(
    CampaignId("c1"),
    "活动",
    date(2014, 2, 26),
    date(2014, 11, 24),
    milestones={KEY: date(2014, 8, 20), "summing_up": date(2014, 11, 21)},
    talk_window=WINDOW,
    report_before_days=15,
)
MEETING = a_booking("E10", Kind.DEMOCRATIC_LIFE_MEETING, "2014-08-20T08:30", 540, ["p01"])


def moved(day: date, *bookings: Booking, key: str = KEY) -> milestones.MilestoneMoved:
    after = milestones.moved(CAMPAIGN, key, day)
    return milestones.consequences(CAMPAIGN, after, key, [MEETING, *bookings], WorkingTime(ZONE))


def a_talk_on(booking_id: str, day: str, **more: object) -> Booking:
    return a_talk(booking_id, f"{day}T09:00", **more)


def test_window_and_report_hang_on_the_milestone_and_the_meeting_stays_behind() -> None:
    found = moved(date(2014, 8, 27))

    assert (found.window_opens, found.window_closes) == (date(2014, 6, 16), date(2014, 8, 22))
    assert found.report_due == date(2014, 8, 12)
    assert [b.id for b in found.bookings_outside] == ["E10"]


def test_talks_that_the_move_leaves_outside_are_told() -> None:
    inside, outside = a_talk_on("T001", "2014-08-05"), a_talk_on("T002", "2014-08-07")
    never_inside, held = a_talk_on("T003", "2014-06-10"), a_talk_on("T004", "2014-08-06", is_held=True)
    cancelled = a_talk_on("T005", "2014-08-07", is_cancelled=True)

    found = moved(date(2014, 8, 8), inside, outside, never_inside, held, cancelled)

    assert found.window_closes == date(2014, 8, 5)
    assert [b.id for b in found.bookings_outside] == ["E10", "T002", "T004"]


def test_a_milestone_moved_to_where_its_meeting_is_leaves_nothing_outside() -> None:
    assert moved(date(2014, 8, 20)).bookings_outside == ()


def test_only_the_democratic_life_meeting_is_reported() -> None:
    found = moved(date(2014, 11, 28), key="summing_up")

    assert (found.window_closes, found.report_due) == (date(2014, 8, 15), None)
    assert found.bookings_outside == ()


def test_without_a_setting_nothing_is_due() -> None:
    campaign = Campaign(
        CampaignId("c1"), "活动", date(2014, 1, 1), date(2014, 12, 31), milestones={KEY: date(2014, 8, 20)}
    )

    assert milestones.report_due(campaign, KEY) is None


# ── The meeting that a milestone stands for ──────────────────────────────────────────────────────────────────────────
OTHER = a_booking("E11", Kind.DEMOCRATIC_LIFE_MEETING, "2014-08-20T14:00", 60, ["p02"], campaign=CAMPAIGN.id)
OWN = replace(MEETING, campaign=CAMPAIGN.id)


def test_a_milestone_stands_for_the_meetings_of_its_kind_on_its_day() -> None:
    bookings = [
        OWN,
        OTHER,
        replace(OWN, id="E12", is_cancelled=True),
        replace(OWN, id="E13", campaign=CampaignId("c2")),
        replace(OWN, id="E14", kind=Kind.MEETING),
        a_booking("E15", Kind.DEMOCRATIC_LIFE_MEETING, "2014-08-21T08:30", 60, ["p01"], campaign=CAMPAIGN.id),
    ]

    assert milestones.own_bookings(CAMPAIGN, KEY, bookings, ZONE) == [OWN, OTHER]


def test_what_belongs_to_no_campaign_is_the_leading_ones() -> None:
    leading = replace(CAMPAIGN, id=CampaignId("c0"), is_leading=True)

    assert milestones.stands_for([CAMPAIGN, leading], MEETING, ZONE) == leading
    assert milestones.stands_for([CAMPAIGN, leading], OWN, ZONE) == CAMPAIGN
    assert milestones.stands_for([CAMPAIGN], MEETING, ZONE) is None


def test_a_meeting_keeps_its_time_of_day() -> None:
    assert milestones.moved_start(OWN.span.start, date(2014, 8, 18), ZONE) == at("2014-08-18T08:30")


@pytest.mark.parametrize(
    ("day", "alike", "may_edit", "why"),
    [
        (date(2014, 8, 22), [OWN], True, None),
        (date(2014, 11, 24), [OWN], True, None),
        (date(2014, 11, 25), [OWN], True, "outside_campaign"),
        (date(2014, 2, 25), [OWN], True, "outside_campaign"),
        (date(2014, 8, 22), [OWN, OTHER], True, "other_meeting"),
        (date(2014, 8, 22), [OWN], False, "not_allowed"),
    ],
)
def test_a_milestone_follows_its_meeting_or_says_why_not(
    day: date, alike: list[Booking], may_edit: bool, why: str | None
) -> None:
    follows = milestones.following(CAMPAIGN, OWN, day, alike, ZONE, may_edit=may_edit)

    assert follows is not None
    assert (follows.stays_because, follows.day, follows.stands) == (why, day, date(2014, 8, 20))
    finding = follows.finding
    assert (finding.kind, finding.subject) == ("milestone_stays" if why else "milestone_follows", KEY)
    assert finding.details == {
        "day": day,
        "stays_on": date(2014, 8, 20),
        "why": why,
        "campaign": "活动",
        "starts": date(2014, 2, 26),
        "ends": date(2014, 11, 24),
    }


def test_another_time_on_the_same_day_moves_no_milestone() -> None:
    assert milestones.following(CAMPAIGN, OWN, date(2014, 8, 20), [OWN], ZONE, may_edit=True) is None


def test_what_moves_along_is_not_left_outside() -> None:
    talk = a_talk_on("T002", "2014-08-07")
    told = moved(date(2014, 8, 8), talk)

    assert told.left_outside == (MEETING, talk)
    assert replace(told, moved_along=(MEETING,)).left_outside == (talk,)
