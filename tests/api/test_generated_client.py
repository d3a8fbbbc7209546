"""A client that a program wrote from the description of the API."""

import importlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.visitors import a_script

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
PACKAGE = "tanxin_client"
TALK = {"kind": "talk", "people": ["p02", "p27"], "start": "2014-08-12T09:00", "minutes": 45, "room": "R02"}


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application listens."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def written(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The client's package."""
    description, settings = tmp_path / "openapi.json", tmp_path / "settings.json"
    description.write_bytes(app.test_client().get("/api/v1/openapi.json").data)
    settings.write_text(json.dumps({"post_hooks": []}))
    words = ("generate", "--path", description, "--config", settings, "--meta", "none", "--fail-on-warning")
    program = Path(sys.executable).with_name("openapi-python-client")
    said = subprocess.run(
        [program, *words, "--output-path", tmp_path / PACKAGE], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module(PACKAGE)
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_a_client_that_was_written_from_the_description_works(
    written: ModuleType, app: Flask, organisation: Session, address: str
) -> None:
    token = a_script(app, organisation, "p22").environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    client = written.AuthenticatedClient(address, token, raise_on_unexpected_status=True)
    models = importlib.import_module(f"{PACKAGE}.models")

    def ask(operation: str, *path: str, **more: Any) -> Any:
        return importlib.import_module(f"{PACKAGE}.api.{operation}").sync(*path, client=client, **more)

    rooms = ask("people.list_rooms")
    assert [room.name for room in rooms.rooms] == ["谈话室", "第一会议室"]

    made = ask("bookings.book", body=models.BookBody.from_dict(TALK))
    assert (made.ok, made.id, made.blocking) == (True, "T005", [])
    seen = ask("bookings.show_booking", "T005")
    assert (seen.start, seen.people, seen.mode) == ("2014-08-12T09:00", ["p02", "p27"], models.Mode.FACE_TO_FACE)
    assert seen.to_dict()["status"] == "booked"

    refused = ask("bookings.book", body=models.BookBody.from_dict(TALK | {"people": ["p02", "p12"]}))
    assert isinstance(refused, models.ProblemModel)
    assert [(finding.kind, finding.subject) for finding in refused.findings] == [
        ("person_taken", "p02"),
        ("room_taken", "R02"),
    ]
    assert isinstance(ask("bookings.show_booking", "T999"), models.ProblemModel)
