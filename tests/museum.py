"""A small museum of its own hours, with a campaign over new year and a worked weekend, and its three doors."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.services.imports import run as imports
from scheduler.store import engine as engines
from tests.builders import a_clock
from tests.command_line import CommandLine
from tests.conftest import an_application
from tests.databases import Databases
from tests.visitors import a_browser, a_script
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

MUSEUM = ROOT / "tests" / "data" / "museum"
RULES = MUSEUM / "rules.yaml"
NOW = "2026-11-02T10:00:00+08:00"
ORGANIZER = "m7"


def open_museum(session: Session) -> None:
    """The museum, as it comes in through the importer."""
    names = ("org.yaml", "roster.csv", "rooms.csv", "calendar.csv")
    uploads = [imports.Upload(name, (MUSEUM / name).read_bytes()) for name in names]
    report = imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=a_clock(NOW))
    assert not report.errors, report.errors


@dataclass
class Museum:
    """The three doors of one museum: commands, an organizer's browser, an organizer's script."""

    cli: CommandLine
    app: Flask
    session: Session
    folder: Path

    @cached_property
    def browser(self) -> FlaskClient:
        return a_browser(self.app, self.session, ORGANIZER)

    @cached_property
    def script(self) -> FlaskClient:
        return a_script(self.app, self.session, ORGANIZER)

    def page(self, path: str) -> str:
        """What stands on a page."""
        return text_of(self.browser.get(path, follow_redirects=True).text)

    def post(self, path: str, data: dict[str, Any]) -> str:
        """What a page says to a form."""
        return text_of(post(self.browser, path, data, follow_redirects=True).text)

    def get(self, path: str) -> Any:
        """What the API answers."""
        return self.script.get(f"/api/v1/{path}").json

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def upload(self, name: str, text: str) -> str:
        """The preview of an import on its page."""
        data = {"files": (io.BytesIO(text.encode()), name)}
        return text_of(post(self.browser, "/import", data, content_type="multipart/form-data").text)


@contextmanager
def a_museum(databases: Databases, kind: str, folder: Path) -> Iterator[Museum]:
    """The museum on 2 November 2026 at 10:00, with its monthly talks applied as RS1."""
    address = databases.make(kind, open_museum)
    cli = CommandLine(address, folder, NOW)
    engine = engines.make(address)
    with an_application(address, folder, NOW) as app, Session(engine, expire_on_commit=False) as session:
        cli.json("rules", "apply", f"{RULES}#museum.monthly")
        yield Museum(cli, app, session, folder)
    engine.dispose()
    databases.drop(address)


Door = Callable[[Museum], None]


@dataclass(frozen=True)
class Point:
    """One thing that must be right: what goes before, and what each door says then."""

    name: str
    before: Door
    doors: dict[str, Door]


class Points:
    """The points of one file of tests, each under the name of the function that gives its doors."""

    def __init__(self) -> None:
        self.all: list[Point] = []

    def __call__(self, before: Door) -> Callable[[Callable[[], dict[str, Door]]], None]:
        def register(doors: Callable[[], dict[str, Door]]) -> None:
            self.all.append(Point(doors.__name__, before, doors()))

        return register

    @property
    def cases(self) -> list[Any]:
        """Each door of each point, as a parameter of a test."""
        return [
            pytest.param(each.before, said, id=f"{each.name}-{door}")
            for each in self.all
            for door, said in each.doors.items()
        ]


def nothing(museum: Museum) -> None:
    """The museum as it stands."""


def equal(said: object, right: object) -> None:
    assert said == right


def holds(text: str, *parts: str) -> None:
    for part in parts:
        assert part in text, (part, text[-3000:])


def refused(answer: Any, kind: str) -> None:
    """The API refused for this reason."""
    assert answer.status_code in (409, 422), answer.text
    assert kind in answer.text
