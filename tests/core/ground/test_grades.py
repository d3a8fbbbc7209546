"""Grades as rosters write them, and audiences of a grade and above."""

from dataclasses import replace

import pytest

from scheduler.core.ground import audiences, grades
from scheduler.core.ground.grades import Grade
from tests.builders import a_person, a_roster


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("县处级正职", Grade.DIVISION), ("县处级副职", Grade.DIVISION_DEPUTY), ("正处级", Grade.DIVISION), ("副处", Grade.DIVISION_DEPUTY),
        ("处级正职", Grade.DIVISION), ("乡科级副职", Grade.SECTION_DEPUTY), ("正科级", Grade.SECTION), ("厅局级副职", Grade.BUREAU_DEPUTY),
        ("正厅级", Grade.BUREAU), ("省部级副职", Grade.MINISTRY_DEPUTY), ("副县级", Grade.DIVISION_DEPUTY),
        ("一级巡视员", Grade.BUREAU), ("二级巡视员", Grade.BUREAU_DEPUTY), ("副巡视员", Grade.BUREAU_DEPUTY),
        ("二级调研员", Grade.DIVISION), ("三级调研员", Grade.DIVISION_DEPUTY), ("副调研员", Grade.DIVISION_DEPUTY), ("调研员", Grade.DIVISION),
        ("一级主任科员", Grade.SECTION), ("四级主任科员", Grade.SECTION_DEPUTY), ("副主任科员", Grade.SECTION_DEPUTY),
        ("主任科员", Grade.SECTION), ("一级科员", Grade.CLERK), ("科员", Grade.CLERK), ("六级职员", Grade.DIVISION_DEPUTY),
        ("高级工程师", None), ("", None),
    ],
)  # fmt: skip
def test_a_grade_is_read_as_rosters_write_it(text: str, grade: Grade | None) -> None:
    assert grades.read(text) == grade


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("处级以上", "grade:division"), ("副处级以上干部", "grade:division"), ("县处级及以上领导干部", "grade:division"),
        ("正处级以上", "grade:division_full"), ("科级以上干部", "grade:section"), ("厅局级（含）以上", "grade:bureau"),
        ("all_staff", "all_staff"), ("处级干部", "处级干部"), ("Division level and above", "grade:division"),
        ("officials of full division grade and above", "grade:division_full"), ("bureau-level or higher", "grade:bureau"),
        ("Deputy section heads and above", "grade:section"), ("division heads", "division heads"),
    ],
)  # fmt: skip
def test_an_audience_of_a_grade_is_understood_as_people_say_it(text: str, selector: str) -> None:
    assert grades.selector_of(text) == selector


def test_an_audience_of_a_grade_is_those_of_it_and_above_by_column_or_post() -> None:
    texts = {"p01": "厅局级正职", "p02": "县处级副职", "p03": "乡科级正职", "p04": ""}
    people = [
        replace(a_person(name), grade=text, position="副调研员" if not text else "") for name, text in texts.items()
    ]
    retired = replace(a_person("p05"), grade="正处级", category="retired")
    roster = a_roster(*people, retired)

    assert audiences.select("grade:division", roster) == ("p01", "p02", "p04")
    assert audiences.select("grade:bureau_full", roster) == ("p01",)
    assert audiences.unknown(["grade:division", "grade:x"], roster, ()) == ["grade:x"]
    assert audiences.empty(["grade:bureau_full"], a_roster(), ()) == ["grade:bureau_full"]
