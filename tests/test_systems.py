"""The table of the 46 systems of a programme: each has a page and a command that are there, or says why it is out of scope."""

import re

from flask import Flask

from config import ROOT
from scheduler.cli.main import PLACES, root

TABLE = (ROOT / "docs" / "reference" / "programme.md").read_text(encoding="utf-8").partition("## The systems")[2]
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", TABLE, flags=re.MULTILINE)


def test_all_systems_stand_in_their_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 47))


def test_each_system_has_a_page_and_a_command_or_is_out_of_scope(app: Flask) -> None:
    pages = app.url_map.bind("localhost")
    nowhere = [
        (number, page, command)
        for number, _, page, command in ROWS
        if not page.startswith("out of scope: ")
        and not (pages.test(page.strip("`").partition("?")[0], "GET") and command.strip("` ").split()[0] in PLACES)
    ]

    assert nowhere == []
    assert [number for number, _, page, _ in ROWS if page.startswith("out of scope: ")] == ["2", "18", "20", "25"]


def test_words_after_a_command_are_a_part_of_it() -> None:
    commands = root()
    for *_, command in ROWS:
        words = command.strip("` ").split()
        if len(words) < 2 or words[1].startswith("-") or words[0] == "export":
            continue
        group = commands.get_command(None, words[0])  # type: ignore[arg-type]  # no context is needed to look one up
        assert words[1] in getattr(group, "commands", {}), command
