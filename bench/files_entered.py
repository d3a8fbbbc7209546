"""How many of the project's own files one request enters: booking a talk over the API, and the matrix page.

A file is entered when one of its functions is called. Each request is sent once before, so that what is done only once in a
process (compiling templates, reading the shipped rules) is not counted: what is left is what a reader has to walk through.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from tests.browser.site import ORGANIZER, a_config, fill
from tests.builders import a_clock
from tests.databases import Databases
from tests.web.visiting import signed_in

OURS = f"{ROOT / 'scheduler'}/"


def run() -> dict[str, Any]:
    """The number of files for each request; then each file, with the requests that enter it."""
    from scheduler.app import create_app

    with tempfile.TemporaryDirectory(prefix="tanxin-bench-") as folder:
        tokens: list[str] = []

        def filled(session: Session) -> None:
            fill(session)
            account = accounts.named(session, OPERATOR, ORGANIZER)
            tokens.append(sign_ins.issue_token(session, account, a_clock()))

        app = create_app(a_config(Path(folder), Databases(Path(folder)).make("sqlite", filled)))
        script, page = app.test_client(), signed_in(app, ORGANIZER)
        script.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens[0]}"
        required = script.get("/api/v1/requirements").json or {}
        pairs = [
            one["people"] for one in required["requirements"] if one["state"] == "open" and len(one["people"]) == 2
        ]
        requests: dict[str, Callable[[int], int]] = {
            "booking": lambda number: _book(script, pairs[number], number),
            "matrix": lambda _: page.get("/").status_code,
        }
        files = {name: entered(request) for name, request in requests.items()}
    every = sorted(set().union(*files.values()))
    return {
        "tables": {
            "files": [{"request": name, "files": len(found)} for name, found in files.items()],
            "each": [
                {"file": file, **{n: "x" if file in found else "" for n, found in files.items()}} for file in every
            ],
        }
    }


def _book(client: FlaskClient, pair: list[str], number: int) -> int:
    """Book a talk that is asked for, at a time that is free: there is nothing to be said about it."""
    start = f"2014-08-{12 + number}T14:00"
    body = {"kind": "talk", "people": pair, "start": start, "minutes": 45, "room": "R05"}
    booked = client.post("/api/v1/bookings", json=body)
    assert booked.json is not None
    assert not [*booked.json["blocking"], *booked.json["warnings"], *booked.json["hints"]], booked.json
    return booked.status_code


def entered(request: Callable[[int], int]) -> set[str]:
    """The files that the second of two requests enters."""
    assert request(0) in (200, 201)
    files: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        status = request(1)
    finally:
        sys.setprofile(None)
    assert status in (200, 201)
    return {file.removeprefix(OURS) for file in files if file.startswith(OURS)}
