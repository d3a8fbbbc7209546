"""A server that was stopped and started again gives the same bytes under the same tags: no calendar fetches anything anew."""

import urllib.request

import pytest

from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases
from tests.dav.asking import basic
from tests.serving import a_free_port, served
from tests.waiting import LAST_RESORT

SYNC = b'<sync-collection xmlns="DAV:"><sync-token/><prop><getetag/></prop></sync-collection>'


def got(address: str, method: str = "GET", data: bytes | None = None, **headers: str) -> tuple[bytes, dict[str, str]]:
    """What is answered, and the headers that say as of when."""
    asked = urllib.request.Request(address, data, headers, method=method)
    with urllib.request.urlopen(asked, timeout=LAST_RESORT) as answer:
        kept = ("ETag", "Last-Modified", "Content-Length", "Content-Encoding", "Vary")
        return answer.read(), {name: answer.headers[name] for name in kept if name in answer.headers}


def test_a_restart_changes_no_byte(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> None:
    cli = CommandLine(databases.make("sqlite", import_sample), tmp_path_factory.mktemp("restart"))
    port = a_free_port()
    root = f"http://127.0.0.1:{port}"
    feed = cli.json("feeds", "issue", "--person", "p03", BASE_URL=root)["address"]
    device = cli.json("feeds", "issue", "--person", "p03", "--device", "手机", BASE_URL=root)
    calendar, opens = f"{root}/dav/F2/calendars/tanxin/", {"Authorization": basic("p03", device["password"])}

    def all_of_it() -> list[tuple[bytes, dict[str, str]]]:
        with served(cli, "--port", str(port), BASE_URL=root):
            return [
                got(feed),
                got(feed, **{"Accept-Encoding": "gzip"}),
                got(calendar, **opens),
                got(calendar, "REPORT", SYNC, **opens),
            ]

    first, second = all_of_it(), all_of_it()

    assert first == second
    assert [(headers.get("ETag") or "")[:4] for _, headers in first] == ['"v1-', '"v1-', '"v1-', ""]
    assert first[0][0].count(b"BEGIN:VEVENT") == 49
