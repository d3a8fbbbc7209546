"""Study: hours by person, sessions, attendance with make-ups."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of


def test_study_shows_who_has_the_hours(supervisor: FlaskClient) -> None:
    told = text_of(supervisor.get("/study?as_of=2014-08-20").text)

    assert "要求 49 学时，已组织 51 学时" in told
    assert "已达标 6 / 8 人" in told
    assert re.search(r"欧阳慧 [\d. /]*48 / 49 ! 还差 1", told)
    assert re.search(r"文静 [\d. /]*49.5 / 49 ✓ 已达标", told)
