import os
from pathlib import Path

import pytest

from config import Config
from scheduler.cli.call import Call, Misused, take_out
from scheduler.cli.files import Target
from tests.command_line import DOORS, CommandLine, _clock  # noqa: PLC2701, RUF100


@pytest.fixture
def call(nowhere: CommandLine) -> Call:
    config = Config.from_environ(nowhere.environ())
    return Call(config, take_out(()), DOORS, _clock(config), {})


def test_file_is_written_whole_and_nothing_else_is_left(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    target = Target.of(str(path), call, apart_from="problem.json")
    assert path.read_text() == "old"
    target.write("新")

    assert path.read_text("utf-8") == "新"
    assert [found.name for found in tmp_path.iterdir() if "plan" in found.name] == ["plan.json"]


def test_link_stays_a_link(call: Call, tmp_path: Path) -> None:
    link, real = tmp_path / "link.json", tmp_path / "real.json"
    real.write_text("old")
    link.symlink_to(real)

    Target.of(str(link), call, apart_from="problem.json").write("new")

    assert link.is_symlink()
    assert real.read_text() == "new"


def test_what_is_no_file_is_written_to_and_not_replaced(call: Call) -> None:
    Target.of(os.devnull, call, apart_from="problem.json").write("gone")

    assert not Path(os.devnull).is_file()
    assert Path(os.devnull).exists()


@pytest.mark.parametrize("name", ["missing/plan.json", "", "a\x00b", "file/plan.json", "x" * 300])
def test_what_cannot_be_written_is_refused_at_once(call: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Misused, match="无法写入"):
        Target.of(str(tmp_path / name) if name else str(tmp_path), call, apart_from="problem.json")


def test_problem_is_not_overwritten_by_its_plan(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text("{}")

    with pytest.raises(Misused, match="会覆盖"):
        Target.of(str(path), call, apart_from=str(tmp_path / "." / "p.json"))


def test_draft_is_taken_away_when_writing_fails(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "plan.json"
    path.parent.mkdir()
    target = Target.of(str(path), call, apart_from="problem.json")
    path.mkdir()
    (path / "inside").write_text("")
    path.chmod(0o700)

    with pytest.raises(OSError):
        target.write("x")

    assert [found.name for found in path.parent.iterdir()] == ["plan.json"]
