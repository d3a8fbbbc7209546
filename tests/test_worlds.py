"""The organisations of `sample/worlds`, with numbers written out that were counted from their tables: by command, script and page."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scheduler.cli import worlds
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.services.imports import run as imports
from scheduler.services.rules import sets as rules
from scheduler.store import engine as engines
from tests.command_line import CommandLine
from tests.conftest import KINDS, a_database, an_application
from tests.databases import Databases
from tests.visitors import a_browser, a_script


@dataclass(frozen=True)
class Story:
    """What must come out of a world."""

    people: int
    by_rule: dict[str, int]
    """Requirements before merging."""
    distinct: int
    """Of must and should rules."""
    coverage: dict[str, tuple[int, int, float]]
    """Day → covered, required, rate."""
    arranged: tuple[int, int, str]
    """Placed, of how many, and the day on which the last one is."""
    words: tuple[str, str]
    """What an organizer reads on the matrix in English and in Chinese."""
    ask: tuple[str, ...] = ()
    """What the arrangement is asked with."""
    loads: dict[str, Counter[int]] = field(default_factory=dict)
    """By the first letter of ids: how many of them have how many talks in the plan."""


STORIES = {
    "one-on-one": Story(
        people=14,
        by_rule={
            "O1": 78,
            "O2": 11,
            "O3": 3,
        },  # 13 × 6 months; 11 have a manager's manager; three check-ins of one newcomer
        distinct=92,
        coverage={  # January all 13; February all but two; in March one of two each; the check-ins are met by what is held
            "2027-01-31": (14, 81, 17.3),
            "2027-02-28": (26, 81, 32.1),
            "2027-03-15": (27, 81, 33.3),
        },
        arranged=(
            24,
            104,
            "2027-03-23",
        ),  # 16 of March and 8 skip-levels; the two of February and the 78 of April to June lie outside
        words=("1:1s", "一对一面谈"),
        ask=("--from", "2027-03-16", "--to", "2027-03-31"),
    ),
    "mentoring": Story(
        people=14,
        by_rule={"M1": 6},
        distinct=6,
        coverage={"2026-10-28": (0, 6, 0.0), "2026-10-31": (1, 6, 16.7), "2026-11-30": (2, 6, 33.3)},
        arranged=(7, 7, "2026-12-31"),  # 1 + 1 + 2 + 3 are missing, on different days of a pair
        words=("Mentoring talks", "辅导谈话"),
        ask=("--to", "2027-01-15"),
    ),
    "audit": Story(
        people=11,
        by_rule={"A1": 7},
        distinct=7,
        coverage={"2027-05-09": (0, 7, 0.0), "2027-05-10": (3, 7, 42.9), "2027-05-11": (3, 7, 42.9)},
        arranged=(4, 4, "2027-05-13"),  # the theatre manager is away until the 12th
        words=("interviews", "访谈"),
        loads={"q": Counter({1: 4})},
    ),
    "visit-day": Story(
        people=19,
        by_rule={"W1": 10, "W2": 8},
        distinct=18,
        coverage={"2027-03-08": (0, 10, 0.0), "2027-03-12": (0, 10, 0.0), "2027-03-31": (0, 10, 0.0)},
        arranged=(48, 48, "2027-03-12"),  # six for each of eight hosts; forty of them are one of the visitors' four too
        words=("appointments", "会面"),
        ask=("--grid", "5", "--minutes", "25"),
        loads={"h": Counter({6: 8}), "v": Counter({5: 8, 4: 2})},
    ),
}


@dataclass
class House:
    """A world at its doors."""

    world: worlds.World
    story: Story
    cli: CommandLine
    app: Flask
    session: Session


@pytest.fixture(params=sorted(STORIES))
def world(request: pytest.FixtureRequest) -> tuple[str, worlds.World]:
    """Each by its name."""
    return request.param, worlds.world(request.param)


@pytest.fixture(params=KINDS)
def world_database(
    databases: Databases, request: pytest.FixtureRequest, world: tuple[str, worlds.World]
) -> Iterator[str]:
    """A world with its rules applied."""
    _, shown = world
    moment = datetime.fromisoformat(shown.now)

    def fill(session: Session) -> None:
        files = [path for folder in shown.tables for path in sorted(folder.iterdir()) if path.suffix != ".toml"]
        uploads = [imports.Upload(path.name, path.read_bytes()) for path in files]
        report = imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=Clock(moment, moment))
        assert not report.errors, report.errors
        for preset in shown.rules:
            rules.apply(session, OPERATOR, preset, None, Clock(moment, moment))

    yield from a_database(databases, request, fill)


@pytest.fixture
def house(world: tuple[str, worlds.World], world_database: str, tmp_path: Path) -> Iterator[House]:
    """A world at its own moment."""
    name, shown = world
    engine = engines.make(world_database)
    with an_application(world_database, tmp_path, shown.now) as app, Session(engine, expire_on_commit=False) as session:
        yield House(shown, STORIES[name], CommandLine(world_database, tmp_path, shown.now), app, session)
    engine.dispose()


def test_every_world_has_its_story() -> None:
    assert worlds.names() == sorted(STORIES)


def test_its_numbers_are_the_same_at_every_door(house: House) -> None:
    story, cli = house.story, house.cli
    [applied] = cli.json("rules", "list")["applied"]
    preview = cli.json("rules", "preview", applied["preset"])
    assert (preview["by_rule"], preview["distinct"]) == (story.by_rule, story.distinct)
    script = a_script(house.app, house.session, house.world.accounts["organizer"])
    for day, numbers in story.coverage.items():
        said, sent = cli.json("coverage", "--as-of", day), script.get(f"/api/v1/coverage?as_of={day}").json
        assert numbers == _numbers(said) == _numbers(sent), day

    organizer = a_browser(house.app, house.session, house.world.accounts["principal"])
    covered, required, _ = story.coverage[max(story.coverage)]
    for language, word in zip(("en", "zh"), story.words, strict=True):
        page = organizer.get(f"/?lang={language}").text
        assert f"{covered}/{required}" in re.sub(r"<[^>]+>|\s", "", page), language
        assert word.casefold() in page.casefold(), language
        assert not re.search("谈心|民主生活|[Hh]eart-to-heart|党", re.sub(r"<[^>]+>", "", page)), language


def test_what_arrange_places_and_by_when(house: House) -> None:
    placed, of, last = house.story.arranged
    plan = house.cli.json("arrange", *house.story.ask, status=int(placed < of))

    assert (plan["placed"], plan["of"]) == (placed, of)
    assert max(placement["start"] for placement in plan["placements"])[:10] == last
    loads = Counter(person for placement in plan["placements"] for person in placement["people"])
    for letter, expected in house.story.loads.items():
        assert Counter(count for person, count in loads.items() if person.startswith(letter)) == expected


def _numbers(answer: dict[str, Any]) -> tuple[int, int, float]:
    return answer["covered"], answer["required"], answer["rate"]
