import sqlite3
from pathlib import Path

from tests.command_line import CommandLine


def verdicts(cli: CommandLine, status: int, **environ: str) -> dict[str, bool]:
    said = cli.json("doctor", status=status, **environ)
    assert said["ok"] == (status == 0)
    return {check["name"]: check["ok"] for check in said["checks"]}


def texts(cli: CommandLine, status: int = 0, **environ: str) -> dict[str, str]:
    return {check["name"]: check["text"] for check in cli.json("doctor", status=status, **environ)["checks"]}


def test_everything_is_looked_at(sample: CommandLine) -> None:
    sample.folder.chmod(0o700)

    assert verdicts(sample, 0) == dict.fromkeys(
        ("database", "migrations", "guards", "workdays", "worker", "fonts", "clock", "instance", "disk", "mail"), True
    )
    said = texts(sample)
    assert said["guards"] == "防重复占用的约束都在"
    assert said["worker"] == "后台进程没有运行过"
    assert said["clock"] == "TANXIN_NOW 已设，机构时间为 2014-08-01T08:00+08:00"
    lines = sample("doctor").out.splitlines()
    assert lines[0].startswith("✓ 数据库  ")
    assert "the guards against double bookings are there" in sample("doctor", "--lang", "en").out


def test_without_a_database_it_says_so(nowhere: CommandLine) -> None:
    assert verdicts(nowhere, 1)["database"] is False
    assert "先运行 init" in texts(nowhere, 1)["database"]
    assert not (nowhere.folder / "tanxin.sqlite").exists()


def test_an_empty_database_is_behind(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite"
    sqlite3.connect(file).close()
    file.touch()

    said = verdicts(CommandLine(f"sqlite:///{file}", tmp_path), 1)

    assert (said["database"], said["migrations"]) == (True, False)


def test_a_file_that_is_no_database_cannot_be_reached(tmp_path: Path) -> None:
    (tmp_path / "odd.sqlite").write_bytes(b"not a database" * 100)

    assert verdicts(CommandLine(f"sqlite:///{tmp_path / 'odd.sqlite'}", tmp_path), 1)["database"] is False


def test_a_guard_that_was_taken_down_is_missed(sample: CommandLine) -> None:
    with sqlite3.connect(sample.address.removeprefix("sqlite:///")) as database:
        database.execute("DROP TRIGGER allocation_never_twice_insert")

    assert verdicts(sample, 1)["guards"] is False
    assert "allocation_never_twice_insert" in texts(sample, 1)["guards"]


def test_a_year_without_holidays_is_wrong_and_a_next_year_is_a_note(cli: CommandLine) -> None:
    cli.json("init")

    assert verdicts(cli, 0, TANXIN_NOW="2026-11-22T09:00+08:00")["workdays"]
    assert texts(cli, TANXIN_NOW="2026-11-22T09:00+08:00")["workdays"] == "2027 年放假安排待公布"
    assert verdicts(cli, 1, TANXIN_NOW="2027-02-01T09:00+08:00")["workdays"] is False


def test_a_key_that_others_can_read_is_wrong_and_an_open_folder_is_a_note(sample: CommandLine) -> None:
    key = sample.folder / "secret_key"
    sample.folder.chmod(0o755)
    assert verdicts(sample, 0)["instance"]
    assert "chmod 700" in texts(sample)["instance"]

    key.write_text("a key that is long enough", encoding="ascii")
    key.chmod(0o644)
    assert verdicts(sample, 1)["instance"] is False

    key.chmod(0o600)
    sample.folder.chmod(0o700)
    assert verdicts(sample, 0)["instance"]
