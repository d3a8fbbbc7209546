"""How a schedule begins: what is fixed, and the sessions; and the order in which talks are then given their places."""

from collections.abc import Iterable, Mapping, Sequence

from scheduler.core.plans.grid import steps_of
from scheduler.solver.instance import Instance
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule


def opened(instance: Instance, windows: Sequence[int] | None = None) -> Schedule:
    """A schedule with everything that is fixed and every session that has a window left, the latest ones first.

    Late sessions are in nobody's way: talks are to be over soon. `windows` are starts for the first of the sessions that were
    found before; the others get none then.
    """
    schedule = Schedule(instance)
    for t in fixed(instance):
        mask = schedule.open_starts(t, -1)
        chosen = schedule.choose(t, mask.bit_length() - 1) if mask else None
        if chosen is not None:
            schedule.place(t, mask.bit_length() - 1, chosen)
    if windows is None:
        _Seating(schedule).seat(list(instance.sessions))
    else:
        for t, start in zip(instance.sessions, windows, strict=False):
            if start >= 0 and schedule.open_starts(t, 1 << start):
                schedule.place(t, start)
    return schedule


def keep(schedule: Schedule, staying: Mapping[int, int]) -> list[int]:
    """Place the talks that stay, each at its start, as far as they fit side by side; the talks without a place are returned."""
    left = []
    for t in range(schedule.instance.talk_count):
        if schedule.start[t] >= 0:
            continue
        start = staying.get(t)
        if start is not None and schedule.open_starts(t, 1 << start):
            chosen = schedule.choose(t, start)
            if chosen is not None:
                schedule.place(t, start, chosen)
                continue
        left.append(t)
    return left


def fixed(instance: Instance) -> list[int]:
    """The talks that stay where they are."""
    return [t for t, talk in enumerate(instance.problem.talks) if talk.fixed]


def pinned(instance: Instance) -> frozenset[int]:
    """What no other talk may push away."""
    return frozenset([*fixed(instance), *instance.sessions])


def by_need(instance: Instance, talks: Iterable[int], horizon: int) -> list[int]:
    """Long talks first, then those of people with the least time to spare; else in the order of the problem."""
    within = (1 << horizon) - 1
    need = [sum(instance.length[t] for t in talks_of) for talks_of in instance.talks_of]
    spare = [needed / max(1, (free & within).bit_count()) for needed, free in zip(need, instance.free, strict=True)]
    tightest = {t: max((spare[p] for p in instance.people[t]), default=0.0) for t in talks}
    return sorted(tightest, key=lambda t: (-instance.length[t], -tightest[t], t))


class _Seating:
    """Tries the windows of the sessions, latest first, until all have one or too much was tried."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule, self.tries = schedule, 0

    def seat(self, sessions: list[int]) -> bool:
        """Whether all these sessions could be placed; what could be stays placed where not all could."""
        if not sessions:
            return True
        first, rest = sessions[0], sessions[1:]
        starts = steps_of(self.schedule.open_starts(first, -1))
        for start in reversed(starts):
            self.tries += 1
            self.schedule.place(first, start)
            if self.seat(rest) or self.tries > PARAMETERS.counting.max_seatings:
                return True
            self._unseat([first, *rest])
        if starts:
            self.schedule.place(first, starts[-1])
        self.seat(rest)
        return False

    def _unseat(self, sessions: list[int]) -> None:
        for t in sessions:
            if self.schedule.start[t] >= 0:
                self.schedule.remove(t)
