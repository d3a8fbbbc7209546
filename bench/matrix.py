"""The matrix page of the sample, beside a signed-in page with the same layout and no content.

Both through the whole application (test client, SQLite in a file): sign-in looked up, roles resolved, frame printed.
The matrix may take at most 20 times as long, and asks a constant number of queries, whatever stands in it.
"""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.timing import best_of_each
from scheduler import edge
from scheduler.extensions import db
from tests.browser.site import ORGANIZER, a_config, fill
from tests.databases import Databases
from tests.web.visiting import signed_in

EMPTY = '{% extends "base.html" %}{% block title %}{% endblock %}{% block content %}{% endblock %}'
PATHS = {
    "empty page": "/bench-empty",
    "matrix": "/",
    "matrix, all": "/?optional=1",
    "matrix, a square open": "/?square=p08-p19",
}


def run() -> list[dict[str, Any]]:
    """Milliseconds, queries and the ratio to the empty page."""
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder))
        client = signed_in(app, ORGANIZER)
        for path in PATHS.values():
            assert client.get(path).status_code == 200, path
        best = best_of_each(*(partial(client.get, path) for path in PATHS.values()), rounds=15)
        times = dict(zip(PATHS, best, strict=True))
        return [
            {
                "page": name,
                "ms": round(1000 * times[name], 1),
                "ratio": round(times[name] / times["empty page"], 1),
                "queries": queries(app, client, path),
                "kB": round(len(client.get(path).data) / 1000, 1),
            }
            for name, path in PATHS.items()
        ]


def application(folder: Path) -> Flask:
    """The application on the sample, with one page more: the layout alone."""
    from scheduler.app import create_app

    app = create_app(a_config(folder, Databases(folder).make("sqlite", fill)))
    app.add_url_rule("/bench-empty", "bench_empty", edge.for_signed_in(lambda: render_template_string(EMPTY)))
    return app


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many questions one page asks the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)
