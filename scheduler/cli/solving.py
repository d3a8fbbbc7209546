"""solve: the planner on a problem file. It asks no database."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType

import click

from scheduler import wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.files import Target, read_json
from scheduler.cli.parsing import SECONDS, SEED
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import TOGETHER, Plan, PlanStatus, Repair, Unplaced, together
from scheduler.core.plans.problems import Goal, PlanProblem, text_of
from scheduler.documents import plans, problems
from scheduler.solver.watch import Progress, Watch
from scheduler.wording.plan_findings import goal_text
from scheduler.wording.plan_reasons import repair_text
from scheduler.wording.texts import within

MAX_LINES = 200
"""Of talks without a place that are told one by one on the terminal; the file has them all."""


@click.command("solve", cls=Command, help="求解排期问题文件")
@click.argument("problem", metavar="PROBLEM.json")
@option("-o", "--output", metavar="PLAN.json", default=None, help="方案写到哪里")
@option("--seconds", type=SECONDS, default=30.0, help="最多几秒（缺省：30）")
@option("--seed", type=SEED, default=1, help="同一种子，同一方案（缺省：1）")
@click.pass_obj
def solve(call: Call, problem: str, output: str | None, seconds: float, seed: int) -> int:
    """Solve a problem file; interrupted, the best plan so far is the answer."""
    watch = Watch(seconds)
    target = Target.of(output, call, apart_from=problem) if output else None
    with _uncollected():
        plan_problem = read_json(problem, problems.read)
        with _stopped_by_signals(watch):
            plan = _solved(call, plan_problem, seed, watch)
            document = plans.document(plan, partial(_sentence, call))
            if target:
                _write(call, target, document)
    call.answer(document, lambda: _summary(call, plan_problem, plan, output))
    return 1 if plan.status is PlanStatus.IMPOSSIBLE else 0


def _solved(call: Call, plan_problem: PlanProblem, seed: int, watch: Watch) -> Plan:
    """The plan, with news about it on standard error."""
    from scheduler.solver.solve import solve as run

    def tell(news: Progress) -> None:
        with suppress(OSError):  # nobody may be listening; the plan is wanted all the same
            printing.note(_news(call, plan_problem, news))

    return run(plan_problem, seed=seed, watch=watch, tell=tell)


def _sentence(call: Call, told: Finding | Repair) -> str:
    """A reason or a repair as a sentence; names are ids here."""
    if isinstance(told, Repair):
        return repair_text(told, lang=call.lang)
    return wording.text(told, call.lang)


def _write(call: Call, target: Target, document: Mapping[str, object]) -> None:
    """Write the plan file. Raises Misused when it cannot be, a full disk for one."""
    try:
        target.write(plans.text(document))
    except OSError as error:
        raise Misused(call.say("无法写入 %(path)s：%(strerror)s", path=target.path, strerror=error.strerror)) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """While inside, no garbage is looked for: going through a million objects again and again takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _stopped_by_signals(watch: Watch) -> Iterator[None]:
    """While inside, Ctrl-C and `kill` end the search early instead of the command."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        watch.stop()

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may hear signals
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _news(call: Call, plan_problem: PlanProblem, news: Progress) -> str:
    """One line of progress."""
    parts = [
        call.say(
            "%(seconds)s 秒  已排 %(placed)s/%(of)s", seconds=f"{news.seconds:.1f}", placed=news.placed, of=news.of
        )
    ]
    for goal in plan_problem.goals:
        if goal in news.values and goal is not Goal.UNPLACED:
            bound = f" (≥ {news.bounds[goal]})" if goal in news.bounds else ""
            parts.append(f"{goal_text(goal, call.lang)} {news.values[goal]}{bound}")
    return "  ".join(parts)


def _summary(call: Call, plan_problem: PlanProblem, plan: Plan, output: str | None) -> Iterator[str]:
    """How good the plan is, what has no place, and where everything is unless that was written to a file."""
    yield _headline(call, plan_problem, plan)
    if plan.binding:
        yield wording.text(plan.binding, call.lang)
    yield ""
    yield from printing.table(
        call.heads("目标 | 值 | 下限"),
        [(goal_text(goal, call.lang), value, plan.bounds.get(goal)) for goal, value in plan.values.items()],
    )
    for talk in (*plan.sessions_left, *plan.unplaced[:MAX_LINES]):
        yield from _unplaced(call, talk)
    if len(plan.unplaced) > MAX_LINES:
        yield call.say("…… 另有 %(count)s 次", count=len(plan.unplaced) - MAX_LINES)
    if joint := together(repair for talk in (*plan.sessions_left, *plan.unplaced) for repair in talk.repairs):
        yield f"⇒ {_sentence(call, joint)}"
    yield ""
    if output:
        yield call.say("方案已写入 %(output)s。", output=output)
    else:
        yield from _places(call, plan)


def _headline(call: Call, plan_problem: PlanProblem, plan: Plan) -> str:
    count, of, seconds = len(plan.placements), len(plan_problem.talks), f"{plan.seconds:.1f}"
    match plan.status:
        case PlanStatus.OPTIMAL:
            return call.say("最优：%(of)s 次谈话全部排定，不可能更好（%(seconds)s 秒）。", of=of, seconds=seconds)
        case PlanStatus.FEASIBLE:
            return call.say(
                "可行：排定 %(count)s/%(of)s 次谈话，尚未证明最优（%(seconds)s 秒）。",
                count=count,
                of=of,
                seconds=seconds,
            )
        case PlanStatus.IMPOSSIBLE:
            return call.say(
                "不可能全部排定：此方案排定 %(count)s/%(of)s 次谈话（%(seconds)s 秒）。",
                count=count,
                of=of,
                seconds=seconds,
            )


def _unplaced(call: Call, talk: Unplaced) -> Iterator[str]:
    """A talk without a place, why, and what would help."""
    reasons = call.say(within("list", "；")).join(_sentence(call, reason) for reason in talk.reasons)
    if reasons:
        yield call.say("未排 %(talk)s：%(reasons)s", talk=talk.talk, reasons=reasons)
    else:
        yield call.say("未排 %(talk)s", talk=talk.talk)
    yield from (f"  → {_sentence(call, repair)}" for repair in talk.repairs if repair.kind != TOGETHER)


def _places(call: Call, plan: Plan) -> list[str]:
    """Where everything is, by time."""
    rows = [(p.start, p.talk, p.room, call.joined(p.people)) for p in plan.placements]
    rows += [(p.start, p.session, p.room, "") for p in plan.sessions]
    rows.sort(key=lambda row: (row[0], row[1]))
    head = call.heads("开始 | 谈话 | 场地 | 人员")
    return printing.table(head, [(text_of(start), *rest) for start, *rest in rows])
