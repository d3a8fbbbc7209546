import json
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from tests.command_line import CommandLine, surroundings
from tests.serving import a_free_port, children_of, served, status_of, wait_until_gone, wait_until_it_hears
from tests.waiting import LAST_RESORT, wait_for


def test_init_makes_the_database_and_its_folder_for_the_owner_only(nowhere: CommandLine) -> None:
    assert nowhere.json("init") == {"ok": True}

    assert (nowhere.folder.stat().st_mode & 0o777) == 0o700
    assert nowhere.json("init") == {"ok": True}
    assert nowhere.json("bookings") == []
    assert nowhere.json("import", "sample/rooms.csv", "--dry-run")["people"] == 0
    nowhere.folder.chmod(0o700)
    assert nowhere.json("doctor", TANXIN_NOW="2014-08-01T08:00+08:00")["ok"]


def test_init_where_no_folder_can_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    answer = CommandLine(f"sqlite:///{tmp_path / 'file' / 'tanxin.sqlite'}", tmp_path)("init")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("数据库用不了：")


def test_serve_says_when_the_port_is_taken(sample: CommandLine) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        answer = sample("serve", "--port", str(port))

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"端口 {port} 已被占用；用 --port 另选一个（make run 时：PORT=5001 make run）。\n"


def test_serve_says_when_it_cannot_listen_there(sample: CommandLine) -> None:
    answer = sample("serve", "--host", "192.0.2.1", "--port", str(a_free_port()))

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("不能在 192.0.2.1:")


def test_serve_wants_the_schema_and_knows_no_json(nowhere: CommandLine) -> None:
    assert nowhere("serve", "--port", str(a_free_port())).err.startswith("数据库还没有建立")
    assert nowhere("serve", "--json").status == 2


def test_really_served_the_worker_stops_when_the_server_is_killed(sample: CommandLine) -> None:
    port = a_free_port()

    with served(sample, "--demo", "--port", str(port)) as (server, _):
        [worker] = children_of(server.pid)
        server.kill()
        server.wait(LAST_RESORT)

        wait_until_gone(worker)


@pytest.mark.slow
def test_really_served_a_run_of_the_planner_is_carried_out_at_once(sample: CommandLine) -> None:
    """Asked over the API, done by the worker beside the server."""
    port = a_free_port()
    with served(sample, "--demo", "--port", str(port)):
        token = sample.json("accounts", "token", "p22")["token"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

        def ask(path: str, body: bytes | None = None) -> dict[str, Any]:
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", data=body, headers=headers)
            with urllib.request.urlopen(asked, timeout=LAST_RESORT) as answer:
                found: dict[str, Any] = json.load(answer)
                return found

        address = "/plans/" + ask("/plans", b'{"seconds": 3600}')["id"]
        wait_for(lambda: ask(address)["state"] not in ("queued", "running"), "a plan")
        run = ask(address)

    assert (run["state"], run["placed"], run["of"], run["plan_status"]) == ("done", 8, 8, "optimal")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_really_working_it_beats_and_stops_when_told(sample: CommandLine, number: signal.Signals) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "scheduler", "worker"], cwd=ROOT, env=surroundings() | sample.environ()
    )
    try:
        wait_until_it_hears(worker.pid, signal.SIGTERM)
        checks = {check["name"]: check["text"] for check in sample.json("doctor")["checks"]}
    finally:
        worker.send_signal(number)

    assert worker.wait(LAST_RESORT) == 0
    assert checks["worker"] != "后台进程没有运行过"


def test_really_served_a_new_installation_shows_where_to_begin_and_has_its_worker(nowhere: CommandLine) -> None:
    nowhere("init")
    port = a_free_port()

    with served(nowhere, "--worker", "--port", str(port)) as (server, said):
        [link] = [line for line in said.splitlines() if "/set-password/" in line][:1]
        path = link.partition(f":{port}")[2].split()[0]
        assert "还没有人登录过" in said
        assert status_of(port, path) == 200
        assert len(children_of(server.pid)) == 1
