import json
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, version
from scheduler.cli import coverage as coverage_module
from scheduler.core.ground.errors import Busy, NotAllowed, Outdated, Refused
from scheduler.core.ground.findings import Finding
from tests.command_line import CommandLine, surroundings


def test_every_command_wants_the_schema_first(nowhere: CommandLine) -> None:
    for words in (
        ("coverage",),
        ("import", "sample"),
        ("rules", "list"),
        ("bookings",),
        ("accounts", "list"),
        ("worker",),
    ):
        answer = nowhere(*words, "--json")
        assert (answer.status, answer.out) == (2, ""), words
        assert answer.err == "数据库还没有建立，请先运行：python -m scheduler init\n", words
    assert not (nowhere.folder / "tanxin.sqlite").exists()


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("coverrage",), ("check", "--help"), ("coverage",)])
def test_what_signs_nothing_leaves_nothing_behind(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "instance"

    CommandLine(f"sqlite:///{folder / 'tanxin.sqlite'}", folder)(*words, SECRET_KEY="")

    assert not folder.exists()


def test_version_is_said(cli: CommandLine) -> None:
    answer = cli("--version")

    assert (answer.status, answer.out) == (0, f"tanxin {version()}\n")


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "odd.sqlite").write_bytes(b"not a database" * 100)

    answer = CommandLine(f"sqlite:///{tmp_path / 'odd.sqlite'}", tmp_path)("coverage")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("数据库用不了：")


def test_a_server_that_is_away_is_said_so(tmp_path: Path) -> None:
    away = CommandLine(f"postgresql://nobody:secret@127.0.0.1:1/{tmp_path.name}", tmp_path)

    answer = away("coverage", "--json")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("数据库用不了：")
    assert "secret" not in answer.err
    assert len(answer.err.splitlines()) == 1


def test_an_older_schema_is_told_to_upgrade(cli: CommandLine) -> None:
    import sqlite3

    with sqlite3.connect(cli.address.removeprefix("sqlite:///")) as database:
        database.execute("DROP TABLE rule_set")

    answer = cli("coverage")

    assert (answer.status, answer.err) == (2, "数据库结构不是最新的，请先运行：python -m scheduler init\n")


def test_a_setting_that_cannot_be_used_is_named(cli: CommandLine) -> None:
    answer = cli("coverage", TANXIN_NOW="yesterday")

    assert (answer.status, answer.out) == (2, "")
    assert "TANXIN_NOW" in answer.err


def test_no_command_shows_help_and_is_wrong_use(cli: CommandLine) -> None:
    answer = cli()

    assert (answer.status, answer.out) == (2, "")
    assert "coverage" in answer.err


def test_no_rule_set_yet_is_a_sentence(sample: CommandLine) -> None:
    answer = sample("coverage", "--json")

    assert (answer.status, answer.out, answer.err) == (2, "", "还没有谈话方案\n")


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(
    campaign: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr(coverage_module.service, "report", broken)

    quiet = campaign("coverage", "--json", TANXIN_DEBUG="")
    loud = campaign("coverage", "--json", TANXIN_DEBUG="1")

    assert (quiet.status, quiet.out) == (2, "")
    assert "KeyError" in quiet.err
    assert "TANXIN_DEBUG=1" in quiet.err
    assert "Traceback" not in quiet.err
    assert "Traceback" in loud.err


def test_ctrl_c_ends_with_130(campaign: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(coverage_module.service, "report", interrupted)

    assert campaign("coverage").status == 130


def test_a_reader_who_leaves_is_no_mistake(campaign: CommandLine) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler", "coverage", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings() | campaign.environ(),
    ) as command:
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        said = command.stderr.read().decode()

    assert (command.returncode, said) == (0, "")


def test_really_run_the_answer_is_one_document_even_on_a_poor_terminal(campaign: CommandLine) -> None:
    answer = campaign.really("coverage", "--json", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out)["rate"] == 77.1


def test_really_run_a_table_on_a_poor_terminal_does_not_fail(campaign: CommandLine) -> None:
    answer = campaign.really("coverage", PYTHONIOENCODING="ascii")

    assert answer.status == 0
    assert "37/48 = 77.1 %" in answer.out


def test_really_run_wrong_use_ends_with_2_and_refusal_with_1(campaign: CommandLine) -> None:
    wrong = campaign.really("coverage", "--as-of", "2014-02-30", "--json")
    refused = campaign.really("cancel", "T041", "--as", "s01", "--json")

    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err == "--as-of：“2014-02-30”不是日期，应如 2014-08-20。\n"
    assert (refused.status, refused.json["error"]) == (1, "not_allowed")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Busy(), "busy"),
        (Outdated("booking", "T041"), "outdated"),
        (NotAllowed("see_coverage"), "not_allowed"),
        (Refused([Finding("head_vacant", "I05")]), "refused"),
    ],
)
def test_every_other_no_ends_with_1_and_its_kind(
    campaign: CommandLine, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    def no(*_: object) -> None:
        raise error

    monkeypatch.setattr(coverage_module.service, "report", no)

    document = campaign.json("coverage", status=1)
    sentence = campaign("coverage")

    assert document["error"] == kind
    assert (sentence.status, sentence.out, sentence.err) == (1, "", f"{document['text']}\n")


HEAVY = {"flask", "alembic", "waitress", "huey", "psycopg", "icalendar", "apiflask", "pydantic"}


def answer_and_awake(line: CommandLine, command: str) -> tuple[str, set[str]]:
    """What a command says in a process of its own, and what it has loaded for that. (For `--json` it wakes what describes answers.)"""
    words = f"import sys; sys.argv = {['scheduler', command]!r}\n"
    run = "import runpy\ntry: runpy.run_module('scheduler', run_name='__main__')\nexcept SystemExit: pass\n"
    done = subprocess.run(
        [sys.executable, "-c", words + run + "print(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings() | line.environ(),
        check=True,
    )
    return done.stdout, set(done.stderr.split())


def test_a_command_wakes_nothing_that_it_does_not_need(campaign: CommandLine) -> None:
    said, awake = answer_and_awake(campaign, "coverage")

    assert awake & HEAVY == set()
    assert "77.1 %" in said


def test_a_command_that_asks_no_rules_wakes_no_reader_of_them(campaign: CommandLine) -> None:
    said, awake = answer_and_awake(campaign, "bookings")

    assert awake & (HEAVY | {"pydantic_core"}) == set()
    assert "T041" in said


def test_commands_speak_in_the_words_of_the_office(sample: CommandLine, tmp_path: Path) -> None:
    office = tmp_path / "org.yaml"
    office.write_text("organisation: {vocabulary: zh-neutral}\n", "utf-8")

    def kinds() -> set[str]:
        return {word for word in ("谈心谈话", "面谈") if f" {word} " in sample("bookings").out}

    assert kinds() == {"谈心谈话"}
    assert sample("import", office).status == 0
    assert kinds() == {"面谈"}
