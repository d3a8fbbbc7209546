"""What if: an appointment from a form, or files whose preview is open; nothing is written, and every figure opens its list."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.imports.test_run import token_of
from tests.web.visiting import post

JOINS = "/what-if?what=join&person=孙志诚&group=leadership_team"


def rows_of(page: str, part: str) -> int:
    """How many rows a list has."""
    body = page.partition(f'id="r1-{part}"')[2].partition("</details>")[0]
    return body.partition("<tbody>")[2].count("<tr>")


def test_an_appointment_says_what_comes_and_every_figure_opens_its_list(organizer: FlaskClient) -> None:
    page = organizer.get(JOINS).text

    figures = {part: int(count) for part, count in re.findall(r'href="#r1-(\w+)">(\d+)</a>', page)}
    assert figures == {"comes": 8, "stays": 54}
    assert {part: rows_of(page, part) for part in figures} == figures
    assert "77.1% → 66.1%" in text_of(page)
    assert "沈维岳 × 孙志诚" in page
    assert "37 / 48 → 37 / 56" in text_of(page)
    assert "37 / 48" in text_of(organizer.get("/").text)


def test_who_leaves_is_looked_at_from_their_page(organizer: FlaskClient) -> None:
    assert "/what-if?person=p03" in organizer.get("/people/p03").text
    assert "/what-if?person=p03" in organizer.get("/people/p03/leave").text

    page = organizer.get("/what-if?person=p03&what=leave").text

    assert rows_of(page, "falls") == 10
    assert "T041" in page
    assert "没有登记分管领导" in page


def test_files_are_looked_at_from_their_preview(organizer: FlaskClient) -> None:
    vacant = "编号\t名称\t类别\t负责人\nD01\t办公室\tdept\t"
    preview = post(organizer, "/import", {"pasted": vacant}).text
    assert "先查看必谈变化" in preview

    page = post(organizer, "/import/what-if", {"token": token_of(preview)}).text

    assert rows_of(page, "falls") == 1
    assert "粘贴的表格.csv" in page
    assert "接受并导入" in post(organizer, "/import/again", {"token": token_of(preview)}).text
    gone = post(organizer, "/import/what-if", {"token": "nothing"}, follow_redirects=True).text
    assert "预览已过期" in gone


def test_files_that_are_wrong_are_told(organizer: FlaskClient) -> None:
    wrong = "编号\t名称\t类别\t负责人\nD01\t办公室\tdept\tp999"
    preview = post(organizer, "/import", {"pasted": wrong}).text

    answer = post(organizer, "/import/what-if", {"token": token_of(preview)})

    assert answer.status_code == 422
    assert "有 1 处错误" in answer.text


@pytest.mark.parametrize(
    ("asked_for", "sentence"),
    [
        ("what=join&person=p99&group=leadership_team", "没有找到“p99”"),
        ("what=leave", "不能为空"),
        ("what=head&person=p12", "不能为空"),
        ("what=head&person=p12&unit=D99", "D99"),
        ("what=promote&person=p12", "没有“promote”这一选项"),
        ("what=leave&person=p12&valid_from=soon", "不是日期"),
    ],
)
def test_what_cannot_be_understood_is_said_beside_its_field(
    organizer: FlaskClient, asked_for: str, sentence: str
) -> None:
    answer = organizer.get(f"/what-if?{asked_for}")

    assert answer.status_code == 422
    assert sentence in answer.text


def test_without_rules_there_is_nothing_to_ask(organizer: FlaskClient) -> None:
    assert "变动" in organizer.get("/what-if").text


@pytest.mark.parametrize("visitor", ["member", "supervisor", "branch_organizer"])
def test_others_learn_nothing(request: pytest.FixtureRequest, visitor: str) -> None:
    browser: FlaskClient = request.getfixturevalue(visitor)
    answer = browser.get(JOINS)
    assert answer.status_code == 403
    assert "沈维岳" not in answer.text
    assert "what-if" not in browser.get("/people/p04").text
