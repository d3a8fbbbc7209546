"""The rule editor: sentences whose words can be changed, the numbers before, and the document that comes of it."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

FOUR = {"source": "cn.four-must-talks", "sent": "1"}
ALL_FOUR = ["R1", "R2", "R3", "R4"]


def numbers(page: str) -> tuple[int, int]:
    """By rule, and distinct, as the card beside the rules says them."""
    told = re.search(r"按规则 (\d+) 项，去重后 (\d+) 次", text_of(page))
    assert told, text_of(page)
    return int(told[1]), int(told[2])


def test_editor_tells_the_rules_as_sentences_with_their_numbers(organizer: FlaskClient) -> None:
    page = organizer.get("/rules/edit?source=cn.four-must-talks").text

    told = text_of(page)
    assert numbers(page) == (49, 48)
    for words in (
        "主要负责人与班子每名成员",
        "两两都谈",
        "分管领导与部门负责人，空缺时与主持工作的人",
        "班子其他成员（7 人）",
    ):
        assert words in told
    assert "班子成员相互之间、班子成员与分管部门负责人，谈一次同时计入" in told
    assert "班子成员与党员代表" in told
    assert not re.search(r"\bR[1-6][ab]?\b|cn\.", told)


def test_each_answer_shows_what_it_comes_to_before_it_is_taken(organizer: FlaskClient) -> None:
    page = text_of(organizer.get("/rules/edit?source=cn.four-must-talks").text)

    assert "整个窗口期 1 次 7 项 → 去重后 48" in page
    assert "每月 1 次 21 项 → 去重后 62" in page


def test_ticking_and_unticking_change_the_numbers_and_nothing_else(organizer: FlaskClient) -> None:
    before = organizer.get("/rules").text
    page = post(organizer, "/rules/edit", {**FOUR, "on": ["R1", "R2", "R3"]}).text
    assert numbers(page) == (41, 40)

    page = post(organizer, "/rules/edit", {**FOUR, "on": [*ALL_FOUR, "R5a"]}).text
    assert numbers(page) == (57, 56)
    assert "新勾选" in page
    assert text_of(organizer.get("/rules").text) == text_of(before)


def test_words_are_changed(organizer: FlaskClient) -> None:
    typed = {
        **FOUR,
        "on": ALL_FOUR,
        "R1.often": '["month", 1]',
        "R4.severity": "optional",
        "R4.k": "2",
        "R2.mode": "call",
    }

    page = post(organizer, "/rules/edit", typed).text

    assert numbers(page) == (55, 54)
    assert "另有可选 8 次" in page
    assert page.count("已修改") == 3


def test_who_is_changed(organizer: FlaskClient) -> None:
    typed = {**FOUR, "on": ["R2"], "R2.a": '{"group": "supervision_group"}'}

    assert numbers(post(organizer, "/rules/edit", typed).text) == (6, 6)


def test_window_is_changed(organizer: FlaskClient) -> None:
    page = post(organizer, "/rules/edit", {**FOUR, "on": ALL_FOUR, "window": "milestone", "workdays": "5"}).text
    assert "6月16日—8月13日，43 个工作日" in text_of(page)

    typed = {**FOUR, "on": ALL_FOUR, "window": "days", "opens": "2014-07-01", "closes": "2014-07-31"}
    assert "7月1日—31日，23 个工作日" in text_of(post(organizer, "/rules/edit", typed).text)


def test_what_was_changed_is_applied_and_can_be_taken_back(organizer: FlaskClient) -> None:
    typed = {**FOUR, "on": ["R1", "R2"], "do": "apply", "name": "两必谈"}

    page = post(organizer, "/rules/edit", typed, follow_redirects=True).text
    assert "已启用：按规则 28 项，去重后 28 次" in page
    assert "两必谈" in organizer.get("/rules").text

    first = re.search(r'href="/rules/edit\?rule_set=([^"]+)"', organizer.get("/rules").text)
    assert first
    ids = re.findall(r'href="/rules/edit\?rule_set=([^"]+)"', organizer.get("/rules").text)
    editors = [organizer.get(f"/rules/edit?rule_set={rule_set}").text for rule_set in ids]
    mine = next(page for page in editors if "两必谈" in page)
    assert numbers(mine) == (28, 28)
    assert "次数不变" in mine


def test_applying_again_offers_the_way_back(organizer: FlaskClient) -> None:
    post(organizer, "/rules/edit", {**FOUR, "on": ALL_FOUR, "do": "apply"})

    page = post(organizer, "/rules/edit", {**FOUR, "on": ["R1"], "do": "apply"}, follow_redirects=True).text
    assert "按规则 7 项" in page
    back = dict(re.findall(r'<input type="hidden" name="(text|source|branch)" value="([^"]*)"', page))

    assert "按规则 49 项" in post(organizer, "/rules", back, follow_redirects=True).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": []}, "至少勾选一条规则"),
        ({"on": ["R1"], "R1.a": '{"group": "x"}'}, "没有这样的人员范围"),
        ({"on": ["R1"], "R1.often": "often"}, "没有“often”这一选项"),
        ({"on": ["R4"], "R4.k": "99"}, "应为 1 到 6 之间的整数"),
        ({"on": ["R1"], "window": "days", "opens": "2014-08-02", "closes": "2014-08-01"}, "不能早于第一天"),
        ({"on": ["R1"], "window": "days", "opens": "soon"}, "“soon”不是日期"),
    ],
)
def test_what_cannot_be_is_said_and_not_applied(
    organizer: FlaskClient, typed: dict[str, object], sentence: str
) -> None:
    refused = post(organizer, "/rules/edit", {**FOUR, **typed, "do": "apply"})

    assert refused.status_code == 422
    assert sentence in refused.text


def test_events_and_branches_have_their_sentences(organizer: FlaskClient) -> None:
    events = text_of(organizer.get("/rules/edit?source=cn.five-must-talks-events").text)
    assert "支部书记与本人谈" in events
    assert "天之内" in events

    branch = organizer.get("/rules/edit?source=cn.branch-yearly&branch=B1").text
    assert "支委会" in branch
    assert numbers(branch)[0] > 0


@pytest.mark.parametrize("source", ["intl.one-on-one", "intl.mentoring", "intl.audit-interviews", "intl.visit-day", "cn.six-must-talks-events"])  # fmt: skip
def test_every_preset_can_be_opened(organizer: FlaskClient, source: str) -> None:
    assert organizer.get(f"/rules/edit?source={source}").status_code == 200


def test_each_preset_says_what_it_asks_for_and_no_id_is_shown(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/rules").text)

    assert "主要负责人与班子成员、班子成员之间、班子成员与分管部门负责人、督导组与班子成员，会前各谈一次。" in told
    assert not re.search(r"\bcn\.|\bRS1\b", told)


def test_unknown_ones_are_not_found_and_only_organizers_edit(organizer: FlaskClient, member: FlaskClient) -> None:
    for path in ("?source=x", "?rule_set=x", "?source=cn.branch-yearly&branch=B9", ""):
        assert organizer.get(f"/rules/edit{path}").status_code == 404
    assert member.get("/rules/edit?source=cn.four-must-talks").status_code == 403
