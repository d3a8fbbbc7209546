"""Calendar accounts (CalDAV) and feeds: processor time of one request with 1,000 entries, and Radicale's with the same ones.

`--radicale PYTHON` names the Python of a virtual environment in which Radicale is installed (`pip install radicale==3.9.*`);
it is a peer to be measured, and no dependency. Both servers run at once, the rounds take turns, and each counts its own process.
"""

import base64
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bench.feeds import LINK, SIZE, Served, fill, opened
from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import joining as feed_joining
from scheduler.store.feeds import load as load_feeds
from tests.databases import Databases
from tests.serving import a_free_port
from tests.small_organisation import later

ROUNDS = 3
OURS, THEIRS = "ours", "Radicale"
DAV = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
CTAG = f"<propfind {DAV}><prop><S:getctag/></prop></propfind>"
SYNC = f"<sync-collection {DAV}><sync-token>{{0}}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
QUERY = (
    f'<C:calendar-query {DAV}><prop><getetag/></prop><C:filter><C:comp-filter name="VCALENDAR">'
    '<C:comp-filter name="VEVENT"/></C:comp-filter></C:filter></C:calendar-query>'
)
GET_ALL = f"<C:calendar-multiget {DAV}><prop><getetag/><C:calendar-data/></prop>{{0}}</C:calendar-multiget>"


@dataclass
class Client:
    """Somebody who asks a server again and again over one connection."""

    port: int
    authorization: str
    seconds: Callable[[], float]
    """Processor time that the server has used."""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes, dict[str, str]]:
        given = {"Authorization": self.authorization, "Accept-Encoding": "identity", "Depth": "1", **headers}
        self.connection.request(method, path, body.encode() or None, given)
        answer = self.connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def cost(self, times: int, *asked: str, **headers: str) -> tuple[float, int]:
        """Milliseconds of processor time for one such request, and its status."""
        status = self.ask(*asked, **headers)[0]
        before = self.seconds()
        for _ in range(times):
            assert self.ask(*asked, **headers)[0] == status, asked
        return 1000 * (self.seconds() - before) / times, status


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def run(options: list[str] | None = None) -> dict[str, Any]:
    """A table of milliseconds for each request; with Radicale's beside them, if its Python is given."""
    python = (options or [])[1] if (options or [])[:1] == ["--radicale"] and len(options or []) == 2 else ""
    if options and not python:
        sys.exit("bench accounts --radicale PYTHON")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases = Databases(folder)
        address = databases.make("sqlite", fill)
        with opened(address) as session:
            _, token = feeds.issue(session, OPERATOR, later(0), Owner(Scope.PERSON, "p03"))
            device, password = feeds.issue(session, OPERATOR, later(0), Owner(Scope.PERSON, "p03"), device="bench")
            feed_joining.join_stale(session, LINK)
            body = load_feeds.body(session, device.id)
        assert body
        served = Served(folder, address)
        ours = Peer(
            Client(served.port, basic("p03", password), served.seconds),
            f"/dav/{device.id}/calendars/tanxin/",
            lambda number: change(address, number),
            100,
        )
        peers = {OURS: ours}
        radicale = Radicale(python, folder / "radicale", body.data) if python else None
        if radicale:
            peers[THEIRS] = radicale.peer
        try:
            rows = table(peers, {OURS: f"/feeds/{token}.ics", THEIRS: radicale.peer.path if radicale else ""})
        finally:
            served.stop()
            if radicale:
                radicale.stop()
        databases.close()
    return {"tables": {f"requests, {SIZE} entries": rows}}


@dataclass(frozen=True)
class Peer:
    """A server with the calendar on it."""

    client: Client
    path: str
    change: Callable[[int], None]
    """Change one entry."""
    times: int
    """How often the same is asked in a round."""

    def token(self) -> str:
        """What names the calendar as it is now."""
        _, data, _ = self.client.ask("REPORT", self.path, SYNC.format(""))
        return ElementTree.fromstring(data).findtext("{DAV:}sync-token", "")

    def hrefs(self) -> str:
        """The addresses of all entries, as a request names them."""
        _, data, _ = self.client.ask("REPORT", self.path, QUERY)
        found = [one.text for one in ElementTree.fromstring(data).iter("{DAV:}href")]
        assert len(found) == SIZE, len(found)
        return "".join(f"<href>{href}</href>" for href in found)


def table(peers: dict[str, Peer], whole: dict[str, str]) -> list[dict[str, Any]]:
    """Each kind of request, the best round of each server."""
    best: dict[str, dict[str, tuple[float, int]]] = {}
    for number in range(ROUNDS):
        for who, peer in peers.items():
            for what, found in measured(peer, whole[who], number).items():
                known = best.setdefault(what, {}).get(who, (float("inf"), 0))
                best[what][who] = min(known, found)
    rows = []
    for what, found in best.items():
        row: dict[str, Any] = {"request": what}
        for who, (ms, status) in found.items():
            row |= {f"{who}, ms": round(ms, 2), f"{who} answers": status}
        if THEIRS in found:
            row["times"] = round(found[THEIRS][0] / max(found[OURS][0], 0.001), 1)
        rows.append(row)
    return rows


def measured(peer: Peer, whole: str, number: int) -> dict[str, tuple[float, int]]:
    """One round of one server."""
    client, path, times = peer.client, peer.path, peer.times
    etag = client.ask("GET", whole)[2]["etag"]
    token, hrefs = peer.token(), peer.hrefs()
    found = {
        "GET of all": client.cost(times, "GET", whole),
        "GET of all, If-None-Match": client.cost(times, "GET", whole, **{"If-None-Match": etag}),
        "PROPFIND getctag": client.cost(times, "PROPFIND", path, CTAG, Depth="0"),
        "sync-collection, nothing changed": client.cost(times, "REPORT", path, SYNC.format(token)),
        "calendar-query, tags of all": client.cost(max(times // 4, 5), "REPORT", path, QUERY),
        "calendar-multiget of all": client.cost(max(times // 4, 5), "REPORT", path, GET_ALL.format(hrefs)),
    }
    peer.change(number)
    client.ask("PROPFIND", path, CTAG, Depth="0")
    changed = client.ask("REPORT", path, SYNC.format(token))[1]
    assert changed.count(b"getetag>") // 2 == 1, changed[:2000]
    found["sync-collection, one changed"] = client.cost(times, "REPORT", path, SYNC.format(token))
    return found


def change(address: str, number: int) -> None:
    """Let one booking be called otherwise, and join the feeds as is done then."""
    with opened(address) as session:
        wanted = bookings.BookingChange(title=f"改期后的会议{number}")
        bookings.change(session, OPERATOR, BookingId("E100"), wanted, later(10**6 + 60 * (number + 1)))
        feed_joining.join_stale(session, LINK)


class Radicale:
    """Radicale in a process of its own, with the entries of a calendar."""

    def __init__(self, python: str, folder: Path, calendar: bytes) -> None:
        port = a_free_port()
        words = [
            "--server-hosts",
            f"127.0.0.1:{port}",
            "--auth-type",
            "none",
            "--storage-filesystem-folder",
            str(folder),
        ]
        self._process = subprocess.Popen([python, "-m", "radicale", *words, "--logging-level", "error"])
        client = Client(port, basic("bench", "bench"), self._seconds)
        self.peer = Peer(client, "/bench/calendar/", self._change, 10)
        self._wait()
        status, told, _ = client.ask("PUT", self.peer.path, calendar.decode(), **{"Content-Type": "text/calendar"})
        assert status == 201, told

    def _wait(self) -> None:
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            with suppress(OSError):
                self.peer.client.ask("GET", "/.web/")
                return
            self.peer.client.connection.close()
            time.sleep(0.1)
        raise SystemExit("Radicale did not come up.")

    def _seconds(self) -> float:
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def _change(self, number: int) -> None:
        """Write one entry anew."""
        client, path = self.peer.client, self.peer.path
        _, data, _ = client.ask("REPORT", path, QUERY)
        href = next(one.text or "" for one in ElementTree.fromstring(data).iter("{DAV:}href"))
        entry = client.ask("GET", href)[1].decode()
        written = entry.replace("SUMMARY:", f"SUMMARY:{number}")
        assert client.ask("PUT", href, written, **{"Content-Type": "text/calendar"})[0] in (201, 204)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)
