"""The planner's benchmark: what it makes of what it measured, and what it takes on its command line."""

import math
from pathlib import Path

import pytest

from bench.__main__ import main, table
from bench.planner import exponent, parsed, row_of, shape_of
from bench.solving import Solved


def a_solved(tmp_path: Path, document: str) -> Solved:
    """A plan file that was written in 1.25 seconds."""
    plan = tmp_path / "S30.plan.json"
    plan.write_text(document, "utf-8")
    return Solved(tmp_path / "S30.json", plan, 1.25, 1.5, 0)


def test_growth_is_the_slope_through_the_logarithms() -> None:
    assert math.isclose(exponent([(200, 0.4), (2_000, 4.0), (20_000, 40.0)]), 1.0)
    assert math.isclose(exponent([(1, 1), (4, 8)]), 1.5)


@pytest.mark.parametrize(
    ("name", "shape"), [("L9", "L9"), ("X2000-s3", "X2000"), ("planted-70-s2", "planted"), ("b2b-tic-12", "b2b")]
)
def test_files_are_told_apart_by_their_names(name: str, shape: str) -> None:
    assert shape_of(Path(f"{name}.json")) == shape


def test_a_row_tells_the_ratio_to_the_bound(tmp_path: Path) -> None:
    document = '{"status": "feasible", "placements": [{}], "values": {"unplaced": 0, "makespan": 90}, "bounds": {"makespan": 89}}'
    row = row_of(a_solved(tmp_path, document), "makespan", "1.000", ok=False)
    assert row == {
        "file": "S30",
        "talks": 1,
        "bound": 89,
        "value": 90,
        "ratio": "1.011",
        "status": "feasible",
        "wall s": "1.25",
        "CPU s": "1.50",
        "limit": "1.000",
        "ok": "NO",
    }


def test_a_plan_with_unplaced_talks_has_reached_nothing(tmp_path: Path) -> None:
    document = '{"status": "feasible", "values": {"unplaced": 1, "makespan": 80}, "bounds": {"makespan": 89}}'
    assert a_solved(tmp_path, document).value("makespan") is None


def test_without_a_plan_file_the_exit_code_is_told(tmp_path: Path) -> None:
    solved = Solved(tmp_path / "S30.json", tmp_path / "none.json", 1.0, 1.0, 2)
    assert (solved.status, solved.value("makespan"), solved.is_sound) == ("exit 2", None, False)


def test_what_is_called_optimal_and_lies_above_its_bound_is_not_sound(tmp_path: Path) -> None:
    document = '{"status": "optimal", "values": {"unplaced": 0, "moved": 187}, "bounds": {"unplaced": 0, "moved": 1}}'
    assert not a_solved(tmp_path, document).is_sound


def test_options_are_a_folder_and_a_number_of_seeds() -> None:
    options = parsed(["--problems", "some/folder", "--seeds", "2"])
    assert (options.problems, options.seeds, options.only) == (Path("some/folder"), 2, "")


def test_an_unknown_benchmark_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing-such"]) == 2
    assert "No such benchmark: nothing-such." in capsys.readouterr().err


def test_options_want_one_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--problems", "folder"]) == 2
    assert "name it before them" in capsys.readouterr().err


def test_a_table_has_its_columns_to_the_right() -> None:
    assert (
        table([{"file": "L9", "value": 45}, {"file": "X2000", "value": 172}])
        == " file  value\n   L9     45\nX2000    172"
    )
