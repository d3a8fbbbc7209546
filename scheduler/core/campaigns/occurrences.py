"""Occurrences: what befalls a person and event rules react to (an award, a transfer …). Seen by organizers and the two people only."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.ids import PersonId

SYNONYMS: Mapping[str, str] = {
    "award": "表彰 受表彰 获奖 奖励 记功 立功 commendation commended prize honour honor",
    "discipline": "处分 受处分 处罚 受到处罚 punishment sanction disciplined",
    "difficulty": "困难 生活困难 家庭困难 hardship difficulties",
    "setback": "挫折 受挫 failure",
    "family_change": "家庭变化 家庭发生变故 family",
    "illness": "生病 患病 住院 患病住院 重病 大病 sick ill sickness hospital disease",
    "bereavement": "丧事 亲人去世 家属去世 直系亲属去世 丧亲 funeral death",
    "dispute": "矛盾 分歧 意见分歧 闹矛盾 纠纷 conflict quarrel disagreement",
    "appraisal": "考察 考核 年度考核 assessment evaluation",
    "democratic_review": "评议 民主评议党员 review",
    "complaint": "反映 信访 举报 投诉 不良反映 群众有反映 petition complaints",
    "appointment": "任职 新任 任命 提拔 晋升 提任 promotion promoted appointed",
    "transfer": "调动 调整 调岗 轮岗 岗位变动 岗位变化 工作调动 职务变动 transferred rotation",
    "leaving_post": "离职 免职 卸任 离岗 leaving left resignation resigned",
    "retirement": "退休谈话 retired retire",
    "wavering": "思想偏差 思想出现偏差 思想情绪波动 思想动态",
    "violation": "违纪 违章 违规 breach",
    "accident": "事故 安全事故",
    "task_unmet": "任务未完成 完不成任务 完不成工作任务 未完成工作任务",
    "low_mood": "情绪 情绪波动 情绪不稳 情绪异常 depressed",
    "joined": "新入职 入职谈话 新进 新进人员 新进职工 报到 join onboarding hired",
}
"""The kinds that the house knows, and what else offices call them; the page's own words come on top."""
_BETWEEN_WORDS = re.compile(r"[\s_\-·、]+")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something of a `kind` (a word of the rule files) that befell `person` on `day`."""

    id: int
    kind: str
    person: PersonId
    day: date
    partner: PersonId | None = None
    """Who was chosen to talk with them; None: whoever the rules lead to."""


def kinds_by_word(own: Iterable[str], labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every word that occurrences are entered with, and the kind it means: a rule file's own word means itself.

    `labels`: each kind with what a page calls it. Earlier words hold: own ones, ours, the page's, other ones.
    """
    kinds = (*own, *SYNONYMS)
    spoken = [*((kind, kind) for kind in kinds), *labels]
    spoken += [(kind, word) for kind, words in SYNONYMS.items() for word in words.split()]
    return {folded(word): kind for kind, word in reversed(spoken)}


def kind_meant(text: str, kinds: Mapping[str, str]) -> str | None:
    """The kind that a text means; `受到表彰 award` means what either half does; None if nobody knows."""
    meanings = (kinds.get(folded(word)) for word in (text, *text.split()))
    return next((kind for kind in meanings if kind), None)


def folded(word: str) -> str:
    """A word as it is looked up: width, capitals and what stands between its parts do not matter."""
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", word).casefold())
