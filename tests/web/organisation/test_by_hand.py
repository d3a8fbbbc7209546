"""A team entered by hand: people, units, branches, groups; each with its way back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

UNDO = re.compile(r'action="(/[^"]+/remove)"')


def test_somebody_is_entered_with_a_name_alone_and_taken_back(organizer: FlaskClient) -> None:
    page = post(organizer, "/people", {"name": "赵新来"}, follow_redirects=True).text
    assert "已添加：赵新来" in page
    assert "赵新来" in text_of(organizer.get("/people?q=赵新来").text)
    back = UNDO.search(page)
    assert back

    page = post(organizer, back[1], follow_redirects=True).text

    assert "已删除：赵新来" in page
    assert "没有符合条件的人" in organizer.get("/people?q=赵新来").text


def test_the_next_one_of_a_unit_follows_at_once(organizer: FlaskClient) -> None:
    response = post(organizer, "/people", {"name": "赵新来", "unit": "D01", "then": "another"})

    assert response.headers["Location"].endswith("/people/new?unit=D01")
    assert 'value="D01" selected' in organizer.get("/people/new?unit=D01").text


def test_a_second_one_of_a_name_is_asked_about(organizer: FlaskClient) -> None:
    typed = {"name": "陈国梁", "unit": "D01", "position": "科员"}

    refused = post(organizer, "/people", typed)
    assert refused.status_code == 422
    assert "已经有一位陈国梁" in refused.text
    assert 'value="科员"' in refused.text

    assert post(organizer, "/people", {**typed, "namesake": "陈国梁"}).status_code == 303


def test_what_cannot_be_understood_is_said_beside_its_field(organizer: FlaskClient) -> None:
    typed = {"name": " ", "unit": "D99", "rank": "first", "email": "nowhere", "position": "主任"}

    refused = post(organizer, "/people", typed)

    assert refused.status_code == 422
    for sentence in ("请填写这一项", "没有“D99”这一选项", "应为 0 到 1000000 之间的整数", "请填写一个邮箱地址"):
        assert sentence in refused.text
    assert 'value="主任"' in refused.text


def test_somebody_who_is_in_meetings_stays_and_what_hangs_is_listed(organizer: FlaskClient) -> None:
    refused = post(organizer, "/people/p03/remove")

    assert refused.status_code == 422
    told = text_of(refused.text)
    assert "“文静”还不能删除" in told
    assert re.search(r"日程 \d+ 处", told)
    assert "班子、小组或支委会" in told
    assert "文静" in organizer.get("/people/p03").text


def test_unit_is_entered_taken_back_and_entered_again(organizer: FlaskClient) -> None:
    page = post(organizer, "/units", {"name": "信息中心", "kind": "dept", "head": "白雪"}, follow_redirects=True).text
    assert "信息中心" in page
    back = UNDO.search(page)
    assert back

    page = post(organizer, back[1], follow_redirects=True).text

    assert "已删除：信息中心" in page
    assert 'name="head" value="白雪"' in page


def test_two_units_of_one_name_and_a_unit_with_people_are_refused(organizer: FlaskClient) -> None:
    refused = post(organizer, "/units", {"name": "办公室", "kind": "dept"})
    assert refused.status_code == 422
    assert "已经有“办公室”了" in refused.text

    kept = post(organizer, "/units/D01/remove")
    assert kept.status_code == 422
    assert "人员的记录" in kept.text


def test_room_is_taken_back_unless_it_was_used(organizer: FlaskClient) -> None:
    page = post(organizer, "/rooms", {"name": "谈话室C", "capacity": "3", "use": "talk"}, follow_redirects=True).text
    back = UNDO.search(page)
    assert back
    assert "已删除：谈话室C" in post(organizer, back[1], follow_redirects=True).text

    kept = post(organizer, "/rooms/R04/remove")
    assert kept.status_code == 422
    assert "日程" in kept.text


def test_branch_with_its_committee(organizer: FlaskClient) -> None:
    typed = {"kind": "branch", "name": "机关第九党支部", "secretary": "白雪", "committee": "潘子墨", "members": ""}

    page = text_of(post(organizer, "/groups", typed, follow_redirects=True).text)

    assert "机关第九党支部 2 人 书记 白雪 · 支委会 白雪、潘子墨" in page


def test_a_branch_of_nobody_known_is_said_beside_the_field(organizer: FlaskClient) -> None:
    refused = post(
        organizer, "/groups", {"kind": "branch", "name": "一支部", "secretary": "无名氏", "members": "陈国梁"}
    )

    assert refused.status_code == 422
    assert "没有找到“无名氏”" in refused.text
    assert ">陈国梁</textarea>" in refused.text


def test_supervision_group_can_be_none_and_come_back(organizer: FlaskClient) -> None:
    page = post(organizer, "/groups/supervision_group/edit", {"none": "none"}, follow_redirects=True).text
    assert "记下了：没有督导组" in page
    assert "督导组 没有 修改" in text_of(organizer.get("/groups").text)

    members = re.search(r'name="members" value="([^"]+)"', page)
    assert members
    post(organizer, "/groups/supervision_group/edit", {"members": members[1]})
    assert "督导组 4 人" in text_of(organizer.get("/groups").text)


def test_an_empty_team_is_not_saved(organizer: FlaskClient) -> None:
    refused = post(organizer, "/groups/leadership_team/edit", {"members": ""})

    assert refused.status_code == 422
    assert "请至少填一位" in refused.text


def test_group_that_nobody_is_in_goes(organizer: FlaskClient) -> None:
    page = post(organizer, "/groups", {"kind": "team", "name": "筹备组", "members": "白雪"}, follow_redirects=True).text
    path = re.search(r'href="(/groups/G\d+)/edit"', page)
    assert path
    assert post(organizer, f"{path[1]}/remove").status_code == 422

    post(organizer, f"{path[1]}/edit", {"name": "筹备组", "members": ""})

    assert "已删除：筹备组" in post(organizer, f"{path[1]}/remove", follow_redirects=True).text


@pytest.mark.parametrize(
    "path", ["/people/p99/remove", "/units/D99/remove", "/rooms/R99/remove", "/groups/G99/remove", "/groups/G99/edit"]
)
def test_what_there_is_not_is_not_found(organizer: FlaskClient, path: str) -> None:
    assert post(organizer, path, {"name": "甲"}).status_code == 404


def test_only_organizers_enter_and_remove(member: FlaskClient, site_app: Flask) -> None:
    del site_app
    for path in ("/people", "/people/p03/remove", "/units", "/units/D01/remove", "/groups", "/rooms/R04/remove"):
        assert post(member, path, {"name": "甲"}).status_code == 403
    assert "新增" not in text_of(member.get("/groups").text)
