from datetime import date, time, timedelta

import pytest

from scheduler.core.ground.working_time import Workday
from scheduler.core.mail.times import is_quiet, reminder_moment, wait_after
from tests.builders import ZONE, a_working_time, at

NIGHT, LUNCH = (time(21), time(7)), (time(12), time(14))


@pytest.mark.parametrize(
    ("moment", "quiet", "expected"),
    [
        ("20:59", NIGHT, False),
        ("21:00", NIGHT, True),
        ("00:00", NIGHT, True),
        ("06:59", NIGHT, True),
        ("07:00", NIGHT, False),
        ("11:59", LUNCH, False),
        ("12:00", LUNCH, True),
        ("14:00", LUNCH, False),
        ("03:00", None, False),
    ],
)
def test_quiet_hours_may_go_over_midnight(moment: str, quiet: tuple[time, time] | None, expected: bool) -> None:
    assert is_quiet(at(f"2014-07-01T{moment}"), quiet, ZONE) is expected


def test_waits_grow_and_end_after_three_days() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 10)]

    assert waits[:2] == [timedelta(minutes=1), timedelta(minutes=5)]
    assert sum(filter(None, waits), timedelta()) == timedelta(days=2, hours=22, minutes=21)
    assert wait_after(10) is None


def test_a_reminder_comes_on_the_last_workday_before() -> None:
    holiday = a_working_time({"2014-07-04": Workday(is_workday=False)})

    assert reminder_moment(date(2014, 7, 7), time(9), a_working_time()) == at("2014-07-04T09:00")
    assert reminder_moment(date(2014, 7, 7), time(16), holiday) == at("2014-07-03T16:00")
