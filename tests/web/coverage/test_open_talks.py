"""The talks that are still to be arranged, beside the calendar."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of


def test_list_names_who_and_why_with_a_form_for_each(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/open?next=/bookings?view=day").text
    told = text_of(page)

    assert "还没排的谈话 8" in told  # as many as 自动排期 arranges; two optional ones stand below
    assert told.count("可选") == 2
    assert "林秀芝 × 高富" in told
    assert "班子成员与分管部门负责人，8月15日（周五）前" in told
    assert "people=p08&amp;people=p19" in page
    assert "邓永昌 × 督导组 任一" in told
    assert '"partners": [["s01",' in page
    assert 'class="crumb" href="/bookings?view=day"' in page


def test_part_of_a_page_is_answered_alone(organizer: FlaskClient) -> None:
    part = organizer.get("/bookings/open", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert part.count("data-talk=") == 10


def test_list_is_narrowed_to_one_person(organizer: FlaskClient) -> None:
    assert text_of(organizer.get("/bookings/open?person=p19").text).count("高富") >= 1
    assert "还没排的谈话 1" in text_of(organizer.get("/bookings/open?person=p19").text)
    assert organizer.get("/bookings/open?person=nobody").status_code == 200


def test_branch_organizer_sees_what_they_may_book(branch_organizer: FlaskClient) -> None:
    assert branch_organizer.get("/bookings/open").status_code == 200


def test_unknown_rule_set_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/bookings/open?rule_set=none").status_code == 404


def test_members_do_not_see_it(member: FlaskClient, site_app: Flask) -> None:
    assert member.get("/bookings/open").status_code == 403
