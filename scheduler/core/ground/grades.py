"""Grades of officials as rosters write them (级别、职务层次), and audiences of a grade and above: `grade:division` is 处级以上.

The ladder is that of 《公务员法》 and of 《公务员职务与职级并行规定》 (2019), which says to which leading grade each
non-leading rank corresponds; of institutions, the ten grades of administrative posts.
"""

import re
from enum import IntEnum

from scheduler.core.ground.people import Person

GRADE = "grade:"


class Grade(IntEnum):
    """The rungs of the ladder, low to high."""

    CLERK = 1
    SECTION_DEPUTY = 2
    SECTION = 3
    DIVISION_DEPUTY = 4
    DIVISION = 5
    BUREAU_DEPUTY = 6
    BUREAU = 7
    MINISTRY_DEPUTY = 8
    MINISTRY = 9


FROM = {
    "section": Grade.SECTION_DEPUTY,
    "section_full": Grade.SECTION,
    "division": Grade.DIVISION_DEPUTY,
    "division_full": Grade.DIVISION,
    "bureau": Grade.BUREAU_DEPUTY,
    "bureau_full": Grade.BUREAU,
}
"""Selector → the lowest grade that it takes in: 科级以上, 正科以上, 处级以上 …"""
_FULL = {"科": Grade.SECTION, "处": Grade.DIVISION, "县": Grade.DIVISION, "局": Grade.BUREAU, "厅": Grade.BUREAU,
         "司": Grade.BUREAU, "部": Grade.MINISTRY, "省": Grade.MINISTRY}  # fmt: skip
_LEVEL = re.compile(r"(正|副)?[乡县厅省地]?([科处县局厅司部省])级?(正职|副职)?级?(实职|非领导职务)?")
_RANKS = (
    (re.compile(r"一级巡视员|(?<![副级])巡视员"), Grade.BUREAU),
    (re.compile(r"二级巡视员|副巡视员"), Grade.BUREAU_DEPUTY),
    (re.compile(r"[一二]级调研员|(?<![副级])调研员"), Grade.DIVISION),
    (re.compile(r"[三四]级调研员|副调研员"), Grade.DIVISION_DEPUTY),
    (re.compile(r"[一二]级主任科员|(?<![副级])主任科员"), Grade.SECTION),
    (re.compile(r"[三四]级主任科员|副主任科员"), Grade.SECTION_DEPUTY),
    (re.compile(r"(?<!主任)科员|办事员"), Grade.CLERK),
)
_POSTS = dict(zip("三四五六七八九十", (Grade.BUREAU, Grade.BUREAU_DEPUTY, Grade.DIVISION, Grade.DIVISION_DEPUTY,
                                     Grade.SECTION, Grade.SECTION_DEPUTY, Grade.CLERK, Grade.CLERK), strict=True))  # fmt: skip
_POST = re.compile(r"([三四五六七八九十])级(职员|管理岗位?)|管理([三四五六七八九十])级")
_ASKED = re.compile(r"(正|副)?[乡县厅]?([科处局厅])级?(正职|副职)?[（(]?(含)?[）)]?(及其?)?以上[\u4e00-\u9fff]{0,6}")

_ENGLISH = {"section": "科", "county": "处", "division": "处", "bureau": "局", "department": "厅"}
_ASKED_ENGLISH = re.compile(
    rf"(?:officials|cadres|staff|everybody)?(?:of|at)?(full)?(?:deputy)?({'|'.join(_ENGLISH)})(?:grade|level|rank|head)?s?(?:and|or)(?:above|higher|up)"
)


def read(text: str) -> Grade | None:
    """The grade that a text of a roster says: 县处级副职, 正处级, 副调研员, 三级主任科员, 六级职员; None: none is known."""
    for pattern, grade in _RANKS:
        if pattern.search(text):
            return grade
    if post := _POST.search(text):
        return _POSTS[post[1] or post[3]]
    level = _LEVEL.fullmatch(text.strip())
    if level is None:
        return None
    return Grade(_FULL[level[2]] - (level[1] == "副" or level[3] == "副职"))


def of(person: Person) -> Grade | None:
    """Somebody's grade: as the roster's column says it, else as their post does (调研员, 主任科员); None: not known."""
    if person.grade:
        return read(person.grade)
    return next((grade for pattern, grade in _RANKS if pattern.search(person.position)), None)


def is_selector(selector: str) -> bool:
    """Whether an audience means people of a grade and above."""
    return selector.startswith(GRADE) and selector.removeprefix(GRADE) in FROM


def holds(selector: str, person: Person) -> bool:
    """Whether somebody is of that grade or above, as far as it is known."""
    grade = of(person)
    return grade is not None and grade >= FROM[selector.removeprefix(GRADE)]


def selector_of(text: str) -> str:
    """The selector that people write as 处级以上, 副处级及以上干部, 正科以上, “division level and above”; any other text as it is."""
    if meant := _ASKED.fullmatch(text.strip()):
        level, is_full = meant[2], meant[1] == "正" or meant[3] == "正职"
    elif english := _ASKED_ENGLISH.fullmatch(re.sub(r"[\s-]", "", text).lower()):
        level, is_full = _ENGLISH[english[2]], bool(english[1])
    else:
        return text
    lowest = _FULL[level] - (not is_full)
    return next((GRADE + word for word, grade in FROM.items() if grade == lowest), text)
