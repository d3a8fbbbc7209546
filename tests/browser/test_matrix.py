"""The matrix in Chromium: by keyboard, through the days, from a square to a booking and back, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.browser.site import DESKTOP, ORGANIZER, PHONE, Site

pytestmark = pytest.mark.browser


def rate(page: Page) -> str:
    return page.locator(".biggest").inner_text().split("%")[0]


def test_slider_shows_the_matrix_of_another_day_in_place(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.focus("#day-slider")
    for _ in range(30):
        page.keyboard.press("ArrowLeft")

    expect(page.locator(".biggest")).to_contain_text("75.0%")
    assert page.input_value("#as_of") == "2014-07-02"
    assert "as_of=2014-07-02" in page.url
    assert page.evaluate("document.body.dataset.same") == "yes"
    expect(page.locator("#sq-p02-p07")).to_have_class(re.compile("is-booked"))
    expect(page.locator("#day-slider")).to_be_focused()

    page.click("#sq-p02-p07")
    expect(page.locator("#panel .square")).to_contain_text("陈国梁 × 邓永昌")
    page.get_by_role("link", name="一个月前").click()
    page.wait_for_url(re.compile("since=2014-06-02"))
    expect(page.locator(".changes")).to_contain_text("6月2日以来")


def test_square_is_told_opened_and_left_by_keyboard_alone(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.focus("#sq-p08-p17")
    page.keyboard.press("ArrowRight")

    expect(page.locator("#sq-p08-p19")).to_be_focused()
    expect(page.locator(".tip")).to_be_visible()
    expect(page.locator(".tip")).to_contain_text("林秀芝 × 高富")
    expect(page.locator(".tip")).to_contain_text("班子成员与分管部门负责人")
    page.keyboard.press("Enter")
    expect(page.locator("#square-head")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sq-p08-p19")).to_be_focused()
    expect(page.locator("#panel")).to_contain_text("还差这些")


def test_booking_from_the_panel_comes_back_to_the_same_filter(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.goto(f"{site.address}/?rule=R3&order=strokes")
    page.click("#sq-p04-p15")
    page.locator("#panel").get_by_role("button", name="排定这次谈话").click()

    expect(page.locator("#sq-p04-p15")).to_have_class(re.compile("is-booked"))
    assert re.search("rule=R3", page.url)
    assert re.search("order=strokes", page.url)


def test_held_talk_is_put_down_from_the_panel(site: Site, window: Window) -> None:
    page = window(ORGANIZER)
    page.click("#sq-p06-p16")
    panel = page.locator("#panel")
    panel.locator(".held summary").click()
    page.fill("#held-day", "2014-07-22")
    page.fill("#held-start", "16:30")
    panel.get_by_role("button", name="补登已谈").click()

    expect(page.locator(".flash")).to_contain_text("已登记")
    expect(page.locator("#sq-p06-p16")).to_have_class(re.compile("is-covered"))
    expect(page.locator("#sq-p06-p16")).to_contain_text("7/22")


def test_matrix_on_a_tablet_fades_where_it_goes_on(site: Site, window: Window) -> None:
    page = window(ORGANIZER, size={"width": 768, "height": 1024})
    grid = page.get_by_role("region", name="谈话双方")
    expect(grid).to_have_class(re.compile("goes-on"))
    grid.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    expect(grid).not_to_have_class(re.compile("goes-on"))


def test_days_orders_and_squares_do_without_script(site: Site, window: Window) -> None:
    page = window(ORGANIZER, DESKTOP, java_script_enabled=False)
    expect(page.locator("[data-slider]")).to_be_hidden()
    page.fill("#as_of", "2014-07-02")
    page.get_by_role("button", name="看这一天").click()
    assert rate(page) == "75.0"
    page.select_option("select[name=order]", "strokes")
    page.locator(".filters").get_by_role("button", name="筛选").click()
    assert page.locator("tbody th b").first.inner_text() == "王海波"
    assert "as_of=2014-07-02" in page.url
    page.click("#sq-p08-p19")
    page.get_by_role("link", name="‹ 覆盖矩阵").click()
    assert "order=strokes" in page.url


def test_units_unfold_into_people_on_a_phone_as_well(
    site: Site, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.web.coverage.matrix_page.MAX_PEOPLE", 5)
    desk, phone = window(ORGANIZER), window(ORGANIZER, PHONE)
    for page in (desk, phone):
        page.goto(site.address)
    desk.locator(".sum-cell").first.click()
    expect(desk.locator(".sq").first).to_be_visible()
    desk.get_by_role("link", name="收起领导班子").first.click()
    expect(desk.locator(".sq")).to_have_count(0)

    phone.locator("a.fold", has_text="领导班子").tap()
    phone.locator(".fold summary").first.tap()
    expect(phone.locator(".fold[open] a").first).to_be_visible()
