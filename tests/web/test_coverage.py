"""The first page: numbers, squares, filters, who may see it."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from scheduler.core.access import OPERATOR
from scheduler.core.bookings import Draft, Kind
from scheduler.core.ids import GroupId, PersonId, RoomId
from scheduler.extensions import db
from scheduler.services import bookings, rules
from tests.browser import site
from tests.builders import a_clock, a_span, people
from tests.databases import Databases
from tests.web.visiting import signed_in


def text_of(html: str) -> str:
    """What a reader sees, roughly."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def squares(html: str) -> dict[str, str]:
    """The squares of the table: key → state."""
    found = re.findall(r'<a class="sq is-(\w+)[^"]*" id="sq-([^"]+)"', html)
    return {key: state for state, key in found}


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many questions a page asks the database."""
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_matrix_shows_rate_rules_and_three_counts_that_are_not_mixed(organizer: FlaskClient) -> None:
    page = text_of(organizer.get("/").text)

    assert "四必谈并扩大范围" in page
    assert "77.1% 37 / 48 次" in page
    assert "按规则 49 项 去重 48 次 已谈 43 次 另有可选 6 次" in page
    assert re.search(r"主要负责人与班子每名成员 7 / 7", page)
    assert re.search(r"班子成员相互之间 17 / 21", page)
    assert re.search(r"班子成员与分管部门负责人 9 / 13", page)
    assert re.search(r"督导组与班子成员 5 / 8", page)
    assert "2014年6月16日 — 8月15日 · 距窗口期结束还有 14 天（10 个工作日）" in page


def test_matrix_has_a_square_for_each_required_talk_with_its_state(organizer: FlaskClient) -> None:
    found = squares(organizer.get("/").text)

    assert len(found) == 48
    assert list(found.values()).count("covered") == 37
    assert list(found.values()).count("booked") == 2
    assert list(found.values()).count("awaiting_confirmation") == 1
    assert list(found.values()).count("open") == 8
    assert found["p08-p19"] == "open"
    assert found["p02-p05"] == "covered"


def test_square_says_everything_in_words_too(organizer: FlaskClient) -> None:
    page = organizer.get("/").text

    assert 'aria-label="林秀芝 × 高富，未谈，班子成员与分管部门负责人"' in page
    assert "陈国梁 × 郑守正，已谈，6月19日，班子成员相互之间、班子成员与分管部门负责人" in page


def test_rows_carry_each_persons_tally(organizer: FlaskClient) -> None:
    table = organizer.get("/").text.partition("<tbody>")[2].partition("</tbody>")[0]
    found = {
        re.findall(r"<b>(.*?)</b>", row)[0]: re.findall(r"<span>(\d+/\d+)</span>", row)[-1]
        for row in table.split("</tr>")[:-1]
    }

    assert found == {
        "沈维岳": "8/8", "陈国梁": "10/10", "文静": "8/10", "王海波": "9/11",
        "郑守正": "7/8", "欧阳慧": "7/10", "邓永昌": "5/8", "林秀芝": "7/11",
    }  # fmt: skip


def test_optional_talks_stand_apart_until_asked_for(organizer: FlaskClient) -> None:
    assert len(squares(organizer.get("/?optional=1").text)) == 54
    assert "77.1%" in organizer.get("/?optional=1").text


def test_filters_narrow_by_rule_person_and_state(organizer: FlaskClient) -> None:
    assert len(squares(organizer.get("/?rule=R4").text)) == 8
    assert len(squares(organizer.get("/?person=p08").text)) == 11
    assert set(squares(organizer.get("/?state=open").text).values()) == {"open"}
    assert "没有符合条件的必谈" in organizer.get("/?person=p08&rule=R1&state=open").text


def test_as_of_another_day_other_states_are_shown(organizer: FlaskClient) -> None:
    page = organizer.get("/?as_of=2014-08-18").text

    assert "截至 8月18日" in page
    assert "逾期" in page
    assert "窗口期已结束" in page


def test_unresolved_rules_are_told_quietly(organizer: FlaskClient) -> None:
    page = organizer.get("/").text

    assert "有 2 处规则未能确定" in page
    assert "困难职工帮扶中心（筹）：负责人空缺" in page


def test_what_is_missing_stands_beside_the_matrix(organizer: FlaskClient) -> None:
    panel = organizer.get("/").text.partition('id="panel"')[2]

    assert panel.count("data-panel=") == 9
    assert "林秀芝 × 高富" in panel


def test_phone_gets_the_same_squares_by_person(organizer: FlaskClient) -> None:
    lists = organizer.get("/").text.partition('class="phone-only"')[2]

    assert lists.count('<details class="fold"') == 19
    assert "林秀芝" in lists


def test_square_opens_beside_the_matrix_and_as_a_page(organizer: FlaskClient) -> None:
    beside = organizer.get("/?square=p08-p19").text
    alone = organizer.get("/squares/p08-p19").text
    part = organizer.get("/squares/p08-p19", headers={"HX-Request": "true"}).text

    for page in (beside, alone, part):
        told = text_of(page)
        assert "林秀芝分管职工服务中心，高富任负责人" in told
        assert "8月15日（周五）前" in told
        assert "高富 8月11日—15日 出差" in told
        assert "不计：集体谈话不计" in told
        assert "都有空的时间" in told
    assert "<html" not in part


def test_square_of_a_pool_names_its_people(organizer: FlaskClient) -> None:
    keys = [key for key in squares(organizer.get("/?rule=R4&state=open").text) if key.startswith("p08")]
    told = text_of(organizer.get(f"/squares/{keys[0]}").text)

    assert "林秀芝 × 督导组 任一" in told
    assert "曹振东、叶文娟、马骏、牛晓光" in told


def test_unknown_square_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/squares/p01-p99").status_code == 404


def test_supervisor_sees_the_matrix_and_may_book_nothing(supervisor: FlaskClient) -> None:
    page, square = supervisor.get("/").text, supervisor.get("/squares/p08-p19").text

    assert "77.1%" in page
    assert "排一次谈话" not in page
    assert "都有空的时间" not in square
    assert "出差" not in square


def test_member_is_led_to_the_own_page_and_sees_no_square(member: FlaskClient) -> None:
    assert member.get("/").headers["Location"] == "/me"
    assert member.get("/squares/p08-p19").status_code == 403


def test_branch_organizer_without_a_rule_set_is_told_what_to_do(branch_organizer: FlaskClient) -> None:
    response = branch_organizer.get("/")

    assert response.status_code == 200
    assert "本支部还没有启用谈话方案" in response.text


def test_branch_organizer_sees_the_own_branch(site_app: Flask, branch_organizer: FlaskClient) -> None:
    with site_app.app_context():
        rules.apply(db.session(), OPERATOR, "cn.branch-yearly", GroupId("B1"), a_clock())

    page = branch_organizer.get("/").text

    assert "支部谈心谈话（机关党支部）" in page
    assert len(squares(page)) == 39
    assert "机关党支部委员会" in page


def test_two_rule_sets_can_be_chosen_from(site_app: Flask, organizer: FlaskClient) -> None:
    with site_app.app_context():
        rules.apply(db.session(), OPERATOR, "cn.branch-yearly", GroupId("B1"), a_clock())

    page = organizer.get("/").text

    assert '<option value="RS2">支部谈心谈话（机关党支部）</option>' in page
    assert "支部谈心谈话" in organizer.get("/?rule_set=RS2").text


def test_unknown_rule_set_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/?rule_set=RS9").status_code == 404


def test_number_of_queries_does_not_grow_with_what_is_shown(site_app: Flask, organizer: FlaskClient) -> None:
    before = queries(site_app, organizer, "/")
    with site_app.app_context():
        for number in range(20):
            draft = Draft(Kind.TALK, a_span(f"2014-09-{1 + number:02}T09:00", 30), people("p30", f"p{31 + number}"))
            bookings.book(db.session(), OPERATOR, draft, a_clock())
        rules.apply(db.session(), OPERATOR, "cn.branch-yearly", GroupId("B1"), a_clock())

    assert queries(site_app, organizer, "/") == before
    assert before < 40


def test_empty_installation_says_what_to_do_first(databases: Databases, tmp_path: Path) -> None:
    from scheduler.app import create_app

    app = create_app(site.a_config(tmp_path, databases.make("sqlite", site.only_an_organizer)))
    page = signed_in(app, "organizer").get("/").text

    assert "第一次使用" in page
    assert "导入名册" in page
    assert "选谈话方案" in page


def test_matrix_reads_in_english(organizer: FlaskClient) -> None:
    page = text_of(organizer.get("/?lang=en").text)

    assert "49 items by rule 48 distinct talks 43 talks held 6 optional" in page
    assert "16 Jun — 15 August 2014 · the window closes in 14 days (10 workdays)" in page
    assert "Supervision group" in page


def test_talk_that_was_held_later_shows_its_day_not_that_of_an_earlier_one_awaiting(
    site_app: Flask, organizer: FlaskClient
) -> None:
    with site_app.app_context():
        session, clock = db.session(), a_clock("2014-08-06T12:00")
        draft = Draft(Kind.TALK, a_span("2014-08-05T15:00"), people("p07", "p08"), room=RoomId("R05"))
        held = bookings.book(session, OPERATOR, draft, clock).booking
        bookings.confirm(session, OPERATOR, held.id, clock)

    assert "邓永昌 × 林秀芝，已谈，8月5日" in organizer.get("/?as_of=2014-08-06").text
    assert PersonId("p07") in held.people
