"""What stands around every page: navigation by role, the banner, languages, addresses of files; and good error pages."""

import re
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from scheduler import edge
from tests.browser import site
from tests.databases import Databases
from tests.web.visiting import post, signed_in


def navigation(html: str) -> list[str]:
    """The entries of the bar and of 更多."""
    bar = html.partition('<nav class="nav"')[2].partition("</nav>")[0]
    return re.findall(r"<a [^>]*>([^<]+)</a>", bar)


def test_navigation_shows_what_one_may_open(site_app: Flask) -> None:
    def seen(name: str, path: str = "/people") -> list[str]:
        return navigation(signed_in(site_app, name).get(path).text)

    assert seen(site.ORGANIZER) == [
        "覆盖矩阵", "进度", "我的", "日程", "排期", "台账", "学习", "人员", "查找", "部门单位", "支部与小组", "场地", "会议负担", "谈话方案", "活动安排", "月度情况",
        "整改台账", "对照检查材料", "不在岗", "情形登记", "导入", "订阅", "邮件", "操作日志",
    ]  # fmt: skip
    assert seen(site.MEMBER) == [
        "我的",
        "日程",
        "人员",
        "查找",
        "部门单位",
        "支部与小组",
        "场地",
        "会议负担",
        "整改台账",
        "对照检查材料",
    ]
    assert seen(site.SUPERVISOR) == [
        "覆盖矩阵",
        "进度",
        "我的",
        "日程",
        "排期",
        "台账",
        "学习",
        "人员",
        "查找",
        "部门单位",
        "支部与小组",
        "场地",
        "会议负担",
        "谈话方案",
        "活动安排",
        "月度情况",
        "整改台账",
        "对照检查材料",
    ]
    assert seen(site.BRANCH) == [
        "覆盖矩阵",
        "我的",
        "日程",
        "排期",
        "台账",
        "人员",
        "查找",
        "部门单位",
        "支部与小组",
        "场地",
        "会议负担",
        "谈话方案",
        "活动安排",
        "整改台账",
        "对照检查材料",
    ]
    assert seen(site.ADMIN) == [
        "日程",
        "人员",
        "查找",
        "部门单位",
        "支部与小组",
        "场地",
        "订阅",
        "邮件",
        "账号",
        "操作日志",
    ]


def test_every_entry_of_the_navigation_opens(site_app: Flask) -> None:
    for name in (site.ORGANIZER, site.MEMBER, site.SUPERVISOR, site.PRINCIPAL, site.BRANCH, site.ADMIN):
        client = signed_in(site_app, name)
        bar = client.get("/people").text.partition('<nav class="nav"')[2].partition("</nav>")[0]
        for path in re.findall(r'href="([^"]+)"', bar):
            assert client.get(path).status_code == 200, (name, path)


def test_page_that_is_open_is_marked(organizer: FlaskClient) -> None:
    assert 'href="/ledger" aria-current="page"' in organizer.get("/ledger").text
    assert 'href="/" aria-current="page"' in organizer.get("/squares/p08-p19").text


def test_banner_tells_of_a_set_clock(organizer: FlaskClient) -> None:
    assert "时间按 2014年8月1日（星期五）上午8:00 运行" in organizer.get("/").text


def test_no_banner_on_the_real_clock(databases: Databases, tmp_path: Path) -> None:
    from scheduler.app import create_app

    config = replace(site.a_config(tmp_path, databases.make("sqlite", site.only_an_organizer)), now=None)

    assert 'class="banner"' not in create_app(config).test_client().get("/sign-in").text


def test_language_is_chosen_by_a_link_and_stays(organizer: FlaskClient) -> None:
    page = organizer.get("/ledger?person=p03").text
    assert "/ledger?person=p03&amp;lang=en" in page

    english = organizer.get("/ledger?person=p03&lang=en").text

    assert '<html lang="en">' in english
    assert "Ledger of talks" in english
    assert "Ledger of talks" in organizer.get("/ledger").text


def test_files_carry_their_version_and_are_kept(organizer: FlaskClient) -> None:
    page = organizer.get("/people").text
    path = re.findall(r'href="(/static/app\.css\?v=\w{10})"', page)[0]

    response = organizer.get(path)

    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Cache-Control"]
    response.close()


def test_no_page_asks_anything_of_another_host(organizer: FlaskClient) -> None:
    for path in ("/", "/bookings", "/people", "/me", "/rules"):
        assert not re.search(r'(src|href)="(https?:)?//', organizer.get(path).text), path


def test_error_pages_say_what_happened_and_where_to_go_on(organizer: FlaskClient, member: FlaskClient) -> None:
    lost, closed = organizer.get("/nowhere"), member.get("/ledger")

    assert lost.status_code == 404
    assert "没有找到" in lost.text
    assert "回到首页" in lost.text
    assert closed.status_code == 403
    assert "没有权限" in closed.text
    assert post(organizer, "/study").status_code == 405


def test_form_without_its_token_is_refused(organizer: FlaskClient) -> None:
    response = organizer.post("/bookings", data={"kind": "talk"})

    assert response.status_code == 400
    assert "页面停留过久" in response.text


def test_failure_is_answered_with_a_page_that_tells_nothing(site_app: Flask, organizer: FlaskClient) -> None:
    site_app.testing = False
    site_app.view_functions["organisation.units"] = edge.for_signed_in(_broken)

    response = organizer.get("/units")

    assert response.status_code == 500
    assert "系统出了问题" in response.text
    assert "secret detail" not in response.text


def test_database_that_is_away_is_answered_without_asking_it(site_app: Flask, organizer: FlaskClient) -> None:
    site_app.view_functions["organisation.units"] = edge.for_signed_in(_away)

    response = organizer.get("/units")

    assert response.status_code == 503
    assert "数据库暂时用不了" in response.text
    assert response.headers["Retry-After"]


def _broken() -> str:
    raise ZeroDivisionError("secret detail")


def _away() -> str:
    raise OperationalError("SELECT 1", {}, Exception("gone"))


def test_odd_words_in_an_address_do_no_harm(organizer: FlaskClient) -> None:
    for path in ("/", "/bookings", "/bookings?view=list", "/ledger", "/rooms/R04", "/people", "/journal"):
        glue = "&" if "?" in path else "?"
        odd = (
            "_scheme=javascript&_external=1&_anchor=x&_method=POST&endpoint=y&room_id=R99&self=1&a-b=c&page=-1&day=%00x"
        )
        response = organizer.get(f"{path}{glue}{odd.removesuffix('&day=%00x')}")
        assert response.status_code == 200, path
        assert "javascript" not in response.text.partition("<main")[2]
        assert (
            organizer.get(
                f"{path}{glue}day=%F0%9F%8E%89&as_of=x&first=0&person=%E3%80%81&kind=&state=&rule=zz&page=99999999"
            ).status_code
            == 200
        )
