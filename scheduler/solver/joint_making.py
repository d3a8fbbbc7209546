"""What a schedule of a relaxed problem makes use of, as repairs; and the problem with all of these made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from scheduler.core.ground.intervals import Interval
from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.placements import LATER_DAY, Repair
from scheduler.core.plans.problems import (
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    Stretch,
    Wall,
    day_of,
    text_of,
)
from scheduler.solver.instance import Instance
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.remedies import unused
from scheduler.solver.schedule import Held

MORE_TIME_FROM = "more_time_from"
Used = Mapping[tuple[str, int], int]
"""Kind of a repair, and the number of what it is about → how often it is made."""


class Relaxed(Protocol):
    """A problem without all that a repair could do away with."""

    problem: PlanProblem
    """As it is, but with the days that could be added."""
    later_days: list[date]
    within: Instance
    """The same by number."""
    instance: Instance
    """Without the rules."""


class Making:
    """A solution as repairs, and the problem with these made."""

    def __init__(self, relaxed: Relaxed, used: Used, held: Sequence[Held]) -> None:
        self._relaxed, self._used, self._held = relaxed, used, held
        self.problem, self._repairs = relaxed.problem, list[Repair]()
        self.cost = 0
        """Of talks that have to be shorter in any case."""
        later = self._count(LATER_DAY, 0)
        days = len(self.problem.days) - len(relaxed.later_days) + later
        self.problem = replace(self.problem, days=self.problem.days[:days])
        self._people()
        self._rooms()
        if later:
            self._repairs.append(Repair(LATER_DAY, {"day": relaxed.later_days[later - 1]}))
        self.problem = replace(
            self.problem,
            talks=tuple(self._talk(t, talk) for t, talk in enumerate(self.problem.talks)),
            sessions=tuple(map(self._session, range(len(self.problem.sessions)))),
        )
        self.repairs = tuple(replace(repair, is_verified=True) for repair in self._repairs)

    def _count(self, kind: str, number: int) -> int:
        return self._used.get((kind, number), 0)

    def _people(self) -> None:
        """Time that people make, and talks more a day."""
        instance, within = self._relaxed.instance, self._relaxed.within
        needed: defaultdict[int, int] = defaultdict(int)
        for t, start, chosen, _ in self._held:
            for p in (*instance.people[t], *chosen):
                needed[p] |= (((1 << instance.length[t]) - 1) << start) & ~within.free[p]
        people = [self._person(p, person, needed[p]) for p, person in enumerate(self.problem.people)]
        self.problem = replace(self.problem, people=tuple(people))

    def _person(self, p: int, person: ProblemPerson, steps: int) -> ProblemPerson:
        """Somebody after their own repairs, who makes time in these steps."""
        instance, busy = self._relaxed.instance, person.busy
        if steps:
            free = [Interval(*_stretch(instance, step)) for step in steps_of(steps)]
            busy = tuple((part.start, part.end) for taken in busy for part in Interval(*taken).without(free))
            self._repairs += _more_time(instance, person.id, steps)
        limit = person.max_talks_per_day
        if limit is not None and (more := self._count("lift_day_maximum", p)):
            limit += more
            self._repairs.append(Repair("lift_day_maximum", {"name": person.id, "limit": limit}))
        return replace(person, busy=busy, max_talks_per_day=limit)

    def _rooms(self) -> None:
        """Rooms more; larger ones, where none of those there are holds what sits in them."""
        count = self._count("more_rooms", 0)
        names, rooms = {room.id for room in self.problem.rooms}, list(self.problem.rooms)
        for _ in range(count):
            rooms.append(ProblemRoom(unused(names)))
            names.add(rooms[-1].id)
        existing, within = len(self.problem.rooms), self._relaxed.within
        sizes = [
            len(within.people[t]) + len(within.pools[t])
            for t, _, _, room in self._held
            if room is not None and room >= existing and within.rooms_for[t] == ()
        ]
        if sizes and count:
            self._repairs.append(Repair("larger_rooms", {"count": count, "size": max(sizes)}))
        elif count:
            self._repairs.append(Repair("more_rooms", {"count": count}))
        self.problem = replace(self.problem, rooms=tuple(rooms))

    def _talk(self, t: int, talk: ProblemTalk) -> ProblemTalk:
        """A talk after its own repairs."""
        said = {"talk": talk.id, "people": talk.people}
        minutes = self._relaxed.instance.problem.talks[t].minutes
        if minutes < talk.minutes:
            self._repairs.append(Repair("shorten_of", {**said, "minutes": minutes}))
            self.cost += PARAMETERS.joint.shorten * (talk.minutes - minutes)
            talk = replace(talk, minutes=minutes)
        if self._count("later_end", t):
            grid, instance = self._relaxed.within.grid, self._relaxed.instance
            end = Wall(grid.starts[self._held[t][1]] + instance.length[t] * grid.minutes)
            self._repairs.append(Repair("later_end_of", {**said, "until": text_of(end)}))
            talk = replace(talk, latest=end)
        if self._count("drop_order", t):
            others = [other for other in self.problem.talks if other.id in talk.after]
            people = tuple(dict.fromkeys(name for other in others for name in other.people))
            self._repairs.append(Repair("drop_order_for", {**said, "after": talk.after, "other_people": people}))
            talk = replace(talk, after=())
        if self._count("unfix", t):
            self._repairs.append(Repair("unfix_of", said))
            talk = replace(talk, fixed=None)
        return talk

    def _session(self, number: int) -> ProblemSession:
        """A session, in another window if it needs one."""
        session = self.problem.sessions[number]
        t = self._relaxed.instance.talk_count + number
        if not self._count("other_window", t):
            return session
        start = self._relaxed.within.grid.starts[self._held[t][1]]
        self._repairs.append(Repair("other_window", {"session": session.id, "start": text_of(start)}))
        return replace(session, windows=(start,))


def _stretch(instance: Instance, step: int) -> Stretch:
    moment = instance.grid.starts[step]
    return moment, Wall(moment + instance.grid.minutes)


def _more_time(instance: Instance, name: str, steps: int) -> list[Repair]:
    """Time of a person, a sentence for each stretch of it."""
    repairs, blocks = [], instance.grid.blocks
    for block in blocks:
        inside = steps & ((1 << block.last) - (1 << block.first))
        while inside:
            first = (inside & -inside).bit_length() - 1
            count = (~(inside >> first) & -~(inside >> first)).bit_length() - 1
            inside &= ~(((1 << count) - 1) << first)
            start = instance.grid.starts[first]
            details = {
                "name": name,
                "day": day_of(start),
                "time": text_of(start)[-5:],
                "minutes": count * instance.grid.minutes,
            }
            repairs.append(Repair(MORE_TIME_FROM, details))
    return repairs
