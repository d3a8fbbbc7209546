"""The page of a month."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of


def test_a_month_is_summed_up_and_leads_to_its_neighbours(organizer: FlaskClient) -> None:
    page = organizer.get("/report?month=2014-06").text
    told = text_of(page)

    assert "33 对，17 人，66 人次" in told
    assert "68.8%" in told
    assert "15 / 16 人次" in told
    assert "/report?month=2014-05" in page
    assert "/report?month=2014-07" in page


def test_what_is_no_month_is_the_month_of_today(organizer: FlaskClient) -> None:
    assert "2014年8月" in text_of(organizer.get("/report?month=x").text)


def test_a_month_is_for_overseers(member: FlaskClient) -> None:
    assert member.get("/report").status_code == 403
