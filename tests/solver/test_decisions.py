"""Exact answers."""

import pytest

from scheduler.solver.decisions import Patience, answer
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.items import Others, SlotItem
from scheduler.solver.schedule import NOWHERE
from scheduler.solver.watch import Watch
from tests.problems import a_problem, a_room, a_talk

PATIENCE = Patience(1, 5.0, Watch())
TWO_STEPS = ((8 * 60, 10 * 60),)


def an_instance(most_difference: int | None = None) -> Instance:
    """Three talks of a in as many rooms as are wanted."""
    talks = [a_talk(f"t{n}", "a" + other) for n, other in enumerate("bcd")]
    rooms = [a_room(f"R{n}") for n in range(3)]
    return compiled(a_problem(*talks, rooms=rooms, blocks=((8 * 60, 11 * 60),), max_break_difference=most_difference))


def test_all_items_have_a_start() -> None:
    instance = an_instance()
    found = answer(instance, [SlotItem(0, 0b1), SlotItem(1, 0b11), SlotItem(2, 0b110)], PATIENCE)

    assert (found.schedule(instance).start, found.cost, found.is_impossible) == ([0, 1, 2], 0, False)


def test_what_cannot_be_is_proven() -> None:
    found = answer(an_instance(), [SlotItem(t, 0b11) for t in range(3)], PATIENCE)

    assert (found.choices, found.is_impossible) == (None, True)


def test_the_cheapest_is_let_go_and_the_cheapest_start_taken() -> None:
    items = [SlotItem(0, 0b1, let_go=5), SlotItem(1, 0b1, let_go=2), SlotItem(2, 0b111, {0: 1, 1: 3, 2: 4}, let_go=9)]

    instance = an_instance()
    found = answer(instance, items, PATIENCE, hint=[0, -1, 2])

    assert (found.schedule(instance).start, found.cost, found.bound) == ([0, NOWHERE, 1], 5, 5)


@pytest.mark.parametrize(("is_fair", "is_impossible"), [(True, True), (False, False)])
def test_idle_gaps_lie_close_together_where_that_is_asked(is_fair: bool, is_impossible: bool) -> None:
    # a talks at eight and at ten; that is one idle gap, and nobody else has any.
    items = [SlotItem(0, 0b1), SlotItem(1, 0b100)]

    assert answer(an_instance(0), items, PATIENCE, is_fair=is_fair).is_impossible is is_impossible


def test_whoever_leaves_a_talk_out_has_no_idle_gap_for_it() -> None:
    items = [SlotItem(0, 0b1, let_go=1), SlotItem(1, 0b100, let_go=1), SlotItem(2, 0b1, let_go=1)]

    found = answer(an_instance(0), items, PATIENCE, is_fair=True)

    assert (found.cost, found.bound) == (2, 2)


def test_others_take_rooms() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ef", needs_room=False)]
    instance = compiled(a_problem(*talks, blocks=TWO_STEPS))

    found = answer(instance, [SlotItem(0, 0b11)], PATIENCE, others=Others({1: 0, 2: 1}))

    assert found.schedule(instance).start == [1, 0, 1]


def test_others_make_way_at_their_price_those_first_that_can_go_most_places() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd", latest="09:00"), a_talk("t3", "ef"), a_talk("t4", "gh")]
    rooms = [a_room("R1"), a_room("R2")]
    instance = compiled(a_problem(*talks, rooms=rooms, blocks=TWO_STEPS))

    found = answer(instance, [SlotItem(0, 0b1)], PATIENCE, others=Others({1: 0, 2: 0, 3: 1}, 7))

    assert found.schedule(instance).start == [0, 0, NOWHERE, 1]
    assert (found.cost, found.bound) == (7, 7)
