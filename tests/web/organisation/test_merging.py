"""Two entries of one person are made one on a page that says before what goes over."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_a_second_entry_is_chosen_seen_and_merged(organizer: FlaskClient) -> None:
    post(organizer, "/people", {"name": "白雪", "unit": "D01", "namesake": "白雪"})
    first = organizer.get("/people/p27/merge")
    new = first.text.partition("other=")[2].partition('"')[0].partition("p")[2]
    assert first.status_code == 200
    assert new

    seen = organizer.get(f"/people/p27/merge?other=p{new}")
    assert "合并为一人" in text_of(seen.text)
    merged = post(organizer, "/people/p27/merge", {"gone": f"p{new}"}, follow_redirects=True)

    assert f"已合并：p{new} 并入 白雪（p27）。" in merged.text
    assert organizer.get(f"/people/p{new}").status_code == 404


def test_what_stands_in_the_way_and_who_is_nobody_is_said(organizer: FlaskClient, member: FlaskClient) -> None:
    blocked = organizer.get("/people/p03/merge?other=p08")
    assert blocked.status_code == 422
    assert "还不能合并" in blocked.text
    assert post(organizer, "/people/p03/merge", {"gone": "p08"}).status_code == 422

    for other in ("p03", "nobody"):
        asked = organizer.get(f"/people/p03/merge?other={other}")
        assert asked.status_code == 422
        assert "请写一个人" in asked.text
    assert organizer.get("/people/p999/merge").status_code == 404
    assert member.get("/people/p03/merge").status_code == 403
