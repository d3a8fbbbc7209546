"""The hard rules about when talks and sessions are, each from its definition."""

from collections import Counter
from collections.abc import Iterator

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.case import Case, Rule
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import MINUTES_A_DAY, PlanProblem, Wall


def every_talk_once(case: Case) -> Iterator[Finding]:
    """Each talk has one place, or is said once to have none; nothing else is placed."""
    expected = {talk.id for talk in case.problem.talks}
    placed_ids = [placement.talk for placement in case.plan.placements]
    left_out = [listed.talk for listed in case.plan.unplaced]
    if len(placed_ids) + len(left_out) == len(expected) and {*placed_ids, *left_out} == expected:
        return  # as many as there are, and all of them
    placed, unplaced = Counter(placed_ids), Counter(left_out)
    for name in sorted((placed.keys() | unplaced.keys()) - expected):
        yield Finding("talk_unknown", name)
    for talk in case.problem.talks:
        times = placed[talk.id], unplaced[talk.id]
        if times not in ((1, 0), (0, 1)):
            yield Finding(_not_once(*times), talk.id)


def _not_once(placed: int, unplaced: int) -> str:
    """What is wrong with a talk that does not stand in the plan once."""
    if placed and unplaced:
        return "talk_placed_and_unplaced"
    return "talk_twice" if placed or unplaced else "talk_missing"


def every_session_once(case: Case) -> Iterator[Finding]:
    """Each session has one place; only where not everything can be placed, a session may have none."""
    placed = Counter([placement.session for placement in case.plan.sessions])
    for name in sorted(placed.keys() - {session.id for session in case.problem.sessions}):
        yield Finding("session_unknown", name)
    for session in case.problem.sessions:
        if placed[session.id] > 1:
            yield Finding("session_twice", session.id)
        elif not placed[session.id] and case.plan.status is not PlanStatus.IMPOSSIBLE:
            yield Finding("session_missing", session.id)


def within_working_time(case: Case) -> Iterator[Finding]:
    """A talk or session starts on the grid, and its steps lie within one working block."""
    closes = _closes(case.problem)
    odd = [(talk.id, stretch) for talk, _, stretch in case.rows if closes.get(stretch[0], 0) < stretch[1]]
    odd += [(session.id, stretch) for session, _, stretch in case.sessions if closes.get(stretch[0], 0) < stretch[1]]
    days = {day.toordinal() for day in case.problem.days} if odd else set()
    for name, (start, end) in odd:
        if start // MINUTES_A_DAY in days and _is_inside(case.problem, start, end):
            yield Finding("off_grid", name, {"start": start, "grid": case.problem.grid_minutes})
        else:
            yield Finding("outside_blocks", name, {"start": start, "end": end})


def _is_inside(problem: PlanProblem, start: Wall, end: Wall) -> bool:
    """Whether a stretch lies within one block of its day."""
    midnight = start // MINUTES_A_DAY * MINUTES_A_DAY
    return any(midnight + opens <= start and end <= midnight + shuts for opens, shuts in problem.blocks)


def _closes(problem: PlanProblem) -> dict[Wall, Wall]:
    """For each moment at which a step starts, when its block is over."""
    grid = problem.grid_minutes
    return {
        Wall(day.toordinal() * MINUTES_A_DAY + minute): Wall(day.toordinal() * MINUTES_A_DAY + end)
        for day in problem.days
        for start, end in problem.blocks
        for minute in range(start, end - grid + 1, grid)
    }


def not_before_earliest(case: Case) -> Iterator[Finding]:
    """A talk starts not before its earliest start."""
    for talk, placement, _ in case.limited:
        if talk.earliest is not None and placement.start < talk.earliest:
            yield Finding("too_early", talk.id, {"start": placement.start, "earliest": talk.earliest})


def not_after_latest(case: Case) -> Iterator[Finding]:
    """A talk is over by its latest end."""
    for talk, _, (_, end) in case.limited:
        if talk.latest is not None and end > talk.latest:
            yield Finding("too_late", talk.id, {"end": end, "latest": talk.latest})


def in_order(case: Case) -> Iterator[Finding]:
    """A talk starts when those it waits for are over, as far as they have a place."""
    waiting = [(talk, placement.start) for talk, placement, _ in case.limited if talk.after]
    if not waiting:
        return
    ends = {talk.id: end for talk, _, (_, end) in case.rows}
    for talk, start in waiting:
        for other in talk.after:
            if other in ends and ends[other] > start:
                yield Finding("out_of_order", talk.id, {"start": start, "after": other, "end": ends[other]})


def fixed_stay(case: Case) -> Iterator[Finding]:
    """What is fixed keeps its start, and its room if one is named."""
    for talk, placement, _ in case.limited:
        if talk.fixed is None:
            continue
        if placement.start != talk.fixed.start:
            yield Finding("fixed_moved", talk.id, {"start": placement.start, "asked_start": talk.fixed.start})
        if talk.fixed.room is not None and placement.room != talk.fixed.room:
            yield Finding("fixed_room_changed", talk.id, {"room": placement.room, "asked_room": talk.fixed.room})


def in_a_window(case: Case) -> Iterator[Finding]:
    """A session starts at one of the starts it may have."""
    for session, placement, _ in case.sessions:
        if placement.start not in session.windows:
            yield Finding("outside_windows", session.id, {"start": placement.start})


RULES: tuple[Rule, ...] = (
    every_talk_once,
    every_session_once,
    within_working_time,
    not_before_earliest,
    not_after_latest,
    in_order,
    fixed_stay,
    in_a_window,
)
