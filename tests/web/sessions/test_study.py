"""Study: hours by person, sessions, attendance with make-ups."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_study_shows_who_has_the_hours(supervisor: FlaskClient) -> None:
    told = text_of(supervisor.get("/study?as_of=2014-08-20").text)

    assert "要求 49 学时，已组织 51 学时" in told
    assert "已达标 6 / 8 人" in told
    assert re.search(r"欧阳慧 [\d. /]*48 / 49 ! 还差 1", told)
    assert re.search(r"文静 [\d. /]*49.5 / 49 ✓ 已达标", told)


def test_make_up_is_entered_in_the_grid_of_the_session(organizer: FlaskClient) -> None:
    page = organizer.get("/study/S09").text
    assert re.search(r'id="status-p06".*?<option value="on_leave" selected>请假', page, re.DOTALL)

    response = post(
        organizer, "/study/S09", {"status-p06": "on_leave", "makeup-p06": "2014-08-11"}, follow_redirects=True
    )

    assert "已保存 1 人的出勤" in response.text
    assert "已达标 7 / 8 人" in text_of(organizer.get("/study?as_of=2014-08-20").text)


def test_grid_without_changes_changes_nothing(organizer: FlaskClient) -> None:
    assert "没有变化" in post(organizer, "/study/S09", {"status-p06": "on_leave"}, follow_redirects=True).text


def test_make_up_of_what_was_not_missed_is_told_beside_the_person(organizer: FlaskClient) -> None:
    response = post(
        organizer, "/study/S09", {"status-p01": "attended", "makeup-p01": "2014-08-11", "status-p02": "slept"}
    )

    assert response.status_code == 422
    assert response.text.count('class="error"') >= 1


def test_make_up_before_its_day_and_attendance_before_the_beginning_are_told(organizer: FlaskClient) -> None:
    early = {"status-p06": "on_leave", "makeup-p06": "2014-04-15"}
    response = post(organizer, "/study/S09", early)
    assert response.status_code == 422
    assert "补课日期不能早于当次日期（4月16日）" in response.text
    assert 'value="2014-04-15"' in response.text

    assert "保存出勤" not in organizer.get("/study/S22").text
    ahead = post(organizer, "/study/S22", {"status-p06": "late"})
    assert ahead.status_code == 422
    assert "尚未开始" in ahead.text


def test_make_up_without_what_was_missed_is_not_passed_over(organizer: FlaskClient) -> None:
    response = post(organizer, "/study/S09", {"status-p06": "", "makeup-p06": "2014-08-11"})

    assert response.status_code == 422
    assert "请选择出勤情况，再填补课日期。" in response.text
    assert 'value="2014-08-11"' in response.text


def test_session_that_is_none_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/study/E10").status_code == 404
    assert organizer.get("/study/S99").status_code == 404


def test_supervisor_reads_and_does_not_write(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert "保存出勤" not in supervisor.get("/study/S09").text
    assert post(supervisor, "/study/S09", {"status-p06": "attended"}).status_code == 403
    assert member.get("/study").status_code == 403


ROLL_CALL = "应到10人，实到8人。\n出席：文　静、沈维岳，陈国梁、王海波 郑守正；邓永昌/韩立本 田桂英\n请假：欧阳慧（出差）\n缺席：林秀芝"


def test_roll_call_is_filled_in_and_recorded_only_when_it_is_saved(organizer: FlaskClient) -> None:
    page = post(organizer, "/study/S09/roll-call", {"roll_call": ROLL_CALL}).text

    assert "点名里认出 10 人，已填进下表，还没有保存。 人名和人数都对得上。" in text_of(page)
    assert re.search(r'id="status-p08".*?<option value="absent" selected>', page, re.DOTALL)
    assert page.count('<tr class="fresh">') == 3  # what is as before is not marked
    assert 'value="attended" selected' in organizer.get("/study/S09").text.partition('id="status-p08"')[2][:400]

    values = dict(re.findall(r'name="(status-p\d+)".*?value="(\w+)" selected', page, re.DOTALL))
    assert "已保存 3 人的出勤" in post(organizer, "/study/S09", values, follow_redirects=True).text
    assert 'value="absent" selected' in organizer.get("/study/S09").text.partition('id="status-p08"')[2][:400]


def test_roll_call_tells_what_it_leaves_open(organizer: FlaskClient) -> None:
    text = "实到3人。学习点名 出席：沈维岳、陈主席、赵无极、白雪 请假：沈维岳"
    page = post(organizer, "/study/S09/roll-call", {"roll_call": text}).text
    told = text_of(page)

    assert "“陈主席”（出席）是谁？可能是陈国梁，请在表里选" in told
    assert "沈维岳写了两处：出席、请假" in told
    assert "不认识：“赵无极”" in told
    assert "不在这次的参加范围，不登记：白雪" in told
    assert "没有用到：学习点名" in told
    assert page.count('<tr class="asked">') == 2
    assert text in page


def test_roll_call_keeps_a_make_up_of_what_was_missed(organizer: FlaskClient) -> None:
    post(organizer, "/study/S09", {"status-p06": "on_leave", "makeup-p06": "2014-08-11"})

    assert "2014-08-11" in post(organizer, "/study/S09/roll-call", {"roll_call": "请假：欧阳慧"}).text
    assert "2014-08-11" not in post(organizer, "/study/S09/roll-call", {"roll_call": "出席：欧阳慧"}).text


def test_roll_call_that_is_none_is_said_beside_it(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    for text in (" ", "长" * 20_001):
        response = post(organizer, "/study/S09/roll-call", {"roll_call": text})
        assert response.status_code == 422
        assert 'id="roll_call-error"' in response.text
    assert post(organizer, "/study/E10/roll-call", {"roll_call": "出席：文静"}).status_code == 404
    assert post(supervisor, "/study/S09/roll-call", {"roll_call": "出席：文静"}).status_code == 403
