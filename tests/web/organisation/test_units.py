"""Units: posts, and what is odd about them."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_units_show_vacant_posts_and_doubled_ones(member: FlaskClient) -> None:
    told = text_of(member.get("/units").text)

    assert "经费审查办公室：分管领导兼任负责人" in told
    assert "困难职工帮扶中心（筹）：负责人空缺" in told
    assert "潘子墨 主持工作" in told


def test_filled_post_is_no_longer_odd(organizer: FlaskClient) -> None:
    unit = {"name": "困难职工帮扶中心", "kind": "institution", "in_charge": "欧阳慧", "head": "白雪", "acting_head": ""}

    page = post(organizer, "/units/I05/edit", unit, follow_redirects=True).text

    assert "负责人空缺" not in page
    assert "困难职工帮扶中心" in page


def test_unknown_head_is_said_beside_the_field(organizer: FlaskClient) -> None:
    response = post(organizer, "/units/I05/edit", {"name": "帮扶中心", "kind": "castle", "head": "无名氏"})

    assert response.status_code == 422
    assert "没有找到“无名氏”" in response.text
    assert "没有“castle”这一选项" in response.text
    assert 'value="帮扶中心"' in response.text


def test_only_organizers_edit_units(member: FlaskClient) -> None:
    assert "修改" not in text_of(member.get("/units").text)
    assert member.get("/units/I05/edit").status_code == 403


def test_unknown_unit_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/units/Z9/edit").status_code == 404
