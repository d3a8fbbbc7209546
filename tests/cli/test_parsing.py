from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.cli import parsing
from scheduler.cli.call import Misused
from tests.command_line import CommandLine

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("day", ["2014-02-30", "20141340", "2014-W34-3", "0001-01-01", "9999-12-31", "明天", ""])
def test_a_day_that_is_none_is_refused_with_its_option(cli: CommandLine, day: str) -> None:
    answer = cli("coverage", "--as-of", day)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"--as-of：“{day}”不是日期，应如 2014-08-20。\n"


@pytest.mark.parametrize("start", ["2014-08-20", "2014-08-20T25:00", "09:00", "20140820T0900", "9999-12-31T23:59"])
def test_a_start_that_is_none_is_refused_with_its_option(cli: CommandLine, start: str) -> None:
    answer = cli("book", "talk", "--people", "p02,p07", "--start", start, "--minutes", "45")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"--start：“{start}”不是时间，应如 2014-08-20T09:00。\n"


@pytest.mark.parametrize("minutes", ["0", "-5", "4.5", "20161", "四十五", "999999999999"])
def test_a_length_that_is_none_is_refused_with_its_option(cli: CommandLine, minutes: str) -> None:
    answer = cli("book", "talk", "--people", "p02,p07", "--start", "2014-08-20T09:00", f"--minutes={minutes}")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"--minutes：“{minutes}”")


@pytest.mark.parametrize("day", ["2014/8/20", "2014年8月20日"])
def test_a_day_is_understood_as_forms_understand_it(sample: CommandLine, day: str) -> None:
    assert sample("study", "--as-of", day).out == sample("study", "--as-of", "2014-08-20").out != ""


def test_people_without_a_name_among_them_are_refused(cli: CommandLine) -> None:
    answer = cli("book", "talk", "--people", "、,", "--start", "2014-08-20T09:00", "--minutes", "45")

    assert (answer.status, answer.err) == (2, "--people：不能为空。\n")


def test_a_wall_time_is_the_organisations() -> None:
    moment = parsing.moment(datetime(2014, 8, 20, 9, 0), SHANGHAI, "--start", "zh")  # noqa: DTZ001 - as it is typed

    assert moment == datetime(2014, 8, 20, 1, 0, tzinfo=UTC)


def test_a_time_with_an_offset_is_converted() -> None:
    moment = parsing.moment(datetime.fromisoformat("2014-08-20T09:00+02:00"), SHANGHAI, "--start", "zh")

    assert moment == datetime(2014, 8, 20, 15, 0, tzinfo=SHANGHAI)
    assert moment.tzinfo is SHANGHAI


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_time_that_the_clock_skips_is_refused_with_its_option(lang: str) -> None:
    with pytest.raises(Misused, match=r"^--start.*2014-03-30T02:30"):
        parsing.moment(datetime(2014, 3, 30, 2, 30), BERLIN, "--start", lang)  # noqa: DTZ001 - as it is typed


def test_an_offset_is_accepted_on_the_command_line(sample: CommandLine) -> None:
    booked = sample.json("book", "meeting", "--people", "p22", "--start", "2014-09-02T03:00Z", "--minutes", "30")

    [seen] = [one for one in sample.json("bookings", "--on", "2014-09-02") if one["id"] == booked["id"]]
    assert seen["start"] == "2014-09-02T11:00"
