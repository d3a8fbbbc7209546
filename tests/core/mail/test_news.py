from dataclasses import replace

import pytest

from scheduler.core.ground.bookings import Booking, Mode
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.mail.news import News, NewsKind, news, settled
from tests.builders import a_booking, a_span, a_talk, at

NOW = at("2014-07-01T08:00")
TALK = a_talk(sequence=3, room=RoomId("R02"))
LATER = replace(TALK, span=a_span("2014-07-02T10:00"), sequence=4)


def told(old: Booking | None, new: Booking) -> list[tuple[str, NewsKind]]:
    return [(one.person, one.kind) for one in news(old, new, NOW)]


def test_everybody_in_a_new_booking_is_told_of_it() -> None:
    assert news(None, TALK, NOW) == (
        News(BookingId("T001"), 3, PersonId("p01"), NewsKind.ADDED),
        News(BookingId("T001"), 3, PersonId("p02"), NewsKind.ADDED),
    )


def test_a_move_tells_from_when_and_where() -> None:
    assert news(TALK, LATER, NOW)[0] == News(
        BookingId("T001"), 4, PersonId("p01"), NewsKind.CHANGED, a_span(), RoomId("R02")
    )


def test_a_cancelled_booking_is_taken_off_everybody() -> None:
    assert told(TALK, replace(TALK, is_cancelled=True)) == [("p01", NewsKind.REMOVED), ("p02", NewsKind.REMOVED)]


def test_a_booking_that_stands_again_is_new() -> None:
    assert told(replace(TALK, is_cancelled=True), TALK) == [("p01", NewsKind.ADDED), ("p02", NewsKind.ADDED)]


def test_of_another_partner_all_three_are_told() -> None:
    assert told(TALK, replace(TALK, participants=a_talk(who=["p01", "p03"]).participants)) == [
        ("p01", NewsKind.CHANGED),
        ("p02", NewsKind.REMOVED),
        ("p03", NewsKind.ADDED),
    ]


def test_that_others_join_a_meeting_is_no_news_to_those_who_were_in_it() -> None:
    assert told(a_booking(), a_booking(who=["p01", "p02", "p03"])) == [("p03", NewsKind.ADDED)]


@pytest.mark.parametrize(
    "new", [replace(TALK, is_held=True), replace(TALK, is_awaiting=True), replace(TALK, version=9, sequence=9)]
)
def test_what_no_calendar_shows_is_no_news(new: Booking) -> None:
    assert told(TALK, new) == []


def test_another_mode_is_news() -> None:
    assert told(TALK, replace(TALK, mode=Mode.PHONE)) == [("p01", NewsKind.CHANGED), ("p02", NewsKind.CHANGED)]


def test_of_what_lies_behind_nobody_is_told() -> None:
    past = a_talk(start="2014-06-30T09:00")

    assert told(None, past) == []
    assert told(past, replace(past, is_cancelled=True)) == []
    assert told(past, TALK) == [("p01", NewsKind.CHANGED), ("p02", NewsKind.CHANGED)]
    assert told(TALK, past) == [("p01", NewsKind.CHANGED), ("p02", NewsKind.CHANGED)]


def piece(sequence: int, kind: NewsKind, before: str | None = None) -> News:
    span = a_span(before) if before else None
    return News(BookingId("T001"), sequence, PersonId("p01"), kind, span, RoomId("R02") if before else None)


def test_several_changes_are_told_as_one() -> None:
    first, second = "2014-07-01T09:00", "2014-07-02T09:00"

    assert settled([piece(2, NewsKind.CHANGED, second), piece(1, NewsKind.CHANGED, first)]) == [
        piece(2, NewsKind.CHANGED, first)
    ]
    assert settled([piece(1, NewsKind.ADDED), piece(2, NewsKind.CHANGED, first)]) == [piece(2, NewsKind.ADDED)]
    assert settled([piece(1, NewsKind.CHANGED, first), piece(2, NewsKind.REMOVED, second)]) == [
        piece(2, NewsKind.REMOVED, first)
    ]


def test_what_came_and_went_is_not_told() -> None:
    assert settled([piece(1, NewsKind.ADDED), piece(2, NewsKind.REMOVED, "2014-07-01T09:00")]) == []
