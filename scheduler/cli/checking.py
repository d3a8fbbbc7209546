"""check: whether a plan file is sound, looked at without the solver. It asks no database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import click

from scheduler import wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command
from scheduler.cli.files import read_json
from scheduler.core.plans import check as plan_check
from scheduler.documents import plans, problems
from scheduler.wording.plan_findings import goal_text


@click.command("check", cls=Command, help="独立检查排期方案文件")
@click.argument("problem", metavar="PROBLEM.json")
@click.argument("plan", metavar="PLAN.json")
@click.pass_obj
def check(call: Call, problem: str, plan: str) -> int:
    """Check a plan file against a problem file."""
    plan_problem = read_json(problem, problems.read)
    answered = read_json(plan, partial(plans.read, problem=plan_problem))
    findings = plan_check.check(plan_problem, answered)
    values = plan_check.values(plan_problem, answered)

    def lines() -> Iterator[str]:
        for finding in findings:
            yield wording.text(finding, call.lang)
        if findings:
            yield call.say("方案有 %(count)s 处问题。", count=len(findings))
        else:
            count, of = len(answered.placements), len(plan_problem.talks)
            yield call.say("方案没有问题，排定 %(count)s/%(of)s 次谈话。", count=count, of=of)
        yield ""
        yield from printing.table(
            call.heads("目标 | 值"), [(goal_text(goal, call.lang), value) for goal, value in values.items()]
        )

    document = {
        "ok": not findings,
        # As `shapes.ground.FindingModel` has it, which wakes Pydantic: a check is quicker without.
        "findings": [{"kind": f.kind, "subject": f.subject, "text": wording.text(f, call.lang)} for f in findings],
        "values": {str(goal): value for goal, value in values.items()},
    }
    call.answer(document, lines)
    return 1 if findings else 0
