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


def test_make_ups_that_would_mend_missing_hours_are_entered_by_one_tap(organizer: FlaskClient) -> None:
    page = organizer.get("/study").text
    assert "欧阳慧 差 1 补 S09（3）" in text_of(page)
    assert 'action="/study/make-ups"' in page

    told = text_of(post(organizer, "/study/make-ups", {"person": "p06"}, follow_redirects=True).text)
    assert "欧阳慧 8月4日补 S09。" in told
    assert "欧阳慧 差 1" not in told
    assert post(organizer, "/study/make-ups", {"person": "p06"}).status_code == 404


def test_only_organizers_enter_make_ups(supervisor: FlaskClient) -> None:
    assert 'action="/study/make-ups"' not in supervisor.get("/study").text
    assert post(supervisor, "/study/make-ups", {"person": "p06"}).status_code == 403
