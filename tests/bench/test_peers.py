"""What every peer reads out of a problem file, and the plan that it writes; with the standard library alone."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bench.shapes import core, moment, planted

READING = Path(__file__).parents[2] / "bench" / "peers" / "reading.py"


@pytest.fixture(scope="module")
def reading() -> ModuleType:
    """The module as the scripts beside it see it."""
    spec = importlib.util.spec_from_file_location("reading", READING)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_session_and_the_missing_room_are_read(reading: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "L9.json"
    path.write_text(json.dumps(core("L9", 2)), "utf-8")
    case = reading.read(str(path))
    assert (len(case.moments), len(case.talks), set(case.rooms)) == (140, 54, {1, 2})
    [(people, length, windows)] = case.sessions
    assert (people, length) == (list(range(27)), 4)
    assert [case.moments[step] for step in windows] == core("L9", 2)["sessions"][0]["windows"]


def test_a_planted_schedule_is_written_with_a_room_for_each_talk(reading: ModuleType, tmp_path: Path) -> None:
    made = planted(50, 2)
    path, out = tmp_path / "planted.json", tmp_path / "plan.json"
    path.write_text(json.dumps(made.document), "utf-8")
    case = reading.read(str(path))
    step_at = {moment(step): step for step in range(84)}
    starts = [step_at[made.places[talk["id"]][0]] for talk in made.document["talks"]]
    assert all(start in allowed for start, (_, _, _, allowed) in zip(starts, case.talks, strict=True))
    reading.write(str(out), case, starts, [], 84, 1.0)
    plan = json.loads(out.read_text("utf-8"))
    assert (plan["status"], plan["values"]["makespan"], len(plan["placements"])) == ("optimal", 84, len(case.talks))
