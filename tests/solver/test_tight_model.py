"""Cases that leave no room a free step: what is said besides the rules takes no schedule away, and says no at once."""

import pytest

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import search, tight_model
from scheduler.solver.decisions import Patience, answer
from scheduler.solver.exact import SlotModel
from scheduler.solver.instance import compiled
from scheduler.solver.items import SlotItem
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk

MORNING = ((8 * 60, 10 * 60),)
"""Two steps a day."""
TWO_ROOMS = (a_room("R1"), a_room("R2"))


def model_of(problem: PlanProblem) -> SlotModel:
    """All talks and sessions with all their starts."""
    instance = compiled(problem)
    return SlotModel(instance, [SlotItem(t, instance.allowed[t]) for t in range(instance.count)])


def starts(problem: PlanProblem) -> list[int] | None:
    """When everything is, by the sharpened model; None: proven that it cannot be."""
    model = model_of(problem)
    tight_model.sharpen(model)
    outcome = search.run(model.model, seed=1, watch=Watch(), parameters=tight_model.parameters())
    assert outcome.is_impossible == (outcome.solution is None)
    if outcome.solution is None:
        return None
    choices = model.choices(outcome.solution)
    return [choices[t].start for t in range(model.instance.count)]


@pytest.mark.parametrize(
    ("talks", "sharpens"),
    [
        ([a_talk("t1"), a_talk("t2", "ac")], True),
        ([a_talk("t1")], False),
        ([a_talk("t1"), a_talk("t2", "a", any_of=(("b", "c"),))], False),
    ],
)
def test_only_full_rooms_with_everybody_named_are_worth_it(talks: list[object], sharpens: bool) -> None:
    assert tight_model.is_worth_it(model_of(a_problem(*talks, blocks=MORNING))) is sharpens  # type: ignore[arg-type]


def test_every_step_of_every_room_is_filled() -> None:
    """Of four people a and b have a long talk; c and d meet them where they can, one after the other."""
    talks = [
        a_talk("t1", "ab", minutes=120),
        a_talk("t2", "cd"),
        a_talk("t3", "ce"),
        a_talk("t4", "ac"),
        a_talk("t5", "bd"),
    ]
    talks += [a_talk("t6", "de"), a_talk("t7", "ae")]
    found = starts(a_problem(*talks, rooms=TWO_ROOMS, blocks=MORNING, days=2))

    assert found is not None
    steps = sorted(start + more for start, talk in zip(found, talks, strict=True) for more in range(talk.minutes // 60))
    assert steps == [0, 0, 1, 1, 2, 2, 3, 3]


def test_day_maximum_is_kept() -> None:
    talks = [a_talk("t1", "ab", latest="10:00"), a_talk("t2", "ac"), a_talk("t3", "bc"), a_talk("t4", "cd")]
    people = [a_person("a", most=1), a_person("c", most=2)]
    found = starts(a_problem(*talks, people=people, blocks=MORNING, days=2))

    assert found is not None
    assert sorted(found) == [0, 1, 2, 3]
    assert found[0] < 2 <= found[1]
    none = [a_person("a", most=0)]
    assert starts(a_problem(*talks, people=none, blocks=MORNING, days=2)) is None


def test_person_with_more_talks_than_days_is_impossible() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ad"), a_talk("t4", "bc")]

    assert starts(a_problem(*talks, people=[a_person("a", most=1)], blocks=MORNING, days=2)) is None


def test_talks_of_different_sizes_are_counted_by_person_only() -> None:
    talks = [a_talk("t1", "abc", fixed="08:00"), a_talk("t2", "ab")]

    assert starts(a_problem(*talks, blocks=MORNING)) == [0, 1]


def test_talks_without_rooms_have_no_seats_to_fill() -> None:
    problem = a_problem(a_talk("t1", "ab", needs_room=False), blocks=MORNING)

    assert not tight_model.is_worth_it(model_of(problem))
    assert starts(problem) in ([0], [1])


def test_talk_without_a_room_takes_nobody_a_seat() -> None:
    talks = [a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "ab"), a_talk("t3", "cd", needs_room=False, fixed="09:00")]

    assert starts(a_problem(*talks, blocks=MORNING)) == [0, 1, 1]


@pytest.mark.parametrize("needs_room", [True, False])
def test_session_is_no_talk_of_its_people(needs_room: bool) -> None:
    """Its hour counts in no day maximum, and its people are in no talk meanwhile."""
    session = a_session(people="c", minutes=60, windows=("09:00",), needs_room=needs_room)
    talks = [a_talk("t1", "ab"), a_talk("t2", "ab" if not needs_room else "ac")][: 1 if needs_room else 2]
    problem = a_problem(*talks, sessions=[session], people=[a_person("c", most=0)], blocks=MORNING)

    assert starts(problem) in ([0, 1], [0, 1, 1], [1, 0, 1])


def test_decision_about_full_rooms_is_sharpened_and_within_its_effort() -> None:
    instance = compiled(a_problem(a_talk("t1", fixed="08:00"), a_talk("t2"), blocks=MORNING))
    items = [SlotItem(t, instance.allowed[t]) for t in range(instance.count)]

    found = answer(instance, items, Patience(1, 1.0, Watch())).choices

    assert found is not None
    assert [found[t].start for t in range(2)] == [0, 1]
