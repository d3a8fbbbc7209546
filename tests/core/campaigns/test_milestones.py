from datetime import date

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.working_time import WorkingTime
from tests.builders import ZONE, a_booking, a_talk

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
