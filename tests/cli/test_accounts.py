import sqlite3

import pytest

from scheduler.cli import accounts
from tests.command_line import CommandLine

GOOD = "songshu-baiyun-qingshan-0417"


def journal(cli: CommandLine) -> str:
    with sqlite3.connect(cli.address.removeprefix("sqlite:///")) as database:
        return str(database.execute("SELECT * FROM journal").fetchall())


def test_a_lost_second_factor_is_taken_away(sample: CommandLine) -> None:
    sample.json("accounts", "add", "--person", "p03")

    assert sample.json("accounts", "reset-second-factor", "p03")["name"] == "p03"
    assert sample("accounts", "reset-second-factor", "nobody").status == 2


def test_add_prints_a_one_time_link(sample: CommandLine) -> None:
    added = sample.json("accounts", "add", "--person", "文静", BASE_URL="https://tanxin.example.org")

    link = added.pop("link")
    assert added == {"name": "p03", "person": "p03", "role": None, "active": True, "has_password": False}
    assert link.startswith("https://tanxin.example.org/set-password/")
    assert link.rpartition("/")[2] not in journal(sample)


def test_add_without_a_person_gives_a_role_to_a_name(sample: CommandLine) -> None:
    added = sample.json("accounts", "add", "--name", "chief", "--role", "admin")

    assert (added["name"], added["person"], added["role"]) == ("chief", None, "admin")
    lines = sample("accounts", "list").out.splitlines()
    assert lines[2].split() == ["chief", "管理员", "✓", "✗"]


def test_set_password_reads_standard_input(sample: CommandLine) -> None:
    sample.json("accounts", "add", "--person", "p03")

    answer = sample("accounts", "set-password", "p03", "--password-stdin", "--json", stdin=f"{GOOD}\n")

    assert (answer.status, answer.json["has_password"]) == (0, True)
    assert GOOD not in answer.out + answer.err + journal(sample)


def test_set_password_prompts_twice_on_a_terminal(sample: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.json("accounts", "add", "--person", "p03")
    asked: list[str] = []

    def prompt(text: str, **how: object) -> str:
        asked.append(text)
        assert how["hide_input"]
        assert how["confirmation_prompt"] == "再输一遍"
        return GOOD

    monkeypatch.setattr(accounts, "_is_terminal", lambda: True)
    monkeypatch.setattr(accounts.click, "prompt", prompt)

    assert sample("accounts", "set-password", "p03").out == "已设密码：p03\n"
    assert asked == ["新密码"]


@pytest.mark.parametrize("password", ["", "short", "12345678", "p" * 5000])
def test_set_password_refuses_what_is_weak(sample: CommandLine, password: str) -> None:
    sample.json("accounts", "add", "--person", "p03")

    answer = sample("accounts", "set-password", "p03", "--json", stdin=f"{password}\n")

    assert (answer.status, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert "格式不对" not in answer.err


def test_an_account_twice_or_of_nobody_is_wrong_use(sample: CommandLine) -> None:
    sample.json("accounts", "add", "--person", "p03")

    for words in (("add", "--person", "p03"), ("add", "--person", "p999"), ("add",), ("set-password", "nobody")):
        answer = sample("accounts", *words, "--json", stdin=f"{GOOD}\n")
        assert (answer.status, answer.out) == (2, ""), words
        assert len(answer.err.splitlines()) == 1


def test_accounts_are_for_the_operator_and_admins(sample: CommandLine) -> None:
    sample.json("accounts", "add", "--person", "p40", "--role", "admin")

    assert [one["name"] for one in sample.json("accounts", "list", "--as", "p40")] == ["p40"]
    for person in ("p22", "p01", "s01", "p27"):
        assert sample.json("accounts", "list", "--as", person, status=1)["error"] == "not_allowed"


def test_token_lets_a_script_in_until_it_is_revoked(sample: CommandLine) -> None:
    sample.json("accounts", "add", "--person", "p44")

    made = sample.json("accounts", "token", "p44")
    ended = sample.json("accounts", "token", "p44", "--revoke")

    assert made["name"] == "p44"
    assert len(made["token"]) == 43
    assert ended == {"name": "p44", "token": None}
    assert sample.json("accounts", "token", "p44", "--as", "p27", status=1)["error"] == "not_allowed"
