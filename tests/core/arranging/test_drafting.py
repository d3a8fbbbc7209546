"""From an arrangement and its plan to a draft, and from pins to the next arrangement."""

from dataclasses import replace

import pytest

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.drafting import Pin, drafted, pinned, pins_of
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.proposals import Arrangement
from scheduler.core.ground.bookings import OFF_SITE, Mode
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Repair, Unplaced
from scheduler.core.plans.problems import Goal, ProblemTalk, TalkPlace, wall
from tests import first_fit
from tests.builders import a_span, a_talk, at, people
from tests.core.arranging_cases import WINDOW, a_pair, an_any, facts

P001 = PlanRunId("P001")
PAIR, ANY = "R1:p01+p02", "R4:p01"
MORNING = wall(WINDOW.first, 510) if WINDOW.first else None


def an_arrangement() -> Arrangement:
    return arranging.arrange(facts(a_pair(), an_any()))


def a_pin(key: str = PAIR, who: tuple[str, ...] = ("p01", "p02"), room: str | None = "R04") -> Pin:
    return Pin(key, people(*who), a_span("2014-07-02T14:00"), RoomId(room) if room else None)


def talk(arrangement: Arrangement, key: str) -> ProblemTalk:
    return next(one for one in arrangement.problem.talks if one.id == key)


def test_draft_numbers_what_the_plan_places() -> None:
    arrangement = an_arrangement()

    draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem))

    assert [(one.number, one.key, one.people, one.start, one.minutes, one.room) for one in draft.placements] == [
        (1, PAIR, ("p01", "p02"), at("2014-07-01T08:30"), 45, "R04"),
        (2, ANY, ("p01", "p02"), at("2014-07-01T09:30"), 45, "R04"),
    ]
    assert [(one.rules, one.mode, one.moves, one.is_pinned) for one in draft.placements] == [
        (("R1",), Mode.FACE_TO_FACE, None, False),
        (("R4",), Mode.FACE_TO_FACE, None, False),
    ]
    assert (draft.run, draft.plan_status, draft.values, draft.unplaced) == (
        P001,
        PlanStatus.FEASIBLE,
        {Goal.UNPLACED: 0},
        (),
    )


def test_draft_keeps_why_something_has_no_place() -> None:
    reason, repair = Finding("too_few_slots", "p01", {"needed": 2}), Repair("more_rooms", is_verified=True)
    plan = Plan(
        PlanStatus.IMPOSSIBLE,
        unplaced=(Unplaced(PAIR, (reason,), (repair,)), Unplaced(ANY)),
        bounds={Goal.UNPLACED: 2},
        binding=reason,
        seconds=1.5,
    )

    draft = drafted(P001, an_arrangement(), plan)

    first, second = draft.unplaced
    assert (first.key, first.people, first.rules) == (PAIR, ("p01", "p02"), ("R1",))
    assert (first.reasons, first.repairs, first.booking) == ((reason,), (repair,), None)
    assert (second.people, second.rules, second.reasons) == (("p01",), ("R4",), ())
    assert (draft.binding, draft.bounds, draft.seconds) == (reason, {Goal.UNPLACED: 2}, 1.5)


def test_booking_that_stays_does_not_stand_in_the_draft() -> None:
    stays = a_talk("T001", "2014-07-02T08:30", ("p01", "p03"), room=RoomId("R04"))
    moves = a_talk("T002", "2014-07-02T08:30", ("p02", "p04"), room=RoomId("R04"))
    homeless = a_talk("T003", "2014-07-03T08:30", ("p02", "p03"))
    asked = [a_pair("p01", "p03"), a_pair("p02", "p04"), a_pair("p02", "p03")]
    options = ArrangeOptions(fewest_changes=True)
    arrangement = arranging.arrange(facts(*asked, options=options, talks=[stays, moves, homeless]))
    keys = {wanted.booking.id: key for key, wanted in arrangement.talks.items() if wanted.booking}
    plan = Plan(
        PlanStatus.FEASIBLE,
        (
            Placement(keys[stays.id], wall(stays.day(arrangement.facts.as_of.zone), 510), "R04", ("p01", "p03")),
            Placement(keys[moves.id], wall(moves.day(arrangement.facts.as_of.zone), 570), "R04", ("p02", "p04")),
        ),
        unplaced=(Unplaced(keys[homeless.id]),),
    )

    draft = drafted(P001, arrangement, plan)

    assert [(one.moves, one.start) for one in draft.placements] == [("T002", at("2014-07-02T09:30"))]
    assert [one.booking for one in draft.unplaced] == ["T003"]


def test_pin_is_read_as_it_was_written() -> None:
    for pin in (a_pin(), a_pin(room=None)):
        assert Pin.of(pin.document()) == pin


def test_pinned_placements_are_the_pins_of_a_draft() -> None:
    arrangement = an_arrangement()
    draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem))
    first, second = draft.placements

    assert pins_of(replace(draft, placements=(first, replace(second, is_pinned=True)))) == (
        Pin(ANY, people("p01", "p02"), a_span("2014-07-01T09:30"), RoomId("R04")),
    )


def test_pinned_talk_stays_and_others_go_around_it() -> None:
    pins = [a_pin(ANY, ("p01", "p04"))]

    arrangement = pinned(an_arrangement(), pins)
    draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem), pins)

    fixed = talk(arrangement, ANY)
    assert (fixed.people, fixed.any_of, fixed.needs_room) == (("p01", "p04"), (), True)
    assert fixed.fixed == TalkPlace(wall(at("2014-07-02T14:00").date(), 840), "R04")
    assert [(one.key, one.people, one.start, one.is_pinned) for one in draft.placements] == [
        (PAIR, ("p01", "p02"), at("2014-07-01T08:30"), False),
        (ANY, ("p01", "p04"), at("2014-07-02T14:00"), True),
    ]


def test_pin_holds_whatever_window_or_order_was_asked() -> None:
    arrangement = an_arrangement()
    one, other = arrangement.problem.talks
    bound = replace(one, earliest=MORNING, latest=MORNING, after=(other.id,))
    waiting = replace(other, after=(one.id,))
    arrangement = replace(arrangement, problem=replace(arrangement.problem, talks=(bound, waiting)))

    found = pinned(arrangement, [a_pin()])

    assert (talk(found, PAIR).earliest, talk(found, PAIR).latest, talk(found, PAIR).after) == (None, None, ())
    assert talk(found, ANY).after == ()


@pytest.mark.parametrize("start", ["2014-07-02T10:10", "2014-07-02T11:00", "2014-07-06T10:00", "2014-07-02T12:00"])
def test_pin_that_the_grid_does_not_have_takes_its_people_and_room(start: str) -> None:
    """Between two steps, over the end of a block, on a Sunday, over lunch."""
    pins = [replace(a_pin(), span=a_span(start, 50))]

    arrangement = pinned(an_arrangement(), pins)
    draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem), pins)

    assert [one.id for one in arrangement.problem.talks] == [ANY]
    taken = arrangement.facts.stretch(a_span(start, 50))
    for one in (*arrangement.problem.people, *arrangement.problem.rooms):
        assert (taken in one.busy) is (one.id in ("p01", "p02", "R04"))
    pin = next(one for one in draft.placements if one.key == PAIR)
    assert (pin.start, pin.minutes, pin.room, pin.rules, pin.is_pinned) == (at(start), 50, "R04", ("R1",), True)
    assert [(one.number, one.is_pinned) for one in draft.placements] == [(1, False), (2, True)]


def test_pin_keeps_its_length() -> None:
    pins = [replace(a_pin(), span=a_span("2014-07-02T14:00", 90))]

    arrangement = pinned(an_arrangement(), pins)
    draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem), pins)

    assert talk(arrangement, PAIR).minutes == 90
    assert [one.minutes for one in draft.placements if one.is_pinned] == [90]


def test_pin_in_a_room_that_is_not_for_talks_keeps_it() -> None:
    for room in ("R02", str(OFF_SITE), None):
        pins = [a_pin(room=room)]

        arrangement = pinned(an_arrangement(), pins)
        draft = drafted(P001, arrangement, first_fit.plan(arrangement.problem), pins)

        fixed = talk(arrangement, PAIR)
        assert (fixed.needs_room, fixed.fixed and fixed.fixed.room) == (False, None)
        assert next(one for one in draft.placements if one.key == PAIR).room == room


def test_pin_of_something_else_is_left_aside() -> None:
    arrangement = an_arrangement()

    for pin in (a_pin("R9:p01"), a_pin(who=("p01", "p03")), a_pin(ANY, ("p01",)), a_pin(ANY, ("p01", "p02", "p03"))):
        assert pinned(arrangement, [pin]) == arrangement
