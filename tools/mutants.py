"""Change the code of some rooms in small ways, and see whether the tests of the same room notice. Called by `make mutants`.

`python tools/mutants.py [ROOM …] [--every N]`. Which tests belong to which room, and which changes change nothing, stands in
`tests/mutants.toml`; how mutmut works, in `pyproject.toml`. What it makes lies in `build/mutants`.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

ROOT = Path(__file__).resolve().parent.parent
PASS_MARK = 90
SAMPLES = {1: "*", 3: "*[147]", 10: "*3"}
"""Out of how many mutants one is tried, told by how its name ends: they are numbered within each function."""


class Change(NamedTuple):
    """What a mutant did."""

    function: str
    was: str
    becomes: str


def prepare(room: str, tests: list[str]) -> Path:
    """A folder of its own for the mutants of a room: links to everything, and settings for this room."""
    folder = ROOT / "build" / "mutants" / room.replace("/", "-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("config.py", "sample", "scheduler", "static", "templates", "tests", "translations"):
        (folder / name).symlink_to(ROOT / name)
    settings = f'[tool.mutmut]\nonly_mutate = ["scheduler/{room}/*"]\npytest_add_cli_args_test_selection = {tests!r}\n'
    text = (ROOT / "pyproject.toml").read_text("utf-8").replace("[tool.mutmut]\n", settings)
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return folder


def change_of(mutant: str, path: Path) -> Change:
    """What a mutant did, told by the lines that went and came."""
    lines = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    was, becomes = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    module, _, name = mutant.rpartition("__mutmut_")[0].removeprefix("scheduler.").rpartition(".")
    return Change(f"{module}.{name.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}", was, becomes)


def is_listed(change: Change, entry: dict[str, str]) -> bool:
    """Whether an entry says of a change that it changes nothing."""
    if not fnmatch(change.function, entry.get("function", "*")):
        return False
    if pattern := entry.get("same_but_for"):
        return re.sub(pattern, "", change.was) == re.sub(pattern, "", change.becomes)
    return entry["becomes"] in change.becomes


def report(room: str, listed: list[dict[str, str]]) -> bool:
    """Print what survived in a room, in the folder where mutmut ran; whether enough was noticed."""
    noticed, harmless, survivors = 0, 0, []
    for path in walk_mutatable_files():
        mutants = SourceFileMutationData(path=path)
        mutants.load()
        for mutant, code in mutants.exit_code_by_key.items():
            status = status_by_exit_code[code]
            if status in ("killed", "timeout", "segfault"):
                noticed += 1
            elif status != "not checked":
                change = change_of(mutant, path)
                is_harmless = any(is_listed(change, entry) for entry in listed)
                harmless += is_harmless
                survivors += [] if is_harmless else [(mutant, change)]
    for mutant, change in survivors:
        print(f"{mutant}\n  - {change.was}\n  + {change.becomes}")
    total = noticed + len(survivors)
    percent = 100 * noticed // max(total, 1)
    print(f"{room}: {noticed} of {total} noticed, {percent} %; {harmless} more change nothing", flush=True)
    return percent >= PASS_MARK


def try_room(room: str, listed: dict[str, Any], every: int) -> bool:
    """Make the mutants of a room, run its tests against each, and report."""
    os.chdir(prepare(room, listed["rooms"][room]))
    words = [Path(sys.executable).with_name("mutmut"), "run", "--max-children", "1"]
    sample = [f"scheduler.{room.replace('/', '.')}.{SAMPLES[every]}"] if every > 1 else []
    subprocess.run([*words, *sample], check=True, env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    return report(room, listed["equivalent"])


def main() -> int:
    """Each room in a process of its own: mutmut keeps its settings for as long as it lives."""
    parser = argparse.ArgumentParser(description="Do the tests of a room notice when its code does something else?")
    parser.add_argument("rooms", nargs="*")
    parser.add_argument("--every", type=int, choices=list(SAMPLES), default=1, help="try one mutant out of so many")
    words = parser.parse_args()
    listed = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text("utf-8"))
    if len(words.rooms) == 1:
        return 0 if try_room(words.rooms[0], listed, words.every) else 1
    again = [sys.executable, __file__, f"--every={words.every}"]
    return max(subprocess.call([*again, room]) for room in words.rooms or listed["rooms"])


if __name__ == "__main__":
    sys.exit(main())
