"""Posts taken apart: who heads a unit, who acts, who leads the whole; what is a grade and no post."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scheduler.documents.headers import OFFICE

_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_APART = re.compile(r"[、,，;；/\n]|兼任?(?=[\u4e00-\u9fff])| and | & ")
_GRADE = re.compile(
    r"([一二三四]级)?(主任|副主任)?(巡视员|调研员|主任科员|科员|办事员|高级主办|主办)|副?主任科员|[正副]?(部|厅|局|处|科|股)级.*|"
    r".*(主任|副主任)(医|护|药|技)师|.*[一二三四五六七八九十]+级(教师|职员)?|.*(专技|管理)[一二三四五六七八九十]+级"
)
_ACTS = re.compile(r"主持.{0,6}工作|临时负责|主持日常|代理|暂代|负责全面")
_ENGLISH = re.compile(r"[a-z']+")

HEADS = tuple(sorted(OFFICE["heads"], key=len, reverse=True))
NO_POSTS = frozenset(OFFICE["no_posts"])
LEADERSHIP = frozenset(OFFICE["leadership"])
_LEADERSHIP = re.compile(
    r"(?![^退老原]{0,8}[退老原])[\u4e00-\u9fff]{0,8}(领导|班子|领导成员|班子成员|领导干部)|[\u4e00-\u9fff]{0,4}(党组|党委|党政)(成员|班子)?|"
    r"(总经理|总裁|校长|院长|局长|董事长|厂长|行长|园长)室|"
    r"(the )?((executive|senior|corporate|school|college|hospital|company|council) )*(leadership|management)( (team|group|board|committee))?|"
    r"executives?( (office|team|board|committee|group|suite))?|(office of the )?(chief executive|ceo|principal|headteacher|mayor|president)"
    r"( officer)?('?s office)?|directorate|c-suite",
)
_OF_WHOLES = ("总经理", "校长", "院长", "局长", "行长", "厂长", "园长")
"""Posts of the one who leads a whole: of an office or a section in which they stand, it is not plain that they head it."""
_LEADING = tuple(OFFICE["leading_posts"])
_PRINCIPAL = frozenset(OFFICE["principal_posts"])
_FIRST = ("党组书记", "党委书记", "党工委书记", "董事长", "校长", "ceo", "chief executive officer", "chief executive")
_STRONG = ("主任", "部长", "科长", "处长", "所长", "站长", "经理", "总监", "馆长", "队长")
"""Words of heads that make one ask when another unit stands before them and nobody else heads this one."""
_CLASSES = (
    "挂职",
    "兼职",
    "借调",
    "抽调",
    "返聘",
    "劳务派遣",
    "seconded",
    "secondment",
    "part-time",
    "contractor",
    "agency",
)
_BY_UNIT = {
    "科": "科长",
    "处": "处长",
    "局": "局长",
    "所": "所长",
    "站": "站长",
    "组": "组长",
    "院": "院长",
    "庭": "庭长",
    "队": "队长",
    "馆": "馆长",
    "股": "股长",
    "厂": "厂长",
    "园": "园长",
    "团委": "书记",
    "党委": "书记",
    "纪委": "书记",
    "工会": "主席",
    "协会": "会长",
    "学会": "会长",
    "商会": "会长",
    "公司": "总经理",
}


@dataclass(frozen=True, slots=True)
class PostPart:
    """One of the posts that a cell holds."""

    text: str
    """Without brackets."""
    notes: frozenset[str]
    """What stands in its brackets: 兼, 挂职, 主持工作."""


@lru_cache(maxsize=20_000)
def parts(text: str) -> tuple[PostPart, ...]:
    """The posts that a cell holds, each with its notes."""
    whole = unicodedata.normalize("NFKC", text)
    notes = frozenset(note for match in _BRACKET.findall(whole) for note in re.split(r"[,、;\s]+", match) if note)
    bare = _BRACKET.sub("", whole)
    return tuple(PostPart(part.strip(), notes) for part in _APART.split(bare) if part and part.strip())


def is_concurrent(text: str) -> bool:
    """Whether a post is held besides another one: 部长（兼）."""
    return any(note.startswith("兼") and note != "兼职" for part in parts(text) for note in part.notes)


def standing_notes(text: str) -> frozenset[str]:
    """What sets somebody apart from those who are employed here: 挂职, 兼职, 借调."""
    whole = unicodedata.normalize("NFKC", text)
    return frozenset(word for word in _CLASSES if word in whole.casefold())


def acts(text: str) -> bool:
    """Whether somebody does a head's work without being one: 副部长（主持工作）, 代主任, acting director."""
    whole = unicodedata.normalize("NFKC", text)
    if _ACTS.search(whole) or any(
        note in ("代", "代理", "暂代", "主持") for part in parts(text) for note in part.notes
    ):
        return True
    if re.search(r"(^|[^时])代(主任|部长|科长|处长|局长|所长|经理|校长|院长)", whole):
        return True
    return any(word in OFFICE["acting_english"] for word in _ENGLISH.findall(whole.casefold()))


@lru_cache(maxsize=20_000)
def head_weight(text: str, unit: str) -> int:
    """How surely a post is that of the unit's head: 3 its own word, 2 any head's word, 1 perhaps; 0 it is not."""
    if acts(text):
        return 0
    return max((_weight(part.text, unit) for part in parts(text)), default=0)


def _weight(post: str, unit: str) -> int:
    if post.isascii():
        return _english_weight(post.casefold(), unit.casefold())
    post = "".join(post.split())
    if post.startswith(("原", "前")) or "副" in post or post in NO_POSTS or _GRADE.fullmatch(post):
        return 0
    word = next((word for word in HEADS if post.endswith(word)), "")
    before = post.removesuffix(word)
    if not word or before.endswith(("副", "助理")):
        return 0
    if before and not _is_of(before, unit):
        return 1 if word in _STRONG and before not in ("支部", "党支部") else 0
    if word in _OF_WHOLES and unit.endswith(("办", "室", "处", "科", "组", "股")):
        return 1
    usual = next(
        (head for end, head in _BY_UNIT.items() if unit.endswith(end)), "部长" if unit.endswith("部") else "主任"
    )
    is_its_own = word == usual or (post.startswith(unit) and post.removeprefix(unit) == word)
    return 3 if is_its_own else 1 if word in ("书记", "主管", "班长", "护士长") else 2


def _is_of(before: str, unit: str) -> bool:
    """Whether the words before a head's word name the unit: 财务部 is in 财务资产部."""
    rest = iter(unit)
    return all(character in rest for character in before) or unit in before


def _english_weight(post: str, unit: str) -> int:
    words = _ENGLISH.findall(post)
    if not words or any(word in OFFICE["deputies_english"] for word in words):
        return 0
    heads = [word for word in words if word in OFFICE["heads_english"]]
    others = [
        w
        for w in words
        if w not in OFFICE["heads_english"] and w not in ("of", "the", "senior", "group", "and", "officer")
    ]
    stems = {word[:4] for word in _ENGLISH.findall(unit)} | {"".join(word[0] for word in _ENGLISH.findall(unit))}
    if not heads:
        return 0
    is_first = heads[0] in ("head", "director", "dean", "chief", "principal", "superintendent")
    if not all(other[:4] in stems or other in stems for other in others):
        return 1 if is_first else 0
    return 3 if is_first else 2


def leads(text: str) -> bool:
    """Whether a post is one of those who lead the whole."""
    return any(
        part.text.casefold() in _LEADING or part.text.casefold() in _PRINCIPAL - {"主任", "主席"}
        for part in parts(text)
    )


def principal(candidates: Iterable[tuple[str, str]]) -> str | None:
    """Who of some (who, post) leads the leaders; None if it cannot be said."""
    several = list(candidates)
    for first in _FIRST:
        named = [who for who, post in several if any(_is_first(part.text.casefold(), first) for part in parts(post))]
        if len(named) == 1:
            return named[0]
    named = [who for who, post in several if any(part.text.casefold() in _PRINCIPAL for part in parts(post))]
    return named[0] if len(named) == 1 else None


def _is_first(post: str, first: str) -> bool:
    """Whether a post is that of the first, with the name of the whole before it or without: 院党委书记; no 机关党委书记."""
    before = post.removesuffix(first)
    return post.endswith(first) and (
        not before or (not before.isascii() and not re.search(r"机关|原|前|副|总支|支部", before))
    )


def is_grade(text: str) -> bool:
    """Whether a cell of posts holds grades only: 二级调研员."""
    return bool(parts(text)) and all(_GRADE.fullmatch(part.text) for part in parts(text))


def is_leadership(unit: str) -> bool:
    """Whether what stands in place of a department is the place of those who lead: no unit, and nobody heads it."""
    folded = unit.casefold()
    return folded in LEADERSHIP or bool(_LEADERSHIP.fullmatch(folded))
