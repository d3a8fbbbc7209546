"""Entries one by one: the bytes of the feed, and a tag that follows from them."""

from zoneinfo import ZoneInfo

from scheduler.ical import write
from scheduler.services.feeds import device_entries
from tests.ical.test_write import HEAD, SHANGHAI, TALK


def test_a_calendar_is_taken_apart_by_name() -> None:
    event = write.event(TALK, SHANGHAI)

    found = device_entries.entries(write.calendar(HEAD, [event]), SHANGHAI)

    (one,) = found.values()
    assert (one.uid, one.event, one.span) == (TALK.uid, event, TALK.span)
    assert one.data == write.alone(event, SHANGHAI)
    assert device_entries.tags(write.calendar(HEAD, [event]), SHANGHAI) == {TALK.uid: one.tag}
    assert len(one.tag) == 32


def test_another_zone_is_another_tag() -> None:
    shanghai, berlin = (
        device_entries.DeviceEntry(TALK.uid, write.event(TALK, zone), zone)
        for zone in (SHANGHAI, ZoneInfo("Europe/Berlin"))
    )

    assert shanghai.tag != berlin.tag
    assert shanghai.span == berlin.span == TALK.span
