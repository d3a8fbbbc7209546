"""What the documentation shows is what happens: its examples are run in their order, its links and its `make` targets exist."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from config import ROOT
from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WITH_EXAMPLES = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
COMMAND = "$ python -m scheduler "


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def examples(page: Path) -> list[tuple[str, str]]:
    """Each command on a page, and what it says there."""
    found: list[tuple[str, str]] = []
    for block in re.findall(
        r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    ):
        for line in block.splitlines():
            if line.startswith(COMMAND):
                found.append((line.removeprefix(COMMAND), ""))
            else:
                assert found, f"{line!r} is said by no command"
                found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def is_said(shown: str, said: str) -> bool:
    """Whether what a page shows was said, spaces and line breaks aside; `…` stands for whatever was left out."""
    parts = ["".join(part.split()) for part in re.split(r"(?<!…)…(?!…)", shown)]
    return re.fullmatch(".*".join(map(re.escape, parts)), "".join(said.split())) is not None


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name)
def test_examples_say_what_the_page_shows(page: Path, databases: Databases, tmp_path: Path) -> None:
    starts_with_nothing = examples(page)[0][0] == "init"
    address = databases.make("sqlite", None if starts_with_nothing else import_sample)
    tmp_path.chmod(0o700)
    cli = CommandLine(address, tmp_path)
    before = Path.cwd()

    assert before == ROOT, "The examples name files of the sample: run the tests in the project's folder."
    for command, shown in examples(page):
        answer = cli(*shlex.split(command))
        assert answer.status == (1 if '"ok": false' in shown else 0), answer.err
        assert is_said(shown, answer.out), f"{command}\n{answer.out}"
    databases.drop(address)


def test_the_readme_and_the_reference_have_examples() -> None:
    assert {"README.md", "docs/reference/cli.md"} <= set(map(name, WITH_EXAMPLES))


def test_the_two_commands_are_there() -> None:
    for target in ("run", "test"):
        assert f"make {target} " in (ROOT / "README.md").read_text(encoding="utf-8")
        asked = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert asked.returncode == 0, asked.stderr
    assert "python -m scheduler serve --demo" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_command_stands_in_the_reference() -> None:
    from scheduler.cli.main import PLACES

    text = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    headings = " ".join(re.findall(r"^### (.*)$", text, flags=re.MULTILINE))

    assert [command for command in PLACES if not re.search(rf"\b{command}\b", headings)] == []
