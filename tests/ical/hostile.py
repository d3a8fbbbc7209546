"""Calendars that mean harm, or that only careless programs write: name → octets. Made here, so that none lies around."""

import gzip
import io
import zipfile
from collections.abc import Iterator

BEGIN, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\n", "END:VCALENDAR\r\n"
GOOD = "BEGIN:VEVENT\r\nUID:good\r\nDTSTART:20140804T010000Z\r\nDTEND:20140804T020000Z\r\nEND:VEVENT\r\n"
"""Busy on 2014-08-04, 9:00 to 10:00 in Shanghai; what stands beside it must not take it away."""


def calendar(*events: str) -> bytes:
    """A calendar of these entries."""
    return (BEGIN + "".join(events) + END).encode()


def event(*lines: str, start: str = "DTSTART:20140805T010000Z", length: str = "DURATION:PT1H", uid: str = "x") -> str:
    """One entry."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, length, *lines, "END:VEVENT", ""])


RULES = {
    "secondly": "FREQ=SECONDLY",
    "minutely": "FREQ=MINUTELY;INTERVAL=1",
    "secondly_once": "FREQ=SECONDLY;COUNT=1",
    "interval_0": "FREQ=DAILY;INTERVAL=0",
    "interval_minus": "FREQ=DAILY;INTERVAL=-1",
    "interval_huge": "FREQ=DAILY;INTERVAL=99999999999999999999999",
    "count_billion": "FREQ=DAILY;COUNT=1000000000",
    "count_0": "FREQ=DAILY;COUNT=0",
    "never_yearly": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "never_daily": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
    "never_hourly": "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
    "never_setpos": "FREQ=DAILY;BYSETPOS=300;BYHOUR=1",
    "by_product": "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))
    + ";BYSECOND=" + ",".join(map(str, range(60))),
    "by_list": "FREQ=YEARLY;BYDAY=" + ",".join(["1MO"] * 10_001),
    "by_each_minute": "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
    "weekno_60": "FREQ=YEARLY;BYWEEKNO=60",
    "monthday_0": "FREQ=MONTHLY;BYMONTHDAY=0",
    "no_freq": "COUNT=3",
    "freq_twice": "FREQ=DAILY;FREQ=SECONDLY",
    "rscale": "RSCALE=CHINESE;FREQ=YEARLY",
    "garbage": "%%%%",
    "empty": "",
    "weekday_99": "FREQ=MONTHLY;BYDAY=99XX",
    "wkst_bad": "FREQ=WEEKLY;WKST=XX",
    "until_garbage": "FREQ=DAILY;UNTIL=tomorrow",
}  # fmt: skip


def beside_a_good_one() -> Iterator[tuple[str, bytes]]:
    """Calendars of which the good entry must come through, whatever becomes of the other."""
    for name, rule in RULES.items():
        yield name, calendar(event(f"RRULE:{rule}"), GOOD)
    old = "DTSTART:16010101T000000Z"
    yield "hourly_since_1601", calendar(event("RRULE:FREQ=HOURLY", start=old), GOOD)
    yield "daily_since_1601", calendar(event("RRULE:FREQ=DAILY;BYMONTH=1", start=old), GOOD)
    yield "year_10000", calendar(event(start="DTSTART:99991231T235959Z"), GOOD)
    yield "year_0", calendar(event(start="DTSTART:00000101T000000Z"), GOOD)
    yield "no_start", calendar(event(start="SUMMARY:x"), GOOD)
    yield "no_such_day", calendar(event(start="DTSTART:20140231T250000Z"), GOOD)
    yield "ends_first", calendar(event(length="DTEND:20140101T000000Z"), GOOD)
    yield "minus_long", calendar(event(length="DURATION:-P99999D"), GOOD)
    yield "very_long", calendar(event(length="DURATION:P9999W", start="DTSTART:99990101T000000Z"), GOOD)
    yield "rdate_bomb", calendar(event("RDATE:" + ",".join(["20140806T010000Z"] * 2_001)), GOOD)
    yield "exdate_bomb", calendar(event("EXDATE:" + ",".join(["20140806T010000Z"] * 2_001)), GOOD)
    yield "exrule", calendar(event("EXRULE:FREQ=SECONDLY;COUNT=1000000000"), GOOD)
    yield "zone_of_seconds", calendar(
        "BEGIN:VTIMEZONE\r\nTZID:Evil\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0900\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0800\r\n"
        "TZOFFSETTO:+0700\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n",
        event(start="DTSTART;TZID=Evil:20140805T090000"), GOOD,
    )  # fmt: skip
    yield "zone_path", calendar(event(start="DTSTART;TZID=../../../../etc/passwd:20140805T090000"), GOOD)
    yield "zone_huge", calendar(event(start=f"DTSTART;TZID={'A' * 9_000}:20140805T090000"), GOOD)
    yield "long_line", calendar(event("DESCRIPTION:" + "x" * 3_000_000), GOOD)
    yield "long_rule", calendar(event("RRULE:FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 100_000)), GOOD)
    yield "nul", calendar(event("SUMMARY:\x00\x01\x02"), GOOD)
    yield "gb18030", calendar(event("SUMMARY:年终总结"), GOOD).decode().encode("gb18030")
    yield "utf_16", calendar(event("SUMMARY:年终总结"), GOOD).decode().encode("utf-16")
    yield "many_series", calendar(*(event("RRULE:FREQ=DAILY", uid=str(n)) for n in range(300)), GOOD)
    yield "bad_octets", calendar(event(), GOOD).replace(b"UID:x", b"UID:\xff\xfe\xfa\x80\xff")


def no_calendars() -> Iterator[tuple[str, bytes]]:
    """What is refused as a whole, so that known busy times stay."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("calendar.ics", calendar(GOOD))
    yield "zip", packed.getvalue()
    yield "gzip", gzip.compress(calendar(GOOD))
    yield "html", b"<!doctype html><html><body>Please sign in BEGIN:VCALENDAR</body></html>"
    yield "nothing", b""
    yield "blank", b"\r\n\r\n"
    yield "json", b'{"error": "not found"}'
    yield "cut_off", calendar(GOOD)[:-20]
    yield "cut_off_at_an_entry", (BEGIN + GOOD).encode()
    yield "crossed", (BEGIN + "BEGIN:VEVENT\r\nEND:VCALENDAR\r\n").encode()
    yield "calendar_in_calendar", (BEGIN + BEGIN + END + END).encode()
    yield "deep", (BEGIN + "BEGIN:X\r\n" * 50_000).encode()
    yield "too_many_entries", calendar(*["BEGIN:VEVENT\r\nEND:VEVENT\r\n"] * 5_001)
    yield "too_many_lines", calendar("X:\r\n" * 1_000_001)
    yield "too_large", calendar("X-A:" + "x" * (20 * 1024 * 1024) + "\r\n")
    yield "not_begun", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"
