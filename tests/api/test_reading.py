"""From words to days and moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.api.reading import day, moment
from scheduler.core.ground.errors import Malformed

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_words_become_days_and_moments_of_the_organisation() -> None:
    assert day(None, "on") is None
    assert day("2014-08-20", "on") == date(2014, 8, 20)
    assert moment("2014-08-20T09:00", "start", SHANGHAI) == datetime(2014, 8, 20, 9, tzinfo=SHANGHAI)


def test_days_that_are_not_in_the_calendar_are_refused() -> None:
    for read in (lambda: day("2014-02-30", "on"), lambda: moment("2014-02-30T09:00", "on", SHANGHAI)):
        with pytest.raises(Malformed) as refused:
            read()
        assert refused.value.field == "on"
