"""Octets become the few lines that are read."""

import pytest

from scheduler.core.feeds.outside_calendars import Unusable
from scheduler.ical.lines import Component, Property, calendars, text_of
from tests.ical.hostile import BEGIN, END, calendar


def _event(*lines: str) -> Component:
    (found,) = calendars(calendar("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])))
    return found.parts[0]


def test_only_what_is_read_is_kept() -> None:
    assert _event("SUMMARY:秘密", "uid:a", "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM").properties == {
        "UID": [Property("a")]
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART;TZID=Asia/Shanghai:20140801T090000", Property("20140801T090000", {"TZID": "Asia/Shanghai"})),
        ('DTSTART;TZID="(UTC+08:00) Beijing; x":1', Property("1", {"TZID": "(UTC+08:00) Beijing; x"})),
        ("DTSTART;TZID=(UTC+08:00) 北京，重庆:1", Property("1", {"TZID": "(UTC+08:00) 北京，重庆"})),
        ("DTSTART;TZID=A;VALUE=DATE-TIME:1", Property("1", {"TZID": "A", "VALUE": "DATE-TIME"})),
        ("DTSTART;tzid=A: 1 ", Property("1", {"TZID": "A"})),
        ("UID:a:b:c", None),
        ("DTSTART;TZID:1", None),
        ("DTSTART", None),
        ("DTSTART;TZID=A", None),
    ],
)
def test_a_line_has_a_value_and_parameters(line: str, expected: Property | None) -> None:
    assert _event(line).first("DTSTART") == expected


def test_a_very_long_line_is_passed_over() -> None:
    assert _event("UID:" + "x" * 70_000, "DTSTART:1").properties == {"DTSTART": [Property("1")]}


def test_a_word_is_in_capitals() -> None:
    assert _event("STATUS:Cancelled").word("STATUS") == "CANCELLED"
    assert _event("UID:a").word("STATUS") == ""


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_end_as_they_like(end: str) -> None:
    text = (BEGIN + "BEGIN:VEVENT\r\nUI\r\n D:a\r\nEND:VEVENT\r\n" + END).replace("\r\n", end).removesuffix(end)

    assert calendars(text.encode())[0].parts[0].first("UID") == Property("a")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("日历".encode(), "日历"),
        (b"\xef\xbb\xbf" + "日历".encode(), "日历"),
        ("日历".encode("utf-16"), "日历"),
        (b"\xfe\xff" + "日历".encode("utf-16-be"), "日历"),
        ("日历".encode("gb18030"), "日历"),
        ("日".encode()[:1] + b"\r\n " + "日".encode()[1:], "日"),
        (b"a\r\n\tb\n c\r d", "abcd"),
        (b"\xa1\x40\xf9\xd6\xff", "\ufffd@\ufffd\ufffd\ufffd"),
        (b"\xc9\xaa\xf9\xfe\x8e", "\u026a\ufffd\ufffd\ufffd"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16, the other way", "gb18030", "a fold in a character", "folds", "none", "none either"],
)  # fmt: skip
def test_text_is_unfolded_and_then_decoded(data: bytes, text: str) -> None:
    assert text_of(data) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "no_calendar"),
        (b"PK\x03\x04", "no_calendar"),
        (BEGIN.encode(), "cut_off"),
        (BEGIN.encode() + b"END:VEVENT\r\n", "broken"),
        (BEGIN.encode() * 2, "broken"),
        (calendar() + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "broken"),
        (calendar() + b"END:VCALENDAR\r\n", "broken"),
        (calendar("BEGIN:A\r\nBEGIN:B\r\nBEGIN:C\r\nBEGIN:D\r\n"), "nested_too_deep"),
        (calendar("BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VEVENT\r\n"), "broken"),
        (calendar("END:VEVENT\r\n"), "broken"),
        (b"BEGIN:VCALENDARS\r\nEND:VCALENDARS", "broken"),
    ],
)
def test_what_is_no_calendar_says_why(data: bytes, kind: str) -> None:
    with pytest.raises(Unusable) as refusal:
        calendars(data)
    assert refusal.value.kind == kind


def test_stray_lines_are_counted_and_break_nothing() -> None:
    lines = [
        "UID:a",
        "DESCRIPTION:first",
        "second line",
        "BEGIN: of all",
        "BEGIN:here",
        "END: or there",
        "END:there",
        "DTSTART:1",
    ]
    (parsed,) = calendars(calendar("\r\n".join(["BEGIN:VEVENT", *lines, "DTSTART:2", "END:VEVENT", ""])))

    assert parsed.parts == [Component("VEVENT", {"UID": [Property("a")], "DTSTART": [Property("1"), Property("2")]})]
    assert parsed.strays == 5


def test_entries_that_reach_nowhere_count_only_against_the_limit_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.ical.lines.MAX_EVENTS", 1)
    monkeypatch.setattr("scheduler.ical.lines.MAX_ENTRIES", 3)
    entry = "BEGIN:VEVENT\r\nUID:{}\r\nEND:VEVENT\r\n"

    assert len(calendars(calendar(entry * 3), lambda part: False)[0].parts) == 3
    with pytest.raises(Unusable):
        calendars(calendar(entry * 4), lambda part: False)
    with pytest.raises(Unusable):
        calendars(calendar(entry * 2))
