import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from tests.command_line import CommandLine, surroundings
from tests.waiting import LAST_RESORT

PROBLEM = ROOT / "docs" / "examples" / "problem.json"

Write = Callable[..., Path]


@pytest.fixture
def problem(tmp_path: Path) -> Write:
    """Writes the example with some of its keys changed."""

    def write(**more: object) -> Path:
        path = tmp_path / "problem.json"
        path.write_text(json.dumps({**json.loads(PROBLEM.read_text("utf-8")), **more}), encoding="utf-8")
        return path

    return write


def crowded(problem: Write) -> Path:
    """A problem that is soon placed, and that nobody solves to the end in a minute: as few breaks as can be, soonest done."""
    dice = random.Random(7)
    people = [f"p{number}" for number in range(30)]
    talks = [{"id": f"t{number}", "people": dice.sample(people, 2), "minutes": 20} for number in range(165)]
    return problem(
        grid_minutes=20,
        days=["2026-03-02", "2026-03-03"],
        blocks=[["08:00", "16:00"]],
        people=[{"id": person} for person in people],
        rooms=[{"id": f"R{number}"} for number in range(8)],
        talks=talks,
        sessions=[],
        goals=["unplaced", "makespan", "breaks"],
        max_break_difference=None,
    )


def test_plan_is_summed_up_and_shown(nowhere: CommandLine) -> None:
    answer = nowhere("solve", PROBLEM)

    assert answer.status == 0
    assert answer.out.splitlines()[0].startswith(("最优：4 次谈话全部排定", "可行：排定 4/4 次谈话"))
    assert "完成所需格数" in answer.out
    assert "2026-03-02T09:00  t4    R1    deng、wen" in answer.out


def test_summary_in_english(nowhere: CommandLine) -> None:
    answer = nowhere("solve", PROBLEM, "--lang", "en")

    assert answer.out.splitlines()[0].startswith(("Optimal: all 4 talks", "Feasible: 4 of 4 talks"))
    assert "Start             Talk  Room  People" in answer.out


def test_plan_is_one_json_document_and_sound(nowhere: CommandLine, tmp_path: Path) -> None:
    plan = nowhere.json("solve", PROBLEM)
    (tmp_path / "plan.json").write_text(json.dumps(plan))

    assert {one["talk"] for one in plan["placements"]} == {"t1", "t2", "t3", "t4"}
    assert plan["unplaced"] == []
    assert nowhere("check", PROBLEM, tmp_path / "plan.json").status == 0


def test_plan_is_written_to_a_file(nowhere: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"

    answer = nowhere("solve", PROBLEM, "-o", path)

    assert answer.status == 0
    assert answer.out.endswith(f"\n方案已写入 {path}。\n")
    assert "2026-03-02T09:00" not in answer.out
    assert json.loads(path.read_text("utf-8"))["placements"]
    assert nowhere("check", PROBLEM, path).status == 0
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["plan.json"]


def test_same_seed_gives_the_same_plan(nowhere: CommandLine) -> None:
    first, second = (nowhere.json("solve", PROBLEM, "--seed", "3") for _ in range(2))

    assert first | {"seconds": 0} == second | {"seconds": 0}


def test_progress_stands_on_standard_error(nowhere: CommandLine, problem: Write) -> None:
    answer = nowhere("solve", PROBLEM, "--seconds", "3600", "--json")

    assert len(answer.json["placements"]) == 4
    assert "已排 4/4  完成所需格数 " in answer.err


def test_what_cannot_be_placed_ends_with_1_and_is_told(nowhere: CommandLine, problem: Write) -> None:
    path = problem(days=["2026-03-02"], sessions=[], blocks=[["08:30", "09:30"], ["14:00", "15:00"]])

    answer = nowhere("solve", path)
    plan = nowhere.json("solve", path, status=1)

    assert answer.status == 1
    assert answer.out.startswith("不可能全部排定：")
    assert "未排 t" in answer.out
    assert plan["status"] == "impossible"
    assert plan["unplaced"][0]["reasons"]


def test_what_would_help_is_told_with_what_has_no_place(nowhere: CommandLine, problem: Write) -> None:
    talks = [{"id": "t1", "people": ["chen", "deng"], "minutes": 60}]
    path = problem(rooms=[{"id": "R1", "busy": [["2026-03-02T10:00", "2026-03-03T18:00"]]}], talks=talks, sessions=[])

    answer = nowhere("solve", path)
    plan = nowhere.json("solve", path, status=1)

    assert "\n未排 t1：" in answer.out
    assert "\n  → 再增加 1 个场地\n" in answer.out
    assert "再增加 1 个场地" in plan["unplaced"][0]["repairs"]


def test_only_the_first_of_many_without_a_place_are_told(nowhere: CommandLine, problem: Write) -> None:
    talks = [{"id": f"t{number}", "people": ["chen", "deng"], "minutes": 30} for number in range(230)]

    answer = nowhere("solve", problem(talks=talks, sessions=[]), "--seconds", "5", "--lang", "en")

    left_out = 230 - int(answer.out.split("this plan places ")[1].split(" ")[0])
    assert answer.out.count("Without a place: ") == 200
    assert f"\n… and {left_out - 200} more\n" in answer.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "missing/plan.json"), "无法写入 missing/plan.json："),
        (("-o", str(PROBLEM)), f"-o 会覆盖 {PROBLEM}，请另取文件名。"),
        (("--seconds", "0"), "--seconds：“0”不是秒数，应大于 0、不超过 86400。"),
        (("--seconds", "-1"), "--seconds：“-1”不是秒数"),
        (("--seconds", "nan"), "--seconds：“nan”不是秒数"),
        (("--seconds", "1e3"), "--seconds：“1e3”不是秒数"),
        (("--seconds", "86401"), "--seconds：“86401”不是秒数"),
        (("--seed", "one"), "--seed：“one”不是 0 到 2147483647 的整数。"),
        (("--seed", "2147483648"), "--seed：“2147483648”不是"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_solved(
    nowhere: CommandLine, words: tuple[str, ...], said: str
) -> None:
    answer = nowhere("solve", PROBLEM, *words)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(said)


def test_wrong_use_is_told_in_english_too(nowhere: CommandLine) -> None:
    assert nowhere("solve", PROBLEM, "--seconds", "x", "--lang", "en").err == (
        '--seconds: "x" is no number of seconds above 0 and up to 86400.\n'
    )
    assert nowhere("solve", PROBLEM, "--seed", "x", "--lang", "en").err == (
        '--seed: "x" is no whole number from 0 to 2147483647.\n'
    )
    assert "[default" not in nowhere("solve", "--help").out


def test_problem_that_cannot_be_read_is_named_with_its_place(nowhere: CommandLine, problem: Write) -> None:
    path = problem(rooms=[{"id": "R1", "size": 3}])

    answer = nowhere("solve", path)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"{path} rooms[0].size：没有“size”这一项；可写：busy、capacity、id\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="wants a full disk")
def test_disk_that_is_full_is_a_sentence(nowhere: CommandLine) -> None:
    answer = nowhere("solve", PROBLEM, "-o", "/dev/full")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.splitlines()[-1].startswith("无法写入 /dev/full：")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_the_best_plan_so_far(
    nowhere: CommandLine, problem: Write, tmp_path: Path, number: signal.Signals
) -> None:
    path, plan = crowded(problem), tmp_path / "plan.json"
    words = [sys.executable, "-m", "scheduler", "solve", str(path), "-o", str(plan), "--seconds", "3000", "--json"]
    running: Any = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=surroundings() | nowhere.environ(),
    )

    with running:
        assert "已排" in running.stderr.readline()
        assert "(≥ " in running.stderr.readline()  # soonest is proven: now it is about breaks, in an exact model
        os.kill(running.pid, number)
        out, err = running.communicate(timeout=LAST_RESORT)

    assert (running.returncode, "Traceback" in err) == (0, False)
    assert json.loads(out) == json.loads(plan.read_text("utf-8"))
    assert nowhere("check", path, plan).status == 0


def test_nobody_listening_to_news_does_not_end_the_search(nowhere: CommandLine, problem: Write) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "solve", str(crowded(problem)), "--seconds", "1", "--json"],
        stdout=subprocess.PIPE,
        stderr=writer,
        cwd=ROOT,
        env=surroundings() | nowhere.environ(),
        check=False,
        timeout=LAST_RESORT,
    )
    os.close(writer)

    assert json.loads(done.stdout)["placements"]


def test_signals_are_left_alone_outside_the_main_thread(nowhere: CommandLine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(nowhere, "solve", PROBLEM).result()

    assert answer.status == 0
