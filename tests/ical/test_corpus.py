"""Calendars made by dice: ours and a well-known library find the same times in them."""

import os
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from scheduler.core.feeds.outside_calendars import kept_window
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span
from scheduler.ical.read import BusyQuery, read
from tests.ical.corpus import a_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
WINDOW = kept_window(date(2026, 7, 1), SHANGHAI)
INNER = Span(WINDOW.start, datetime(2027, 6, 1, tzinfo=UTC))
"""At the very end the library keeps floating times by another midnight."""
COUNT = int(os.environ.get("TANXIN_CALENDARS", "60"))


def within(spans: list[Span]) -> list[Span]:
    """What of these lies in the window, joined."""
    return list(merged([part for span in spans if (part := span.intersection(INNER))]))


def by_the_library(data: bytes) -> list[Span]:
    """What it makes of a calendar."""
    entries = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(WINDOW.start, WINDOW.end)
    return [
        Span(_moment(entry.start), _moment(entry.end)) for entry in entries if entry.get("STATUS", "") != "CANCELLED"
    ]


def _moment(at: date) -> datetime:
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day)  # noqa: DTZ001 - a day of the office
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def test_random_calendars_mean_the_same_to_both(record_property: Callable[[str, object], None]) -> None:
    differing = {}
    for seed in range(COUNT):
        data = a_calendar(random.Random(seed))
        busy = within(list(read(data, BusyQuery(WINDOW, SHANGHAI)).busy))
        if busy != within(by_the_library(data)):
            differing[seed] = data.decode()
    record_property("calendars", COUNT)

    assert differing == {}
