"""Forms in Chromium: a lost connection loses nothing, a form is sent once, an ended sign-in leads back to what was typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.site import DESKTOP, ORGANIZER, PASSWORD, Site

pytestmark = pytest.mark.browser


def test_lost_connection_leaves_what_was_typed_and_can_be_tried_again(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/absences")
    page.fill("#person", "高富")
    page.fill("#first", "2014-09-08")
    page.fill("#reason", "参加市里培训")
    page.context.set_offline(True)

    page.click("#new button.main")

    expect(page.locator("#lost")).to_contain_text("网络断开，未保存")
    assert page.input_value("#reason") == "参加市里培训"
    page.context.set_offline(False)
    page.click("#lost [data-retry]")
    expect(page.locator(".flash")).to_contain_text("已登记")
    expect(page.locator("tbody").first).to_contain_text("参加市里培训")


def test_check_that_fails_on_the_way_is_told_and_tried_again(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/bookings/new?people=p02&people=p07")
    page.context.set_offline(True)
    page.fill("#day", "2014-08-20")
    page.select_option("#room", "R02")
    expect(page.locator("#lost")).to_be_visible()

    page.context.set_offline(False)
    page.click("#lost [data-retry]")

    expect(page.locator("#findings")).to_contain_text("第一会议室 9:00–9:45 已被占用")
    expect(page.locator("#lost")).to_be_hidden()


def test_form_pressed_twice_without_script_is_done_once(site: Site, window: Window) -> None:
    page = window(ORGANIZER, DESKTOP, java_script_enabled=False)
    page.goto(f"{site.address}/bookings/new?people=p30&people=p31&day=2014-09-03&start=09:00")

    page.dblclick("button:has-text('排定')")

    page.wait_for_url(re.compile(r"/bookings/T\d+$"))
    page.goto(f"{site.address}/bookings?view=list&first=2014-09-03&last=2014-09-03&kind=talk")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_ended_sign_in_leads_back_to_what_was_typed(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/bookings/new?people=p20,p27&day=2014-09-04&start=10:00")
    page.context.clear_cookies()

    page.click("button:has-text('排定')")
    expect(page.locator(".notice")).to_contain_text("填写的内容已保留")
    page.fill("#name", ORGANIZER)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.get_by_role("button", name="先返回查看").click()

    assert page.input_value("#day") == "2014-09-04"
    page.click("button:has-text('排定')")
    expect(page.locator(".flash").first).to_contain_text("已排定")
