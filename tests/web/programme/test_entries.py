"""New lines of the programme by hand: read as rows of their tables are."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

TASK = {
    "title": "修订接访制度",
    "leader": "文静",
    "lead_unit": "D02",
    "due": "10月底前",
    "opened_on": "2014-08-01",
    "note": "",
}


@pytest.mark.parametrize("kind", ["tasks", "opinions", "batches"])
def test_a_form_asks_for_what_its_table_needs(office: FlaskClient, kind: str) -> None:
    assert f'href="/progress/{kind}/new"' in office.get(f"/{kind}").text
    assert office.get(f"/progress/{kind}/new").status_code == 200

    empty = post(office, f"/progress/{kind}/new", {})

    assert empty.status_code == 422
    assert "处需要改一改" in empty.text


def test_a_task_is_entered_and_can_be_taken_back(office: FlaskClient) -> None:
    done = post(office, "/progress/tasks/new", TASK, follow_redirects=True).text
    assert "已添加：修订接访制度。" in done
    assert re.search(r"修订接访制度.{0,300}文静.{0,300}10月", text_of(office.get("/tasks?as_of=2014-08-02").text))

    [action] = re.findall(r'action="(/imports/\d+/undo)"', done)
    post(office, action, {})
    assert "修订接访制度" not in office.get("/tasks?as_of=2014-08-02").text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [("due", "尽快", "10月底前"), ("leader", "没有这个人", "没有这个人"), ("supporting", "没有的部", "没有的部")],
)
def test_what_cannot_be_is_said_beside_its_field(office: FlaskClient, field: str, typed: str, told: str) -> None:
    page = post(office, "/progress/tasks/new", TASK | {field: typed})

    assert page.status_code == 422
    [error] = re.findall(rf'id="{field}-error">([^<]*)<', page.text)
    assert told in error
    assert 'value="修订接访制度"' in page.text


def test_an_opinion_and_a_batch_are_entered(office: FlaskClient) -> None:
    [contact] = re.findall(r'<option value="(x\d+|c\d+|g01)"', office.get("/progress/opinions/new").text)[:1]
    asked = post(office, "/progress/opinions/new", {"contact": contact, "asked": "2014-08-01", "due": "2014-07-01"})
    assert 'id="due-error"' in asked.text
    assert (
        "已添加"
        in post(
            office, "/progress/opinions/new", {"contact": contact, "asked": "2014-08-01"}, follow_redirects=True
        ).text
    )

    batch = {"name": "第三期", "start": "2014-10-08", "cap": "30"}
    done = post(office, "/progress/batches/new", batch, follow_redirects=True)
    assert "第三期" in done.text
    assert "第一期" in done.text  # it took the place of none
    assert "0 / 30 人，余 30" in text_of(done.text)


def test_every_member_of_the_team_gets_a_material_once(office: FlaskClient) -> None:
    assert "补建缺少的" not in office.get("/materials").text  # the sample has them all
    assert post(office, "/materials/team", {}).status_code == 303


def test_those_who_do_not_import_have_no_form(programme_app, office: FlaskClient) -> None:  # type: ignore[no-untyped-def]
    from tests.browser import site
    from tests.web.visiting import signed_in

    member = signed_in(programme_app, site.MEMBER)
    assert member.get("/progress/tasks/new").status_code == 403


def test_there_is_no_form_of_what_is_no_line(office: FlaskClient) -> None:
    page = office.get("/progress/secrets/new")

    assert page.status_code == 404
    assert "secrets" in page.text
