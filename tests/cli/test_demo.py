import re
import signal
from pathlib import Path

from tests.command_line import CommandLine
from tests.serving import a_free_port, children_of, is_alive, served, status_of
from tests.waiting import LAST_RESORT


def test_really_serve_the_demo_twice(nowhere: CommandLine) -> None:
    port = a_free_port()
    fresh = CommandLine(nowhere.address, nowhere.folder, now=None)

    with served(fresh, "--demo", "--port", str(port)) as (server, first):
        assert status_of(port, "/api/v1/coverage") == 401
        [worker] = children_of(server.pid)
        server.send_signal(signal.SIGTERM)
        assert server.wait(LAST_RESORT) == 0
    assert not is_alive(worker)

    assert f"http://127.0.0.1:{port}" in first
    accounts = fresh.folder / "demo-accounts.txt"
    assert (accounts.stat().st_mode & 0o777) == 0o600
    kept = [line.split("\t") for line in accounts.read_text(encoding="utf-8").splitlines()]
    assert [role for role, _, _ in kept] == [
        "admin", "organizer", "branch_organizer", "principal", "supervisor", "member",
    ]  # fmt: skip
    assert all(re.search(rf"  {name} +{password}  ", first) for _, name, password in kept)
    sets = fresh.json("rules", "list")["applied"]
    assert [(one["preset"], one["leading"]) for one in sets] == [
        ("cn.four-must-talks-extended", True),
        ("cn.branch-yearly", False),
    ]
    fresh.json("book", "meeting", "--people", "p22", "--start", "2014-09-02T09:00", "--minutes", "45")

    with served(fresh, "--demo", "--port", str(port)) as (server, second):
        pass

    assert first.partition("╭")[2] == second.partition("╭")[2]
    assert fresh.json("bookings", "--on", "2014-09-02")[0]["id"] == "E15"
    assert len(fresh.json("rules", "list")["applied"]) == 2


def test_really_served_an_organisation_of_ones_own_is_left_alone(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("编号 id,姓名 name,部门 unit\np01,甲,一\n", encoding="utf-8")
    own = CommandLine(cli.address, tmp_path / "instance", now=None)
    own.json("import", tmp_path / "roster.csv")
    port = a_free_port()

    with served(own, "--demo", "--port", str(port)) as (_, said):
        pass

    assert f"http://127.0.0.1:{port}" in said
    assert not (own.folder / "demo-accounts.txt").exists()
    assert own.json("accounts", "list") == own.json("rules", "list")["applied"] == []
