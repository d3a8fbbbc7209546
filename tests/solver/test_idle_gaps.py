"""The fewest idle gaps, with proof."""

from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.plans.problems import PlanProblem, ProblemTalk
from scheduler.solver.idle_gap_counts import idle_gaps_by_person, is_fair
from scheduler.solver.idle_gaps import IdleGapProblem, IdleGapResult, fewest_idle_gaps
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_talk, hours

MORNING = ((8 * 60, 12 * 60),)


def asked(problem: PlanProblem, known: dict[int, SlotChoice] | None = None) -> IdleGapProblem:
    """All talks of a problem, at any start."""
    instance = compiled(problem)
    return IdleGapProblem(instance, [SlotItem(t, instance.allowed[t]) for t in range(instance.count)], initial=known)


def a_fair(seed: int, people: int = 8, talks: int = 14, rooms: int = 3, steps: int = 7) -> PlanProblem:
    """People who meet each other in pairs, drawn by a seed, with little room to spare."""
    pairs = list(combinations("abcdefghijklmnop"[:people], 2))
    Random(seed).shuffle(pairs)
    return a_problem(
        *(a_talk(f"t{i}", "".join(pair)) for i, pair in enumerate(pairs[:talks])),
        rooms=[a_room(f"R{r}") for r in range(rooms)],
        blocks=((8 * 60, (8 + steps) * 60),),
        max_break_difference=2,
    )


def a_riddle() -> PlanProblem:
    """a and b meet at 8 and at 10. Counting leaves them out, as they may be chosen for the third talk: c is."""
    talks = [a_talk("t1", fixed="08:00"), a_talk("t2", fixed="10:00")]
    return a_problem(*talks, a_talk("t3", "d", any_of=(("a", "b", "c"),), fixed="15:00"))


def soundly(asked_: IdleGapProblem, found: IdleGapResult) -> bool:
    """Whether a schedule keeps to the rules and has the idle gaps it says."""
    instance = asked_.instance
    idle_gaps = idle_gaps_by_person(instance, found.choices)
    return (
        sorted(found.choices) == list(range(instance.talk_count))
        and _fits(instance, [found.choices[t].start for t in range(instance.talk_count)])
        and is_fair(instance, idle_gaps)
        and sum(idle_gaps) == found.value
    )


def _fits(instance: Instance, starts: list[int]) -> bool:
    """Whether talks of one step fit: nobody twice at once, and no more talks than rooms."""
    seen: set[tuple[int, int]] = set()
    for t, start in enumerate(starts):
        here = {(p, start) for p in instance.people[t]}
        if here & seen or not instance.allowed[t] >> start & 1:
            return False
        seen |= here
    return all(starts.count(start) <= len(instance.room_free) for start in starts)


def by_trying_all(problem: PlanProblem) -> int | None:
    """The fewest idle gaps, by looking at every schedule of talks of one step."""
    instance = compiled(problem)
    values = []
    for starts in product(range(instance.grid.count), repeat=instance.talk_count):
        if _fits(instance, list(starts)):
            idle_gaps = idle_gaps_by_person(instance, {t: SlotChoice(start) for t, start in enumerate(starts)})
            if is_fair(instance, idle_gaps):
                values.append(sum(idle_gaps))
    return min(values, default=None)


def test_talks_go_side_by_side() -> None:
    found = fewest_idle_gaps(asked(a_problem(a_talk("t1"), a_talk("t2"), a_talk("t3"))))

    assert (found.value, found.bound, found.is_impossible) == (0, 0, False)
    assert found.is_proven


def test_idle_gap_that_nobody_can_help_is_proven() -> None:
    """a and b meet at 8 and at 10: an idle gap each. The room bound says nothing, as each person alone would be free at 9."""
    found = fewest_idle_gaps(asked(a_problem(a_talk("t1", fixed="08:00"), a_talk("t2", fixed="10:00"))))

    assert (found.value, found.bound) == (2, 2)
    assert found.choices == {0: SlotChoice(0), 1: SlotChoice(2)}


def test_idle_gap_between_the_only_times_of_others_is_proven() -> None:
    """a meets b, c and d, who are free at 8, at 10 and at 11 only."""
    people = [
        a_person("b", hours("09:00", "12:00")),
        a_person("c", hours("08:00", "10:00"), hours("11:00", "12:00")),
        a_person("d", hours("08:00", "11:00")),
    ]
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ad")]
    problem = a_problem(*talks, people=people, blocks=MORNING)

    found = fewest_idle_gaps(asked(problem))

    assert (found.value, found.bound) == (1, 1)
    assert [found.choices[t].start for t in range(3)] == [0, 2, 3]


def test_talks_that_cannot_all_be_are_proven_impossible() -> None:
    blocked = a_person("a", hours("09:00", "18:00"))
    counted = fewest_idle_gaps(asked(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), people=[blocked])))
    searched = fewest_idle_gaps(asked(a_problem(a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "cd", fixed="08:00"))))

    assert (counted.value, counted.is_impossible) == (None, True)
    assert (searched.value, searched.is_impossible) == (None, True)
    assert searched.is_proven


def test_known_schedule_that_meets_the_bound_is_the_answer() -> None:
    known = {0: SlotChoice(5), 1: SlotChoice(6)}
    told: list[IdleGapResult] = []

    found = fewest_idle_gaps(asked(a_problem(a_talk("t1"), a_talk("t2")), known), tell=told.append)

    assert found.choices == known
    assert found.is_proven
    assert told == [found]


def test_known_schedule_is_improved_and_news_are_told() -> None:
    told: list[IdleGapResult] = []

    found = fewest_idle_gaps(
        asked(a_problem(a_talk("t1"), a_talk("t2")), {0: SlotChoice(0), 1: SlotChoice(6)}), tell=told.append
    )

    assert [one.value for one in told] == [2, 0]
    assert found.value == 0


def test_known_schedule_that_is_not_fair_is_not_taken() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "ac"), max_break_difference=0)

    found = fewest_idle_gaps(asked(problem, {0: SlotChoice(0), 1: SlotChoice(6)}))

    assert found.value == 0


def test_known_schedule_that_cannot_be_bettered_is_proven() -> None:
    """Two idle gaps are known; asking for one is the last question."""
    known = {0: SlotChoice(0), 1: SlotChoice(2)}

    found = fewest_idle_gaps(asked(a_problem(a_talk("t1", fixed="08:00"), a_talk("t2", fixed="10:00")), known))

    assert found == IdleGapResult(known, 2, 2)


def test_watch_that_is_over_leaves_what_is_known() -> None:
    known = {0: SlotChoice(0), 1: SlotChoice(6)}
    watch = Watch()
    watch.stop()

    found = fewest_idle_gaps(asked(a_problem(a_talk("t1"), a_talk("t2")), known), watch=watch)

    assert found == IdleGapResult(known, 2, 0)


def test_large_problem_is_improved_day_by_day() -> None:
    talks = [a_talk(f"t{i}") for i in range(110)]
    known = {t: SlotChoice(2 * t) for t in range(110)}
    told: list[IdleGapResult] = []

    found = fewest_idle_gaps(asked(a_problem(*talks, days=50), known), tell=told.append)

    assert (told[0].value, found.value, found.bound) == (164, 0, 0)
    assert {t: one.start // 8 for t, one in found.choices.items()} == {t: 2 * t // 8 for t in range(110)}


def test_days_are_not_taken_one_by_one_where_idle_gaps_have_to_be_spread_evenly() -> None:
    talks = [a_talk(f"t{i}") for i in range(110)]
    known = {t: SlotChoice(2 * t) for t in range(110)}
    problem = a_problem(*talks, days=50, max_break_difference=0)

    assert fewest_idle_gaps(asked(problem, known)).choices == known


def test_several_days_are_improved_one_by_one_before_all_of_them_are_asked_about() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "bc"), a_talk("t4", "bd")]
    told: list[IdleGapResult] = []

    found = fewest_idle_gaps(
        asked(a_problem(*talks, days=2), {0: SlotChoice(0), 1: SlotChoice(2), 2: SlotChoice(8), 3: SlotChoice(10)}),
        tell=told.append,
    )

    assert [one.value for one in told] == [2, 1, 0]
    assert found.is_proven


def test_what_counting_does_not_see_is_searched_for() -> None:
    told: list[IdleGapResult] = []

    found = fewest_idle_gaps(asked(a_riddle()), tell=told.append)

    assert [(one.value, one.bound) for one in told] == [(None, 1), (2, 1), (2, 2)]
    assert found.choices[2].chosen == (2,)
    assert found.is_proven


def test_questions_without_an_answer_are_asked_again_with_more_patience() -> None:
    problem = a_fair(3)

    patient, hasty = fewest_idle_gaps(asked(problem)), fewest_idle_gaps(asked(problem), effort=1e-4)

    assert patient.is_proven
    assert hasty.is_proven
    assert hasty.value == patient.value


def test_nothing_is_asked_once_the_watch_is_over() -> None:
    """Stopped as soon as the first schedule is told: it stays the best."""
    watch = Watch()

    def stop(found: IdleGapResult) -> None:
        if found.value is not None:
            watch.stop()

    found = fewest_idle_gaps(asked(a_riddle()), watch=watch, tell=stop)

    assert (found.value, found.bound) == (2, 1)
    assert not found.is_proven


def test_same_seed_gives_the_same_schedule() -> None:
    one, other = (fewest_idle_gaps(asked(a_fair(5)), seed=7) for _ in range(2))

    assert one == other
    assert one.is_proven


def test_fairs_are_sound() -> None:
    for seed in range(4):
        question = asked(a_fair(seed))

        found = fewest_idle_gaps(question, seed=seed)

        assert found.is_proven
        assert found.is_impossible or soundly(question, found)


@st.composite
def small_problems(draw: st.DrawFn) -> PlanProblem:
    """Up to four talks of one step among four people, in four steps, with one or two rooms."""
    pairs = draw(st.lists(st.sampled_from(["ab", "ac", "ad", "bc", "bd", "cd"]), min_size=1, max_size=4))
    talks: list[ProblemTalk] = [a_talk(f"t{i}", pair) for i, pair in enumerate(pairs)]
    times = st.sampled_from([("08:00", "09:00"), ("09:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00")])
    busy = {one: draw(st.lists(times, max_size=2, unique=True)) for one in "abcd"}
    return a_problem(
        *talks,
        people=[a_person(one, *(hours(*stretch) for stretch in stretches)) for one, stretches in busy.items()],
        rooms=[a_room(f"R{r}") for r in range(draw(st.integers(1, 2)))],
        blocks=MORNING,
        max_break_difference=draw(st.sampled_from([None, 0, 1])),
    )


@settings(max_examples=40)
@given(small_problems())
def test_nothing_better_is_found_by_trying_all(problem: PlanProblem) -> None:
    found = fewest_idle_gaps(asked(problem))

    assert found.is_proven
    assert found.value == by_trying_all(problem)
    assert found.is_impossible == (found.value is None)
