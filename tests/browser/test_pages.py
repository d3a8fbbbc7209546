"""The pages in Debian's Chromium: the organizer's way on a desk, the member's on a phone, and without script."""

import re

import pytest
from playwright.sync_api import expect

from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import work as plan_work
from scheduler.services.arranging.work import RunSetting
from tests.browser.conftest import Window
from tests.browser.site import AWAITING, DESKTOP, MEMBER, ORGANIZER, PHONE, Site
from tests.builders import a_clock

pytestmark = pytest.mark.browser


def test_organizer_sees_the_rate_opens_a_square_and_books_the_talk(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    expect(page.locator(".biggest")).to_contain_text("77.1%")

    page.click("#sq-p08-p19")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("林秀芝分管职工服务中心，高富任负责人")
    expect(panel).to_contain_text("高富 8月11日—15日 出差")
    assert "square=p08-p19" in page.url
    panel.get_by_role("button", name="排定这次谈话").click()

    expect(page.locator(".flash")).to_contain_text("已排定。")
    expect(page.locator("#sq-p08-p19")).to_have_class(re.compile("is-booked"))
    expect(page.locator("#panel")).to_contain_text("8月4日 周一 8:30–9:15")


def test_closing_a_square_gives_back_what_is_missing(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.click("#sq-p02-p05")
    expect(page.locator("#panel")).to_contain_text("陈国梁 × 郑守正")

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_contain_text("还差这些")
    assert "square=" not in page.url
    expect(page.locator("#sq-p02-p05")).to_be_focused()


def test_arrow_keys_walk_from_square_to_square(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.focus("#sq-p01-p02")

    page.keyboard.press("ArrowRight")
    expect(page.locator("#sq-p01-p03")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sq-p02-p03")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("陈国梁 × 文静")


def test_filter_is_asked_for_at_once_and_stays_in_the_address(site: Site, window: Window) -> None:
    page = window(ORGANIZER)

    page.select_option("select[name=rule]", "R4")

    page.wait_for_url(re.compile("rule=R4"))
    expect(page.locator(".matrix .sq")).to_have_count(8)


def test_findings_appear_while_the_form_is_filled(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/bookings/new?people=p02&people=p07")

    page.fill("#day", "2014-08-20")
    page.select_option("#room", "R02")

    findings = page.locator("#findings")
    expect(findings).to_contain_text("陈国梁 9:00–9:45 已有安排")
    expect(findings).to_contain_text("第一会议室 9:00–9:45 已被占用")
    page.click("button:has-text('排定')")
    expect(page.locator("#findings")).to_contain_text("邓永昌 9:00–9:45 已有安排")
    assert page.input_value("#day") == "2014-08-20"


def test_form_asks_only_for_what_a_kind_has(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/bookings/new")
    expect(page.locator("#title")).to_be_hidden()

    page.select_option("#kind", "symposium")

    expect(page.locator("#title")).to_be_visible()
    expect(page.locator("#talker-1")).to_be_hidden()


def test_pressing_twice_books_once(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/bookings/new?people=p30&people=p31&day=2014-09-02&start=09:00")

    page.dblclick("button:has-text('排定')")

    page.wait_for_url(re.compile(r"/bookings/T\d+$"))
    page.goto(f"{site.address}/bookings?view=list&first=2014-09-02&last=2014-09-02&kind=talk")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_member_confirms_a_talk_with_one_tap_on_a_phone(site: Site, window: Window) -> None:
    page = window(AWAITING, PHONE)
    page.goto(f"{site.address}/me")

    page.get_by_role("button", name="确认已谈").tap()

    expect(page.locator(".flash")).to_contain_text("已记下您的确认")
    expect(page.locator(".next")).to_contain_text("4 天后")


def test_square_is_a_page_of_its_own_on_a_phone(site: Site, window: Window) -> None:
    page = window(ORGANIZER, PHONE)
    page.locator(".fold summary", has_text="王海波").tap()
    page.locator(".fold[open] a", has_text="冯学军").tap()

    expect(page).to_have_url(re.compile("/squares/p04-p15"))
    expect(page.locator("h1")).to_contain_text("王海波 × 冯学军")


def test_everything_works_without_script(site: Site, window: Window) -> None:
    page = window(ORGANIZER, DESKTOP, java_script_enabled=False)
    page.click("#sq-p04-p15")
    expect(page).to_have_url(re.compile("/squares/p04-p15"))
    page.get_by_role("link", name="自己选时间和场地").click()
    page.fill("#day", "2014-08-20")
    page.click("button:has-text('先检查')")
    expect(page.locator("#findings")).to_contain_text("王海波 9:00–9:45 已有安排")
    page.fill("#day", "2014-08-12")
    page.click("button:has-text('排定')")

    expect(page.locator(".flash").first).to_contain_text("已排定")


def test_subscription_is_made_copied_and_drawn(site: Site, window: Window) -> None:
    page = window(MEMBER, PHONE)
    page.goto(f"{site.address}/me")

    page.get_by_role("button", name="生成订阅链接").tap()

    assert page.input_value("#address").startswith(f"{site.address}/feeds/")
    expect(page.locator(".qr-card")).to_contain_text("BASE_URL")
    page.get_by_role("button", name="复制").tap()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_planner_is_asked_watched_changed_and_released(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(site.address)
    page.get_by_role("link", name=re.compile("^自动排期")).click()
    page.fill("#from", "2014-08-04")
    page.get_by_role("button", name="自动排期").click()
    page.wait_for_url(re.compile("/plans/P005$"))
    expect(page.locator("#run")).to_contain_text("马上开始")

    plan_work.carry_out(PlanRunId("P005"), RunSetting(site.database, a_clock))
    expect(page.locator(".verdict")).to_contain_text("项全部排下")

    page.get_by_role("button", name=re.compile("^固定：")).first.click()
    expect(page.locator(".flash")).to_contain_text("已固定")
    page.locator(".seg").get_by_role("link", name="周表").click()
    expect(page.locator(".week .is-draft")).not_to_have_count(0)
    page.get_by_role("button", name=re.compile(r"^发布 \d+ 项$")).dblclick()
    expect(page.locator("h1 .tag")).to_contain_text("已发布")
    page.get_by_role("link", name="看覆盖矩阵").click()
    expect(page.locator(".legend")).to_contain_text("未谈 0")


def test_run_becomes_its_draft_without_script(site: Site, window: Window) -> None:
    page = window(ORGANIZER, DESKTOP, java_script_enabled=False)
    page.goto(f"{site.address}/plans/P004")
    expect(page.locator("#run")).to_contain_text("等待中")

    plan_work.carry_out(PlanRunId("P004"), RunSetting(site.database, a_clock))

    expect(page.locator("h1")).to_contain_text("草案 P004")
