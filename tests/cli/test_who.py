from pathlib import Path

import pytest

from tests.command_line import CommandLine

ROSTER = "编号 id,姓名 name,部门 unit\np01,王伟,甲\np02,王伟,乙\np03,文　静,甲\n"


@pytest.fixture
def namesakes(cli: CommandLine, tmp_path: Path) -> CommandLine:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert cli("import", tmp_path / "roster.csv").status in (0, 1)
    return cli


def book(cli: CommandLine, people: str) -> tuple[int, str]:
    answer = cli("book", "talk", "--people", people, "--start", "2014-08-20T09:00", "--minutes", "45", "--json")
    return answer.status, answer.err


def test_a_name_that_two_people_have_is_asked_about(namesakes: CommandLine) -> None:
    assert book(namesakes, "王伟,文静") == (2, "“王伟”有 2 人（p01、p02），请用编号。\n")
    assert book(namesakes, "p01王伟,文静") == (0, "")


def test_an_id_with_somebody_elses_name_is_nobody(namesakes: CommandLine) -> None:
    assert book(namesakes, "p01文静,p02") == (2, "没有这个人员：p01文静\n")
