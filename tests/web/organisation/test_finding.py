"""One search: who finds what."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of


def found(client: FlaskClient, query: str) -> str:
    return text_of(client.get(f"/search?q={query}").text).partition("拼音首字母。")[2]


def test_people_units_rooms_bookings_and_pages_are_found(organizer: FlaskClient) -> None:
    by_letters = found(organizer, "cgl")
    assert "人员 1 陈国梁" in by_letters
    assert "日程" in by_letters
    assert "第一会议室" in found(organizer, "dyhys")
    assert "页面 1 覆盖矩阵" in found(organizer, "fgjz")
    assert "民主生活会" in found(organizer, "民主生活")
    assert "T041" not in found(organizer, "没有这样的")
    assert "没有找到" in found(organizer, "没有这样的")
    assert "谈心谈话" in found(organizer, "T041")
    assert organizer.get("/search?q=%F0%9F%98%80" + "x" * 300).status_code == 200


def test_nobody_finds_what_they_may_not_know(member: FlaskClient) -> None:
    """文静 knows nothing of others' talks, and no page that is not theirs."""
    theirs = found(member, "高富")
    assert "人员 1 高富" in theirs
    assert "谈心谈话" not in theirs
    assert "操作日志" not in found(member, "操作日志").partition("没有找到")[0]


def test_without_a_question_the_keys_are_told(member: FlaskClient) -> None:
    page = text_of(member.get("/search").text)

    assert "按键 / 查找 ? 列出按键" in page
