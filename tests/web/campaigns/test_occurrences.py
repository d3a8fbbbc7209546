"""The page of occurrences: what follows from each, who is to talk, undo; for organizers alone."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def main_of(html: str) -> str:
    return text_of(html.partition("<main")[2].partition("</main>")[0])


def entered(organizer: FlaskClient, person: str, kind: str, **more: str) -> str:
    told = {"person": person, "kind": kind, "day": "2014-07-28", "partner": "", **more}
    return post(organizer, "/occurrences", told, follow_redirects=True).text


def test_occurrence_with_nobody_to_talk_is_given_somebody(organizer: FlaskClient) -> None:
    post(organizer, "/rules", {"source": "cn.five-must-talks-events"})

    page = entered(organizer, "p27", "遇到困难")

    assert "有 1 项情形还没有人可以谈" in main_of(page)
    assert "没有登记所在支部" in main_of(page)
    action = re.findall(r'action="(/occurrences/\d+/partner)"', page)[0]
    assert "没有找到“没有这个人”" in post(organizer, action, {"partner": "没有这个人"}).text
    assert "不能是自己" in post(organizer, action, {"partner": "p27"}).text
    told = main_of(post(organizer, action, {"partner": "陈国梁"}, follow_redirects=True).text)
    assert "与陈国梁，2014年8月4日前 未谈" in told
    assert "指定由陈国梁谈" in told
    assert "还没有人可以谈" not in told


def test_unknown_word_is_said_beside_the_field(organizer: FlaskClient) -> None:
    answer = post(organizer, "/occurrences", {"person": "p30", "kind": "nonsense", "day": "2014-07-28"})

    assert answer.status_code == 422
    assert "没有“nonsense”这种情形；可写：受到表彰 award" in main_of(answer.text)


def test_removed_occurrence_comes_back_with_whom_was_chosen(organizer: FlaskClient) -> None:
    page = entered(organizer, "p30", "award", partner="p02")
    action = re.findall(r'action="(/occurrences/\d+/remove)"', page)[0]

    page = post(organizer, action, follow_redirects=True).text

    assert "还没有登记情形" in main_of(page)
    assert 'name="partner" value="p02"' in page


def test_page_is_for_organizers_alone(member: FlaskClient, supervisor: FlaskClient) -> None:
    assert [client.get("/occurrences").status_code for client in (member, supervisor)] == [403, 403]
