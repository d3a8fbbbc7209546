"""The matrix to take along: a workbook and a picture."""

import io
from urllib.parse import quote
from xml.etree import ElementTree

import openpyxl
import pytest
from flask.testing import FlaskClient
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

SVG = "{http://www.w3.org/2000/svg}"


def sheets(response: TestResponse) -> tuple[Worksheet, Worksheet]:
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    return book.worksheets[0], book.worksheets[1]


def told(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_workbook_holds_the_matrix_and_its_list(organizer: FlaskClient) -> None:
    response = organizer.get("/matrix.xlsx")
    matrix, listed = sheets(response)

    assert quote("覆盖矩阵 2014-08-01.xlsx") in response.headers["Content-Disposition"]
    assert matrix["A1"].value == "谈心谈话 · 四必谈并扩大范围"
    assert "截至 2014年8月1日 · 覆盖率 77.1% · 37 / 48 次" in told(matrix)
    assert "✓\n6/18" in told(matrix)
    assert listed.max_row == 49
    assert [cell.value for cell in listed[1]][:4] == ["谁", "与谁", "状态", "日期"]
    assert [cell.value for cell in listed[2]][:3] == ["沈维岳", "陈国梁", "已谈"]


def test_workbook_is_filtered_and_ordered_as_the_page_is(organizer: FlaskClient) -> None:
    matrix, listed = sheets(organizer.get("/matrix.xlsx?rule=R4&state=open&order=strokes&person=p08"))

    assert listed.max_row == 2
    assert "督导组与班子成员、林秀芝、未谈、按姓氏笔画" in told(matrix)


def test_of_many_people_units_are_taken_along(organizer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.coverage.matrix_page.MAX_PEOPLE", 5)
    matrix, listed = sheets(organizer.get("/matrix.xlsx"))

    assert any(text.startswith(("81.0%\n", "100.0%\n")) for text in told(matrix))
    assert listed.max_row == 49
    assert ElementTree.fromstring(organizer.get("/matrix.svg").data) is not None


def test_picture_draws_each_square_and_needs_nothing_from_outside(organizer: FlaskClient) -> None:
    response = organizer.get("/matrix.svg?as_of=2014-08-18")
    drawn = ElementTree.fromstring(response.data)

    assert response.mimetype == "image/svg+xml"
    assert quote("覆盖矩阵 2014-08-18.svg") in response.headers["Content-Disposition"]
    assert len(drawn.findall(f"{SVG}g")) == 48
    assert "href" not in response.text
    assert "陈国梁 × 文静，已谈，6月19日" in response.text


def test_in_english(organizer: FlaskClient) -> None:
    organizer.get("/?lang=en")

    assert "As of 1 August 2014 · Coverage rate 77.1%" in told(sheets(organizer.get("/matrix.xlsx"))[0])[2]
    assert "rotate(-90)" in organizer.get("/matrix.svg").text


def test_page_offers_both(organizer: FlaskClient, member: FlaskClient) -> None:
    page = organizer.get("/?rule=R4").text

    assert 'href="/matrix.xlsx?rule=R4"' in page
    assert 'href="/matrix.svg?rule=R4"' in page
    assert member.get("/matrix.xlsx").status_code == 403


def test_without_a_rule_set_there_is_nothing_to_take_along(branch_organizer: FlaskClient) -> None:
    assert branch_organizer.get("/matrix.xlsx").status_code == 404
