"""The page of meeting load: everybody's for organizers, one's own for anybody else; every figure opens its list."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of

WEEKS = "/load?from=2014-07-28&to=2014-08-31&ceiling=2"


def rows_of(page: str, part: str) -> int:
    """How many lines a list has."""
    body = page.partition(f'id="{part}"')[2].partition("</table>")[0]
    return body.partition("<tbody>")[2].count("<tr>")


def test_an_organizer_sees_everybody_and_every_figure_opens_its_list(organizer: FlaskClient) -> None:
    page = organizer.get(WEEKS).text

    figures = re.findall(r'href="(/load\?[^"]*(?:over|week)=[^"]*)">(\d+)</a></td>', page.partition('id="people"')[0])
    assert len(figures) > 2
    for address, count in figures:
        assert rows_of(organizer.get(address.replace("&amp;", "&")).text, "people") == int(count), address
    assert "<svg" in page
    assert "超过上限" in text_of(page)


def test_the_week_of_one_person_lists_what_it_counts(organizer: FlaskClient) -> None:
    page = organizer.get("/load?person=p03&from=2014-08-18&to=2014-08-24&week=2014-08-18").text

    bookings = page.partition('id="bookings"')[2]
    assert "民主生活会" in bookings
    assert bookings.count('class="li"') == int(re.findall(r'week=2014-08-18[^"]*">(\d+)</a>', page)[0])


def test_a_member_sees_their_own_and_loads_nobody_else(member: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("The organisation was loaded.")

    monkeypatch.setattr("scheduler.services.organisation.people.roster", nobody)
    page = member.get("/load?person=p04&from=2014-07-28&to=2014-08-31").text
    monkeypatch.undo()

    assert "王海波" not in page
    assert "/load?" in page
    assert 'name="person"' not in page
    assert "会议负担 ›" in member.get("/me").text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/load?from=2014-08-01&to=2013-08-01", "不能早于开始日期"),
        ("/load?from=2014-01-01&to=2015-08-01", "最多"),
        ("/load?ceiling=999", "应为 1 到 168 之间的整数"),
        ("/load?from=soon", "不是日期"),
        ("/load?person=nobody", "没有找到"),
    ],
)
def test_what_cannot_be_understood_is_said(organizer: FlaskClient, address: str, sentence: str) -> None:
    answer = organizer.get(address)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_others_without_a_person_are_kept_out(admin: FlaskClient) -> None:
    assert admin.get("/load").status_code == 403
