"""The matrix of 100 people (4,950 squares) in Chromium, beside a static page with the same table.

The application answers as `serve` does, in a process of its own; the static page is what it answered once, kept as bytes, with the same
style sheets and scripts. Ready means: loaded, laid out and painted, counted by the browser from the beginning of the navigation.
The two take turns; the medians are compared. 2,000 people, summed up by unit, are measured as well and compared with nothing.
"""

import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy.orm import Session
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from config import ROOT
from tests.browser import site as sites
from tests.browser.site import Quiet, Site, browser, sign_in
from tests.command_line import CommandLine
from tests.crowds import crowd
from tests.databases import Databases
from tests.serving import a_free_port, served

ROUNDS = 7
LIMIT = 2.0
CORE, TALKS = 100, 3_000
READY = (
    "() => new Promise((ready) => requestAnimationFrame(() => requestAnimationFrame(() => ready(performance.now()))))"
)


def run() -> dict[str, Any]:
    """Milliseconds until each page is ready, and their ratio."""
    if not Path(sites.CHROMIUM).exists():
        print(f"NOT MEASURED: there is no Chromium at {sites.CHROMIUM}.", file=sys.stderr)
        return {"sizes": [{"page": "not measured: no Chromium", "ms": "", "ratio": ""}]}
    with browser() as opened:
        with crowded(100) as site:
            page = opened.new_page()
            sign_in(page, site, "organizer")
            answer = page.goto(f"{site.address}/")
            assert answer is not None
            with kept(answer.body()) as static_address:
                ours, static = taking_turns(page, (f"{site.address}/", static_address))
        with crowded(2_000) as site:
            page = opened.new_page()
            sign_in(page, site, "organizer")
            (many,) = taking_turns(page, (f"{site.address}/",))
    rows = [
        {"page": "static page, the same table", "ms": round(static), "ratio": 1.0},
        {"page": "matrix of 100 people", "ms": round(ours), "ratio": round(ours / static, 2)},
        {"page": "matrix of 2,000 people by unit", "ms": round(many), "ratio": ""},
    ]
    return {"sizes": rows, "ok": ours < LIMIT * static}


def taking_turns(page: Page, addresses: tuple[str, ...]) -> list[float]:
    """The median time until each is ready, the first round left out."""
    times: list[list[float]] = [[] for _ in addresses]
    for _round in range(ROUNDS + 1):
        for place, address in enumerate(addresses):
            page.goto(address, wait_until="load")
            times[place].append(page.evaluate(READY))
    return [statistics.median(one[1:]) for one in times]


@contextmanager
def crowded(people: int) -> Iterator[Site]:
    """The application with so many people, served as it is for everybody."""
    with tempfile.TemporaryDirectory() as folder:
        database = Databases(Path(folder)).make("sqlite", partial(_fill, people))
        port = a_free_port()
        with served(CommandLine(database, Path(folder)), "--port", str(port)):
            yield Site(f"http://127.0.0.1:{port}", database)


@contextmanager
def kept(html: bytes) -> Iterator[str]:
    """A server of one page and the files that it reads."""

    def answer(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))])
        return [html]

    files = SharedDataMiddleware(answer, {"/static": str(ROOT / "static")})
    server = make_server("127.0.0.1", 0, files, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _fill(people: int, session: Session) -> None:
    crowd(session, people, CORE, TALKS)
