"""Finding a time on the form of a booking."""

from flask.testing import FlaskClient

from tests.web.bookings.test_forms import FREE
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_the_best_times_are_offered_and_what_was_typed_is_kept(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/times", {**FREE, "room": "", "minutes": "50"}).text

    assert page.count('name="slot"') == 8
    assert 'value="林秀芝"' in page
    assert 'name="minutes" value="50"' in page
    assert 'value="2014-08-04T08:30 R04" formaction="/bookings/check"' in page


def test_picking_a_time_fills_the_form_and_checks_it(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/check", {**FREE, "slot": "2014-08-07T14:00 R04"}).text

    assert 'value="2014-08-07"' in page
    assert 'value="14:00"' in page
    assert '<option value="R04" selected' in page
    assert "没有冲突，可以排定" in page


def test_for_an_audience_the_offer_says_how_many_cannot_come_and_who(organizer: FlaskClient) -> None:
    asked = {"kind": "meeting", "audience": ["all_staff"], "day": "2014-08-13", "minutes": "90"}

    post(organizer, "/absences", {"person": "高富", "first": "2014-08-13", "last": "2014-09-13", "reason": "出差"})

    told = text_of(post(organizer, "/bookings/times", asked).text)

    assert "一层多功能厅 1 人不能来（高富）" in told


def test_a_time_is_found_for_a_booking_that_stands(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/T050/times", {"day": "2014-08-05", "start": "14:00", "minutes": "45", "room": ""})

    assert page.status_code == 200
    assert 'formaction="/bookings/T050/check"' in page.text
    picked = post(organizer, "/bookings/T050/check", {"minutes": "45", "slot": "2014-08-07T14:00 -"}).text
    assert 'value="2014-08-07"' in picked


def test_no_time_at_all_is_said_with_what_helps(organizer: FlaskClient) -> None:
    assert "没有大家和场地都有空的时间" in post(organizer, "/bookings/times", {**FREE, "minutes": "600"}).text


def test_what_cannot_be_searched_for_is_told_beside_its_field(organizer: FlaskClient, member: FlaskClient) -> None:
    assert "谈话需要两个人。" in post(organizer, "/bookings/times", {**FREE, "people": ["林秀芝"]}).text
    nobody = {"kind": "meeting", "day": "2014-08-13", "minutes": "90"}
    assert 'class="notice is-bad"' in post(organizer, "/bookings/times", nobody).text
    assert "您不能替这些人排定。" in post(member, "/bookings/times", FREE).text
