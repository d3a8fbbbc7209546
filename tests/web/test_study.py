"""Study: hours by person, sessions, attendance with make-ups."""

import re

from flask.testing import FlaskClient

from tests.web.test_coverage import text_of
from tests.web.visiting import post


def test_study_shows_who_has_the_hours(supervisor: FlaskClient) -> None:
    told = text_of(supervisor.get("/study?as_of=2014-08-20").text)

    assert "要求 49 学时，已组织 51 学时" in told
    assert "已达标 6 / 8 人" in told
    assert re.search(r"欧阳慧 [\d. /]*48 / 49 还差 1", told)
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
    assert response.text.count('class="error"') == 2


def test_session_that_is_none_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/study/E10").status_code == 404
    assert organizer.get("/study/S99").status_code == 404


def test_supervisor_reads_and_does_not_write(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert "保存出勤" not in supervisor.get("/study/S09").text
    assert post(supervisor, "/study/S09", {"status-p06": "attended"}).status_code == 403
    assert member.get("/study").status_code == 403
