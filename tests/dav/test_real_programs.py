"""Programs that people use, against a server that really runs: they read a member's calendar, and then only what changed."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import caldav
import pytest

from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases
from tests.serving import a_free_port, served
from tests.waiting import LAST_RESORT

BIN = Path(sys.executable).parent
FOUND = '["from a"]'
"""The calendars of an account, found by asking at its root."""
TALK = "T041"
"""A talk of 文静 that lies ahead."""


@dataclass(frozen=True)
class Site:
    """A running server, and the command line beside it."""

    cli: CommandLine
    root: str

    def issue(self, *words: str) -> dict[str, str]:
        """A new feed of 文静; what opens it."""
        found = self.cli.json("feeds", "issue", "--person", "p03", *words, BASE_URL=self.root)
        return {name: str(value) for name, value in found.items()}

    def move(self, minutes: int) -> None:
        """Let a talk of hers last otherwise, which changes one entry."""
        assert self.cli.json("move", TALK, "--minutes", str(minutes))["ok"]


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    address = databases.make("sqlite", import_sample)
    port = a_free_port()
    cli = CommandLine(address, tmp_path_factory.mktemp("site"))
    root = f"http://127.0.0.1:{port}"
    with served(cli, "--port", str(port), BASE_URL=root):
        yield Site(cli, root)
    databases.drop(address)


def run(folder: Path, *words: str) -> str:
    """Run a program with a home of its own; what it said."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [str(BIN / words[0]), *words[1:]],
        capture_output=True,
        encoding="utf-8",
        env=environ,
        timeout=LAST_RESORT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def vdirsyncer(folder: Path, storage: dict[str, str], collections: str = "null") -> str:
    """Let vdirsyncer copy a calendar into `folder`/calendar, or the account's into a folder there, once; what it said."""
    settings = "\n".join(f"{name} = {json.dumps(value)}" for name, value in storage.items())
    (folder / "config").write_text(
        f"""
[general]
status_path = "{folder}/status/"
[pair calendar]
a = "ours"
b = "copy"
collections = {collections}
[storage ours]
{settings}
[storage copy]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
""",
        encoding="utf-8",
    )
    config = str(folder / "config")
    if not (folder / "status").exists():
        (folder / "calendar/tanxin").mkdir(parents=True)
        run(folder, "vdirsyncer", "-c", config, "discover")
    return run(folder, "vdirsyncer", "-vDEBUG", "-c", config, "sync")


def copied(said: str) -> int:
    """How many entries vdirsyncer brought over."""
    return said.count("Copying (updating) item") + said.count("Copying (uploading) item")


def test_vdirsyncer_and_khal_read_the_feed_and_then_what_changed(site: Site, tmp_path: Path) -> None:
    address = site.issue()["address"]
    storage = {"type": "http", "url": address}
    with urllib.request.urlopen(address, timeout=LAST_RESORT) as answer:
        entries = answer.read().count(b"BEGIN:VEVENT")

    assert copied(vdirsyncer(tmp_path, storage)) == entries
    assert copied(vdirsyncer(tmp_path, storage)) == 0
    site.move(40)
    assert copied(vdirsyncer(tmp_path, storage)) == 1
    assert len(list((tmp_path / "calendar").glob("*.ics"))) == entries
    khal = tmp_path / "khal.conf"
    khal.write_text(
        f"""
[calendars]
[[tanxin]]
path = {tmp_path}/calendar
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {tmp_path}/khal.db
""",
        encoding="utf-8",
    )
    listed = run(tmp_path, "khal", "-c", str(khal), "list", "2014-06-01", "365d", "--format", "{start} {title}")
    assert "谈心谈话：" in listed


def test_vdirsyncer_syncs_an_account_and_then_only_what_changed(site: Site, tmp_path: Path) -> None:
    made = site.issue("--device", "笔记本")
    storage = {
        "type": "caldav",
        "url": f"{site.root}/dav/",
        "username": made["user"],
        "password": made["password"],
        "read_only": "true",
    }

    assert copied(vdirsyncer(tmp_path, storage, FOUND)) == 49
    assert copied(vdirsyncer(tmp_path, storage, FOUND)) == 0
    site.move(35)
    assert copied(vdirsyncer(tmp_path, storage, FOUND)) == 1
    assert len(list((tmp_path / "calendar/tanxin").iterdir())) == 49


def test_python_caldav_syncs_an_account_and_then_only_what_changed(site: Site) -> None:
    made = site.issue("--device", "手机")
    with caldav.DAVClient(f"{site.root}/dav/", username=made["user"], password=made["password"]) as client:
        (calendar,) = client.principal().calendars()
        known = calendar.objects_by_sync_token(load_objects=True)
        found = calendar.events()
        site.move(30)
        updated, deleted = known.sync()
        assert (calendar.name, len(found), len(list(updated)), len(list(deleted))) == ("谈心日程", 49, 1, 0)
