import pytest

from scheduler import wording
from scheduler.core.ground.findings import Finding
from scheduler.wording import plan_findings
from tests.problems import MONDAY, at


def test_finding_about_a_plan_is_a_sentence_in_both_languages() -> None:
    found = Finding("person_twice", "p0", {"start": at("09:00"), "end": at("10:30"), "first": "t1", "second": "t2"})

    assert wording.text(found) == "p0 在 3月2日 9:00 至 3月2日 10:30 同时有 t1 和 t2"
    assert wording.text(found, "en") == "p0 is in t1 and in t2 from 2 Mar 9:00 to 2 Mar 10:30"


def test_days_people_and_goals_are_written_out() -> None:
    full = Finding("day_too_full", "p0", {"day": MONDAY, "count": 4, "most": 3})

    assert wording.text(full) == "p0 在 3月2日 有 4 次谈话，最多 3 次"
    assert wording.text(Finding("people_missing", "t1", {"people": ("p0", "p1")})) == "谈话 t1 缺少 p0、p1"
    assert (
        wording.text(Finding("value_untrue", "breaks", {"stated": 1, "value": 2}), "en")
        == "The plan states 1 for “breaks”, and it is 2"
    )


@pytest.mark.parametrize("kind", plan_findings.TEXTS)
def test_every_sentence_stands_without_its_details(kind: str) -> None:
    for lang in ("zh", "en"):
        assert "%(" not in wording.text(Finding(kind, "x"), lang)
