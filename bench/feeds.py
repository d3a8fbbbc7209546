"""Calendar feeds: processor time of one request, beside an empty view of the same application through the same server.

One worker of waitress, one thread, a feed of 1,000 bookings; the rounds take turns. Beside them in the same process: how
long the first rendering takes, against the icalendar library alone. `--postgresql` measures on PostgreSQL as well.
"""

import http.client
import multiprocessing
import resource
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from icalendar import Event
from sqlalchemy.orm import Session

from bench.timing import best_of_each
from config import Config
from scheduler import edge
from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Booking, Kind, Participant
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.ical import write
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import joining as feed_joining
from scheduler.store import engine as engines
from scheduler.store import load, save, writing
from scheduler.store.feeds import load as load_feeds
from tests import cluster, small_organisation
from tests.databases import Databases
from tests.small_organisation import CLOCK, PEOPLE, SHANGHAI, later

SIZE = 1000
LINK = "http://localhost/bookings/"
ROUNDS, REQUESTS = 5, 300
LIMITS = {"304": 1.5, "whole, plain": 2.0, "next after a change": 4.0}
JOINED_MS, RENDERED = 30.0, 1.2


def run(options: list[str] | None = None) -> dict[str, Any]:
    """Milliseconds of processor time, and the ratio to the empty view."""
    kinds = ["sqlite", *(["postgresql"] if "--postgresql" in (options or []) else [])]
    tables: dict[str, list[dict[str, Any]]] = {}
    is_kept = True
    with cluster.on_call(), tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        for kind in kinds:
            address = databases.make(kind, fill)
            tables[f"requests, {kind}"], kept = requests(Path(folder), address)
            is_kept &= kept
            if kind == "sqlite":
                tables["joining and rendering"], kept = joining(address)
                is_kept &= kept
        databases.close()
    return {"tables": tables, "ok": is_kept}


def fill(session: Session) -> None:
    """A small organisation, and somebody with a thousand bookings."""
    small_organisation.make(session)
    writing.begin(session)
    begins = datetime(2014, 9, 1, tzinfo=SHANGHAI).astimezone(UTC)
    made = [a_meeting(number, begins + timedelta(hours=number)) for number in range(SIZE - 5)]
    save.bookings(session, made, CLOCK)
    session.commit()


def a_meeting(number: int, start: datetime) -> Booking:
    """A meeting with a title of ordinary length; about 635 bytes in a feed."""
    return Booking(
        BookingId(f"E{number + 100}"),
        Kind.MEETING,
        f"第{number + 1}次专题学习研讨：交流学习体会，查摆突出问题，研究整改措施并安排下一阶段工作（扩大会议）",
        Span(start, start + timedelta(minutes=45)),
        RoomId("R04"),
        tuple(Participant(PersonId(person)) for person in PEOPLE),
    )


# ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def requests(folder: Path, address: str) -> tuple[list[dict[str, Any]], bool]:
    """The table of one database."""
    with opened(address) as session:
        _, token = feeds.issue(session, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
        feed_joining.join_stale(session, LINK)
    served = Served(folder, address)
    try:
        return table(served, f"/feeds/{token}.ics", address)
    finally:
        served.stop()


def table(served: "Served", path: str, address: str) -> tuple[list[dict[str, Any]], bool]:
    """Every kind of request in turn, the best round of each."""
    etag = served.get(path).etag
    ways: dict[str, Callable[[int], None]] = {
        "empty view": lambda times: served.ask("/bench-empty", times, 200),
        "304": lambda times: served.ask(path, times, 304, {"If-None-Match": etag}),
        "whole, plain": lambda times: served.ask(path, times, 200),
        "whole, gzip": lambda times: served.ask(path, times, 200, {"Accept-Encoding": "gzip"}),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            before = served.seconds()
            way(REQUESTS)
            best[name] = min(best[name], (served.seconds() - before) / REQUESTS)
    best["next after a change"] = min(after_a_change(served, path) for _ in range(6))
    best["next, joined by another process"] = min(after_another(served, path, address, number) for number in range(6))
    rows = [
        {
            "request": name,
            "ms": round(1000 * seconds, 3),
            "ratio": round(seconds / best["empty view"], 2),
            "limit": LIMITS.get(name, ""),
        }
        for name, seconds in best.items()
    ]
    return rows, all(row["ratio"] <= row["limit"] for row in rows if row["limit"])


def after_a_change(served: "Served", path: str) -> float:
    """Seconds of the first request after the server itself renamed a booking and joined the feed anew."""
    served.ask("/bench-change", 1, 200)
    return next_one(served, path)


def after_another(served: "Served", path: str, address: str, number: int) -> float:
    """The same, when that was done by another process."""
    with opened(address) as session:
        wanted = bookings.BookingChange(title=f"改期后的会议{number}")
        bookings.change(session, OPERATOR, BookingId("E100"), wanted, later(10**6 + 60 * (number + 1)))
        feed_joining.join_stale(session, LINK)
    return next_one(served, path)


def next_one(served: "Served", path: str) -> float:
    """Seconds of one request, after some others."""
    served.ask("/bench-empty", 30, 200)  # as warm as the others are
    before = served.seconds()
    served.ask(path, 1, 200)
    return served.seconds() - before


class opened:  # noqa: N801 - used like a function
    """A session on a database."""

    def __init__(self, address: str) -> None:
        self._engine = engines.make(address)
        self._session = Session(self._engine, expire_on_commit=False)

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()
        self._engine.dispose()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    etag: str


class Served:
    """The application behind waitress, in a process of its own whose processor time can be asked for."""

    def __init__(self, folder: Path, address: str) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._pipe: Connection = ours
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=serve, args=(str(folder), address, theirs), daemon=True)
        self._process.start()
        self.port: int = ours.recv()
        self._client = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """One request."""
        self._client.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            self._client.putheader(name, value)
        self._client.endheaders()
        answer = self._client.getresponse()
        answer.read()
        return Answer(answer.status, answer.getheader("ETag", ""))

    def ask(self, path: str, times: int, status: int, headers: dict[str, str] | None = None) -> None:
        """The same request again and again."""
        for _ in range(times):
            found = self.get(path, headers).status
            assert found == status, (path, found)

    def seconds(self) -> float:
        """Processor time that the server has used."""
        self._pipe.send("time")
        return float(self._pipe.recv())

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()


def change() -> str:
    """Rename a booking, and join the feeds that show it, as is done when such a change is answered."""
    with opened(edge.settings().database_url) as session:
        title = f"改期后的会议{load_feeds.feeds(session)[0].revision}"
        now = later(load_feeds.feeds(session)[0].revision * 60)
        bookings.change(session, OPERATOR, BookingId("E100"), bookings.BookingChange(title=title), now)
        feed_content.join_stale(session, edge.booking_link())
    return ""


def serve(folder: str, address: str, pipe: Connection) -> None:
    """Serve until terminated; tell processor time to whoever asks through the pipe."""
    import logging
    import threading

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # one thread is the point
    from scheduler.app import create_app
    from scheduler.cli import serving

    config = Config(
        instance=Path(folder),
        database_url=address,
        secret_key="only for benchmarks " * 2,
        base_url="http://localhost",
        feed_limit="1000000/hour",
        device_limit="1000000/hour",
    )
    app = create_app(config)
    app.add_url_rule("/bench-change", "bench_change", edge.public(change))
    app.add_url_rule("/bench-empty", "bench_empty", edge.public(lambda: ""))
    listener = socket.create_server(("127.0.0.1", 0))
    server = serving.make(app, listener, threads=1)

    def tell() -> None:
        while pipe.recv():
            used = resource.getrusage(resource.RUSAGE_SELF)
            pipe.send(used.ru_utime + used.ru_stime)

    threading.Thread(target=tell, daemon=True).start()
    pipe.send(listener.getsockname()[1])
    server.run()


# ── Joining and rendering ────────────────────────────────────────────────────────────────────────────────────────────
def joining(address: str) -> tuple[list[dict[str, Any]], bool]:
    """Joining a feed of which one entry changed; and rendering all of them, beside the library alone."""
    with opened(address) as session:
        (feed,) = load_feeds.feeds(session)
        feed_joining.join_stale(session, LINK)
        known = load.bookings(session, people=[PersonId("p03")])

        def join() -> None:
            feed_joining.joined(session, feed, LINK)

        def render() -> None:
            write.event.cache_clear()
            feed_joining.joined(session, feed, LINK, keeps=False)

        joined, rendered, alone = best_of_each(join, render, lambda: library(known), rounds=5)
    rows: list[dict[str, Any]] = [
        {"what": "joined, one entry changed", "ms": round(1000 * joined, 1), "limit": JOINED_MS},
        {"what": "1,000 entries rendered and joined", "ms": round(1000 * rendered, 1), "limit": ""},
        {"what": "icalendar alone", "ms": round(1000 * alone, 1), "limit": ""},
        {"what": "rendered / icalendar", "ms": round(rendered / alone, 2), "limit": RENDERED},
    ]
    return rows, 1000 * joined <= JOINED_MS and rendered <= RENDERED * alone


def library(known: list[Booking]) -> None:
    """The same entries, written by the icalendar library as its documentation shows, one calendar in all."""
    for one in known:
        made = Event()
        made.add("uid", one.uid)
        for name, moment in (
            ("dtstamp", one.revised_at),
            ("created", one.created_at),
            ("last-modified", one.revised_at),
        ):
            made.add(name, moment)
        made.add("sequence", one.sequence)
        made.add("dtstart", one.span.start.astimezone(SHANGHAI))
        made.add("dtend", one.span.end.astimezone(SHANGHAI))
        made.add("summary", one.title)
        made.add("location", "第一会议室")
        made.add("url", f"{LINK}{one.id}")
        made.add("class", "PRIVATE")
        made.add("status", "CONFIRMED")
        made.add("transp", "OPAQUE")
        made.add("x-microsoft-cdo-busystatus", "BUSY")
        made.to_ical()
