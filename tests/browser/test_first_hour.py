"""The first hour of an organizer, walked in Chromium from an empty database to a subscribed calendar, its clicks counted.

The counts are written down in docs/tutorial.md. Filling a field or choosing a file is no click; every button and link is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config import ROOT
from scheduler import edge
from scheduler.core.ground.access import Role
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.accounts import register as accounts
from scheduler.services.arranging import work as plan_work
from scheduler.services.arranging.work import RunSetting
from tests.browser import site as sites
from tests.browser.conftest import Window
from tests.browser.site import PASSWORD, Site
from tests.builders import a_clock

pytestmark = pytest.mark.browser

MAX_CLICKS = 15
"""四必谈 for the sample in at most so many clicks after the upload."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The application on a database in which there is nothing at all."""
    with sites.running(tmp_path, filled=lambda _session: None, host=sites.HOST) as running:
        yield running


@dataclass
class Clicks:
    """Clicks on a page, and counts."""

    page: Page
    count: int = 0

    def on(self, what: str) -> None:
        """Press the button or link of this name in the page itself, and wait for the page that it leads to."""
        self.count += 1
        self.page.evaluate("document.body.dataset.before = '1'")
        button = self.page.locator("main").get_by_role("button", name=re.compile(f"^{what}"))
        link = self.page.locator("main").get_by_role("link", name=re.compile(f"^{what}"))
        button.or_(link).first.click()
        self.page.wait_for_selector("body:not([data-before])")


def begin(site: Site, window: Window) -> Clicks:
    """As whoever started the server does: open the link that it printed, set a password, and be in."""
    engine = create_engine(site.database)
    with Session(engine) as session:
        token = accounts.first_links(session, edge.clock_of(sites.a_config(Path(), site.database)))[Role.ORGANIZER]
    engine.dispose()
    page = window()
    page.goto(f"{site.address}/set-password/{token}")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    clicks = Clicks(page)
    clicks.on("设置并登录")
    expect(page.locator("h1")).to_contain_text("第一次使用")
    return clicks


def upload(clicks: Clicks, *names: str) -> None:
    clicks.on("导入名册")
    clicks.page.set_input_files("#files", [ROOT / "sample" / name for name in names])
    clicks.on("预览")


def arrange_release_subscribe(site: Site, clicks: Clicks) -> int:
    """From the matrix to the calendar; how many clicks it was up to the released plan."""
    page = clicks.page
    expect(page.locator(".biggest")).to_contain_text("0.0%")
    clicks.on("自动排期")
    clicks.on("自动排期")
    plan_work.carry_out(PlanRunId("P001"), RunSetting(site.database, a_clock))
    expect(page.locator(".verdict")).to_contain_text("48 项全部排下")
    clicks.on("发布 48 项")
    expect(page.locator("h1 .tag")).to_contain_text("已发布")
    to_release = clicks.count

    clicks.on("请大家订阅")
    clicks.on("为没有的人生成并打印")
    expect(page.locator(".handout")).to_have_count(100)
    page.goto(page.locator(".handout .address").first.inner_text())
    expect(page.locator(".qr svg")).to_be_visible()
    page.goto(f"{site.address}/start")
    expect(page.locator("main")).to_contain_text("六步均已完成")
    return to_release


def test_from_nothing_to_a_released_plan_and_subscribed_calendars(site: Site, window: Window) -> None:
    clicks = begin(site, window)
    upload(clicks, "roster.csv", "units.csv", "rooms.csv", "org.yaml")
    uploaded = clicks.count
    clicks.on("接受并导入")
    clicks.on("预览四必谈")
    expect(clicks.page.locator("main")).to_contain_text("48")
    clicks.on("启用这套方案")

    released = arrange_release_subscribe(site, clicks)

    assert released - uploaded == 6
    assert released - uploaded <= MAX_CLICKS
    assert clicks.count == 11


def test_tables_alone_are_enough_and_it_can_be_left_and_taken_up_again(site: Site, window: Window) -> None:
    clicks = begin(site, window)
    upload(clicks, "roster_gb18030.csv", "units.csv", "rooms.csv")
    uploaded = clicks.count
    clicks.on("接受并导入")
    clicks.page.goto(f"{site.address}/bookings")  # somewhere else: the strip leads back
    clicks.page.locator(".strip").get_by_role("link", name="填这几项").click()
    clicks.count += 1
    clicks.page.fill("#organisation", "某某区总工会")
    clicks.on("保存")
    clicks.on("预览四必谈")
    clicks.on("启用这套方案")

    released = arrange_release_subscribe(site, clicks)

    assert released - uploaded == 8
    assert clicks.count == 13


def test_an_offices_own_files_as_they_are_lead_to_a_released_plan(site: Site, window: Window) -> None:
    clicks = begin(site, window)
    page = clicks.page
    clicks.on("导入名册")
    names = ("花名册-双层表头.xlsx", "领导分工.xlsx", "部门一览表.xlsx", "会议室.xlsx")
    page.set_input_files("#files", [ROOT / "tests" / "data" / "office" / name for name in names])
    clicks.on("预览")
    uploaded = clicks.count
    clicks.on("接受并导入")
    clicks.on("填这几项")
    page.fill("#organisation", "东湖区总工会")
    clicks.on("保存")
    clicks.on("预览四必谈")
    expect(page.locator("main")).to_contain_text("12")
    clicks.on("启用这套方案")
    clicks.on("自动排期")
    clicks.on("自动排期")
    plan_work.carry_out(PlanRunId("P001"), RunSetting(site.database, a_clock))
    expect(page.locator(".verdict")).to_contain_text("12 项全部排下")
    clicks.on("发布 12 项")
    expect(page.locator("h1 .tag")).to_contain_text("已发布")

    assert clicks.count - uploaded == 8


SIX = (
    ("沈一", "", "主席"),
    ("陈二", "", "副主席"),
    ("文三", "办公室", "主任"),
    ("王四", "办公室", "干事"),
    ("郑五", "组织部", "部长"),
    ("何六", "组织部", "干事"),
)
"""A team of six: name, unit, post; two lead, two head a unit."""


def enter_people_and_units(site: Site, clicks: Clicks) -> None:
    """Both units by name, the six, then who heads the units and is in charge of them."""
    page = clicks.page
    clicks.on("一个个填部门")
    page.fill("#name", "办公室")
    clicks.on("保存，再加一个")
    page.fill("#name", "组织部")
    clicks.on("保存$")
    page.goto(f"{site.address}/start")
    clicks.on("一位位填人员")
    for number, (name, unit, post) in enumerate(SIX, start=1):
        page.fill("#name", name)
        if unit:
            page.select_option("#unit", label=unit)
        page.fill("#position", post)
        clicks.on("保存，再加一位" if number < len(SIX) else "保存$")
    page.goto(f"{site.address}/start")
    expect(page.locator("main")).to_contain_text("2 个部门还没有负责人")
    for unit, head in (("办公室", "文三"), ("组织部", "郑五")):
        page.goto(f"{site.address}/units")
        page.locator("tr", has_text=unit).get_by_role("link", name="修改").click()
        clicks.count += 1
        page.fill("#head", head)
        page.fill("#in_charge", "陈二")
        clicks.on("保存$")


def test_a_team_of_six_is_entered_by_hand_and_leads_to_a_released_plan(site: Site, window: Window) -> None:
    clicks = begin(site, window)
    page = clicks.page
    enter_people_and_units(site, clicks)
    page.goto(f"{site.address}/start")
    clicks.on("填这几项")
    page.fill("#organisation", "某某小组")
    page.fill("#principal", "沈一")
    page.fill("#members", "沈一、陈二")
    page.fill("#rooms", "谈话室")
    clicks.on("保存$")
    clicks.on("预览四必谈")
    clicks.on("启用这套方案")
    clicks.on("自动排期")
    clicks.on("自动排期")
    plan_work.carry_out(PlanRunId("P001"), RunSetting(site.database, a_clock))
    expect(page.locator(".verdict")).to_contain_text("3 项全部排下")
    clicks.on("发布 3 项")
    expect(page.locator("h1 .tag")).to_contain_text("已发布")
    assert clicks.count == 22


def test_first_pages_have_no_barrier_and_fit_a_phone_in_both_schemes(site: Site, window: Window) -> None:
    token = begin(site, window).page.context.storage_state()
    found = []
    for scheme in ("light", "dark"):
        page = window("", sites.PHONE, color_scheme=scheme, storage_state=token)
        for path in ("/start", "/programme/edit", "/import", "/rules", "/rooms", "/plans", "/subscriptions"):
            page.goto(site.address + path)
            found += [f"{path} {scheme} {one['id']}" for one in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{path} {scheme}: too wide")
        page.goto(f"{site.address}/import")
        page.fill("#pasted", "编号\t姓名\t职务排序\np1\t文　静\t1\np2\t\t第二")
        page.click("main form button.main")
        page.wait_for_selector(".cell-wrong")
        found += [f"preview {scheme} {one['id']}" for one in Axe().run(page).response["violations"]]
    assert found == []
