"""Runs of the planner and draft plans, in words."""

from collections.abc import Callable

from scheduler.core.ground.findings import Finding

TEXTS = {
    "plan_not_ready": ("排期 {subject} 还没有草案", "Run {subject} has no draft plan yet"),
    "plan_released": ("草案 {subject} 已经发布", "Draft plan {subject} was released already"),
    "plan_discarded": ("草案 {subject} 已经放弃", "Draft plan {subject} was discarded"),
    "not_there_any_more": ("“{subject}”已不存在或已取消", "“{subject}” is not there any more"),
    "held_already": ("{subject} 已经谈过，不再移动", "{subject} was held and is not moved any more"),
}
"""Findings about draft plans; `{subject}` is filled in."""
RUN_STATES = {
    "run:queued": ("等待中", "Queued"),
    "run:running": ("计算中", "Running"),
    "run:done": ("已完成", "Done"),
    "run:failed": ("失败", "Failed"),
    "run:cancelled": ("已停止", "Cancelled"),
}
DRAFT_STATES = {
    "plan:draft": ("草案", "Draft"),
    "plan:released": ("已发布", "Released"),
    "plan:discarded": ("已放弃", "Discarded"),
}
PLAN_STATUSES = {
    "plan:optimal": ("已是最优", "Optimal"),
    "plan:feasible": ("可行，尚未证明最优", "Feasible, not proven to be the best"),
    "plan:impossible": ("无法全部排定", "Not everything can be placed"),
}
RUN_ERRORS = {
    "run:lost": ("后台进程多次中断，没有算完", "The background process was stopped several times before it was done"),
    "run:crashed": ("求解程序意外退出", "The solver ended without an answer"),
    "run:unsound": ("方案没有通过核对，未予保留", "The plan did not pass the check and was not kept"),
    "run:refused": ("所要求的方案、人员或场地已不存在", "A rule set, a person or a room that was asked for is gone"),
}
WORDS = {**RUN_STATES, **DRAFT_STATES, **PLAN_STATUSES, **RUN_ERRORS}
"""What runs and plans are called by their states."""


def _said(kind: str) -> Callable[[Finding, str], str]:
    def say(finding: Finding, lang: str) -> str:
        return TEXTS[kind][0 if lang == "zh" else 1].format(subject=finding.subject)

    return say


SENTENCES: dict[str, Callable[[Finding, str], str]] = {kind: _said(kind) for kind in TEXTS}
