"""Attendance of any booking: recorded in the list, filled in, or read from a roll call."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def chosen(page: str) -> dict[str, str]:
    """What is ticked in the list, by field."""
    return dict(re.findall(r'name="(status-\w+)" value="(\w+)" checked', page))


def test_make_up_is_entered_in_the_grid_of_the_session(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/S09/attendance").text
    assert chosen(page)["status-p06"] == "on_leave"

    response = post(
        organizer,
        "/bookings/S09/attendance",
        {"status-p06": "on_leave", "makeup-p06": "2014-08-11"},
        follow_redirects=True,
    )

    assert "已保存 1 人的出勤" in response.text
    assert "已达标 7 / 8 人" in text_of(organizer.get("/study?as_of=2014-08-20").text)


def test_grid_without_changes_changes_nothing(organizer: FlaskClient) -> None:
    assert (
        "没有变化"
        in post(organizer, "/bookings/S09/attendance", {"status-p06": "on_leave"}, follow_redirects=True).text
    )


def test_make_up_of_what_was_not_missed_is_told_beside_the_person(organizer: FlaskClient) -> None:
    response = post(
        organizer,
        "/bookings/S09/attendance",
        {"status-p01": "attended", "makeup-p01": "2014-08-11", "status-p02": "slept"},
    )

    assert response.status_code == 422
    assert response.text.count('class="error"') >= 1


def test_make_up_before_its_day_and_attendance_before_the_beginning_are_told(organizer: FlaskClient) -> None:
    early = {"status-p06": "on_leave", "makeup-p06": "2014-04-15"}
    response = post(organizer, "/bookings/S09/attendance", early)
    assert response.status_code == 422
    assert "补课日期不能早于当次日期（4月16日）" in response.text
    assert 'value="2014-04-15"' in response.text

    assert "保存出勤" not in organizer.get("/bookings/S22/attendance").text
    ahead = post(organizer, "/bookings/S22/attendance", {"status-p06": "late"})
    assert ahead.status_code == 422
    assert "尚未开始" in ahead.text


def test_make_up_without_what_was_missed_is_not_passed_over(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings/S09/attendance", {"status-p06": "", "makeup-p06": "2014-08-11"})

    assert response.status_code == 422
    assert "请选择出勤情况，再填补课日期。" in response.text
    assert 'value="2014-08-11"' in response.text


def test_a_study_session_and_its_attendance_are_one_page(organizer: FlaskClient) -> None:
    moved = organizer.get("/study/S09")

    assert (moved.status_code, moved.location) == (301, "/bookings/S09/attendance")
    assert organizer.get("/bookings/S99/attendance").status_code == 404
    assert 'href="/bookings/S09/attendance"' in organizer.get("/bookings/S09").text


def test_a_meeting_has_attendance_and_a_quorum(organizer: FlaskClient) -> None:
    before = organizer.get("/bookings/E03/attendance").text
    assert "应到 84" in text_of(before)
    assert "法定人数 56" in text_of(before)
    assert chosen(before) == {}

    filled = post(organizer, "/bookings/E03/attendance", {"status-p06": "on_leave", "reason-p06": "病假", "fill": "1"})
    assert "其余 83 人已设为出席，还没有保存。" in text_of(filled.text)
    ticked = chosen(filled.text)
    assert (ticked["status-p06"], ticked["status-p07"]) == ("on_leave", "attended")
    assert chosen(organizer.get("/bookings/E03/attendance").text) == {}

    post(organizer, "/bookings/E03/attendance", ticked | {"reason-p06": "病假"})
    told = text_of(organizer.get("/bookings/E03/attendance").text)
    assert "已达法定人数：应 56，到 83" in told
    assert "应到 84 人，实到 83 人，已达法定人数 56" in text_of(organizer.get("/bookings/E03").text)


def test_who_is_known_to_be_away_is_filled_in_as_on_leave(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    form = {"person": "p07", "first": "2014-02-26", "last": "2014-12-31", "reason": "培训"}
    post(organizer, "/absences", form)
    page = organizer.get("/bookings/E03/attendance").text
    assert "不在岗：2月26日—12月31日 培训" in text_of(page)
    assert "不在岗" not in supervisor.get("/bookings/E03/attendance").text

    filled = post(organizer, "/bookings/E03/attendance", {"fill": "1"}).text
    assert "其余 83 人已设为出席，还没有保存。 不在岗的 1 人设为请假。" in text_of(filled)
    assert chosen(filled)["status-p07"] == "on_leave"
    assert 'name="reason-p07" value="培训"' in filled


def test_a_study_session_tells_the_hours_of_each(organizer: FlaskClient) -> None:
    page = text_of(organizer.get("/bookings/S09/attendance").text)

    assert re.search(r"沈维岳 主席 .{0,60}? [\d.]+ / 49", page)
    assert "学时" in page


def test_why_somebody_was_on_leave_is_for_organizers_and_the_person(
    organizer: FlaskClient, supervisor: FlaskClient, member: FlaskClient
) -> None:
    given = {"status-p03": "on_leave", "reason-p03": "体检病假"}
    post(organizer, "/bookings/E03/attendance", given)

    assert "体检病假" in organizer.get("/bookings/E03/attendance").text
    seen = supervisor.get("/bookings/E03/attendance").text
    assert "请假" in seen
    assert "体检病假" not in seen
    assert "请假（体检病假）" in text_of(member.get("/bookings/E03").text)
    assert member.get("/bookings/E03/attendance").status_code == 403
    assert (
        post(organizer, "/bookings/E03/attendance", {"status-p03": "attended", "reason-p03": "体检病假"}).status_code
        == 303
    )
    assert "体检病假" not in organizer.get("/bookings/E03/attendance").text


def test_what_was_typed_wrong_is_told_beside_the_person(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings/E03/attendance", {"status-p03": "on_leave", "reason-p03": "长" * 41})

    assert response.status_code == 422
    assert "最多 40 个字符" in response.text
    assert "长" * 41 in response.text
    wrong_day = post(organizer, "/bookings/E03/attendance", {"status-p03": "on_leave", "makeup-p03": "someday"})
    assert "不是日期" in wrong_day.text


def test_a_branch_organizer_records_where_only_the_branch_is_expected(branch_organizer: FlaskClient) -> None:
    assert branch_organizer.get("/bookings/E12/attendance").status_code == 200
    assert "法定人数 23" in text_of(branch_organizer.get("/bookings/E12/attendance").text)
    assert post(branch_organizer, "/bookings/E03/attendance", {"status-p03": "late"}).status_code == 403


def test_supervisor_reads_and_does_not_write(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert "保存出勤" not in supervisor.get("/bookings/S09/attendance").text
    assert post(supervisor, "/bookings/S09/attendance", {"status-p06": "attended"}).status_code == 403
    assert member.get("/study").status_code == 403


ROLL_CALL = "应到10人，实到8人。\n出席：文　静、沈维岳，陈国梁、王海波 郑守正；邓永昌/韩立本 田桂英\n请假：欧阳慧（出差）\n缺席：林秀芝"


def test_roll_call_is_filled_in_and_recorded_only_when_it_is_saved(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/S09/roll-call", {"roll_call": ROLL_CALL}).text

    assert "点名里认出 10 人，已填进下表，还没有保存。" in text_of(page)
    assert chosen(page)["status-p08"] == "absent"
    assert page.count('<tr class="fresh">') == 3  # what is as before is not marked
    assert chosen(organizer.get("/bookings/S09/attendance").text)["status-p08"] == "attended"

    saved = post(organizer, "/bookings/S09/attendance", chosen(page), follow_redirects=True)
    assert "已保存 3 人的出勤" in saved.text
    assert chosen(organizer.get("/bookings/S09/attendance").text)["status-p08"] == "absent"


def test_roll_call_tells_what_it_leaves_open(organizer: FlaskClient) -> None:
    text = "实到3人。学习点名 出席：沈维岳、陈主席、赵无极、白雪 请假：沈维岳"
    page = post(organizer, "/bookings/S09/roll-call", {"roll_call": text}).text
    told = text_of(page)

    assert "“陈主席出席”是谁？可能是陈国梁，请在表里选" in told
    assert "沈维岳写了两处：出席、请假，请在表里选" in told
    assert "不认识：“赵无极”" in told
    assert "不在这次的参加范围，不登记：白雪" in told
    assert "没有用到：学习点名" in told
    assert page.count('<tr class="asked">') == 10  # the numbers do not agree, so that nobody else was filled in
    assert text in page


def test_roll_call_keeps_a_make_up_of_what_was_missed(organizer: FlaskClient) -> None:
    post(organizer, "/bookings/S09/attendance", {"status-p06": "on_leave", "makeup-p06": "2014-08-11"})

    assert "2014-08-11" in post(organizer, "/bookings/S09/roll-call", {"roll_call": "请假：欧阳慧"}).text
    assert "2014-08-11" not in post(organizer, "/bookings/S09/roll-call", {"roll_call": "出席：欧阳慧"}).text


def test_roll_call_that_is_none_is_said_beside_it(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    for text in (" ", "长" * 20_001):
        response = post(organizer, "/bookings/S09/roll-call", {"roll_call": text})
        assert response.status_code == 422
        assert 'id="roll_call-error"' in response.text
    assert post(organizer, "/bookings/S99/roll-call", {"roll_call": "出席：文静"}).status_code == 404
    assert post(supervisor, "/bookings/S09/roll-call", {"roll_call": "出席：文静"}).status_code == 403


def test_sign_in_table_is_read_by_the_column_of_the_day(organizer: FlaskClient) -> None:
    table = "姓名\t3月5日\t4月16日\n文静\t√\t缺\n欧阳慧\t√\t病假\n应到人数\t10\t12\n"

    page = post(organizer, "/bookings/S09/roll-call", {"roll_call": table}).text
    other_day = post(organizer, "/bookings/S09/roll-call", {"roll_call": table.replace("4月16日", "4月17日")})

    assert chosen(page)["status-p03"] == "absent"
    assert 'name="reason-p06" value="病假"' in page
    assert "点名写 12，按名单 10" in text_of(page)
    assert (other_day.status_code, "只有 3月5日、4月17日" in other_day.text) == (422, True)
