"""Names of zones, as all sorts of programs write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.feeds.outside_calendars import ZoneGuess
from scheduler.ical.lines import calendars
from scheduler.ical.zones import Zones, alias, iana, windows
from tests.ical.hostile import calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUMMER, WINTER = datetime(2014, 8, 1), datetime(2014, 12, 1)  # noqa: DTZ001 - on the wall


def _zones(*definitions: str) -> Zones:
    return Zones(calendars(calendar(*definitions)), SHANGHAI)


def _definition(name: str, *parts: str) -> str:
    return f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n" + "".join(parts) + "END:VTIMEZONE\r\n"


def _part(kind: str, offset: str, *lines: str, start: str = "19700101T000000") -> str:
    told = [
        f"BEGIN:{kind}",
        f"DTSTART:{start}",
        "TZOFFSETFROM:+0000",
        f"TZOFFSETTO:{offset}",
        *lines,
        f"END:{kind}",
        "",
    ]
    return "\r\n".join(told)


@pytest.mark.parametrize("name", ["Asia/Shanghai", "PRC", "Etc/GMT-8", "Hongkong"])
def test_common_names_are_known(name: str) -> None:
    zones = _zones()
    assert SUMMER.replace(tzinfo=zones.of(name)).utcoffset() == timedelta(hours=8)
    assert zones.guesses == {}


@pytest.mark.parametrize(
    "name",
    [
        "China Standard Time", "Asia/Beijing", "北京", "北京时间", "中国标准时间", "GMT+0800", "GMT+08:00", "UTC+8", "+0800",
        "(UTC+08:00) 北京，重庆，香港特别行政区，乌鲁木齐", "(GMT+08:00) Beijing, Chongqing, Hong Kong, Urumqi",
        "/freeassociation.sourceforge.net/Asia/Shanghai", "/softwarestudio.org/Olson_20011030_5/Asia/Shanghai",
    ],
)  # fmt: skip
def test_other_names_are_guessed_and_the_guess_is_told(name: str) -> None:
    zones = _zones()
    assert zones.of(name) == SHANGHAI
    assert zones.guesses == {name: ZoneGuess(name, "Asia/Shanghai")}


@pytest.mark.parametrize(
    ("name", "offset"), [("GMT-0330", -210), ("UTC+5:45", 345), ("(UTC) x", None), ("GMT+99", None), ("/x", None)]
)
def test_an_offset_is_a_zone(name: str, offset: int | None) -> None:
    zone = alias(name)
    assert (zone and zone.utcoffset(None)) == (None if offset is None else timedelta(minutes=offset))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "A" * 500, "Asia", "Nowhere/Land", "ab\x00c"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert iana(name) is None
    assert windows(name) is None


def test_a_name_in_big5_is_known_as_well() -> None:
    data = calendar("BEGIN:VTIMEZONE\r\nTZID:台北標準時間\r\nEND:VTIMEZONE\r\n").decode().encode("big5")
    named = calendars(data)[0].parts[0].first("TZID")
    assert named
    assert _zones().of(named.value) == ZoneInfo("Asia/Taipei")


def test_utc_is_utc() -> None:
    assert _zones().of("UTC").utcoffset(SUMMER) == timedelta()


def test_without_a_name_or_with_an_unknown_one_it_is_the_organisation_s() -> None:
    zones = _zones()
    assert zones.of(None) is SHANGHAI
    assert zones.of("Middle Earth") is SHANGHAI
    assert list(zones.guesses.values()) == [ZoneGuess("", "Asia/Shanghai"), ZoneGuess("Middle Earth", "Asia/Shanghai")]
    assert Zones([], UTC).of("Mordor") is UTC


def test_a_definition_of_one_offset_counts_unless_everybody_knows_the_name() -> None:
    zones = _zones(*(_definition(name, _part("STANDARD", "+0900")) for name in ("Asia/Shanghai", "GMT+0800", "")))
    assert SUMMER.replace(tzinfo=zones.of("Asia/Shanghai")).utcoffset() == timedelta(hours=8)
    assert SUMMER.replace(tzinfo=zones.of("GMT+0800")).utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize("name", ["asia/shanghai", "china standard time", "CHINA STANDARD TIME", "Asia/SHANGHAI "])
def test_names_are_known_in_capitals_or_not(name: str) -> None:
    assert _zones().of(name) == SHANGHAI


def test_a_name_is_the_same_with_and_without_escapes() -> None:
    zones = _zones(_definition("Mars\\, Moon\\; x", _part("STANDARD", "+0300")))
    assert SUMMER.replace(tzinfo=zones.of("Mars, Moon; x")).utcoffset() == timedelta(hours=3)
    assert SUMMER.replace(tzinfo=zones.of("Mars\\, Moon; x")).utcoffset() == timedelta(hours=3)


_SUMMER = _part("DAYLIGHT", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", start="16010101T020000")
_WINTER = _part("STANDARD", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start="19701025T030000")


@pytest.mark.parametrize("name", ["Somewhere", "(UTC+01:00) Amsterdam, Berlin", "W. Europe Standard Time", "GMT+0100"])
def test_a_definition_with_rules_beats_what_a_name_seems_to_say(name: str) -> None:
    zones = _zones(_definition(name, _SUMMER, _WINTER))

    assert SUMMER.replace(tzinfo=zones.of(name)).utcoffset() == timedelta(hours=2)
    assert WINTER.replace(tzinfo=zones.of(name)).utcoffset() == timedelta(hours=1)
    assert zones.guesses == {}


@pytest.mark.parametrize("name", ["Asia/Shanghai", "/softwarestudio.org/Asia/Shanghai"])
def test_a_definition_with_rules_gives_way_to_a_name_of_the_shared_tables(name: str) -> None:
    assert _zones(_definition(name, _SUMMER, _WINTER)).of(name) == SHANGHAI


def test_a_definition_may_list_its_changes() -> None:
    summer = _part("DAYLIGHT", "+0200", "RDATE:20140330T020000,20150329T020000", start="20130331T020000")
    winter = _part("STANDARD", "+0100", "RDATE:20141026T030000", start="20131027T030000")
    zones = _zones(_definition("Somewhere", summer, winter))

    assert SUMMER.replace(tzinfo=zones.of("Somewhere")).utcoffset() == timedelta(hours=2)
    assert WINTER.replace(tzinfo=zones.of("Somewhere")).utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    "parts",
    [
        (_part("STANDARD", "+0800", "RRULE:FREQ=SECONDLY"), _part("DAYLIGHT", "+0900")),
        (_part("STANDARD", "+0800", "RRULE:FREQ=YEARLY;BYMONTH=13"), _part("DAYLIGHT", "+0900")),
        (_part("STANDARD", "+0800", start="x"), _part("DAYLIGHT", "+0900")),
        (_part("STANDARD", "east"),),
        (_part("STANDARD", "+9900"),),
    ],
)
def test_a_definition_that_cannot_be_understood_is_none(parts: tuple[str, ...]) -> None:
    zones = _zones(_definition("Odd", *parts))
    assert zones.of("Odd") is SHANGHAI
