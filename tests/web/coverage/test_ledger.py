"""The ledger: all talks, what counts, why not."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of


def rows(html: str) -> dict[str, str]:
    """The lines by the talk's id, as text."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("</tr>"):
        if match := re.search(r"T\d{3}", row):
            found[match[0]] = text_of(row)
    return found


def test_ledger_lists_all_talks_and_says_why_some_do_not_count(organizer: FlaskClient) -> None:
    page = organizer.get("/ledger").text
    lines = rows(page)

    assert "共 50 条，计入 43 次" in page
    assert len(lines) == 50
    assert "不在谈话窗口期" in lines["T039"]
    assert "已取消" in lines["T040"]
    assert "尚未进行" in lines["T041"]
    assert "集体谈话不计" in lines["T043"]
    assert "谈话方式不符合要求" in lines["T044"]
    assert "待双方确认" in lines["T045"]


def test_repeated_extra_and_weekend_talks_are_marked_and_count(organizer: FlaskClient) -> None:
    lines = rows(organizer.get("/ledger").text)

    assert "重复谈话，不新增覆盖" in lines["T032"]
    assert "计划外谈话" in lines["T046"]
    assert "7月13日 周日" in lines["T033"]
    assert all("计入" in lines[talk] for talk in ("T032", "T046", "T033"))


def test_ledger_is_told_in_the_language_of_each_visitor_in_turn(
    organizer: FlaskClient, supervisor: FlaskClient
) -> None:
    assert "计划外谈话" in rows(organizer.get("/ledger").text)["T046"]
    assert "Extra talk" in rows(supervisor.get("/ledger?lang=en").text)["T046"]
    assert "计划外谈话" in rows(organizer.get("/ledger").text)["T046"]


def test_ledger_is_filtered_by_person_rule_verdict_and_day(organizer: FlaskClient) -> None:
    assert set(rows(organizer.get("/ledger?verdict=counts_not").text)) == {
        f"T{n:03}" for n in (39, 40, 41, 42, 43, 44, 45)
    }
    assert set(rows(organizer.get("/ledger?verdict=extra").text)) == {"T046"}
    assert len(rows(organizer.get("/ledger?rule=R1").text)) == 7
    assert "T041" in rows(organizer.get("/ledger?person=p03&first=2014-08-01").text)
    assert "没有符合条件的记录" in organizer.get("/ledger?person=p03&first=2015-01-01").text


def test_day_that_cannot_be_read_is_said_beside_its_field(organizer: FlaskClient) -> None:
    response = organizer.get("/ledger?first=31.6.")

    assert response.status_code == 200
    assert "“31.6.”不是日期" in response.text


def test_supervisor_reads_the_ledger_and_a_member_does_not(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert supervisor.get("/ledger").status_code == 200
    assert "登记谈话" not in supervisor.get("/ledger").text
    assert member.get("/ledger").status_code == 403


def test_branch_organizer_without_a_rule_set_gets_an_empty_ledger(branch_organizer: FlaskClient) -> None:
    assert "还没有谈话方案" in branch_organizer.get("/ledger").text


def test_nothing_of_what_is_said_has_a_place_in_the_ledger(organizer: FlaskClient) -> None:
    assert not re.search(r"内容|提纲|态度|content", text_of(organizer.get("/ledger").text.partition("<main")[2]))
