"""Names say what a thing is: the rules of names that ruff does not know."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from config import ROOT

SCHEDULER = ROOT / "scheduler"
FILES = {
    path.relative_to(SCHEDULER).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in SCHEDULER.rglob("*.py")
    if "migrations" not in path.parts
}

SAYS_NOTHING = {"found", "one", "asked", "known", "wanted"}
"""Words that are true of anything: the noun is to be said."""
REMAINING = {
    ("store/arranging/rows.py", "asked"): "a column of the database",
}
"""Where such a word stays, and why."""


def bound(tree: ast.AST) -> Iterator[str]:
    """Every name that is given to something inside a file: assigned, an argument, or captured by a pattern."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name


def test_names_say_the_noun() -> None:
    empty = {(path, name) for path, tree in FILES.items() for name in bound(tree) if name in SAYS_NOTHING}

    assert empty == set(REMAINING)


def test_no_class_name_stands_in_two_files() -> None:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in FILES.items():
        for name in {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}:
            files[name].append(path)

    assert {name: paths for name, paths in files.items() if len(paths) > 1} == {}
