"""A schedule as the plan that it is, and what it reaches."""

from scheduler.core.plans import values as plan_values
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, SessionPlacement
from scheduler.core.plans.problems import Goal, Wall
from scheduler.solver.instance import Instance
from scheduler.solver.schedule import Schedule


def plan(instance: Instance, schedule: Schedule, status: PlanStatus) -> Plan:
    """The plan of a schedule, with what it reaches in the goals asked for."""
    problem, grid = instance.problem, instance.grid
    rooms = schedule.rooms.room_of()
    people = problem.people

    def room(t: int) -> str | None:
        return problem.rooms[rooms[t]].id if t in rooms else None

    result = Plan(
        status,
        tuple(
            Placement(
                talk.id,
                grid.starts[schedule.start[t]],
                room(t),
                (*talk.people, *(people[p].id for p in schedule.chosen.get(t, ()))),
            )
            for t, talk in enumerate(problem.talks)
            if schedule.start[t] >= 0
        ),
        tuple(
            SessionPlacement(instance.id_of(t), grid.starts[schedule.start[t]], room(t))
            for t in instance.sessions
            if schedule.start[t] >= 0
        ),
    )
    values = plan_values.values(problem, result, (Goal.UNPLACED, *problem.goals))
    return Plan(result.status, result.placements, result.sessions, values=values)


def schedule(instance: Instance, plan: Plan) -> Schedule:
    """The schedule of a plan, as far as it fits into an instance of the same talks or more."""
    placed = Schedule(instance)
    number = {instance.id_of(t): t for t in range(instance.talk_count)}
    sessions = {instance.id_of(t): t for t in instance.sessions}
    person = {member.id: p for p, member in enumerate(instance.problem.people)}
    room = {place.id: r for r, place in enumerate(instance.problem.rooms)}
    for session in plan.sessions:
        _put(placed, sessions[session.session], session.start, (), room.get(session.room or ""))
    for placement in plan.placements:
        t = number[placement.talk]
        chosen = tuple(person[name] for name in placement.people if person[name] not in instance.people[t])
        _put(placed, t, placement.start, chosen, room.get(placement.room or ""))
    return placed


def _put(schedule: Schedule, t: int, moment: Wall, chosen: tuple[int, ...], room: int | None) -> None:
    """Place a talk if it fits."""
    step = schedule.instance.grid.step_at[moment]
    bits = ((1 << schedule.instance.length[t]) - 1) << step
    if schedule.open_starts(t, 1 << step) and all(schedule.is_free(p, bits) for p in chosen):
        schedule.place(t, step, chosen, None if schedule.instance.are_rooms_alike else room)


def makespan(instance: Instance, schedule: Schedule) -> int:
    """The step by which the last talk is over."""
    return max(
        (schedule.start[t] + instance.length[t] for t in range(instance.talk_count) if schedule.start[t] >= 0),
        default=0,
    )


def moved(instance: Instance, schedule: Schedule) -> int:
    """How many talks have another start than today."""
    return sum(
        1
        for t in range(instance.talk_count)
        if schedule.start[t] >= 0 and instance.current[t] not in (None, schedule.start[t])
    )


def soonest_by_existing(instance: Instance, most: int) -> int:
    """A horizon before which more than `most` standing talks would have to move: that of the last but `most`."""
    ends = sorted(
        current + instance.length[t]
        for t, current in enumerate(instance.current)
        if current is not None and current >= 0
    )
    return ends[-most - 1] if len(ends) > most else 0
