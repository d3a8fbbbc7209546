"""Reasons of the solver made sharper for people: which room, which pool, and who of those who are never free together is the one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.core.arranging.calendar import PlanCalendar
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.grid import Grid
from scheduler.core.plans.placements import Plan, Repair
from scheduler.core.plans.problems import MINUTES_A_DAY, PlanProblem, ProblemTalk, Stretch, moment_of, wall

ROOMS_FULL, NEVER_FREE = "rooms_full", ("never_free_together", "no_room_free")
"""The kinds that can be told more precisely; the others than the first become `pair_never_free`, `never_free_with_any` or `rooms_taken_then`."""

ORDERS = {"order_too_late": "people_too_late", "order_too_early": "people_too_early"}
"""The kinds that name talks, which people know by who is in them."""
DROP_ORDER = "drop_order"


def with_causes(problem: PlanProblem, plan: Plan) -> Plan:
    """The same plan, its reasons and what binds it told by name and with both numbers."""
    if not plan.binding and not any(talk.reasons or talk.repairs for talk in plan.unplaced):
        return plan
    causes = _Causes(problem)
    return replace(
        plan,
        unplaced=tuple(
            replace(
                talk, reasons=tuple(map(causes.sharper, talk.reasons)), repairs=tuple(map(causes.named, talk.repairs))
            )
            for talk in plan.unplaced
        ),
        binding=causes.sharper(plan.binding) if plan.binding else None,
    )


@dataclass(frozen=True, slots=True)
class _Short:
    """Who has how much free time for a talk."""

    who: tuple[str, ...]
    """One person, or a pool of which one is enough."""
    free: int
    """In grid steps."""


class _Causes:
    """Looks single reasons up in the problem."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.talks = {talk.id: talk for talk in problem.talks}
        self.rooms = tuple(room.id for room in problem.rooms)
        busy = {person.id: person.busy for person in problem.people}
        self.calendar = PlanCalendar(Grid.of(problem), problem.days, busy)

    def sharper(self, finding: Finding) -> Finding:
        """A reason as precise as the problem allows."""
        if finding.kind == ROOMS_FULL:
            return replace(
                finding, subject=finding.subject or self.rooms[0], details={"rooms": self.rooms, **finding.details}
            )
        if finding.kind in ORDERS:
            return replace(finding, kind=ORDERS[finding.kind], details=self._with_people(finding.details))
        talk = self.talks.get(str(finding.details.get("talk")))
        return self._never_free(finding, talk) if finding.kind in NEVER_FREE and talk else finding

    def named(self, repair: Repair) -> Repair:
        """A repair that names people where it names talks."""
        if repair.kind != DROP_ORDER:
            return repair
        return replace(repair, kind="drop_order_of", details=self._with_people(repair.details))

    def _with_people(self, details: Mapping[str, object]) -> dict[str, object]:
        """Details of an order, with the people of the talks that come before or after."""
        others = details.get("after", details.get("before"))
        names = others if isinstance(others, (tuple, list)) else ()
        people = dict.fromkeys(person for name in names for person in self.talks[str(name)].people)
        return {**details, "other_people": tuple(people)}

    def _never_free(self, finding: Finding, talk: ProblemTalk) -> Finding:
        """Whether it is the people or the rooms; and of the people who has the least time."""
        window = self._window(finding, talk)
        length = self.problem.steps(talk.minutes)
        pool = tuple(dict.fromkeys(person for members in talk.any_of for person in members))
        details = {**finding.details, "needed": length, "minutes": self.problem.grid_minutes}
        if self.calendar.common_starts(talk.people, pool, length, window):
            free = sum(self._steps(self._room_free(room), window) for room in self.rooms)
            return Finding("rooms_taken_then", self.rooms[0], {**details, "rooms": self.rooms, "free": free})
        short = [_Short((person,), self._steps(self.calendar.free(person), window)) for person in talk.people]
        if pool:
            anybody = 0
            for person in pool:
                anybody |= self.calendar.free(person)
            short.append(_Short(pool, self._steps(anybody, window)))
        least = min(short, key=lambda group: group.free)
        details |= {"pool_people": pool, "tightest": least.who, "free": least.free}
        if pool:
            return Finding("never_free_with_any", talk.people[0], details)
        return Finding("pair_never_free", least.who[0], details)

    def _window(self, finding: Finding, talk: ProblemTalk) -> Stretch:
        """When the talk could have been, as far as the reason looks."""
        grid = self.calendar.grid
        opens = talk.earliest if talk.earliest is not None else grid.starts[0]
        closes = talk.latest if talk.latest is not None else wall(self.problem.days[-1], MINUTES_A_DAY)
        until = finding.details.get("until")
        return opens, min(closes, moment_of(until)) if isinstance(until, str) else closes

    def _room_free(self, room: str) -> int:
        """The steps a room is not busy in."""
        (busy,) = (other.busy for other in self.problem.rooms if other.id == room)
        return self.calendar.grid.all & ~self.calendar.grid.touched(busy)

    def _steps(self, mask: int, window: Stretch) -> int:
        """How many of these steps lie within a window."""
        return (mask & self.calendar.starts(1, window)).bit_count()
