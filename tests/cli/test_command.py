import pytest

from scheduler.cli.main import PLACES
from tests.command_line import CommandLine

GROUPS = {
    "rules": ["list", "preview", "apply", "lead"],
    "feeds": ["issue", "list", "rotate", "revoke"],
    "accounts": ["add", "set-password", "list"],
}
COMMANDS = [[name] for name in PLACES] + [[group, name] for group, names in GROUPS.items() for name in names]


def test_help_lists_every_command_and_the_general_options(cli: CommandLine) -> None:
    answer = cli("--help")

    assert answer.status == 0
    assert all(f"\n  {name} " in answer.out for name in PLACES)
    assert all(option in answer.out for option in ("--json", "--as PERSON", "--lang zh|en"))
    assert "必谈覆盖情况" in answer.out
    assert "Coverage as of any day" in cli("--help", "--lang", "en").out


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_both_languages(cli: CommandLine, words: list[str]) -> None:
    chinese, english = cli(*words, "--help"), cli(*words, "--help", "--lang", "en")

    assert (chinese.status, english.status, chinese.err, english.err) == (0, 0, "", "")
    assert chinese.out.startswith(f"用法：python -m scheduler {' '.join(words)}")
    assert english.out.startswith(f"Usage: python -m scheduler {' '.join(words)}")
    assert not any("一" <= sign <= "鿿" for sign in english.out)
    assert " | " not in chinese.out + english.out


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_lists_its_commands(cli: CommandLine, group: str) -> None:
    answer = cli(group)

    assert (answer.status, answer.out) == (2, "")
    assert all(f"\n  {name} " in answer.err for name in GROUPS[group])
