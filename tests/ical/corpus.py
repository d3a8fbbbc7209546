"""Calendars made by dice: what programs write of series, exceptions and dates besides, where two readers have to agree.

Left out is what is decided otherwise here, and told in `test_cases`: zones whose clocks change (a length is exact), and an
exception that is also excluded (it is rather busy than free).
"""

import random
from datetime import datetime, timedelta

ZONES = ("Asia/Shanghai", "Asia/Kolkata", "UTC", "floating", "date")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AHEAD = (0, 1, 2, 7, 14, 21, 28, 30, 31, 61)


def a_calendar(dice: random.Random) -> bytes:
    """One or two series, perhaps with exceptions."""
    events = "".join(_series(dice, f"u{number}") for number in range(dice.choice((1, 1, 2))))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def _series(dice: random.Random, uid: str) -> str:
    zone, month, day = dice.choice(ZONES), dice.choice((1, 3, 5, 6, 7, 8, 10)), dice.randrange(1, 29)
    year, hour, minute = dice.choice((2024, 2026, 2026)), dice.choice((0, 2, 8, 14, 23)), dice.choice((0, 30))
    start = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a time of the wall, in whichever zone
    lines = [_moment("DTSTART", start, zone), _length(dice, start, zone), f"RRULE:{_rule(dice, start, zone)}"]
    out = {start + timedelta(days=dice.choice(AHEAD)) for _ in range(dice.choice((0, 0, 1, 2)))}
    lines += [_moment("EXDATE", day, zone) for day in sorted(out)]
    if dice.random() < 0.2:
        lines.append(_moment("RDATE", start + timedelta(days=dice.choice(AHEAD), hours=3 * (zone != "date")), zone))
    events = _event(uid, *lines)
    moved = start + timedelta(days=dice.choice(AHEAD))
    if moved not in out and dice.random() < 0.3:
        new = moved + timedelta(hours=24 * dice.choice((0, 1, 3)) if zone == "date" else dice.choice((0, 1, 26, -30)))
        state = ["STATUS:CANCELLED"] if dice.random() < 0.3 else []
        length = "DURATION:P1D" if zone == "date" else "DURATION:PT30M"
        exception = (_moment("RECURRENCE-ID", moved, zone), _moment("DTSTART", new, zone), length, *state)
        events += _event(uid, "SEQUENCE:1", *exception)
    return events


def _rule(dice: random.Random, start: datetime, zone: str) -> str:
    """A rule as programs write them."""
    frequency = dice.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"))
    ends = start + timedelta(days=dice.randrange(1, 500))
    until = f"{ends:%Y%m%d}" + ("" if zone == "date" else f"T{ends:%H%M%S}" + "Z" * (zone != "floating"))
    parts = [
        f"FREQ={frequency}",
        f"INTERVAL={dice.choice((1, 1, 2, 3, 5))}",
        *dice.choice(([f"COUNT={dice.choice((1, 3, 7, 100))}"], [f"UNTIL={until}"], [])),
    ]
    some_days = ",".join(dice.sample(DAYS, dice.randrange(1, 4)))
    kinds: dict[str, tuple[str, ...]] = {
        "DAILY": ("", f"BYDAY={some_days}", "BYMONTH=7,9"),
        "WEEKLY": ("", f"BYDAY={some_days}", f"BYDAY={some_days};WKST=SU"),
        "MONTHLY": (
            "",
            f"BYDAY={dice.choice((1, 2, 5, -1, -2))}{dice.choice(DAYS)}",
            f"BYMONTHDAY={dice.choice(('1', '15,-1', '29,31', '-2'))}",
            f"BYDAY={some_days};BYSETPOS={dice.choice((1, 2, -1))}",
        ),
        "YEARLY": ("", f"BYMONTH=7,10;BYDAY={dice.choice((1, -1))}{dice.choice(DAYS)}", "BYYEARDAY=200,-100"),
    }
    return ";".join(filter(None, (*parts, dice.choice(kinds[frequency]))))


def _length(dice: random.Random, start: datetime, zone: str) -> str:
    if zone == "date":
        return dice.choice((_moment("DTEND", start + timedelta(days=2), zone), "DURATION:P1D", "DURATION:P3D"))
    return dice.choice((_moment("DTEND", start + timedelta(hours=2), zone), "DURATION:PT90M", "DURATION:P1DT2H"))


def _moment(name: str, moment: datetime, zone: str) -> str:
    """A property of this name, in the notation of its zone."""
    if zone == "date":
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    if zone in ("UTC", "floating"):
        return f"{name}:{moment:%Y%m%dT%H%M%S}" + "Z" * (zone == "UTC")
    return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"


def _event(uid: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT", ""))
