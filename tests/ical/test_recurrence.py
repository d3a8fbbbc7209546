"""Rules are looked at before they are followed."""

from datetime import datetime
from itertools import islice

import pytest

from scheduler.ical.recurrence import Odd, checked, understood
from tests.ical.hostile import RULES

FIRST = datetime(2014, 8, 4, 9)  # noqa: DTZ001 - on the wall


def test_a_rule_is_followed_from_its_first_day() -> None:
    found = list(understood("freq=weekly; byday=mo, we;count=3;wkst=mo;interval=2;").starts(FIRST))
    assert [f"{one:%m-%d %H}" for one in found] == ["08-04 09", "08-06 09", "08-18 09"]


def test_an_endless_rule_is_followed_as_far_as_one_likes() -> None:
    assert [f"{one:%H:%M}" for one in islice(understood("FREQ=HOURLY;BYMINUTE=0,30").starts(FIRST), 3)] == [
        "09:00",
        "09:30",
        "10:00",
    ]


def test_the_end_of_a_rule_is_told_as_it_stands() -> None:
    assert understood("FREQ=DAILY;UNTIL=20140901T000000Z").until == "20140901T000000Z"
    assert understood("FREQ=DAILY").until == ""


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (RULES["secondly"], "rule_too_fine"),
        (RULES["minutely"], "rule_too_fine"),
        (RULES["interval_0"], "rule_unreadable"),
        (RULES["interval_minus"], "rule_unreadable"),
        (RULES["interval_huge"], "rule_too_large"),
        (RULES["count_0"], "rule_unreadable"),
        (RULES["by_product"], "rule_too_large"),
        (RULES["by_list"], "rule_too_large"),
        (RULES["weekno_60"], "rule_unreadable"),
        (RULES["monthday_0"], "rule_unreadable"),
        (RULES["no_freq"], "rule_unreadable"),
        (RULES["freq_twice"], "rule_unreadable"),
        (RULES["rscale"], "rule_unreadable"),
        (RULES["garbage"], "rule_unreadable"),
        (RULES["empty"], "rule_unreadable"),
        (RULES["weekday_99"], "rule_unreadable"),
        (RULES["wkst_bad"], "rule_unreadable"),
        ("FREQ=DAILY;INTERVAL=²", "rule_unreadable"),
        ("FREQ=DAILY;BYHOUR=²", "rule_unreadable"),
    ],
)
def test_a_rule_beyond_the_limits_is_refused(rule: str, reason: str) -> None:
    with pytest.raises(Odd) as refusal:
        checked(rule)
    assert refusal.value.reason == reason


def test_a_rule_within_the_limits_stays_as_it_is() -> None:
    assert checked("freq=yearly;bymonth=10;byday=-1su") == "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
