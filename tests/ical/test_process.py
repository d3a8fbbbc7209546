"""Strangers' calendars are read in a process that cannot take more than its share, and that leaves nothing behind."""

import io
import json
import re
import resource
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped, Unusable, ZoneGuess, kept_window
from scheduler.core.ground.spans import Span
from scheduler.ical import process
from scheduler.ical.recurrence import Odd
from tests.ical.hostile import BEGIN, END, GOOD, beside_a_good_one, calendar, event, no_calendars
from tests.waiting import LAST_RESORT

SHANGHAI = ZoneInfo("Asia/Shanghai")
WINDOW = kept_window(date(2014, 8, 1), SHANGHAI)
PATIENT = """
import sys
from pathlib import Path
from scheduler.ical import process
process.main(int(sys.argv[2]))
Path(sys.argv[1]).write_text(Path("/proc/self/status").read_text())
"""
"""The process as it is; it tells what memory it took."""
BUSY = Span(datetime(2014, 8, 4, 1, tzinfo=UTC), datetime(2014, 8, 4, 2, tzinfo=UTC))


def test_what_is_read_comes_back_as_it_was() -> None:
    data = calendar(event(start="DTSTART:20140805T090000"), event("STATUS:CANCELLED", uid="y"), GOOD)

    found = process.read(data, WINDOW, SHANGHAI)

    second = Span(datetime(2014, 8, 5, 1, tzinfo=UTC), datetime(2014, 8, 5, 2, tzinfo=UTC))
    assert found == BusyTimes((BUSY, second), (Skipped("cancelled", 1),), (ZoneGuess("", "Asia/Shanghai"),))


def test_what_came_from_us_is_left_out() -> None:
    assert process.read(calendar(GOOD), WINDOW, SHANGHAI, frozenset({"good"})).busy == ()


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in beside_a_good_one()])
def test_a_hostile_entry_takes_neither_the_good_one_away_nor_much_time_or_memory(
    name: str, data: bytes, tmp_path: Path
) -> None:
    found, memory = _measured(data, tmp_path)

    assert any(span.contains(BUSY) for span in found.busy)
    assert memory < process.MEMORY


def test_a_rule_that_is_looked_for_too_long_is_counted_and_gives_what_is_known(tmp_path: Path) -> None:
    endless = event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")

    found, _ = _measured(calendar(endless, GOOD), tmp_path)

    first = Span(datetime(2014, 8, 5, 1, tzinfo=UTC), datetime(2014, 8, 5, 2, tzinfo=UTC))
    assert found == BusyTimes((BUSY, first), (Skipped("too_slow", 1),))


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in no_calendars()])
def test_what_is_no_calendar_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Unusable):
        process.read(data, WINDOW, SHANGHAI)


def test_a_calendar_as_large_as_one_may_be_is_read(tmp_path: Path) -> None:
    entries = [
        event("DESCRIPTION:" + "x" * 880, start=f"DTSTART:2014{8 + n % 4:02}{1 + n % 28:02}T0{n % 9}0000Z", uid=str(n))
        for n in range(5_000)
    ]
    old = [
        event("DESCRIPTION:" + "日" * 260, start=f"DTSTART:20{n % 10:02}0801T010000Z", length="DTEND:20100801T020000Z", uid=f"o{n}")
        for n in range(16_500)
    ]  # fmt: skip
    data = calendar(*old, *entries)
    assert 18 * 1024 * 1024 < len(data) < 20 * 1024 * 1024

    found, memory = _measured(data, tmp_path)

    assert found.skipped == ()
    assert len(found.busy) == 252
    assert memory < process.MEMORY


def _measured(data: bytes, folder: Path) -> tuple[BusyTimes, int]:
    """What is read, and the most octets of memory that it took."""
    status = folder / "status"
    found = process.read(data, WINDOW, SHANGHAI, words=(sys.executable, "-c", PATIENT, str(status)))
    most = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    assert most
    return found, int(most[1]) * 1024


@pytest.mark.parametrize(
    "program",
    ["while True: pass", "import time; time.sleep(60)"],
    ids=["busy", "asleep"],
)
def test_one_that_does_not_end_is_ended(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 1)
    with pytest.raises(Unusable) as refusal:
        process.read(calendar(GOOD), WINDOW, SHANGHAI, words=(sys.executable, "-c", program))
    assert refusal.value.kind == "too_slow"


def test_one_that_crashes_is_a_calendar_that_cannot_be_read() -> None:
    with pytest.raises(Unusable):
        process.read(calendar(GOOD), WINDOW, SHANGHAI, words=(sys.executable, "-c", "raise SystemExit(3)"))


def test_its_limits_hold() -> None:
    program = (
        "import resource, signal\nfrom scheduler.ical.process import limit\nlimit(60)\n"
        "assert 0 < signal.alarm(0) <= 60\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU) == (5, 5)\n"
        "try: bytearray(600 * 1024 * 1024)\nexcept MemoryError: print('no')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=process.ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "no\n"


def test_it_ends_by_itself_when_nobody_waits_for_it_any_more() -> None:
    endless = "from scheduler.ical import process\nprocess.limit(1)\nwhile True: pass\n"

    done = subprocess.run([sys.executable, "-c", endless], cwd=process.ROOT, timeout=LAST_RESORT, check=False)

    assert done.returncode in (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL)


# ── What the process does ────────────────────────────────────────────────────────────────────────────────────────────
def _question(data: bytes) -> io.BytesIO:
    asked = {"window": [int(m.timestamp()) for m in (WINDOW.start, WINDOW.end)], "zone": "Asia/Shanghai", "ours": []}
    return io.BytesIO(json.dumps(asked).encode() + b"\n" + data)


def test_the_answer_holds_times_and_nothing_else() -> None:
    secret = GOOD.replace("UID:good", "UID:secret\r\nSUMMARY:secret\r\nLOCATION:secret")

    told = process.answer(_question((BEGIN + secret + END).encode()))

    assert "secret" not in json.dumps(told)
    assert told["busy"] == [(1407114000, 1407117600)]


def test_the_answer_to_what_is_no_calendar_says_so() -> None:
    assert process.answer(_question(b"<html>")) == {"unusable": "no_calendar"}


def test_too_little_memory_is_a_calendar_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> BusyTimes:
        raise MemoryError

    monkeypatch.setattr("scheduler.ical.read.read", full)

    assert process.answer(_question(calendar(GOOD))) == {"unusable": "too_large"}


def test_all_entries_together_have_so_much_time() -> None:
    allowance, begun = process.Allowance(each=0.05, everything=0.08), 0

    def waste() -> None:
        nonlocal begun
        with allowance():
            begun += 1
            while True:
                pass

    for _ in range(20):  # how much of its time one takes is not told to the millisecond
        with pytest.raises(Odd):
            waste()
    assert 2 <= begun < 20
    assert signal.getsignal(signal.SIGVTALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_nothing_is_read_when_no_time_is_left() -> None:
    with pytest.raises(Odd), process.Allowance(everything=0)():
        raise AssertionError("It was let in.")


def test_a_signal_that_comes_late_stops_nothing() -> None:
    with process.Allowance()():
        told = signal.getsignal(signal.SIGVTALRM)
        assert callable(told)
        with pytest.raises(Odd):
            told(signal.SIGVTALRM, None)

    told(signal.SIGVTALRM, None)


def test_an_entry_whose_time_is_over_within_a_destructor_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    dropped: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: dropped.append(what.exc_type))

    class Slow:
        def __del__(self) -> None:
            while not dropped:
                pass

    def waste() -> None:
        with process.Allowance(each=0.05, everything=60)():
            Slow()
            while True:
                pass

    with pytest.raises(Odd):
        waste()
    assert dropped == [Odd]


def test_the_process_binds_itself_and_answers_one_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bounds: list[object] = []
    monkeypatch.setattr(signal, "alarm", bounds.append)  # they would bind the tests as well
    monkeypatch.setattr(resource, "setrlimit", lambda *bound: bounds.append(bound))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(_question(calendar(GOOD))))

    process.main(5)

    assert json.loads(capsys.readouterr().out)["busy"] == [[1407114000, 1407117600]]
    assert bounds == [
        5,
        (resource.RLIMIT_CPU, (5, 5)),
        (resource.RLIMIT_AS, (512 * 1024 * 1024, 512 * 1024 * 1024)),
        (resource.RLIMIT_CORE, (0, 0)),
    ]
