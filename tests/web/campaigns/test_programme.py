"""The programme: phases, windows and due dates, workdays by year."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_programme_shows_phases_windows_and_due_dates(supervisor: FlaskClient) -> None:
    told = text_of(supervisor.get("/programme").text)

    assert "查摆问题、开展批评 现在" in told
    assert "谈话窗口期 6月16日—8月15日" in told
    assert "报告上级 8月5日前" in told
    assert "2015 年度放假安排尚未公布" in told or "待公布" in told
    assert "看看影响" not in told


def test_workday_table_marks_holidays_and_worked_weekends(organizer: FlaskClient) -> None:
    page = organizer.get("/programme/workdays/2014").text

    assert '<td class="holiday" title="端午节' in page
    assert page.count('class="worked"') == 3


def test_year_without_a_notice_says_so_until_it_is_published(organizer: FlaskClient) -> None:
    assert "该年度放假安排尚未公布" in organizer.get("/programme/workdays/2027").text

    page = post(organizer, "/programme/workdays/2027/published", {"published": "1"}, follow_redirects=True).text
    assert "该年度放假安排尚未公布" not in page

    page = post(organizer, "/programme/workdays/2027/published", {"published": "0"}, follow_redirects=True).text
    assert "该年度放假安排尚未公布" in page


def test_day_of_the_table_is_changed(organizer: FlaskClient) -> None:
    page = post(
        organizer,
        "/programme/workdays/2027",
        {"day": "2027-02-08", "is_workday": "0", "note": "春节"},
        follow_redirects=True,
    ).text

    assert '<td class="holiday" title="春节">8' in page


def test_day_of_another_year_is_refused(organizer: FlaskClient) -> None:
    response = post(organizer, "/programme/workdays/2027", {"day": "2026-02-08", "is_workday": "0"})

    assert response.status_code == 422
    assert "应在 2027 年之内" in response.text


def test_only_organizers_edit_the_programme(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert member.get("/programme").status_code == 403
    assert post(supervisor, "/programme/workdays/2014", {"day": "2014-08-06", "is_workday": "0"}).status_code == 403


def test_year_nobody_means_is_refused(organizer: FlaskClient) -> None:
    assert organizer.get("/programme/workdays/999999").status_code in (404, 422)
    assert organizer.get("/programme/workdays/0").status_code in (404, 422)


def test_how_much_notice_people_have_is_set(organizer: FlaskClient) -> None:
    assert post(organizer, "/programme/notice", {"notice": "21"}).status_code == 422

    assert "已保存" in post(organizer, "/programme/notice", {"notice": "2"}, follow_redirects=True).text
    assert 'name="from" value="2014-08-05"' in organizer.get("/plans/new").text


def test_the_quorum_of_the_campaign_is_set(organizer: FlaskClient) -> None:
    wrong = post(organizer, "/programme/quorum", {"quorum": "most"})

    assert (wrong.status_code, "应如 2/3" in wrong.text) == (422, True)
    assert "已保存" in post(organizer, "/programme/quorum", {"quorum": "60%"}, follow_redirects=True).text
    assert 'value="3/5"' in organizer.get("/programme").text
