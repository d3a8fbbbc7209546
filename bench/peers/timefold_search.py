"""Timefold's Python edition: each talk has a start and a room, sessions stand in their last window. `timefold_search.py PROBLEM PLAN SECONDS`."""

import sys
from dataclasses import dataclass, field
from typing import Annotated

from reading import Clock, read, write
from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import ConstraintCollectors, HardMediumSoftScore, Joiners, constraint_provider


@dataclass
class Room:
    """A room, and the days and halves when it is missing, as steps."""

    number: int
    busy: set[int]


@dataclass
class Person:
    """Somebody."""

    number: int


@dataclass
class Start:
    """A step, and its day."""

    step: int
    day: int


@planning_entity
@dataclass
class Talk:
    """What is to be placed."""

    number: Annotated[int, PlanningId]
    one: int
    other: int
    length: int
    allowed: Annotated[list[Start], ValueRangeProvider(id="allowed")]
    start: Annotated[Start | None, PlanningVariable(value_range_provider_refs=["allowed"])] = field(default=None)
    room: Annotated[Room | None, PlanningVariable(value_range_provider_refs=["rooms"])] = field(default=None)

    def first(self) -> int:
        """Its first step."""
        return self.start.step

    def end(self) -> int:
        """The step after its last."""
        return self.start.step + self.length

    def day(self) -> int:
        """Its day."""
        return self.start.day


@planning_solution
@dataclass
class Schedule:
    """All of it."""

    rooms: Annotated[list[Room], ProblemFactCollectionProperty, ValueRangeProvider(id="rooms")]
    people: Annotated[list[Person], ProblemFactCollectionProperty]
    talks: Annotated[list[Talk], PlanningEntityCollectionProperty]
    score: Annotated[HardMediumSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def constraints(factory):
    """Nobody and no room twice, rooms that are there, three talks a day; and done soonest."""
    overlap = Joiners.overlapping(lambda talk: talk.first(), lambda talk: talk.end())

    def twice(name, mine, others):
        return (
            factory.for_each(Talk)
            .join(Talk, Joiners.equal(mine, others), overlap, Joiners.less_than(lambda talk: talk.number))
            .penalize(HardMediumSoftScore.ONE_HARD)
            .as_constraint(name)
        )

    return [
        twice("one and one", lambda talk: talk.one, lambda talk: talk.one),
        twice("other and other", lambda talk: talk.other, lambda talk: talk.other),
        twice("one and other", lambda talk: talk.one, lambda talk: talk.other),
        twice("other and one", lambda talk: talk.other, lambda talk: talk.one),
        twice("room", lambda talk: talk.room.number, lambda talk: talk.room.number),
        factory.for_each(Talk)
        .filter(lambda talk: talk.first() in talk.room.busy)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("room missing"),
        factory.for_each(Person)
        .join(Talk, Joiners.filtering(lambda person, talk: person.number in (talk.one, talk.other)))
        .group_by(lambda person, _: person.number, lambda _, talk: talk.day(), ConstraintCollectors.count_bi())
        .filter(lambda _, __, count: count > 3)
        .penalize(HardMediumSoftScore.ONE_HARD, lambda _, __, count: count - 3)
        .as_constraint("day maximum"),
        factory.for_each(Talk)
        .group_by(ConstraintCollectors.max(lambda talk: talk.end()))
        .penalize(HardMediumSoftScore.ONE_MEDIUM, lambda end: end)
        .as_constraint("makespan"),
        factory.for_each(Talk)
        .penalize(HardMediumSoftScore.ONE_SOFT, lambda talk: talk.end())
        .as_constraint("early, so that the search is led"),
    ]


def main() -> None:
    """Build, solve, write."""
    clock, case = Clock(), read(sys.argv[1])
    windows = [steps[-1] for _, _, steps in case.sessions]
    kept: list[set[int]] = [set() for _ in case.people]
    for (people, length, _), window in zip(case.sessions, windows, strict=True):
        for person in people:
            kept[person] |= set(range(window, window + length))
    starts = [Start(step, day) for step, day in enumerate(case.day_of)]
    talks = []
    for number, (one, other, length, allowed) in enumerate(case.talks):
        shut = kept[one] | kept[other]
        free = [starts[step] for step in allowed if shut.isdisjoint(range(step, step + length))]
        talks.append(Talk(number, one, other, length, free))
    rooms = [Room(number, busy) for number, busy in enumerate(case.room_busy)]
    people = [Person(number) for number in range(len(case.people))]
    config = SolverConfig(
        solution_class=Schedule,
        entity_class_list=[Talk],
        random_seed=1,
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(clock.left()))),
    )
    found = SolverFactory.create(config).build_solver().solve(Schedule(rooms, people, talks))
    print(found.score, file=sys.stderr)
    if found.score.hard_score == 0:
        write(sys.argv[2], case, [talk.start.step for talk in found.talks], windows, 0, clock.spent())


main()
