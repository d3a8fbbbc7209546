from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.bookings import given as given_bookings
from scheduler.core.bookings.given import clashes, natural_key, peopled, shaped, updated
from scheduler.core.ground.bookings import OFF_SITE, Booking, Kind, Mode, Participant, Size, State
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.organisation.facts import Became, Given, Source, Subject
from tests.builders import a_booking, a_group, a_person, a_roster, a_span, a_working_time, at

TIME = a_working_time()
ROSTER = a_roster(*(a_person(f"p0{n}") for n in range(1, 6)), groups=[a_group("team", ["p01", "p02"])])


def a_talk_row(**fields: object) -> Given:
    usual: dict[str, object] = {
        "kind": Kind.TALK,
        "title": "",
        "start": at("2014-07-01T09:00"),
        "end": at("2014-07-01T09:45"),
        "room": "R04",
        "people": ("p01", "p02"),
        "mode": Mode.FACE_TO_FACE,
        "size": Size.ONE_TO_ONE,
        "status": State.BOOKED,
    }
    return Given(Subject.BOOKING, "T001", {**usual, **fields}, Source("talk_log.csv", 2))


def made(row: Given, standing: Booking | None = None) -> Booking:
    _, fields = updated(row, standing)
    return shaped(BookingId(row.key), fields, standing, ROSTER)


@pytest.mark.parametrize(
    ("status", "flags"),
    [
        (State.BOOKED, (False, False, False)),
        (State.AWAITING_CONFIRMATION, (True, False, False)),
        (State.HELD, (False, True, False)),
        (State.CANCELLED, (False, False, True)),
    ],
)
def test_the_word_of_a_row_becomes_a_state_without_a_time(status: State, flags: tuple[bool, bool, bool]) -> None:
    talk = made(a_talk_row(status=status))

    assert (talk.is_awaiting, talk.is_held, talk.is_cancelled) == flags
    assert (talk.recorded_at, talk.awaiting_since, talk.cancelled_at) == (None, None, None)
    assert talk.people == ("p01", "p02")


@pytest.mark.parametrize(
    ("stands", "said", "becomes", "change"),
    [
        (State.BOOKED, State.HELD, State.HELD, Became.UPDATED),
        (State.HELD, State.BOOKED, State.HELD, Became.UNCHANGED),
        (State.HELD, State.AWAITING_CONFIRMATION, State.HELD, Became.UNCHANGED),
        (State.AWAITING_CONFIRMATION, State.BOOKED, State.AWAITING_CONFIRMATION, Became.UNCHANGED),
        (State.CANCELLED, State.BOOKED, State.CANCELLED, Became.UNCHANGED),
        (State.CANCELLED, State.HELD, State.CANCELLED, Became.UNCHANGED),
        (State.HELD, State.CANCELLED, State.CANCELLED, Became.UPDATED),
    ],
)
def test_a_state_goes_forward_only(stands: State, said: State, becomes: State, change: Became) -> None:
    standing = made(a_talk_row(status=stands))
    row = a_talk_row(status=said)

    assert updated(row, standing)[0].became is change
    assert given_bookings.state_given(made(row, standing)) is becomes


def test_the_same_row_again_changes_nothing() -> None:
    standing = made(a_talk_row())

    change, _ = updated(a_talk_row(people=("p02", "p01")), standing)

    assert change.became is Became.UNCHANGED
    assert made(a_talk_row(), standing) == standing


def test_what_a_new_row_leaves_out_is_as_usual() -> None:
    bare = {"kind": Kind.TALK, "start": at("2014-07-01T09:00"), "end": at("2014-07-01T09:45")}
    row = Given(Subject.BOOKING, "T001", bare, Source("talk_log.csv", 2))

    change, fields = updated(row, None)

    assert (change.subject, change.key, change.became) == (Subject.BOOKING, "T001", Became.CREATED)
    assert fields == {
        **bare,
        "room": None,
        "audience": (),
        "people": (),
        "host": None,
        "title": "",
        "agenda": (),
        "remark": "",
        "link": "",
    }
    talk = shaped(BookingId("T001"), fields, None, ROSTER)
    assert (talk.mode, talk.size) == (Mode.FACE_TO_FACE, Size.ONE_TO_ONE)
    assert given_bookings.state_given(talk) is State.BOOKED


def test_a_row_keeps_the_form_it_tells() -> None:
    talk = made(a_talk_row(mode=Mode.PHONE, size=Size.GROUP))

    assert (talk.mode, talk.size) == (Mode.PHONE, Size.GROUP)


def test_host_of_a_talk_is_one_of_its_people_and_of_an_event_is_named_apart() -> None:
    assert updated(a_talk_row(host="p01"), None)[1]["people"] == ("p01", "p02")
    assert updated(an_event_row(people=("p03", "p04")), None)[1]["people"] == ("p04",)


def test_held_and_half_confirmed_talks_stay_so_when_a_row_says_nothing_of_it() -> None:
    row = a_talk_row()
    silent = replace(row, fields={key: value for key, value in row.fields.items() if key != "status"})
    standing = replace(made(row), is_held=True, is_awaiting=True)

    again = shaped(BookingId("T001"), dict(silent.fields) | {"audience": (), "host": None}, standing, ROSTER)

    assert (again.is_held, again.is_awaiting, again.is_cancelled) == (True, True, False)


def test_a_moved_row_moves_the_booking_and_keeps_what_was_confirmed() -> None:
    confirmed = Participant(PersonId("p01"), confirmed_at=at("2014-07-02T08:00"))
    standing = replace(made(a_talk_row()), participants=(confirmed, Participant(PersonId("p02"))), uid="u", version=3)

    moved = made(a_talk_row(start=at("2014-07-03T09:00"), end=at("2014-07-03T09:45")), standing)

    assert moved.span == a_span("2014-07-03T09:00")
    assert (moved.participants, moved.uid) == (standing.participants, "u")


def an_event_row(**fields: object) -> Given:
    usual: dict[str, object] = {
        "kind": Kind.MEETING,
        "title": "例会",
        "start": at("2014-07-01T09:00"),
        "end": at("2014-07-01T10:00"),
        "room": None,
        "audience": ("team",),
        "people": (),
        "host": "p03",
    }
    return Given(Subject.BOOKING, "E01", {**usual, **fields}, Source("events.csv", 2))


def test_the_host_of_an_event_is_there_even_if_no_group_brings_them() -> None:
    event = made(an_event_row())

    assert [(p.person, p.is_named) for p in event.participants] == [("p01", False), ("p02", False), ("p03", True)]
    assert updated(an_event_row(), event)[0].became is Became.UNCHANGED


def test_a_host_whom_the_audience_names_is_counted_once() -> None:
    row = an_event_row(people=("p03", "p04"))
    event = made(row)

    assert set(event.people) == {"p01", "p02", "p03", "p04"}
    assert updated(row, event)[0].became is Became.UNCHANGED


def test_columns_that_a_file_lacks_stay_as_they_are() -> None:
    standing = made(an_event_row())
    fields = {key: value for key, value in an_event_row().fields.items() if key not in ("audience", "people", "host")}

    again = made(replace(an_event_row(), fields={**fields, "title": "周例会"}), standing)

    assert (again.title, again.audience, again.host) == ("周例会", ("team",), "p03")


def test_audience_follows_the_roster_of_the_day() -> None:
    event = made(an_event_row())
    larger = a_roster(*ROSTER.people.values(), groups=[a_group("team", ["p01", "p04"])])

    assert given_bookings.resolved_again(event, ROSTER) == event
    assert set(given_bookings.resolved_again(event, larger).people) == {"p01", "p03", "p04"}


def test_people_in_another_order_are_the_same_booking() -> None:
    talk = made(a_talk_row())

    assert peopled(talk, (PersonId("p02"), PersonId("p01")), ROSTER) is talk


def test_two_bookings_in_one_place_are_told_for_people_and_rooms() -> None:
    stands = a_booking("T001", who=["p01", "p02"], start="2014-07-01T09:00", room="R04")
    wanted = a_booking("T002", who=["p02", "p03"], start="2014-07-01T09:30", room="R04")

    found = clashes([wanted], [stands, wanted], TIME)

    assert [(c.booking, c.other, c.person, c.room) for c in found] == [
        ("T002", "T001", "p02", None),
        ("T002", "T001", None, "R04"),
    ]
    assert found[0].span == a_span("2014-07-01T09:30", 15)


def test_clash_is_told_of_the_booking_to_be_written_whichever_begins_first() -> None:
    written, existing = a_booking("E01", who=["p01"]), a_booking("E02", who=["p01"], start="2014-07-01T09:30")

    assert [(c.booking, c.other) for c in clashes([written], [existing], TIME)] == [("E01", "E02")]
    assert [(c.booking, c.other) for c in clashes([existing], [written], TIME)] == [("E02", "E01")]


def test_touching_cancelled_off_site_and_standing_bookings_do_not_clash() -> None:
    wanted = a_booking("T002", who=["p02", "p03"], start="2014-07-01T09:30", room="R04")
    touching = a_booking("T001", who=["p02"], start="2014-07-01T08:45", room="R04")
    cancelled = replace(a_booking("T003", who=["p02"], start="2014-07-01T09:30", room="R04"), is_cancelled=True)
    away = a_booking("E01", who=["p05"], start="2014-07-01T09:00", room=OFF_SITE)
    also_away = a_booking("E02", who=["p04"], start="2014-07-01T09:00", room=OFF_SITE)
    old = [a_booking(f"E0{n}", who=["p09"], start="2014-07-01T09:00") for n in (3, 4)]

    assert clashes([wanted, away], [touching, cancelled, also_away, *old], TIME) == []


def test_a_long_booking_clashes_with_all_that_lie_in_it() -> None:
    long = a_booking("E10", who=["p01"], start="2014-07-01T08:30", minutes=540)
    short = [
        a_booking(f"T00{n}", who=["p01"], start=f"2014-07-01T{hour:02}:00") for n, hour in ((1, 9), (2, 11), (3, 14))
    ]

    assert [(c.booking, c.other) for c in clashes([*short], [long], TIME)] == [
        ("T001", "E10"),
        ("T002", "E10"),
        ("T003", "E10"),
    ]


def test_a_row_without_an_id_is_known_by_what_it_says() -> None:
    people = [PersonId("p02"), PersonId("p01")]
    local, utc = at("2014-07-01T09:00"), at("2014-07-01T09:00").astimezone()

    talk = natural_key(Kind.TALK, local, given_bookings.words_of(Kind.TALK, "", people))

    assert talk == "@talk/2014-07-01T01:00:00+00:00/p01;p02"
    assert talk == natural_key(Kind.TALK, utc, given_bookings.words_of(Kind.TALK, "别的", reversed(people)))
    assert natural_key(Kind.MEETING, None, given_bookings.words_of(Kind.MEETING, "例会", people)) == "@meeting//例会"


def test_state_of_a_booking_does_not_depend_on_the_clock() -> None:
    past = a_booking("T001", who=["p01", "p02"], start="2014-01-01T09:00", kind=Kind.TALK)

    assert given_bookings.state_given(past) is State.BOOKED
    assert past.day(at("2014-01-01T00:00").tzinfo) == date(2014, 1, 1)  # type: ignore[arg-type]
    assert RoomId("EXT") == OFF_SITE
