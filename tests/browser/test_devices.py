"""A calendar account: made on a phone, its password shown this once; on each page nothing stands in anybody's way."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.browser.site import MEMBER, PHONE, Site

pytestmark = pytest.mark.browser


def barriers(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    found = [f"{page.url}: {one['id']}" for one in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *([f"{page.url}: wide"] if is_wide else [])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_device_is_added_and_stopped_with_a_tap(site: Site, window: Window, scheme: str) -> None:
    page = window(MEMBER, PHONE, color_scheme=scheme, java_script_enabled=scheme == "light")
    page.goto(f"{site.address}/me")
    page.get_by_label("设备名称").fill("我的 iPhone")
    page.get_by_role("button", name="添加设备").tap()

    expect(page.locator(".account code")).to_have_count(3)
    found = barriers(page) if scheme == "light" else []
    page.goto(f"{site.address}/me")
    page.get_by_role("button", name="停用 我的 iPhone").tap()
    expect(page.get_by_text("已停用，密码不再有效")).to_be_visible()
    assert found == []


def test_the_page_without_an_account_has_no_barrier_either(site: Site, window: Window) -> None:
    page = window(MEMBER, PHONE, color_scheme="dark")
    page.goto(f"{site.address}/me")
    page.locator("form[action$='/me/subscription'] button").tap()
    page.get_by_label("设备名称").fill("平板")
    expect(page.locator(".qr-card")).to_contain_text("BASE_URL")
    found = barriers(page)
    page.get_by_role("button", name="添加设备").tap()

    expect(page.locator(".account code")).to_have_count(3)
    assert [*found, *barriers(page)] == []
