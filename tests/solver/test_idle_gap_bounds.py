"""What the number of idle gaps cannot go below."""

from scheduler.solver.idle_gap_bounds import idle_gaps_lower_bound
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.items import SlotItem
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours


def least(instance: Instance) -> int | None:
    """The bound for all talks and sessions of an instance."""
    return idle_gaps_lower_bound(
        instance, [SlotItem(t, instance.allowed[t]) for t in range(instance.count)], 1, Watch()
    )


def test_busy_hour_in_between_is_a_idle_gap_that_cannot_be_helped() -> None:
    """a has two talks and is free from 8 to 9 and from 10 to 11 only."""
    person = a_person("a", hours("09:00", "10:00"), hours("11:00", "18:00"))
    instance = compiled(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), people=[person], rooms=[a_room()]))

    assert least(instance) == 1


def test_each_day_begins_anew() -> None:
    person = a_person("a", hours("09:00", "18:00"), hours("08:00", "10:00", 1))
    instance = compiled(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), people=[person], days=2))

    assert least(instance) == 0


def test_too_few_seats_make_idle_gaps() -> None:
    """Three steps, one room and talks of one: a and b have no two steps in a row each, unless the room is theirs in them.

    a is free in all three, b in the middle one only, and a has two talks.
    """
    blocks = ((8 * 60, 11 * 60),)
    busy = a_person("b", hours("08:00", "09:00"), hours("10:00", "11:00"))
    talks = [a_talk("t1", "a"), a_talk("t2", "a"), a_talk("t3", "b")]

    assert least(compiled(a_problem(*talks, people=[busy], blocks=blocks))) == 1
    assert least(compiled(a_problem(*talks, people=[busy], blocks=blocks, rooms=[a_room("R1"), a_room("R2")]))) == 0
    assert (
        least(compiled(a_problem(*talks[:2], a_talk("t3", "b", needs_room=False), people=[busy], blocks=blocks))) == 0
    )


def test_more_talks_than_free_steps_have_no_schedule() -> None:
    person = a_person("a", hours("09:00", "18:00"))

    assert least(compiled(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), people=[person]))) is None


def test_no_talks_have_no_idle_gaps() -> None:
    assert least(compiled(a_problem(sessions=[a_session()]))) == 0


def test_whoever_may_be_chosen_is_left_out() -> None:
    person = a_person("a", hours("09:00", "10:00"), hours("11:00", "18:00"))
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "d", any_of=(("a", "b"),))]

    assert least(compiled(a_problem(*talks, people=[person], rooms=[a_room("R1"), a_room("R2")]))) == 0


def test_large_problems_are_not_looked_at() -> None:
    """Thirty talks in two hundred steps: too much room for a bound worth having, though Monday's idle gaps are certain."""
    person = a_person("a", hours("09:00", "10:00"), hours("11:00", "18:00"))
    talks = [a_talk(f"t{i}", "a") for i in range(2)] + [a_talk(f"u{i}", "b") for i in range(30)]

    assert least(compiled(a_problem(*talks, people=[person], rooms=[a_room("R1"), a_room("R2")], days=25))) == 0
