"""Swaps: proposed out of the free times, agreed to, and moved at once; on both databases."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.core.bookings.swaps import SwapProposal, SwapState
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, RoomId, SwapId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import swaps
from scheduler.services.bookings.acts import BookingChange
from scheduler.store import load, save
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import a_clock, a_draft, a_talk, an_actor, at
from tests.seeds import a_campaign, an_organisation
from tests.services.bookings.test_two_bookers import at_once

CLOCK = a_clock("2014-07-01T08:00")
TALK = BookingId("T001")
P01, P02, P03, P04 = (an_actor(f"p0{number}") for number in range(1, 5))
ORGANIZER = an_actor("p06", Role.ORGANIZER)


def prepare(session: Session, who: Sequence[str] = ("p01", "p02"), room: str | None = "R04") -> None:
    """A talk on Thursday 3 July at 9:00, in a campaign whose window closes on the 9th."""
    an_organisation(session)
    a_campaign(session, "2014-06-16", "2014-07-09")
    save.bookings(session, [a_talk("T001", "2014-07-03T09:00", who=who, room=room)], CLOCK)
    session.commit()


@pytest.fixture
def session(session: Session) -> Session:
    prepare(session)
    return session


def proposed(session: Session, start: str = "2014-07-04T09:00", actor: Actor = P01) -> SwapProposal:
    return swaps.propose(session, actor, TALK, at(start), CLOCK)


def stands(session: Session) -> tuple[str, str | None, int, int]:
    talk = load.booking(session, TALK)
    return (
        f"{talk.span.start.astimezone(at('2014-07-01T00:00').tzinfo):%d %H:%M}",
        talk.room,
        talk.version,
        talk.sequence,
    )


def deeds(session: Session) -> list[tuple[str, str, str, dict[str, object]]]:
    return [(row.actor, row.action, row.noun_id, row.details) for row in session.query(JournalRow).order_by("id")]


# ── Times ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_times_are_free_for_both_and_a_room_within_the_window(session: Session) -> None:
    taken = [
        a_talk("T002", "2014-07-04T08:30", who=["p02", "p05"]),
        a_talk("T003", "2014-07-04T10:30", who=["p05", "p06"], room="R04"),
    ]
    save.bookings(session, taken, CLOCK)
    session.add(AbsenceRow(person_id="p02", first=date(2014, 7, 2), last=date(2014, 7, 2)))
    session.commit()

    usual = swaps.times(session, P01, TALK, CLOCK)
    found = swaps.times(session, P01, TALK, CLOCK, date(2014, 7, 1))

    assert (usual.first, usual.before) == (date(2014, 7, 2), date(2014, 7, 1))  # a workday of notice, unless asked for
    assert (found.first, found.last, found.before, found.after) == (
        date(2014, 7, 1), date(2014, 7, 7), None, date(2014, 7, 8),
    )  # fmt: skip
    told = [f"{one.span.start:%d %H:%M} {one.room}" for one in found.times]
    assert told[:2] == ["01 08:30 R04", "01 09:00 R04"]
    assert [one for one in told if one.startswith("03")][:3] == ["03 08:30 R04", "03 09:30 R04", "03 10:00 R04"]
    assert [one for one in told if one.startswith("04")][:4] == [
        "04 09:30 R04", "04 10:00 R05", "04 10:30 R05", "04 13:30 R04",
    ]  # fmt: skip
    assert {one[:2] for one in told} == {"01", "03", "04", "07"}
    assert "03 09:00 R04" not in told


def test_times_go_on_week_by_week_until_the_window_closes(session: Session) -> None:
    later = swaps.times(session, P01, TALK, CLOCK, date(2014, 7, 8))

    assert {one.span.start.day for one in later.times} == {8, 9}
    assert (later.before, later.after) == (date(2014, 7, 1), None)
    beyond = swaps.times(session, P01, TALK, CLOCK, date(2199, 1, 1))
    assert (beyond.times, beyond.after) == ((), None)


def test_without_a_room_none_is_looked_for(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session, room=None)
        assert {one.room for one in swaps.times(session, P02, TALK, CLOCK).times} == {None}
        made = proposed(session, actor=P02)
        swaps.accept(session, P01, made.id, CLOCK)
        assert stands(session)[:2] == ("04 09:00", None)


def test_times_go_on_when_the_window_closes_with_the_first_day_of_the_next_week(session: Session) -> None:
    assert swaps.times(session, P01, TALK, CLOCK, date(2014, 7, 2)).after == date(2014, 7, 9)
    assert swaps.times(session, P01, TALK, CLOCK, date(2014, 7, 3)).after is None


def test_who_is_not_in_the_talk_is_told_no_times(session: Session) -> None:
    for actor in (P03, ORGANIZER):
        with pytest.raises(NotFound):
            swaps.times(session, actor, TALK, CLOCK)
    with pytest.raises(NotAllowed):
        swaps.times(session, OPERATOR, TALK, CLOCK)


# ── Proposing and answering ──────────────────────────────────────────────────────────────────────────────────────────
def test_the_other_accepts_and_the_talk_moves_at_once(session: Session) -> None:
    made = proposed(session)
    assert stands(session) == ("03 09:00", "R04", 1, 0)

    done = swaps.accept(session, P02, made.id, CLOCK)

    assert (done.state, done.agreed) == (SwapState.ACCEPTED, ("p02",))
    assert stands(session) == ("04 09:00", "R04", 2, 1)
    assert deeds(session) == [
        ("p01", "swap_proposed", "T001", {"proposal": 1}),
        (
            "p02",
            "moved",
            "T001",
            {
                "version": 2,
                "span": [
                    "2014-07-03T01:00:00+00:00/2014-07-03T01:45:00+00:00",
                    "2014-07-04T01:00:00+00:00/2014-07-04T01:45:00+00:00",
                ],
            },
        ),
        ("p02", "swap_accepted", "T001", {"proposal": 1}),
    ]
    with pytest.raises(Outdated):
        swaps.accept(session, P02, made.id, CLOCK)


def test_the_room_is_another_one_when_the_own_is_taken_then(session: Session) -> None:
    save.bookings(session, [a_talk("T002", "2014-07-04T09:00", who=["p04", "p05"], room="R04")], CLOCK)
    session.commit()

    made = proposed(session)
    swaps.accept(session, P02, made.id, CLOCK)

    assert stands(session)[:2] == ("04 09:00", "R05")


def test_declined_and_withdrawn_leave_the_talk_where_it_is(session: Session) -> None:
    assert swaps.decline(session, P02, proposed(session).id, CLOCK).state is SwapState.DECLINED
    assert swaps.withdraw(session, P01, proposed(session).id, CLOCK).state is SwapState.WITHDRAWN

    assert stands(session) == ("03 09:00", "R04", 1, 0)
    assert [deed[:2] for deed in deeds(session)] == [
        ("p01", "swap_proposed"), ("p02", "swap_declined"), ("p01", "swap_proposed"), ("p01", "swap_withdrawn"),
    ]  # fmt: skip


def test_a_time_that_is_not_offered_is_refused(session: Session) -> None:
    for start in ("2014-07-05T09:00", "2014-07-04T09:10", "2014-07-10T09:00", "2014-07-03T09:00", "2014-06-30T09:00"):
        with pytest.raises(Refused) as no:
            proposed(session, start)
        assert [finding.kind for finding in no.value.blocking] == ["swap_not_free"]


def test_one_proposal_is_open_at_a_time(session: Session) -> None:
    proposed(session)

    with pytest.raises(Refused) as no:
        proposed(session, "2014-07-04T10:00", P02)
    assert [finding.kind for finding in no.value.blocking] == ["swap_open"]


def test_a_time_that_was_taken_meanwhile_is_refused_and_the_proposal_is_over(session: Session) -> None:
    made = proposed(session)
    save.bookings(session, [a_talk("T002", "2014-07-04T09:30", who=["p02", "p05"])], CLOCK)
    session.commit()

    with pytest.raises(Refused) as no:
        swaps.accept(session, P02, made.id, CLOCK)

    assert [(f.kind, dict(f.details).keys()) for f in no.value.blocking] == [
        ("person_taken", {"name": "", "start": "", "end": "", "day": ""}.keys())
    ]
    assert stands(session) == ("03 09:00", "R04", 1, 0)
    assert swaps.of_talk(session, P01, TALK, CLOCK).proposals[0].state is SwapState.EXPIRED
    assert deeds(session)[-1][1] == "swap_expired"
    assert proposed(session, "2014-07-04T10:30", P02).id == 2


def test_a_talk_that_changed_makes_the_proposal_void_and_a_new_one_closes_it(session: Session) -> None:
    made = proposed(session)
    bookings.change(session, OPERATOR, TALK, BookingChange(room=RoomId("R05")), CLOCK)

    with pytest.raises(Outdated):
        swaps.accept(session, P02, made.id, CLOCK)
    assert swaps.of_talk(session, P02, TALK, CLOCK).standing is None
    assert swaps.own(session, P02, CLOCK) == []
    proposed(session, "2014-07-04T10:00")
    assert [one.state for one in swaps.of_talk(session, P02, TALK, CLOCK).proposals] == [
        SwapState.OPEN, SwapState.EXPIRED,
    ]  # fmt: skip


def test_three_people_all_have_to_agree(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session, ["p01", "p02", "p03"])
        made = proposed(session)

        assert swaps.accept(session, P03, made.id, CLOCK).state is SwapState.OPEN
        assert stands(session)[0] == "03 09:00"
        assert swaps.of_talk(session, P01, TALK, CLOCK).waiting == ("p02",)
        assert swaps.accept(session, P02, made.id, CLOCK).state is SwapState.ACCEPTED
        assert stands(session)[0] == "04 09:00"


def test_moves_are_counted_against_what_organizers_allow(session: Session) -> None:
    swaps.allow_moves(session, ORGANIZER, 1, CLOCK)
    swaps.accept(session, P02, proposed(session).id, CLOCK)

    told = swaps.of_talk(session, P01, TALK, CLOCK)
    assert (told.may_propose, told.moves_left, told.hindrance and told.hindrance.kind) == (False, 0, "swap_no_moves")
    with pytest.raises(Refused):
        proposed(session, "2014-07-04T10:00")
    assert swaps.of_talk(session, P02, TALK, CLOCK).moves_left == 1
    swaps.allow_moves(session, ORGANIZER, 0, CLOCK)
    assert swaps.moves_allowed(session, P02) == 0
    with pytest.raises(Refused):
        proposed(session, "2014-07-04T10:00", P02)


def test_organizers_alone_say_how_many_moves(session: Session) -> None:
    assert swaps.moves_allowed(session, P01) == 2
    with pytest.raises(NotAllowed):
        swaps.allow_moves(session, P01, 5, CLOCK)
    for moves in (-1, 21):
        with pytest.raises(Malformed) as no:
            swaps.allow_moves(session, ORGANIZER, moves, CLOCK)
        limits = {"value": moves, "first": 0, "last": 20}
        assert (no.value.kind, no.value.field, no.value.details) == ("out_of_range", "moves", limits)
    swaps.allow_moves(session, ORGANIZER, 20, CLOCK)
    (line,) = session.query(JournalRow)
    assert (line.actor, line.action, line.noun, line.noun_id) == ("p06", "edited", "swap_rule", "")
    assert line.details == {"moves": 20}


# ── Who may know ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_people_of_the_talk_and_organizers_know_and_nobody_else(session: Session) -> None:
    made = proposed(session)

    for actor in (P01, P02, ORGANIZER, OPERATOR):
        assert swaps.of_talk(session, actor, TALK, CLOCK).standing == made
    for role in (Role.SUPERVISOR, Role.PRINCIPAL):
        assert swaps.of_talk(session, an_actor("p05", role), TALK, CLOCK) == swaps.TalkSwaps()
    branch = an_actor("p05", Role.BRANCH_ORGANIZER, members=["p01", "p02"])
    assert swaps.of_talk(session, branch, TALK, CLOCK) == swaps.TalkSwaps()
    with pytest.raises(NotFound):
        swaps.of_talk(session, P03, TALK, CLOCK)
    for verb in (swaps.accept, swaps.decline, swaps.withdraw):
        with pytest.raises(NotFound) as unknown:
            verb(session, P03, made.id, CLOCK)
        with pytest.raises(NotFound) as absent:
            verb(session, P03, SwapId(99), CLOCK)
        assert (unknown.value.noun, absent.value.noun) == ("swap", "swap")
        with pytest.raises(NotAllowed):
            verb(session, OPERATOR, made.id, CLOCK)


def test_own_proposals_are_those_of_own_talks(session: Session) -> None:
    made = proposed(session)

    assert [(one.id, talk.id) for one, talk in swaps.own(session, P02, CLOCK)] == [(made.id, "T001")]
    assert [(one.id, talk.id) for one, talk in swaps.own(session, P01, CLOCK)] == [(made.id, "T001")]
    assert swaps.own(session, P03, CLOCK) == []
    assert swaps.own(session, an_actor(None), CLOCK) == []
    with pytest.raises(NotAllowed):
        swaps.own(session, OPERATOR, CLOCK)


def test_a_meeting_has_no_swaps(session: Session) -> None:
    bookings.book(session, OPERATOR, a_draft(Kind.MEETING, "2014-07-04T14:00", who=["p01", "p02"]), CLOCK)

    assert swaps.of_talk(session, P01, BookingId("E01"), CLOCK) == swaps.TalkSwaps()
    with pytest.raises(Malformed):
        swaps.propose(session, P01, BookingId("E01"), at("2014-07-04T09:00"), CLOCK)


# ── At once ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_of_two_who_accept_at_once_one_moves_it(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session)
        made = proposed(session)

    results = at_once(engine, [lambda s: swaps.accept(s, P02, made.id, CLOCK).state] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Outdated", "SwapState"]
    with Session(engine) as session:
        assert stands(session) == ("04 09:00", "R04", 2, 1)


def test_the_last_two_of_three_who_agree_at_once_move_it_once(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session, ["p01", "p02", "p03"])
        made = proposed(session)

    results = at_once(engine, [lambda s, a=actor: swaps.accept(s, a, made.id, CLOCK).state for actor in (P02, P03)])  # type: ignore[misc]

    assert sorted(map(str, results)) == ["accepted", "open"]
    with Session(engine) as session:
        assert stands(session) == ("04 09:00", "R04", 2, 1)


def test_two_who_propose_at_once_make_one_proposal(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session)

    results = at_once(engine, [lambda s, a=actor: proposed(s, actor=a).id for actor in (P01, P02)])  # type: ignore[misc]

    assert sorted(type(result).__name__ for result in results) == ["Refused", "int"]


def test_a_move_by_an_organizer_and_an_acceptance_do_not_both_happen_unseen(engine: Engine) -> None:
    with Session(engine) as session:
        prepare(session)
        made = proposed(session)
    change = BookingChange(start=at("2014-07-03T14:00"), version=1)

    results = at_once(
        engine,
        [
            lambda s: swaps.accept(s, P02, made.id, CLOCK).state,
            lambda s: bookings.change(s, OPERATOR, TALK, change, CLOCK).booking.version,
        ],
    )

    assert sorted(isinstance(result, Outdated) for result in results) == [False, True]


def test_a_clock_beyond_the_proposed_time_ends_it(session: Session) -> None:
    made = proposed(session, "2014-07-02T09:00")
    late: Clock = a_clock("2014-07-02T09:00")

    with pytest.raises(Outdated):
        swaps.accept(session, P02, made.id, late)
    assert swaps.own(session, P02, late) == []
