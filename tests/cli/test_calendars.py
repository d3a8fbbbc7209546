"""calendars import, list, refresh, switch, remove."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calendar_server import DAYS, CalendarServer, serving
from tests.command_line import CommandLine
from tests.ical.hostile import calendar, event, no_calendars

BUSY = [
    ["2014-08-05T09:00", "2014-08-05T10:00"],
    ["2014-08-06T14:00", "2014-08-06T15:00"],
    ["2014-08-07T14:00", "2014-08-07T15:00"],
]


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving() as made:
        yield made


def _file(folder: Path, data: bytes) -> str:
    (folder / "a.ics").write_bytes(data)
    return str(folder / "a.ics")


def test_a_dry_run_tells_busy_times_what_was_left_out_and_guesses(sample: CommandLine, tmp_path: Path) -> None:
    data = calendar(
        event(start="DTSTART;TZID=China Standard Time:20140805T090000"),
        event("STATUS:CANCELLED", uid="y"),
        event("RRULE:FREQ=SECONDLY", uid="z"),
    )
    told = sample.json("calendars", "import", _file(tmp_path, data), "--person", "p03", "--dry-run")

    assert told == {
        "busy": [["2014-08-05T09:00", "2014-08-05T10:00"]],
        "skipped": [{"reason": "cancelled", "count": 1}, {"reason": "rule_too_fine", "count": 1}],
        "zone_guesses": [{"name": "China Standard Time", "zone": "Asia/Shanghai"}],
    }
    assert sample.json("calendars", "list") == []


def test_a_calendar_is_added_listed_renewed_switched_and_removed(sample: CommandLine, server: CalendarServer) -> None:
    allowed = {"FETCH_ALLOW": server.host}
    made = sample.json("calendars", "import", server.address, "--person", "文静", "--name", "家", **allowed)

    assert made == {"id": 1, "busy": BUSY, "skipped": [], "zone_guesses": []}
    (known,) = sample.json("calendars", "list", "--as", "p03")
    assert (known["id"], known["person"], known["name"], known["host"], known["on"]) == (
        1,
        "p03",
        "家",
        "127.0.0.1",
        True,
    )
    assert server.address not in sample("calendars", "list", "--as", "p03").out
    assert sample.json("calendars", "list")[0]["name"] == ""
    assert sample("calendars", "refresh", "1", **allowed).err == "calendar：刚刚取过，请过一分钟再试\n"
    assert sample.json("calendars", "switch", "1", "off")["on"] is False
    assert sample("calendars", "list", "--person", "p03").out.splitlines()[2].split()[2] == "不计入"
    assert sample("calendars", "switch", "1", "on").out == "1  计入\n"
    assert sample.json("calendars", "remove", "1") == {"removed": 1}
    assert sample("calendars", "remove", "1").err == "没有这个日历：1\n"


def test_in_sentences_all_of_it_is_told(sample: CommandLine, tmp_path: Path) -> None:
    data = calendar(event(start="DTSTART:20140805T090000"), event("TRANSP:TRANSPARENT", uid="y"))
    told = sample("calendars", "import", _file(tmp_path, data), "--person", "p03", "--dry-run").out.splitlines()

    assert told == [
        "2014-08-05T09:00 — 2014-08-05T10:00",
        "忙碌时段 1 个。",
        "未计入：标为空闲 × 1",
        "时区“（未写时区）”按 Asia/Shanghai 处理。",
        "这是预览，什么也没有保存。",
    ]
    english = sample("calendars", "import", _file(tmp_path, DAYS), "--person", "p03", "--lang", "en").out
    assert english.endswith("3 busy times.\n")


def test_members_see_to_their_own(sample: CommandLine, tmp_path: Path) -> None:
    path = _file(tmp_path, DAYS)
    assert sample.json("calendars", "import", path, "--as", "p27")["id"] == 1
    assert (
        sample.json("calendars", "import", path, "--person", "p03", "--as", "p27", status=1)["error"] == "not_allowed"
    )
    assert sample("calendars", "import", path).err == "请用 --person 写明是谁的日历。\n"


def test_what_cannot_be_read_is_one_sentence(sample: CommandLine, tmp_path: Path, server: CalendarServer) -> None:
    for name, data in no_calendars():
        answer = sample("calendars", "import", _file(tmp_path, data), "--person", "p03", "--dry-run", "--json")
        assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1), name
    for source in (str(tmp_path), str(tmp_path / "none"), server.address, "file:///etc/passwd", "http://127.0.0.1/"):
        answer = sample("calendars", "import", source, "--person", "p03")
        assert (answer.status, answer.out) == (2, ""), source
    assert server.asked == 0


def test_a_failed_fetch_is_told_and_exits_with_1(sample: CommandLine, server: CalendarServer) -> None:
    allowed = {"FETCH_ALLOW": server.host}
    sample("calendars", "import", server.address, "--person", "p03", **allowed)
    with sqlite3.connect(sample.address.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE outside_calendar SET tried_at = 0")
    server.status = 500

    answer = sample("calendars", "refresh", "1", **allowed)

    assert (answer.status, answer.out) == (1, "1  取不到这个日历；请检查地址，或过一会儿再试\n")
