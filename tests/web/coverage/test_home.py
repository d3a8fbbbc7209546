"""The first page: numbers, squares, filters, who may see it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind, Size
from scheduler.core.ground.ids import GroupId, PersonId, RoomId
from scheduler.extensions import db
from scheduler.services.bookings import acts as bookings
from scheduler.services.rules import sets as rules
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
    assert "按规则 49 项 去重后 48 次 已谈 43 次 另有可选 6 次" in page
    assert re.search(r"主要负责人与班子每名成员 7 / 7 · 100.0%", page)
    assert re.search(r"班子成员相互之间 17 / 21 · 81.0%", page)
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

    assert "有 2 处谈话排不了" in page
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
    assert before <= 40


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


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def changes_of(html: str) -> list[str]:
    """What the card of changes lists."""
    card = html.partition('class="card changes"')[2].partition("</section>")[0]
    return [text_of(line) for line in re.findall(r"<div><b>.*?</div>", card)]


def test_what_changed_since_a_day_is_marked_counted_and_listed(organizer: FlaskClient) -> None:
    page = organizer.get("/?since=2014-07-01").text

    assert changes_of(page) == [" 陈国梁 × 邓永昌 新谈 · 班子成员相互之间 "]
    assert "7月1日以来" in page
    assert "新谈 1" in page
    assert '陈国梁 × 邓永昌，已谈，7月13日，新谈，班子成员相互之间"' in page
    assert page.count('<em class="change is-up">') == 1


def test_changes_are_those_of_the_squares_that_are_shown(organizer: FlaskClient) -> None:
    assert changes_of(organizer.get("/?since=2014-07-01&rule=R4").text) == []
    assert "没有变化" in organizer.get("/?since=2014-07-01&rule=R4").text
    assert len(changes_of(organizer.get("/?since=2014-07-01&optional=1").text)) == 5


def test_long_lists_of_changes_say_how_much_more_there_is(organizer: FlaskClient) -> None:
    page = organizer.get("/?since=2014-03-01").text

    assert len(changes_of(page)) == 30
    assert "还有 7 项" in page.partition('class="card changes"')[2].partition("</section>")[0]


def test_a_day_that_is_not_before_the_one_shown_is_compared_with_nothing(organizer: FlaskClient) -> None:
    for day in ("2014-08-01", "2014-09-01", "gestern"):
        assert "card changes" not in organizer.get(f"/?since={day}").text


def test_slider_runs_across_the_campaign_with_its_phases_and_milestones(organizer: FlaskClient) -> None:
    page = organizer.get("/?as_of=2014-07-02").text

    assert 'data-first="2014-02-26" hidden' in page
    assert re.search(r'id="day-slider" min="0" max="271" value="126"', page)
    assert '<option value="156" label="今天">' in page
    assert '<option value="175" label="民主生活会">' in page
    assert '<option value="187" label="整改落实、建章立制">' in page
    assert 'href="/">回到今天' in page


def test_script_gets_the_part_that_changes_with_the_day(organizer: FlaskClient) -> None:
    part = organizer.get("/?as_of=2014-07-02", headers={"HX-Request": "true", "HX-Target": "view"}).text

    assert "<html" not in part
    assert 'id="matrix-title"' in part
    assert 'id="sinces"' in part
    assert "75.0%" in part


# ── Orders, and what the address keeps ───────────────────────────────────────────────────────────────────────────────
def test_matrix_by_strokes_says_so(organizer: FlaskClient) -> None:
    page = organizer.get("/?order=strokes").text
    rows = re.findall(r'<th scope="row"><a [^>]*><b>(.*?)</b>', page)

    assert rows[:4] == ["王海波", "文静", "邓永昌", "沈维岳"]
    assert "（按姓氏笔画排序）" in page
    assert len(squares(page)) == 48


def test_matrix_by_unit_has_heads_over_rows_and_columns(organizer: FlaskClient) -> None:
    page = organizer.get("/?order=unit").text

    assert re.search(r'<tr class="unit" id="unit-LT"><th scope="rowgroup" colspan="21">领导班子</th>', page)
    assert re.search(r'<th scope="colgroup" colspan="7"><span title="领导班子">', page)
    assert len(squares(page)) == 48


def test_filters_go_along_to_a_square_and_back(organizer: FlaskClient) -> None:
    page = organizer.get("/?rule=R3&order=strokes").text
    square = organizer.get("/squares/p08-p19?rule=R3&order=strokes").text

    assert 'href="/squares/p08-p19?rule=R3&amp;order=strokes"' in page or (
        'href="/squares/p08-p19?order=strokes&amp;rule=R3"' in page
    )
    assert re.search(r'name="next" value="/\?square=p08-p19[^"]*rule=R3', square)


def test_person_can_be_filtered_by_name(organizer: FlaskClient) -> None:
    assert len(squares(organizer.get("/?person=林秀芝").text)) == 11
    assert len(squares(organizer.get("/?person=没有这人").text)) == 48


# ── Too many people ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the sample's twenty people were too many to stand one by one."""
    monkeypatch.setattr("scheduler.web.coverage.matrix_page.MAX_PEOPLE", 5)


@pytest.mark.usefixtures("crowded")
def test_of_many_people_units_come_first_with_a_share_each(organizer: FlaskClient) -> None:
    page = organizer.get("/").text

    assert not squares(page)
    assert 'aria-label="领导班子 × 领导班子，已谈 ' in page
    assert "人多，先按部门汇总" in page
    assert '<input type="search" id="person"' in page
    assert 'class="fold line" href="/?unfold=' in page


@pytest.mark.usefixtures("crowded")
def test_unfolded_units_show_their_people_and_can_be_folded_again(organizer: FlaskClient) -> None:
    where = re.findall(r'class="sum-cell is-\w+" href="([^"]+)"', organizer.get("/").text)
    page = organizer.get(where[0].replace("&amp;", "&")).text

    assert squares(page)
    assert 'aria-label="收起领导班子"' in page
    assert '<details class="fold"' in page
    assert len(squares(organizer.get("/?person=p08").text)) == 0


# ── From a square ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_square_leads_to_the_planner_for_it_alone(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    square = organizer.get("/squares/p08-p19").text
    form = organizer.get("/plans/new?rule_set=RS1&only=p08-p19").text

    assert 'href="/plans/new?rule_set=RS1&amp;only=p08-p19">自动排这一项' in square
    assert "只排这一项：林秀芝 × 高富" in form
    assert "1 项待排" in text_of(form)
    assert organizer.get("/plans/new?only=p01-p99").status_code == 404
    assert "自动排这一项" not in organizer.get("/squares/p02-p05").text
    assert "自动排这一项" not in supervisor.get("/squares/p08-p19").text


def test_address_that_means_nothing_shows_the_matrix_all_the_same(organizer: FlaskClient) -> None:
    for words in (
        "order=zzz",
        "unfold=D99&unfold=-&unfold=",
        "since=2014-13-40",
        "person=,,",
        "as_of=yesterday",
        "square=p01-p99",
    ):
        assert len(squares(organizer.get(f"/?{words}").text)) == 48, words
    assert organizer.get("/matrix.svg?order=zzz&unfold=D99").status_code == 200


def test_square_tells_a_branch_organizer_of_no_talk_with_others(
    site_app: Flask, organizer: FlaskClient, branch_organizer: FlaskClient
) -> None:
    with site_app.app_context():
        rule_set = rules.apply(db.session(), OPERATOR, "cn.branch-yearly", GroupId("B1"), a_clock()).rule_set
        for day, third in (("2014-09-02", "p13"), ("2014-09-03", "p16")):
            draft = Draft(Kind.TALK, a_span(f"{day}T09:00", 30), people("p11", "p24", third), size=Size.GROUP)
            bookings.book(db.session(), OPERATOR, replace(draft, rule_set=rule_set), a_clock())
    where = next(key for key in squares(branch_organizer.get("/").text) if key.startswith(("p11-p24", "p24-p11")))

    seen = text_of(branch_organizer.get(f"/squares/{where}").text)
    assert "9月2日" in seen
    assert "9月3日" not in seen
    assert "9月3日" in text_of(organizer.get(f"/squares/{where}?rule_set={rule_set}").text)
