"""The list of requirements, and the figures that open it: each has as many rows as it says."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of

FIGURE = re.compile(r'<a href="(/(?:requirements|ledger|bookings)\?[^"]*)">([^<]*\d+[^<]*)</a>')


def rows(browser: FlaskClient, address: str) -> int:
    """How many lines a list has, on all of its pages."""
    count = 0
    while address:
        page = browser.get(address.replace("&amp;", "&")).text.partition("<main")[2]
        count += sum(body.partition("</tbody>")[0].count("<tr") for body in page.split("<tbody")[1:])
        count += page.count('class="bookingline') if "<tbody" not in page else 0
        after = re.search(r'<a class="btn small" href="([^"]+)" rel="next">', page)
        address = after[1] if after else ""
    return count


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?as_of=2014-07-01",
        "/?as_of=2014-08-18",
        "/campaigns",
        "/report?month=2014-06",
        "/report?month=2014-07",
        "/report?from=2014-02-26&to=2014-11-24",
    ],
)
def test_every_figure_opens_a_list_of_as_many_rows(organizer: FlaskClient, address: str) -> None:
    figures = FIGURE.findall(organizer.get(address).text.partition("<main")[2])

    assert len(figures) >= 3
    said = {href: int(re.findall(r"\d+", text)[0]) for href, text in figures}
    assert {href: rows(organizer, href) for href in said} == said


def test_the_figures_of_the_sample(organizer: FlaskClient) -> None:
    page = organizer.get("/").text

    figures = [text for _, text in FIGURE.findall(page)]
    assert figures == ["按规则 49 项", "去重后 48 次", "已谈 43 次", "另有可选 6 次", "37", "48"]


def test_the_list_is_narrowed(organizer: FlaskClient) -> None:
    assert "共 10 项" in text_of(organizer.get("/requirements?person=p03").text)
    assert "共 21 项" in text_of(organizer.get("/requirements?rule=R2&of=by_rule").text)
    assert "共 54 项" in text_of(organizer.get("/requirements?of=all").text)
    assert "没有符合条件的必谈" in organizer.get("/requirements?of=optional&person=p02&state=booked").text


def test_what_is_overdue_is_marked(organizer: FlaskClient) -> None:
    assert "逾期" in organizer.get("/requirements?as_of=2014-08-18&state=open").text


def test_a_member_does_not_see_it(member: FlaskClient) -> None:
    assert member.get("/requirements").status_code == 403
