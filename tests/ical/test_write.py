"""What we write, to the byte, and as three other readers understand it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from scheduler.core.ground.spans import Span
from scheduler.ical import write
from scheduler.ical.write import CalendarEntry, Head

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
START = datetime(2014, 8, 4, 1, 0, tzinfo=UTC)
TALK = CalendarEntry(
    uid="34bdf3c7-fb32-4b0b-87fd-4731bc2b161e",
    summary="谈心谈话：陈国梁",
    span=Span(START, START + timedelta(minutes=45)),
    created_at=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    revised_at=datetime(2026, 11, 22, 11, 0, 1, tzinfo=UTC),
    sequence=2,
    location="谈话室",
    url="https://tanxin.example.org/bookings/T001",
    is_confidential=True,
)
HEAD = Head("谈心日程", SHANGHAI)


def test_a_talk_is_written_like_this() -> None:
    assert write.event(TALK, SHANGHAI).decode().split("\r\n") == [
        "BEGIN:VEVENT",
        "UID:34bdf3c7-fb32-4b0b-87fd-4731bc2b161e",
        "DTSTAMP:20261122T110001Z",
        "CREATED:20261122T100000Z",
        "LAST-MODIFIED:20261122T110001Z",
        "SEQUENCE:2",
        "DTSTART;TZID=Asia/Shanghai:20140804T090000",
        "DTEND;TZID=Asia/Shanghai:20140804T094500",
        "SUMMARY:谈心谈话：陈国梁",
        "LOCATION:谈话室",
        "URL:https://tanxin.example.org/bookings/T001",
        "CLASS:CONFIDENTIAL",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "END:VEVENT",
        "",
    ]


def test_what_is_no_talk_is_private() -> None:
    assert b"\r\nCLASS:PRIVATE\r\n" in write.event(replace(TALK, is_confidential=False), SHANGHAI)


def test_a_cancelled_entry_takes_no_time() -> None:
    written = write.event(replace(TALK, is_cancelled=True), SHANGHAI)

    assert b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n" in written


def test_places_and_links_that_are_not_there_are_left_out() -> None:
    written = write.event(replace(TALK, location="", url=""), SHANGHAI)

    assert b"LOCATION" not in written
    assert b"URL" not in written


def test_a_calendar_says_this_of_itself() -> None:
    assert write.calendar(HEAD, []).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tanxin//Tanxin 1.0//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:谈心日程",
        "X-WR-CALNAME:谈心日程",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "COLOR:firebrick",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
        "",
    ]


def test_a_zone_that_changes_its_clocks_is_written_in_utc() -> None:
    written = write.calendar(Head("x", BERLIN), [write.event(TALK, BERLIN)])

    assert b"DTSTART:20140804T010000Z\r\n" in written
    assert b"VTIMEZONE" not in written
    assert b"TZID:Etc/UTC" in write.calendar(Head("x", BERLIN), [])


@pytest.mark.parametrize("zone", [SHANGHAI, ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC"), BERLIN])
def test_every_zone_gives_back_the_same_moment(zone: ZoneInfo) -> None:
    (event,) = icalendar.Calendar.from_ical(write.calendar(Head("x", zone), [write.event(TALK, zone)])).events

    assert event.start.astimezone(UTC) == START


def test_nothing_is_written_that_tells_who_is_there() -> None:
    written = write.calendar(HEAD, [write.event(TALK, SHANGHAI)])

    for word in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"VALARM", b"DESCRIPTION", b"SOURCE"):
        assert word not in written


def test_text_on_two_lines_cannot_become_a_second_property() -> None:
    written = write.event(replace(TALK, summary="a\r\nATTENDEE:mailto:x@y\nb", location="c\rd\u202ee\x00f"), SHANGHAI)

    assert b"\r\nSUMMARY:a ATTENDEE:mailto:x@y b\r\n" in written
    assert b"\r\nLOCATION:cdef\r\n" in written


def test_commas_semicolons_and_backslashes_are_escaped() -> None:
    assert b"\r\nSUMMARY:a\\, b\\; c\\\\n\r\n" in write.event(replace(TALK, summary="a, b; c\\n"), SHANGHAI)


@given(st.text(max_size=300), st.text(max_size=200))
def test_any_text_comes_back_from_three_readers(summary: str, location: str) -> None:
    entry = replace(TALK, summary=summary, location=location)

    data = write.calendar(HEAD, [write.event(entry, SHANGHAI)])

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    data.decode("utf-8")
    (by_icalendar,) = icalendar.Calendar.from_ical(data).events
    assert str(by_icalendar["SUMMARY"]) == write.clean(summary)
    by_vobject = vobject.readOne(data.decode()).vevent
    assert by_vobject.summary.value == write.clean(summary)
    assert by_vobject.dtstart.value.astimezone(UTC) == START
    (by_ical,) = IcsCalendarStream.calendar_from_ics(data.decode()).events
    assert by_ical.summary == write.clean(summary)
    assert by_ical.dtstart.astimezone(UTC) == START  # type: ignore[union-attr]  # a moment, not a day


def test_a_fold_never_splits_a_character() -> None:
    written = write.event(replace(TALK, summary="谈" * 200), SHANGHAI)

    for line in written.split(b"\r\n"):
        line.decode("utf-8")


def test_an_entry_that_did_not_change_is_rendered_once() -> None:
    assert write.event(TALK, SHANGHAI) is write.event(replace(TALK), SHANGHAI)


def test_an_alarm_has_what_readers_ask_for_and_a_cancelled_entry_has_none() -> None:
    reminding = replace(TALK, alarm_minutes=15)

    assert write.event(reminding, SHANGHAI).decode().split("\r\n")[-7:] == [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:谈心谈话：陈国梁",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "",
    ]
    assert b"VALARM" not in write.event(replace(reminding, is_cancelled=True), SHANGHAI)


def test_a_calendar_is_taken_apart_into_the_entries_it_was_joined_of() -> None:
    entries = [write.event(entry, SHANGHAI) for entry in (TALK, replace(TALK, uid="other", alarm_minutes=5))]

    apart = write.taken_apart(write.calendar(HEAD, entries))

    assert list(apart.values()) == entries
    assert [*apart] == [write.known_by(uid, TALK.created_at, TALK.revised_at, 2) for uid in (TALK.uid, "other")]
    assert write.taken_apart(write.calendar(HEAD, [])) == {}


def test_an_entry_alone_is_a_calendar_that_says_nothing_of_itself() -> None:
    event = write.event(TALK, SHANGHAI)

    alone = write.alone(event, SHANGHAI)

    assert alone.decode().split("\r\n")[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tanxin//Tanxin 1.0//ZH",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
    ]
    assert alone.endswith(event + b"END:VCALENDAR\r\n")
    assert alone.replace(event, b"") == write.zone_alone(SHANGHAI)
    (back,) = icalendar.Calendar.from_ical(alone).events
    assert back.start == TALK.span.start


def test_an_entry_in_utc_needs_no_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    event = write.event(TALK, berlin)

    assert b"VTIMEZONE" not in write.alone(event, berlin)
    assert b"TZID:Etc/UTC" in write.zone_alone(berlin)
    assert write.span_of(event, SHANGHAI) == TALK.span


def test_a_rendered_entry_tells_its_name_and_when_it_is() -> None:
    event = write.event(replace(TALK, summary="x\nDTSTART:20200101T000000Z", alarm_minutes=5), SHANGHAI)

    assert write.uid_of(event) == TALK.uid
    assert write.span_of(event, SHANGHAI) == TALK.span


VISIT = replace(
    TALK,
    span=Span(START, START + timedelta(days=2, hours=8)),
    is_of_days=True,
    description="8月4日 周一 9:00—8月6日 周三 17:00",
)


def test_what_lasts_several_days_is_written_as_days() -> None:
    lines = write.event(VISIT, SHANGHAI).decode().split("\r\n")

    assert lines[6:9] == ["DTSTART;VALUE=DATE:20140804", "DTEND;VALUE=DATE:20140807", "SUMMARY:谈心谈话：陈国梁"]
    assert lines[9] == "DESCRIPTION:8月4日 周一 9:00—8月6日 周三 17:00"
    assert write.span_of(write.event(VISIT, SHANGHAI), SHANGHAI) == Span(
        datetime(2014, 8, 3, 16, tzinfo=UTC), datetime(2014, 8, 6, 16, tzinfo=UTC)
    )


def test_days_are_reminded_of_before_they_begin_and_not_at_midnight() -> None:
    lines = write.event(replace(VISIT, alarm_minutes=30), SHANGHAI).decode().split("\r\n")

    assert "TRIGGER;VALUE=DATE-TIME:20140804T003000Z" in lines


def test_other_readers_understand_days() -> None:
    data = write.calendar(HEAD, [write.event(replace(VISIT, alarm_minutes=30), SHANGHAI)])

    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    (other,) = IcsCalendarStream.calendar_from_ics(data.decode()).events
    third = vobject.readOne(data.decode()).vevent
    days = (date(2014, 8, 4), date(2014, 8, 7))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (other.dtstart, other.dtend) == days
    assert (third.dtstart.value, third.dtend.value) == days
