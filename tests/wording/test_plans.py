"""Runs of the planner and draft plans, in words."""

from enum import StrEnum

import pytest

from scheduler import wording
from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.runs import RunError, RunState
from scheduler.core.ground.errors import NotFound, Outdated
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import PlanStatus
from scheduler.wording.labels import WORDS


@pytest.mark.parametrize(
    ("prefix", "words"), [("run", RunState), ("run", RunError), ("plan", DraftStatus), ("plan", PlanStatus)]
)
def test_every_state_has_its_word(prefix: str, words: type[StrEnum]) -> None:
    assert {f"{prefix}:{word}" for word in words} <= set(WORDS)


def test_findings_about_drafts_are_said_in_both_languages() -> None:
    assert wording.text(Finding("plan_released", "P001")) == "草案 P001 已经发布"
    assert wording.text(Finding("not_there_any_more", "R99"), "en") == "“R99” is not there any more"


def test_plan_that_is_not_there_is_named() -> None:
    assert wording.error(NotFound("plan", "P009")) == "没有这个排期：P009"
    assert wording.error(NotFound("placement", "9"), "en") == "There is no placement 9"
    assert wording.error(Outdated("plan", "P001"), "en") == "Somebody has just changed plan P001; look at it again"
