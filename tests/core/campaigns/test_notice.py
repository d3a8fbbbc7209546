"""The notice time: on the next workday at the earliest."""

from scheduler.core.campaigns import notice
from tests.builders import at
from tests.core import sample


def test_next_workday_gives_notice_enough_whatever_lies_between() -> None:
    table = sample.working_time()

    assert notice.earliest(at("2014-07-31T08:00"), table, 1) == at("2014-08-01T08:30")
    assert notice.earliest(at("2014-08-01T17:00"), table, 1) == at("2014-08-04T08:30")
    assert notice.earliest(at("2014-09-30T17:00"), table, 1) == at("2014-10-08T08:30")
    assert notice.earliest(at("2014-08-01T17:00"), table, 2) == at("2014-08-05T08:30")


def test_no_notice_is_now() -> None:
    assert notice.earliest(at("2014-08-02T23:00"), sample.working_time(), 0) == at("2014-08-02T23:00")
