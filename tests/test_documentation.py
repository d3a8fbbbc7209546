"""What the documentation shows is what happens, and what it names is there: its examples are run in their order; links, paths, modules,
classes, commands, `make` targets, decisions and rooms exist.
"""

import ast
import importlib
import importlib.util
import re
import shlex
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from config import ROOT
from scheduler.cli.main import PLACES
from tests import test_rooms
from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE, CONTRIBUTING = ROOT / "docs" / "architecture.md", ROOT / "CONTRIBUTING.md"
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
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
    text = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    headings = " ".join(re.findall(r"^### (.*)$", text, flags=re.MULTILINE))

    assert [command for command in PLACES if not re.search(rf"\b{command}\b", headings)] == []


PATH = re.compile(
    r"(?:scheduler|tests|templates|docs|sample|static|tools|bench|translations|core|services|web|store|api|cli|wording)/[\w./-]*"
)
"""A path from the project's folder. One that begins at a floor is none: the reader could not open it."""
MADE = "bench/results/"
"""What measuring leaves there is not kept."""
MODULE = re.compile(
    r"(?:scheduler\.)?(?:core|services|web|store|api|cli|wording|edge|documents|solver|ical)\.[a-z_][\w.]*"
)
CLASS = re.compile(r"([A-Z][a-z]+[A-Za-z]*)(?:\.([A-Za-z_]+))?(?:\(.*\))?")


def code(page: Path) -> list[str]:
    """What stands on a page as code: in a line, or in a block."""
    blocks = page.read_text(encoding="utf-8").split("```")
    return [*blocks[1::2], *(text for prose in blocks[::2] for text in re.findall(r"`([^`\n]+)`", prose))]


def rows(page: Path) -> Iterator[list[str]]:
    """The rows of the tables on a page, cell by cell."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@cache
def classes() -> Mapping[str, frozenset[str]]:
    """Each class of ours, with the names in its body."""
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    for file in (ROOT / "scheduler").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bodies[node.name].update(name for part in node.body for name in _bound(part))
    return {name: frozenset(body) for name, body in bodies.items()}


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@cache
def words_of_code() -> frozenset[str]:
    """Every word in the code, and in the rule files that are shipped with it."""
    files = [*(ROOT / "scheduler").rglob("*.py"), *(ROOT / "sample").glob("*.yaml")]
    return frozenset(word for file in files for word in re.findall(r"\w+", file.read_text(encoding="utf-8")))


def is_class(name: str, member: str | None) -> bool:
    """Whether there is a class of this name, with such a member."""
    return name in classes() and (member is None or member in classes()[name])


def is_module(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    place, *rest = name.removeprefix("scheduler.").split(".")
    thing: object = importlib.import_module(f"scheduler.{place}")
    for depth, part in enumerate(rest, start=1):
        path = ".".join(("scheduler", place, *rest[:depth]))
        if hasattr(thing, "__path__") and importlib.util.find_spec(path):
            thing = importlib.import_module(path)
        elif hasattr(thing, part):
            thing = getattr(thing, part)
        else:
            return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_paths_on_a_page_exist(page: Path) -> None:
    paths = [text for text in code(page) if PATH.fullmatch(text)]

    assert [path for path in paths if not (ROOT / path).exists() and not path.startswith(MADE)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_modules_on_a_page_exist(page: Path) -> None:
    modules = [text.removesuffix("()") for text in code(page) if MODULE.fullmatch(text.removesuffix("()"))]

    assert [module for module in modules if not is_module(module)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_on_a_page_exist(page: Path) -> None:
    text = "\n".join(code(page))
    commands = re.findall(r"python -m scheduler (?:--\w+ )*([a-z]\S*)", text)
    programs = re.findall(r"python -m ((?:scheduler|tests|bench)[\w.]*)", text)
    targets = re.findall(r"\bmake ([a-z-]+)", text)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [command for command in commands if command not in PLACES] == []
    assert [program for program in programs if importlib.util.find_spec(program) is None] == []
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, flags=re.MULTILINE)] == []


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=name)
def test_classes_on_a_page_exist(page: Path) -> None:
    named = [match.groups() for text in code(page) if (match := CLASS.fullmatch(text))]

    assert [pair for pair in named if not is_class(*pair)] == []


def test_what_the_glossary_says_is_in_code_is() -> None:
    told = [(row[0], text) for row in rows(GLOSSARY) for text in re.findall(r"`([^`]+)`", row[2])]
    words = {(term, word) for term, text in told for word in re.findall(r"[^\W\d]\w*", text)}
    named = [(term, match.groups()) for term, text in told if (match := CLASS.fullmatch(text.removesuffix(" …")))]

    assert sorted((term, word) for term, word in words if word not in words_of_code()) == []
    assert [(term, pair) for term, pair in named if not is_class(*pair)] == []


def test_every_decision_stands_in_the_table_by_its_number_and_title() -> None:
    table = [line for line in ARCHITECTURE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \[\d+\]", line)]
    decisions = sorted((ROOT / "docs" / "decisions").iterdir())
    heads = [file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").split(" · ") for file in decisions]

    assert table == [
        f"| [{number}](decisions/{file.name}) | {title} |"
        for file, (number, title) in zip(decisions, heads, strict=True)
    ]
    assert [int(file.name[:4]) for file in decisions] == list(range(1, len(decisions) + 1))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_decisions_and_contracts_are_called_by_their_numbers(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\[(?:[Dd]ecision )?(\d+)\]\([\w./]*?(\d{4})-", text)
    called = re.findall(r"\bcontracts? (\d+)(?:(?: and |–)(\d+))?", text)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    numbers = {contract["name"].split()[0] for contract in contracts}

    assert [link for link in links if int(link[0]) != int(link[1])] == []
    assert {number for pair in called for number in pair if number} <= numbers


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=name)
def test_every_way_to_say_no_is_named(page: Path) -> None:
    tree = ast.parse((ROOT / "scheduler/core/ground/errors.py").read_text(encoding="utf-8"))
    ways = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]

    assert [way for way in ways if f"`{way}" not in page.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=name)
def test_the_table_of_rooms_is_the_tree(page: Path) -> None:
    """A dot where a floor has the room, and nowhere else; for tests, where those of any floor have it."""
    shown = {row[0].strip("`"): row[1:7] for row in rows(page) if len(row) == 8}
    floors = [*(ROOT / "scheduler" / floor for floor in test_rooms.FLOORS), ROOT / "templates"]
    places = [*([floor] for floor in floors), [ROOT / "tests" / floor for floor in test_rooms.FLOORS]]
    built = [{room.name for floor in place for room in test_rooms.rooms(floor)} for place in places]

    assert shown.pop("Room") == ["core", "services", "web", "store", "templates", "tests"]
    assert shown.pop("---") == [":-:"] * 6
    assert shown == {room: ["●" if room in rooms else "" for rooms in built] for room in shown}
    assert set(shown) == test_rooms.ROOMS
