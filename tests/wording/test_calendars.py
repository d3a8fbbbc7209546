"""Sentences about calendars kept elsewhere."""

from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
from scheduler.wording import calendars, error, text
from tests.builders import ZONE, a_span


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    for kind in calendars.ERRORS:
        told = calendars.sentence(kind, {"last": 9}, "en")
        assert told
        assert told != calendars.sentence(kind, {"last": 9}, "zh")
    for reason in calendars.SKIPPED:
        assert calendars.skipped_text(reason, "en") != calendars.skipped_text(reason, "zh")


def test_what_is_wrong_is_said() -> None:
    assert error(Malformed("calendar_no_calendar", "file")) == "file：不是日历（.ics）文件"
    assert (
        error(Malformed("too_many_calendars", "calendar", last=5), "en") == "calendar: one person may have 5 calendars"
    )
    assert error(Malformed("too_many_calendars", "calendar", last=5)) == "calendar：每人最多 5 个日历"
    assert calendars.error_text("broken", "en") == "the calendar is broken"
    assert calendars.skipped_text("cancelled", "zh") == "已取消"
    assert calendars.skipped_text("cancelled", "en") == "cancelled"


def test_a_busy_time_is_told_without_a_reason() -> None:
    absence = as_absence(PersonId("p01"), a_span("2014-08-05T09:00", 60), ZONE)
    found = Finding("absence", "p01", {"name": "文静", "absence": absence, "zone": ZONE})

    assert text(found, "zh") == "文静 8月5日 周二 9:00–10:00 另有安排（本人的其他日历）"
    assert text(found, "en").startswith("文静 is busy in another calendar ")
    assert (
        text(Finding("absence", "p01", {"name": "文静", "absence": absence}), "zh") == "文静 另有安排（本人的其他日历）"
    )
    assert text(Finding("absence", "p01", {"name": "文静", "is_private": True}), "zh") == "文静 不可用"
