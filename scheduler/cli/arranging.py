"""arrange: everything that is still open, placed at once, or the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.coverage import AS_OF_HELP, RULE_SET_HELP
from scheduler.cli.parsing import ADAY, MINUTES, WORDS
from scheduler.core.arranging.options import MAX_SECONDS, MAX_SEED, MAX_TALKS_A_DAY, MAX_TALKS_A_WEEK
from scheduler.core.ground.ids import RoomId, RuleSetId
from scheduler.core.plans.placements import TOGETHER, Plan, PlanStatus, Unplaced, together
from scheduler.core.plans.problems import PlanProblem
from scheduler.services.arranging import problem as service
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging import solving
from scheduler.services.arranging.problem import Arrangement, ArrangeOptions
from scheduler.services.rules import sets as rule_sets
from scheduler.wording.arranging import reason_text, repair_text
from scheduler.wording.readers import local, names

if TYPE_CHECKING:
    from scheduler.solver.watch import Progress

DONE, NOT_ALL = 0, 1
DEFAULTS = ArrangeOptions()


@click.command("arrange", cls=Command, help="把尚未安排的必谈谈话一次排好，排不下的说明原因（不写入日程）")
@option("--rule-set", default=None, help=RULE_SET_HELP)
@option("--as-of", type=ADAY, default=None, help=AS_OF_HELP)
@option("--from", "first", type=ADAY, default=None, help="从哪天排起（缺省：提前通知的时间之后）")
@option("--to", "last", type=ADAY, default=None, help="排到哪天（缺省：窗口期末）")
@option("--grid", type=MINUTES, default=DEFAULTS.grid, help="时间格，分钟（缺省 30）")
@option("--minutes", type=MINUTES, default=DEFAULTS.minutes, help="每次谈话分钟数（缺省 45）")
@option(
    "--max-per-day", "max_talks_per_day", type=click.IntRange(1, MAX_TALKS_A_DAY), default=None,
    help="每人每天最多几次（缺省 3；规则要求一天见更多人的，随规则）",
)  # fmt: skip
@option(
    "--max-per-half-day", "max_talks_per_half_day", type=click.IntRange(1, MAX_TALKS_A_DAY), default=None,
    help="每人每半天最多几次（缺省不限）",
)  # fmt: skip
@option(
    "--max-per-week", "max_talks_per_week", type=click.IntRange(1, MAX_TALKS_A_WEEK), default=None,
    help="每人每周最多几次（缺省不限）",
)  # fmt: skip
@option("--rooms", type=WORDS, default=None, help="只用这些场地（缺省：谈话室）")
@option("--optional", "with_optional", is_flag=True, help="也排选谈")
@option("--fewest-changes", is_flag=True, help="已预约的谈话必要时可改期，改得最少")
@option("--seconds", type=click.IntRange(1, MAX_SECONDS), default=DEFAULTS.seconds, help="最多用时，秒（缺省 20）")
@option("--seed", type=click.IntRange(0, MAX_SEED), default=DEFAULTS.seed, help="随机种子（缺省 1）")
@option("--keep", is_flag=True, help="把结果存为草案")
@click.pass_obj
def arrange(call: Call, /, **said: Any) -> int:
    """Solve in a process of its own, and tell what came of it; with `--keep` it becomes a draft plan."""
    is_kept: bool = said.pop("keep")
    options = _options(said)
    with call.opened() as (session, actor):
        if options.rule_set is None:
            leading = rule_sets.leading(session, call.campaign_on(session, options.as_of), options.as_of, call.clock)
            options = replace(options, rule_set=leading)
        arrangement = service.arrangement(session, actor, options, call.clock)
    plan = service.finished(arrangement, _solved(arrangement.problem, options, call))
    kept = ""
    if is_kept:
        with call.opened() as (session, actor):
            kept = plan_runs.kept(session, actor, arrangement, plan, options, call.clock).id
    call.answer(
        lambda: shapes.arranging.ArrangementModel.kept_as(
            kept, arrangement, plan, call.reader(arrangement.facts.as_of.zone)
        ),
        lambda: _lines(arrangement, plan, kept, call),
    )
    return NOT_ALL if plan.unplaced else DONE


def _options(said: dict[str, Any]) -> ArrangeOptions:
    """The options that were said."""
    rooms: tuple[str, ...] | None = said.pop("rooms")
    rule_set: str | None = said.pop("rule_set")
    options = replace(DEFAULTS, **said)
    return replace(
        options, rule_set=RuleSetId(rule_set) if rule_set else None, rooms=tuple(map(RoomId, rooms)) if rooms else None
    )


# ── Solving ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _solved(problem: PlanProblem, options: ArrangeOptions, call: Call) -> Plan:
    """The planner's answer; the best plan so far when it is interrupted. Progress goes to standard error."""
    if not problem.talks:
        return Plan(PlanStatus.OPTIMAL, values=dict.fromkeys(problem.goals, 0), bounds=dict.fromkeys(problem.goals, 0))
    best = [_nothing(problem)]

    def goes_on(news: Progress | None) -> bool:
        if news:
            best[0] = news.plan or best[0]
            printing.note(_progress(news, call))
        return True

    try:
        outcome = solving.solve(problem, seconds=options.seconds, seed=options.seed, goes_on=goes_on)
    except KeyboardInterrupt:
        return best[0]
    if outcome.ending is solving.Ending.CRASHED:
        printing.note(call.say("求解进程意外结束，以下是此前最好的方案。"))
    return outcome.plan or best[0]


def _nothing(problem: PlanProblem) -> Plan:
    """The plan to begin with: nothing is placed."""
    return Plan(PlanStatus.FEASIBLE, unplaced=tuple(Unplaced(talk.id) for talk in problem.talks))


def _progress(news: Progress, call: Call) -> str:
    return call.say(
        "%(seconds)s 秒  已排 %(placed)s/%(of)s", seconds=f"{news.seconds:.1f}", placed=news.placed, of=news.of
    )


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines(arrangement: Arrangement, plan: Plan, kept: str, call: Call) -> Iterator[str]:
    """How much is placed, where everything goes, what has no place and why."""
    name_of = names(arrangement.facts.roster, arrangement.facts.rooms, call.lang)
    yield call.say("已排 %(placed)s/%(of)s", placed=len(plan.placements), of=arrangement.count)
    if plan.binding:
        yield reason_text(plan.binding, name_of, call.lang)
    if rows := [_row(proposal, arrangement, call) for proposal in service.proposals(arrangement, plan)]:
        yield ""
        yield from printing.table(call.heads("开始 | 分钟 | 场地 | 人员 | 依据 | 变动"), rows)
    for unplaced in plan.unplaced:
        talk = arrangement.talks[unplaced.talk]
        yield ""
        yield call.say(
            "未排：%(people)s  %(rules)s",
            people=call.joined(map(name_of, talk.problem_talk.people)),
            rules=call.joined(talk.rules),
        )
        yield from (f"  {reason_text(reason, name_of, call.lang)}" for reason in unplaced.reasons)
        singles = (repair for repair in unplaced.repairs if repair.kind != TOGETHER)
        yield from (f"  → {repair_text(repair, name_of, call.lang)}" for repair in singles)
    if joint := together(repair for unplaced in plan.unplaced for repair in unplaced.repairs):
        yield f"⇒ {repair_text(joint, name_of, call.lang)}"
    for finding in arrangement.findings:
        yield call.say("注意：%(what)s", what=reason_text(finding, name_of, call.lang))
    if kept:
        yield ""
        yield call.say("已存为草案 %(kept)s，尚未写入日程。", kept=kept)


def _row(proposal: service.Proposal, arrangement: Arrangement, call: Call) -> tuple[object, ...]:
    """A line of the table."""
    name_of = names(arrangement.facts.roster, arrangement.facts.rooms, call.lang)
    change = call.say("改期") if proposal.is_moved else call.say("不变") if proposal.booking else ""
    return (
        local(proposal.start, arrangement.facts.as_of.zone).replace("T", " "),
        proposal.minutes,
        name_of(proposal.room) if proposal.room else "",
        call.joined(map(name_of, proposal.people)),
        call.joined(proposal.rules),
        change,
    )
