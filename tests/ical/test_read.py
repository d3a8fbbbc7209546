"""What an .ics tells of somebody's time."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped, Unusable, ZoneGuess, kept_window
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span
from scheduler.ical.process import Allowance
from scheduler.ical.read import MAX_OCCURRENCES, BusyQuery, read
from scheduler.ical.recurrence import Odd
from tests.ical.hostile import BEGIN, END, GOOD, calendar, event, no_calendars

SHANGHAI = ZoneInfo("Asia/Shanghai")
WINDOW = kept_window(date(2014, 8, 1), SHANGHAI)


def _read(data: bytes, ours: Iterable[str] = ()) -> BusyTimes:
    """What is read with all the time in the world; what has too little of it is tested with the process."""
    return read(data, BusyQuery(WINDOW, SHANGHAI, frozenset(ours)), Allowance(each=60, everything=60))


def _told(found: BusyTimes, zone: ZoneInfo = SHANGHAI) -> list[str]:
    """Busy times on the clock on the wall: `08-04 09:00 - 10:00`."""
    return [
        f"{span.start.astimezone(zone):%m-%d %H:%M} - {span.end.astimezone(zone):%m-%d %H:%M}" for span in found.busy
    ]


def _skipped(found: BusyTimes) -> dict[str, int]:
    return {one.reason: one.count for one in found.skipped}


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("DTSTART:20140804T010000Z", "DTEND:20140804T020000Z", "08-04 09:00 - 08-04 10:00"),
        ("DTSTART;TZID=Asia/Shanghai:20140804T090000Z", "DURATION:PT1H30M", "08-04 17:00 - 08-04 18:30"),
        ("DTSTART;TZID=Asia/Tokyo:20140804T100000", "DTEND;TZID=Asia/Shanghai:20140804T100000", "08-04 09:00 - 08-04 10:00"),
        ("DTSTART;VALUE=DATE:20140804", "X-NO:1", "08-04 00:00 - 08-05 00:00"),
        ("DTSTART;VALUE=DATE:20140804", "DTEND;VALUE=DATE:20140807", "08-04 00:00 - 08-07 00:00"),
        ("DTSTART:20140804T090000", "DTEND;VALUE=DATE:20140805", "08-04 09:00 - 08-05 00:00"),
        ("DTSTART:20140804T090060", "DURATION:P1W", "08-04 09:00 - 08-11 09:00"),
        ("dtstart;value=date-time:20140804t010000z", "duration:+P1DT1H", "08-04 09:00 - 08-05 10:00"),
    ],
)  # fmt: skip
def test_one_entry_keeps_somebody_busy_from_its_start_to_its_end(start: str, length: str, expected: str) -> None:
    assert _told(_read(calendar(event(start=start, length=length)))) == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=WEEKLY;COUNT=3"], ["08-05", "08-12", "08-19"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20140812T010000Z"], ["08-05", "08-12"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20140811"], ["08-05"]),
        (["RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20140810"], ["08-05", "08-07", "08-09"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO,TU;WKST=SU;COUNT=3"], ["08-05", "08-11", "08-12"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2"], ["08-05", "08-29", "09-26"]),
        (["RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1;COUNT=1"], ["08-05", "09-01"]),
        (["RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20140806T010000Z", "EXDATE;VALUE=DATE:20140807"], ["08-05", "08-08"]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Asia/Shanghai:20140806T090000"], ["08-05", "08-07"]),
        (["RDATE:20140901T010000Z,20140902T010000Z"], ["08-05", "09-01", "09-02"]),
        (["RDATE;VALUE=PERIOD:20140901T010000Z/PT2H,20140902T010000Z/20140902T023000Z"], ["08-05", "09-01", "09-02"]),
        (["EXRULE:FREQ=DAILY"], ["08-05"]),
    ],
)
def test_a_series_keeps_somebody_busy_each_time_but_not_when_it_is_left_out(
    lines: list[str], expected: list[str]
) -> None:
    assert [line[:5] for line in _told(_read(calendar(event(*lines))))] == expected


def test_periods_have_lengths_of_their_own() -> None:
    data = calendar(event("RDATE;VALUE=PERIOD:20140901T010000Z/PT2H,20140902T010000Z/20140902T023000Z"))

    assert _told(_read(data))[1:] == ["09-01 09:00 - 09-01 11:00", "09-02 09:00 - 09-02 10:30"]


def test_an_entry_that_stands_for_one_of_a_series_takes_its_place() -> None:
    series = event("RRULE:FREQ=DAILY;COUNT=3", "SEQUENCE:1")
    moved = event("RECURRENCE-ID:20140806T010000Z", start="DTSTART:20140806T060000Z")
    gone = event("RECURRENCE-ID;TZID=Asia/Shanghai:20140807T090000", "STATUS:CANCELLED")

    found = _read(calendar(series, moved, gone))

    assert _told(found) == ["08-05 09:00 - 08-05 10:00", "08-06 14:00 - 08-06 15:00"]
    assert _skipped(found) == {"cancelled": 1}


def test_of_two_versions_of_an_entry_the_later_counts() -> None:
    new = event("SEQUENCE:2", start="DTSTART:20140805T020000Z")
    old = event("SEQUENCE:1", start="DTSTART:20140805T060000Z")

    assert _told(_read(calendar(new, old))) == ["08-05 10:00 - 08-05 11:00"]
    assert _told(_read(calendar(old, new, event("SEQUENCE:x")))) == ["08-05 10:00 - 08-05 11:00"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("STATUS:CANCELLED", "cancelled"),
        ("TRANSP:TRANSPARENT", "transparent"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "transparent"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "transparent"),
        ("DTEND:20140805T000000Z", "ends_before_it_starts"),
        ("DTEND:20140805T010000Z", "no_length"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nTRANSP:OPAQUE", "transparent"),
    ],
)
def test_what_keeps_nobody_busy_is_left_out_and_counted(line: str, reason: str) -> None:
    found = _read(calendar(event(line, length="DURATION:PT1H" if not line.startswith("DTEND") else "X-A:1"), GOOD))

    assert _told(found) == ["08-04 09:00 - 08-04 10:00"]
    assert found.skipped == (Skipped(reason, 1),)


@pytest.mark.parametrize(
    ("line", "reason", "days"),
    [
        ("RRULE:FREQ=MINUTELY", "rule_too_fine", ["08-05"]),
        ("RRULE:FREQ=SOMETIMES", "rule_unreadable", ["08-05"]),
        ("RRULE:FREQ=DAILY;INTERVAL=10001", "rule_too_large", ["08-05"]),
        ("RRULE:FREQ=DAILY;UNTIL=soon;COUNT=2", "unreadable", ["08-05", "08-06"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU,XX;COUNT=2", "rule_unreadable", ["08-05", "08-12"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=XX;COUNT=2", "rule_unreadable", ["08-05", "08-12"]),
        ("RRULE:FREQ=DAILY;INTERVAL=0;COUNT=2", "rule_unreadable", ["08-05", "08-06"]),
        ("RRULE:FREQ=DAILY;COUNT=2;COUNT=9", "rule_unreadable", ["08-05", "08-06"]),
        ("RRULE:FREQ=DAILY;COUNT=2;X-ODD=1", "rule_unreadable", ["08-05", "08-06"]),
        ("RRULE:FREQ=DAILY;COUNT=2;WKST=XX", "rule_unreadable", ["08-05", "08-06"]),
        ("RRULE:FREQ=DAILY;COUNT=2;SKIP=FORWARD", "rule_unreadable", ["08-05", "08-06"]),
        ("RRULE:RSCALE=CHINESE;FREQ=DAILY;COUNT=2", "rule_unreadable", ["08-05"]),
        ("RDATE:" + ",".join(["20140806T010000Z"] * 2_001), "too_many_dates", ["08-05", "08-06"]),
        ("EXDATE:" + ",".join(["20140806T010000Z"] * 2_001), "too_many_dates", ["08-05"]),
        ("RDATE:tomorrow,20140806T010000Z", "unreadable", ["08-05", "08-06"]),
        ("RDATE:20140231T010000Z", "unreadable", ["08-05"]),
        ("RDATE;VALUE=PERIOD:20140806T010000Z/x,20140807T010000Z/PT1H", "unreadable", ["08-05", "08-07"]),
        ("EXDATE:,20140806T010000Z", "unreadable", ["08-05"]),
    ],
)
def test_one_thing_that_cannot_be_read_never_frees_the_rest(line: str, reason: str, days: list[str]) -> None:
    busy_times = _read(calendar(event(line)))

    assert [told[:5] for told in _told(busy_times)] == days
    assert busy_times.skipped == (Skipped(reason, 1),)


def test_an_end_that_cannot_be_read_is_taken_for_an_hour_or_a_day() -> None:
    assert _told(_read(calendar(event("RRULE:FREQ=DAILY;COUNT=2", length="DTEND:later")))) == [
        "08-05 09:00 - 08-05 10:00", "08-06 09:00 - 08-06 10:00",
    ]  # fmt: skip
    day = _read(calendar(event(start="DTSTART;VALUE=DATE:20140805", length="DURATION:long")))
    assert (_told(day), _skipped(day)) == (["08-05 00:00 - 08-06 00:00"], {"unreadable": 1})


def test_a_rule_that_says_too_much_is_followed_as_far_as_may_be() -> None:
    busy_times = _read(calendar(event("RRULE:FREQ=HOURLY", length="DURATION:PT10M"), GOOD))

    assert len(busy_times.busy) == MAX_OCCURRENCES
    assert _skipped(busy_times)["too_many_occurrences"] == 2


def test_too_many_entries_of_too_many_times_are_read_as_far_as_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.ical.read.MAX_SPANS", 3)
    busy_times = _read(calendar(event("RRULE:FREQ=DAILY;COUNT=5"), event(uid="y", start="DTSTART:20140815T010000Z")))

    assert [line[:5] for line in _told(busy_times)] == ["08-05", "08-06", "08-15"]
    assert _skipped(busy_times) == {"too_many_occurrences": 1}


def test_a_date_that_takes_too_long_takes_the_time_of_its_whole_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise Odd("too_slow")

    monkeypatch.setattr("scheduler.ical.read.understood", slow)
    busy_times = _read(calendar(event("RRULE:FREQ=DAILY", "RDATE:20140806T010000Z")))

    assert [line[:5] for line in _told(busy_times)] == ["08-05"]
    assert _skipped(busy_times) == {"too_slow": 1}


def test_the_smallest_gaps_of_a_calendar_beyond_all_measure_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.ical.read.MAX_OCCURRENCES", 2)
    starts = ("20140805T010000Z", "20140805T023000Z", "20140806T010000Z")
    busy_times = _read(calendar(*(event(start=f"DTSTART:{start}", uid=start) for start in starts)))

    assert _told(busy_times) == ["08-05 09:00 - 08-05 11:30", "08-06 09:00 - 08-06 10:00"]


def test_busy_is_said_by_the_first_word_for_it() -> None:
    assert len(_read(calendar(event("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"))).busy) == 1


def test_an_entry_without_start_or_length_is_left_out() -> None:
    found = _read(calendar(event(start="X-A:1", uid="1"), event(length="X-A:1", uid="2")))

    assert found == BusyTimes((), (Skipped("no_length", 1), Skipped("no_start", 1)))


def test_entries_without_an_identity_are_each_their_own() -> None:
    lines = "BEGIN:VEVENT\r\nDTSTART:2014080{}T010000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"

    assert len(_read(calendar(lines.format(5), lines.format(6))).busy) == 2


def test_what_came_from_us_keeps_nobody_busy() -> None:
    found = _read(
        calendar(event(uid="34bdf3c7-fb32-4b0b-87fd-4731bc2b161e"), GOOD), ["34bdf3c7-fb32-4b0b-87fd-4731bc2b161e"]
    )

    assert _told(found) == ["08-04 09:00 - 08-04 10:00"]
    assert found.skipped == (Skipped("own_booking", 1),)


def test_overlapping_times_are_one_and_touching_ones_stay_two() -> None:
    found = _read(
        calendar(
            event(uid="1"),
            event(uid="2", start="DTSTART:20140805T013000Z"),
            event(uid="3", start="DTSTART:20140805T023000Z"),
            event(uid="4", start="DTSTART:20140805T011000Z", length="DURATION:PT5M"),
        )
    )

    assert _told(found) == ["08-05 09:00 - 08-05 10:30", "08-05 10:30 - 08-05 11:30"]


def test_only_the_window_is_told() -> None:
    found = _read(calendar(event("RRULE:FREQ=YEARLY", start="DTSTART;VALUE=DATE:20000725", length="DURATION:P2D")))

    assert _told(found) == ["07-25 00:00 - 07-27 00:00", "07-25 00:00 - 07-27 00:00"]
    assert all(WINDOW.contains(span) for span in found.busy)


def test_a_published_table_of_busy_times_counts() -> None:
    table = (
        "BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20140804T010000Z/PT1H,20140805T010000Z/20140805T030000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20140806T010000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )
    assert _told(_read(calendar(table))) == ["08-04 09:00 - 08-04 10:00", "08-05 09:00 - 08-05 11:00"]
    odd = _read(calendar(table.replace("/PT1H,", ",")))
    assert (_told(odd), _skipped(odd)) == (["08-05 09:00 - 08-05 11:00"], {"unreadable": 1})


def test_an_hour_that_the_clock_leaves_out_is_meant_as_before_the_change() -> None:
    data = calendar(event(start="DTSTART;TZID=Europe/Berlin:20150329T023000", length="DURATION:PT30M"))

    assert _told(_read(data)) == ["03-29 09:30 - 03-29 10:00"]
    nothing = calendar(event(start="DTSTART;TZID=Europe/Berlin:20150328T023000", length="DURATION:P1DT-1H"))
    assert _told(_read(nothing)) == ["03-28 09:30 - 03-28 10:30"]


def test_a_weekly_meeting_stays_at_its_hour_when_clocks_change() -> None:
    data = calendar(event("RRULE:FREQ=WEEKLY;COUNT=2", start="DTSTART;TZID=Europe/Berlin:20141020T090000"))

    assert _told(_read(data)) == ["10-20 15:00 - 10-20 16:00", "10-27 16:00 - 10-27 17:00"]


def test_an_unknown_zone_is_taken_for_the_organisation_s_and_said() -> None:
    found = _read(calendar(event(start="DTSTART;TZID=Middle Earth:20140805T090000")))

    assert _told(found) == ["08-05 09:00 - 08-05 10:00"]
    assert found.zone_guesses == (ZoneGuess("Middle Earth", "Asia/Shanghai"),)


def test_several_calendars_in_one_file_are_read_together() -> None:
    assert len(_read(calendar(GOOD) + calendar(event())).busy) == 2


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in no_calendars()])
def test_what_is_no_calendar_is_refused_as_a_whole(name: str, data: bytes) -> None:
    with pytest.raises(Unusable):
        _read(data)


# ── Against the library that others use ──────────────────────────────────────────────────────────────────────────────
def _by_the_library(data: bytes) -> list[Span]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(WINDOW.start, WINDOW.end)
    spans = [(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found]
    return sorted(within for start, end in spans if start < end and (within := Span(start, end).intersection(WINDOW)))


_days = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
_rules = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds(lambda days, n: f"FREQ=WEEKLY;BYDAY={','.join(days)};INTERVAL={n}", _days, st.integers(1, 3)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(1, 28)),
    st.builds("FREQ=MONTHLY;BYDAY={}TU".format, st.sampled_from(["1", "2", "-1"])),
)
_ends = st.sampled_from(["", ";COUNT=5", ";UNTIL=20150101T000000Z"])


@settings(max_examples=60)
@given(
    rule=_rules, ends=_ends, zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
    hour=st.integers(4, 22), minutes=st.integers(1, 600), day=st.integers(1, 28),
)  # fmt: skip
def test_series_are_followed_as_the_usual_library_follows_them(
    rule: str, ends: str, zone: str, hour: int, minutes: int, day: int
) -> None:
    start = f"DTSTART;TZID={zone}:201407{day:02}T{hour:02}1500"
    data = calendar(event(f"RRULE:{rule}{ends}", start=start, length=f"DURATION:PT{minutes}M"))

    assert _without_the_first(_read(data).busy) == _without_the_first(
        merged(_by_the_library(data), even_touching=False)
    )


def _without_the_first(spans: Iterable[Span]) -> list[Span]:
    """Readers differ on whether a start that its own rule does not name counts; ours keeps it: rather busy than not."""
    return [span for span in spans if span.start > datetime(2014, 8, 1, tzinfo=UTC)]


# ── Whatever comes ───────────────────────────────────────────────────────────────────────────────────────────────────
_words = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD",
    "END:STANDARD", "TZID:X", "TZOFFSETTO:+0800", "TZOFFSETTO:-9999", "DTSTART;TZID=X:20140805T090000", "DTSTART:2014",
    "DTSTART:20140805T090000Z", "DTEND:20140805T100000", "DTEND;VALUE=DATE:20140806", "DURATION:PT1H", "DURATION:-P1D",
    "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY;BYDAY=MO", "RDATE:20140901,20140902T010000", "EXDATE:20140805T090000Z", "UID:a",
    "RECURRENCE-ID:20140806T010000Z", " folded", "SEQUENCE:3", "FREEBUSY:20140804T010000Z/PT1H", "BEGIN:VFREEBUSY", "",
])  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.one_of(_words, st.text(max_size=30)), max_size=25), st.booleans())
def test_whatever_comes_is_read_or_refused(lines: list[str], is_framed: bool) -> None:
    data = "\r\n".join([BEGIN + "BEGIN:VEVENT", *lines, "END:VEVENT\r\n" + END] if is_framed else lines)
    try:
        found = _read(data.encode("utf-8", "replace"))
    except Unusable:
        return
    assert all(WINDOW.contains(span) for span in found.busy)
    assert list(found.busy) == sorted(found.busy)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_whatever_octets_stand_in_an_entry_the_good_one_comes_through(octets: bytes) -> None:
    odd = octets.replace(b"\r", b"").replace(b"\n", b"")
    data = calendar(event("X-ODD:@@"), GOOD).replace(b"@@", odd)

    assert Span(datetime(2014, 8, 4, 1, tzinfo=UTC), datetime(2014, 8, 4, 2, tzinfo=UTC)) in _read(data).busy
    assert timedelta(hours=1) == _read(data).busy[0].length
