"""Small problems of every kind, drawn with dice."""

from random import Random

from scheduler.core.plans.occupancy import are_met
from scheduler.core.plans.problems import (
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    Stretch,
    TalkPlace,
    Wall,
)
from scheduler.core.plans.values import step_starts
from tests.problems import a_problem

BLOCKS = (
    ((480, 660),),
    ((480, 720),),
    ((480, 570), (600, 720)),
    ((480, 540), (540, 600), (840, 930)),
    ((480, 510), (600, 630), (700, 765)),
    ((660, 780),),
)
GOALS = (
    (Goal.UNPLACED, Goal.MAKESPAN),
    (Goal.UNPLACED, Goal.MOVED),
    (Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN),
    (Goal.UNPLACED, Goal.MAKESPAN, Goal.MOVED),
    (Goal.UNPLACED, Goal.BREAKS),
    (Goal.UNPLACED, Goal.MAKESPAN, Goal.BREAKS),
    (Goal.UNPLACED, Goal.MOVED, Goal.BREAKS),
    (Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN, Goal.BREAKS),
    (Goal.UNPLACED,),
    (Goal.MAKESPAN,),
)
GRID = 30


def any_problem(dice: Random, most_talks: int = 4) -> PlanProblem:
    """A problem of up to so many talks, with anything that a problem may have."""
    return _Drawing(dice).problem(most_talks)


class _Drawing:
    """Throws the dice."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.blocks = dice.choice(BLOCKS)
        self.days = dice.choice((1, 1, 2))
        bare = a_problem(days=self.days, blocks=self.blocks, grid=GRID)
        self.starts = step_starts(bare)
        self.names = "abcd"[: dice.randint(1, 4)]
        self.rooms = tuple(self._room(f"R{r}") for r in range(dice.choice((0, 1, 1, 2, 2))))

    def problem(self, most_talks: int) -> PlanProblem:
        """All together."""
        dice = self.dice
        talks = tuple(self._talk(n) for n in range(dice.randint(0, most_talks)))
        return a_problem(
            *talks,
            people=[self._person(name) for name in self.names],
            rooms=self.rooms,
            sessions=[self._session(n) for n in range(dice.choice((0, 0, 0, 1, 2)))],
            days=self.days,
            blocks=self.blocks,
            grid=GRID,
            goals=dice.choice(GOALS),
            max_break_difference=dice.choice((None, None, None, 0, 1)),
        )

    def _is(self, part: int, of: int) -> bool:
        return self.dice.randrange(of) < part

    def _moment(self) -> Wall:
        """Mostly a step."""
        return Wall(self.dice.choice(self.starts) + self.dice.choice((0, 0, 0, 0, -15, 10, 30)))

    def _busy(self) -> tuple[Stretch, ...]:
        found = []
        for _ in range(self.dice.choice((0, 0, 1, 2))):
            start = self._moment()
            found.append((start, Wall(start + self.dice.choice((15, 30, 30, 60, 120)))))
        return tuple(found)

    def _person(self, name: str) -> ProblemPerson:
        dice = self.dice
        stands = tuple(self._moment() for _ in range(dice.choice((0, 0, 0, 1, 2))))
        most = [dice.choice((None, None, None, 1, 1, 2)), *(dice.choice((None, None, None, None, 1, 2)) for _ in "hw")]
        return ProblemPerson(name, self._busy(), *most, stands)

    def _room(self, name: str) -> ProblemRoom:
        return ProblemRoom(name, self._busy() if self._is(1, 2) else (), self.dice.choice((None, None, None, 1, 2, 3)))

    def _some(self, least: int, most: int) -> tuple[str, ...]:
        count = min(len(self.names), self.dice.randint(least, most))
        return tuple(self.dice.sample(self.names, count))

    def _talk(self, n: int) -> ProblemTalk:
        dice = self.dice
        needs_room = self._is(4, 5)
        people = self._some(1, 2)
        pools = tuple(self._some(1, 3) for _ in range(dice.choice((0, 0, 0, 1, 1, 2))))
        more = [[name for name in pool if name not in people] for pool in pools]
        if not are_met(more, {name for pool in more for name in pool}):
            pools = ()
        room = dice.choice((None, *(one.id for one in self.rooms if (one.capacity or 9) >= len(people) + len(pools))))
        return ProblemTalk(
            f"t{n}",
            people,
            dice.choice((20, 30, 30, 60, 70)),
            pools,
            earliest=self._moment() if self._is(1, 6) else None,
            latest=self._moment() if self._is(1, 6) else None,
            after=tuple(f"t{m}" for m in range(n) if self._is(1, 6)),
            fixed=TalkPlace(dice.choice(self.starts), room if needs_room else None) if self._is(1, 8) else None,
            current=TalkPlace(self._moment(), dice.choice(("R0", None))) if self._is(1, 2) else None,
            priority=dice.choice((1, 1, 1, 0, 2, 5)),
            needs_room=needs_room,
        )

    def _session(self, n: int) -> ProblemSession:
        windows = tuple(self.dice.choice(self.starts) for _ in range(self.dice.randint(1, 3)))
        return ProblemSession(f"s{n}", self._some(1, 3), self.dice.choice((30, 60)), windows, self._is(1, 3))
