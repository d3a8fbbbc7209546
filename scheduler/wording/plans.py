"""Runs of the planner and draft plans, in words."""

from collections.abc import Callable

from scheduler.core.ground.findings import Finding
from scheduler.wording.texts import say, words

TEXTS = {
    "plan_not_ready": "排期 %(subject)s 还没有草案",
    "plan_released": "草案 %(subject)s 已经发布",
    "plan_discarded": "草案 %(subject)s 已经放弃",
    "not_there_any_more": "“%(subject)s”已不存在或已取消",
    "held_already": "%(subject)s 已经谈过，不再移动",
}
"""Findings about draft plans."""
RUN_STATES = words(
    "run",
    {
        "run:queued": "等待中",
        "run:running": "计算中",
        "run:done": "已完成",
        "run:failed": "失败",
        "run:cancelled": "已停止",
    },
)
DRAFT_STATES = words("draft", {"plan:draft": "草案", "plan:released": "已发布", "plan:discarded": "已放弃"})
PLAN_STATUSES = words(
    "plan", {"plan:optimal": "已是最优", "plan:feasible": "可行，尚未证明最优", "plan:impossible": "无法全部排定"}
)
RUN_ERRORS = words(
    "run error",
    {
        "run:lost": "后台进程多次中断，没有算完",
        "run:crashed": "求解程序意外退出",
        "run:unsound": "方案没有通过核对，未予保留",
        "run:refused": "所要求的方案、人员或场地已不存在",
    },
)
WORDS = {**RUN_STATES, **DRAFT_STATES, **PLAN_STATUSES, **RUN_ERRORS}
"""What runs and plans are called by their states."""


def _sentence(finding: Finding, lang: str) -> str:
    return say(TEXTS[finding.kind], lang, subject=finding.subject)


SENTENCES: dict[str, Callable[[Finding, str], str]] = dict.fromkeys(TEXTS, _sentence)
