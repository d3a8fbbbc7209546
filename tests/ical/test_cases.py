"""Calendars of widespread programs, each with what it means; and what a well-known library makes of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from scheduler.core.feeds.outside_calendars import BusyTimes, kept_window
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span
from scheduler.ical.read import BusyQuery, read
from tests.ical.hostile import calendar, event

FILES = Path(__file__).parents[1] / "data" / "calendars"
SHANGHAI = ZoneInfo("Asia/Shanghai")
CASES: dict[str, tuple[list[str], dict[str, int]]] = {
    "allday_dtend_equal": (["09-30 16:00 10-01 16:00"], {}),
    "bad_rule_first_instance": (["07-01 08:00 09:00"], {"rule_unreadable": 1}),
    "busystatus_free_transp_opaque": ([], {"transparent": 1}),
    "davx5_short_vtimezone": (["07-15 08:00 09:00"], {}),
    "dst_exact_duration_dtend": (["03-13 06:00 09:00", "03-14 06:00 09:00"], {}),
    "dst_gap_0230": (["03-13 07:30 08:30", "03-14 07:30 08:30", "03-15 06:30 07:30"], {}),
    "dtend_floating_form": (["07-01 14:00 15:00"], {}),
    "empty_uid_two_events": (["07-01 08:00 09:00", "07-02 08:00 09:00"], {}),
    "exchange_allday_exdate_tzid": (["07-12 16:00 07-13 16:00", "07-14 16:00 07-15 16:00"], {}),
    "exdate_empty": (["07-01 08:00 09:00", "07-02 08:00 09:00", "07-03 08:00 09:00"], {"unreadable": 1}),
    "exdate_floating_form": (["07-01 14:00 15:00", "07-03 14:00 15:00"], {}),
    "iana_lower_case": (["07-15 14:00 15:00"], {}),
    "method_cancel": ([], {"cancelled": 1}),
    "outlook_named_offset_with_dst_vtimezone": (["07-15 08:00 09:00"], {}),
    "participant_vlocation_depth4": (["07-01 08:00 09:00"], {}),
    "rdate_period_no_dtend": (["07-02 08:00 09:00"], {"no_length": 1}),
    "rdate_utc_overridden": (["07-01 08:00 09:00", "07-02 12:00 13:00"], {}),
    "recid_garbage_kills_series": (
        ["07-01 08:00 09:00", "07-02 08:00 09:00", "07-02 10:00 11:00", "07-03 08:00 09:00"],
        {"unreadable": 1},
    ),
    "rrule_spaces": (["07-01 08:00 09:00", "07-02 08:00 09:00"], {}),
    "rscale_gregorian": (["07-01 08:00 09:00", "07-02 08:00 09:00"], {}),
    "same_uid_no_sequence_two_events": (["07-01 08:00 09:00", "07-02 08:00 09:00"], {}),
    "thisandfuture": (["07-01 08:00 09:00", "07-02 08:00 09:00", "07-03 10:00 11:00", "07-04 10:00 11:00"], {}),
    "tzid_escaped_comma": (["07-15 14:00 15:00"], {}),
    "unfolded_summary_line_break": (["07-01 08:00 09:00"], {"stray_line": 2}),
    "xwr_timezone_floating": (["07-15 14:00 15:00"], {}),
}
"""File → when it keeps somebody busy, in universal time, and what is counted."""
OURS_IS_RIGHT = {
    "allday_dtend_equal": "it gives no time; every calendar shows one day",
    "bad_rule_first_instance": "it refuses the file; the first time is known",
    "busystatus_free_transp_opaque": "it knows no words of Exchange (MS-OXCICAL)",
    "dst_exact_duration_dtend": "the same exact length for each repetition (RFC 5545, 3.8.5.3), where it goes by the wall",
    "dst_gap_0230": "an hour that the clock leaves out is meant as before the change (RFC 5545, 3.3.5), where it drops it",
    "empty_uid_two_events": "no number is no identity, where it takes two entries for one",
    "exdate_empty": "it refuses the file; one date is one date",
    "iana_lower_case": "it takes a name in small letters for no zone",
    "method_cancel": "it does not look at METHOD",
    "recid_garbage_kills_series": "it refuses the file; the series is known",
    "rrule_spaces": "it refuses the rule",
    "rscale_gregorian": "it refuses the rule; plain Gregorian is the default (RFC 7529)",
    "same_uid_no_sequence_two_events": "two starts are two entries, where it takes the last",
    "unfolded_summary_line_break": "it refuses the file; a stray line is a stray line",
}
"""Where the library differs, and why ours is right."""


def _window(name: str) -> Span:
    return kept_window(date(2027, 1, 1) if name.startswith("dst_") else date(2026, 7, 1), SHANGHAI)


def _read(data: bytes, window: Span) -> BusyTimes:
    return read(data, BusyQuery(window, SHANGHAI))


def _told(spans: tuple[Span, ...]) -> list[str]:
    return [
        f"{span.start:%m-%d %H:%M} {span.end:%H:%M}"
        if span.start.date() == span.end.date()
        else f"{span.start:%m-%d %H:%M} {span.end:%m-%d %H:%M}"
        for span in spans
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_calendar_means_what_its_writer_meant(name: str) -> None:
    busy_times = _read((FILES / f"{name}.ics").read_bytes(), _window(name))

    assert _told(busy_times.busy) == CASES[name][0]
    assert {skipped.reason: skipped.count for skipped in busy_times.skipped} == CASES[name][1]


def test_a_count_beyond_what_is_looked_at_costs_nothing() -> None:
    busy_times = _read((FILES / "count_99999.ics").read_bytes(), _window(""))

    assert len(busy_times.busy) == 53
    assert {later.start - earlier.start for earlier, later in pairwise(busy_times.busy)} == {timedelta(days=7)}
    assert busy_times.skipped == ()


def test_every_case_is_asked() -> None:
    assert {path.stem for path in FILES.glob("*.ics")} == {*CASES, "count_99999"}


def _by_the_library(data: bytes, window: Span) -> list[str]:
    """What the library makes of it; nothing where it refuses."""
    try:
        entries = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(window.start, window.end)
    except Exception:  # whatever it says
        return ["refused"]
    moments = []
    for entry in entries:
        ends = [
            at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else datetime(at.year, at.month, at.day, getattr(at, "hour", 0), getattr(at, "minute", 0), tzinfo=SHANGHAI).astimezone(UTC)
            for at in (entry.start, entry.end)
        ]  # fmt: skip
        if ends[0] < ends[1]:
            moments.append(Span(*ends))
    return _told(merged(moments, even_touching=False))


@pytest.mark.parametrize("name", CASES)
def test_where_a_well_known_library_differs_is_listed(name: str) -> None:
    theirs = _by_the_library((FILES / f"{name}.ics").read_bytes(), _window(name))

    assert (theirs != CASES[name][0]) == (name in OURS_IS_RIGHT), theirs


# ── The kinds that the cases stand for ───────────────────────────────────────────────────────────────────────────────
YORK = "DTSTART;TZID=America/New_York:20260701T100000"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ((YORK, "DTEND;TZID=Asia/Shanghai:20260701T230000"), ["07-01 14:00 15:00"]),
        ((YORK, "DURATION:PT1H", "RDATE:20260702T110000"), ["07-01 14:00 15:00", "07-02 15:00 16:00"]),
        ((YORK, "DURATION:PT1H", "RDATE;VALUE=DATE:20260702"), ["07-01 14:00 15:00", "07-02 14:00 15:00"]),
        ((YORK, "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260702T100000"), ["07-01 14:00 15:00", "07-02 14:00 15:00"]),
        ((YORK, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20260702"), ["07-01 14:00 15:00"]),
        (("DTSTART;VALUE=DATE:20260713", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260713T220000Z"), ["07-12 16:00 07-13 16:00"]),
        (("DTSTART;VALUE=DATE:20260713", "RDATE;TZID=Europe/Berlin:20260720T000000"),
         ["07-12 16:00 07-13 16:00", "07-19 16:00 07-20 16:00"]),
        (("DTSTART;VALUE=DATE;TZID=Europe/Berlin:20260713", "DTEND;VALUE=DATE:20260714"), ["07-12 16:00 07-13 16:00"]),
        (("DTSTART;VALUE=DATE:20260713T000000", "DTEND;VALUE=DATE:20260714T000000"), ["07-12 16:00 07-13 16:00"]),
    ],
)  # fmt: skip
def test_what_names_no_zone_is_in_the_zone_of_the_start(lines: tuple[str, ...], days: list[str]) -> None:
    data = calendar("\r\n".join(["BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT", ""]))

    assert _told(_read(data, _window("")).busy) == days


_DAILY = event("RRULE:FREQ=DAILY;COUNT=4", start=YORK)


@pytest.mark.parametrize(
    ("others", "days"),
    [
        ([("RECURRENCE-ID:20260702T100000", "20260702T120000")], ["01 14", "02 16", "03 14", "04 14"]),
        ([("RECURRENCE-ID:20260702T140000Z", "20260702T120000")], ["01 14", "02 16", "03 14", "04 14"]),
        ([("RECURRENCE-ID;RANGE=THISANDFUTURE:20260702T100000", "20260703T120000")], ["01 14", "03 16", "04 16", "05 16"]),
        ([("RECURRENCE-ID;RANGE=THISANDFUTURE:20260702T100000", "20260702T120000"),
          ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260704T100000", "20260704T080000")], ["01 14", "02 16", "03 16", "04 12"]),
        ([("STATUS:CANCELLED\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260702T100000", "20260702T100000")], ["01 14"]),
        ([("RECURRENCE-ID;RANGE=THISANDFUTURE:20260702T100000", "20260702T120000"),
          ("RECURRENCE-ID:20260703T100000", "20260703T060000")], ["01 14", "02 16", "03 10", "04 16"]),
    ],
)  # fmt: skip
def test_a_repetition_and_all_after_it_are_put_elsewhere(others: list[tuple[str, str]], days: list[str]) -> None:
    moved = [event(line, start=f"DTSTART;TZID=America/New_York:{start}") for line, start in others]

    busy_times = _read(calendar(_DAILY, *moved), _window(""))

    assert [f"{span.start:%d %H}" for span in busy_times.busy] == days


def test_a_change_of_all_after_it_without_a_start_frees_them() -> None:
    gone = (
        "BEGIN:VEVENT\r\nUID:x\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260703T140000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    )
    busy_times = _read(calendar(_DAILY, gone), _window(""))

    assert [f"{span.start:%d %H}" for span in busy_times.busy] == ["01 14", "02 14"]
    assert [skipped.reason for skipped in busy_times.skipped] == ["no_start"]


def test_of_one_repetition_in_two_versions_the_later_counts() -> None:
    old = event("RECURRENCE-ID:20260702T140000Z", "SEQUENCE:1", start="DTSTART:20260702T150000Z")
    new = event("RECURRENCE-ID;TZID=America/New_York:20260702T100000", "SEQUENCE:2", start="DTSTART:20260702T160000Z")
    odd = event("RECURRENCE-ID:then", start="DTSTART:20260710T160000Z")

    busy_times = _read(calendar(_DAILY, new, old, odd), _window(""))

    assert [f"{span.start:%d %H}" for span in busy_times.busy] == ["01 14", "02 16", "03 14", "04 14", "10 16"]


def test_an_unknown_zone_of_the_whole_calendar_is_no_zone() -> None:
    data = calendar(event(start="DTSTART:20260701T100000")).replace(b"VERSION", b"X-WR-TIMEZONE:Mordor\r\nVERSION")

    assert _told(_read(data, _window("")).busy) == ["07-01 02:00 03:00"]


def test_a_whole_history_is_read_for_the_sake_of_one_entry() -> None:
    old = event(start="DTSTART:20200101T010000Z", length="DTEND:20200101T020000Z", uid="{}")
    data = calendar(*(old.replace("{}", str(n)) for n in range(5_000)), event(start="DTSTART:20260701T010000Z"))

    assert _told(_read(data, _window("")).busy) == ["07-01 01:00 02:00"]


def test_a_change_of_years_ago_still_holds() -> None:
    series = event("RRULE:FREQ=DAILY", start="DTSTART:20200101T010000Z")
    moved = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20200201T010000Z",
        start="DTSTART:20200201T030000Z",
        length="DTEND:20200201T040000Z",
    )

    assert {span.start.hour for span in _read(calendar(series, moved), _window("")).busy} == {3}
