"""Arranging a series on the pages: the form, what is proposed, repairs as links, booking them all."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

AUGUST = "/bookings/series?look=1&kind=study_session&audience=leadership_team&minutes=120&from=2014-08-11&to=2014-08-29"
WED_FRI = f"{AUGUST}&apart=2&per_week=2&half_days=Wed-pm&half_days=Fri-pm"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def order_of(page: str) -> dict[str, object]:
    """The fields that the button which books them all sends."""
    form = page[page.index('<form method="post" action="/bookings/series"') :].partition("</form>")[0]
    found: dict[str, object] = {}
    for name, value in HIDDEN.findall(form):
        before = found.get(name, [])
        found[name] = [*(before if isinstance(before, list) else []), unescape(value)]
    return {name: values for name, values in found.items() if name != "csrf_token"}


def test_the_form_begins_with_the_study_of_the_team(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/series").text

    assert 'value="第{n}次集中学习"' in page
    assert 'value="leadership_team" checked' in page
    assert 'id="answer"' not in page
    assert "批量安排会议" in organizer.get("/study").text
    assert "批量安排会议" in organizer.get("/bookings").text


def test_a_series_is_seen_and_then_booked(organizer: FlaskClient) -> None:
    page = organizer.get(f"{WED_FRI}&count=4").text

    told = text_of(page)
    assert "可排 4 / 4 次" in told
    assert "每次都没有人缺席。" in told
    assert "8月13日 周三 13:30–15:30 第27次集中学习 · 第二会议室 到会 8 / 8" in told

    response = post(organizer, "/bookings/series", order_of(page), follow_redirects=True)

    assert "已排定 4 次。" in response.text
    assert "第30次集中学习" in response.text


def test_in_english(organizer: FlaskClient) -> None:
    told = text_of(organizer.get(f"{WED_FRI}&count=6&lang=en").text)

    assert "4 of 6 sessions can be held" in told
    assert "沈维岳 is not free on 2 of 6 days" in told
    assert "Until 5 Sep (Fri)" in told


def test_each_repair_is_a_link_to_the_form_filled_in_with_it(organizer: FlaskClient) -> None:
    page = organizer.get(f"{WED_FRI}&count=6").text
    links = [unescape(link) for link in re.findall(r'<a class="btn small" href="([^"]*#answer)"', page)]

    assert len(links) == 4
    assert "全部排定（" not in page
    for link in links[:3]:
        assert "可排 6 / 6 次" in text_of(organizer.get(link).text)
    assert "可排 4 / 4 次" in text_of(organizer.get(links[3]).text)


def test_a_shorter_distance_is_a_repair(organizer: FlaskClient) -> None:
    page = organizer.get(f"{AUGUST}&count=3&apart=9").text
    (link,) = re.findall(r'href="([^"]*apart=\d+[^"]*#answer)">间隔改为', page)

    assert "至少间隔 9 天，只排得下" in text_of(page) or "排不开" in text_of(page)
    assert "可排 3 / 3 次" in text_of(organizer.get(unescape(link)).text)


def test_who_is_missing_is_named(organizer: FlaskClient) -> None:
    monday = AUGUST.replace("leadership_team", "unit_heads").replace("2014-08-29", "2014-08-11")

    told = text_of(organizer.get(f"{monday}&count=1&half_days=Mon-am").text)

    assert "共缺席 1 人次，不可能更少。" in told
    assert "8月11日—15日 出差" in told


def test_the_hours_say_how_many(organizer: FlaskClient) -> None:
    told = text_of(organizer.get(f"{AUGUST}&count=9&reach_by=2014-08-20").text)

    assert "到8月20日要求 49 学时：2 人未够，还需 1 次。" in told
    assert "可排 1 / 1 次" in told
    enough = organizer.get(f"{AUGUST}&reach_by=2014-11-24").text
    assert "学时已够" in enough
    assert "全部排定（" not in enough


def test_without_a_way_out_it_says_so(organizer: FlaskClient) -> None:
    told = text_of(organizer.get(f"{AUGUST}&count=60&room=none&title=").text)

    assert "只排 14 次" in told
    nobody = organizer.get(f"{AUGUST}&count=1&half_days=Sun-am")
    assert "可排 0 / 1 次" in text_of(nobody.text)


def test_somebody_was_faster_and_none_is_booked(organizer: FlaskClient) -> None:
    order = order_of(organizer.get(f"{WED_FRI}&count=4").text)
    talk = {"kind": "talk", "people": ["陈国梁", "白雪"], "day": "2014-08-22", "start": "14:00", "minutes": "45"}
    assert post(organizer, "/bookings", talk).status_code == 303

    response = post(organizer, "/bookings/series", order)

    assert response.status_code == 409
    assert "一次也没有排定" in response.text
    assert "陈国梁 8月22日 14:00–14:45 已有安排" in response.text
    assert "可排 3 / 4 次" in text_of(response.text) or "可排 4 / 4 次" in text_of(response.text)


@pytest.mark.parametrize(
    "odd",
    [
        {"count": "0"}, {"count": ""}, {"minutes": "x"}, {"half_days": "Noon"}, {"from": "x"}, {"to": ""}, {"to": "2014-01-01"},
        {"to": "2016-01-01"}, {"people": "谁"}, {"must_come": "白雪"}, {"kind": "talk"}, {"kind": "party"}, {"audience": ""},
        {"room": "R99"}, {"spread": "wide"}, {"apart": "0"}, {"per_week": "8"}, {"reach_by": "soon"}, {"title": "长" * 201},
    ],
)  # fmt: skip
def test_odd_words_are_told_beside_their_field(organizer: FlaskClient, odd: dict[str, str]) -> None:
    usual = {"look": "1", "kind": "study_session", "audience": "leadership_team", "count": "1", "minutes": "120",
             "from": "2014-08-11", "to": "2014-08-29"}  # fmt: skip

    response = organizer.get("/bookings/series", query_string={**usual, **odd})

    assert response.status_code == 422
    assert 'class="error"' in response.text


def test_odd_slots_book_nothing(organizer: FlaskClient) -> None:
    order = order_of(organizer.get(f"{WED_FRI}&count=1").text)
    for slots in ([], ["now R03"], ["2014-08-13T13:30 R99"], ["0001-01-01T00:00 R03"], ["2014-08-13T13:30 R03", "?"]):
        response = post(organizer, "/bookings/series", {**order, "slot": slots})
        assert response.status_code == 422, slots
    assert post(organizer, "/bookings/series", {**order, "count": "0"}).status_code == 422
    assert "第27次" not in organizer.get("/bookings?view=list&first=2014-08-11&last=2014-08-29").text


def test_a_secretary_arranges_for_the_branch_and_members_for_nobody(
    branch_organizer: FlaskClient, member: FlaskClient
) -> None:
    page = branch_organizer.get("/bookings/series").text

    assert 'value="branch:B1" checked' in page
    assert "leadership_team" not in page
    assert "reach_by" not in page
    assert member.get("/bookings/series").status_code == 403
    assert "批量安排会议" not in member.get("/bookings").text
