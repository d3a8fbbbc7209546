import json
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from tests.command_line import CommandLine

EXAMPLES = ROOT / "docs" / "examples"
PROBLEM, PLAN, UNSOUND = EXAMPLES / "problem.json", EXAMPLES / "plan.json", EXAMPLES / "unsound-plan.json"


@pytest.fixture
def changed(tmp_path: Path) -> Any:
    """Writes an example with some of its keys changed."""

    def write(example: Path, **more: object) -> Path:
        path = tmp_path / f"changed-{example.name}"
        path.write_text(json.dumps({**json.loads(example.read_text("utf-8")), **more}), encoding="utf-8")
        return path

    return write


def test_sound_plan_is_said_to_be_sound(nowhere: CommandLine) -> None:
    answer = nowhere("check", PROBLEM, PLAN)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("方案没有问题，排定 4/4 次谈话。\n")
    assert nowhere.json("check", PROBLEM, PLAN) == {
        "ok": True,
        "findings": [],
        "values": {"unplaced": 0, "moved": 0, "makespan": 12, "breaks": 3},
    }


def test_unsound_plan_ends_with_1_and_its_findings(nowhere: CommandLine) -> None:
    answer = nowhere("check", PROBLEM, UNSOUND, "--lang", "en")

    assert (answer.status, answer.err) == (1, "")
    assert answer.out.startswith(
        "chen is busy between 2 Mar 9:00 and 2 Mar 10:00 (t1)\n"
        "deng is in t4 and in t1 from 2 Mar 9:00 to 2 Mar 9:30\n"
        "The plan has 2 faults.\n"
    )
    found = nowhere.json("check", PROBLEM, UNSOUND, status=1)
    assert [(one["kind"], one["subject"]) for one in found["findings"]] == [
        ("person_busy", "chen"),
        ("person_twice", "deng"),
    ]


def test_values_that_are_not_true_are_found(nowhere: CommandLine, changed: Any) -> None:
    found = nowhere.json("check", PROBLEM, changed(PLAN, values={"makespan": 3}), status=1)

    assert found["findings"] == [
        {"kind": "value_untrue", "subject": "makespan", "text": "方案称“完成所需格数”为 3，实为 12"}
    ]


def test_file_and_place_of_what_cannot_be_read_are_named(nowhere: CommandLine, changed: Any, tmp_path: Path) -> None:
    odd_problem = changed(PROBLEM, gird=1)
    odd_plan = changed(PLAN, placements=[{"talk": "t1", "start": "soon"}])

    for words, said in [
        ((odd_problem, PLAN), f"{odd_problem} gird：没有“gird”这一项；可写："),
        ((PROBLEM, odd_plan), f"{odd_plan} placements[0].start：“soon”不是时间，应写如 2026-03-02T09:00\n"),
        ((tmp_path / "none.json", PLAN), f"{tmp_path / 'none.json'}：不是可读的文件\n"),
        ((tmp_path, PLAN), f"{tmp_path}：不是可读的文件\n"),
        ((ROOT / "README.md", PLAN), f"{ROOT / 'README.md'}：不是可读的 JSON（第 1 行）\n"),
        ((PROBLEM, "a\x00b"), "a\x00b：不是可读的文件\n"),
    ]:
        answer = nowhere("check", *words, "--json")
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith(said)


def test_problem_that_is_no_object_is_named_by_its_file(nowhere: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("[]")

    assert nowhere("check", tmp_path / "p.json", PLAN).err == f"{tmp_path / 'p.json'}：“[]”不是对象，此处应写 {{…}}\n"


def test_contradiction_is_a_sentence_with_its_place(nowhere: CommandLine, changed: Any) -> None:
    talks = json.loads(PROBLEM.read_text("utf-8"))["talks"]
    talks[0]["fixed"] = {"start": "2026-03-02T09:00"}
    path = changed(PROBLEM, talks=talks)

    answer = nowhere("check", path, PLAN, "--lang", "en")

    assert answer.status == 2
    assert answer.err == f"{path} talks[0].fixed: chen is busy between 2 Mar 9:00 and 2 Mar 10:00 (t1)\n"


def test_neither_solver_nor_database_is_woken(nowhere: CommandLine) -> None:
    answer = nowhere.really("check", PROBLEM, PLAN, PYTHONPROFILEIMPORTTIME="1")

    assert answer.status == 0
    assert "scheduler.core.plans.check" in answer.err
    for heavy in ("ortools", "sqlalchemy", "flask", "scheduler.solver.solve"):
        assert f" {heavy}\n" not in answer.err


def test_examples_are_those_of_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "problem-files.md").read_text("utf-8")

    for example in (PROBLEM, PLAN):
        assert example.read_text("utf-8") in page
