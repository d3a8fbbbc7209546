"""A member's phone: one tap for each thing, signed in and by the subscription page's address; installable; no barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.feeds import subscriptions
from tests.browser.conftest import Window
from tests.browser.site import AWAITING, MEMBER, PHONE, Site
from tests.builders import a_clock

pytestmark = pytest.mark.browser
NARROW: ViewportSize = {"width": 360, "height": 740}


def page_of(site: Site, person: str) -> str:
    """The address of somebody's subscription page."""
    engine = create_engine(site.database)
    with Session(engine) as session:
        token = subscriptions.issue(session, OPERATOR, a_clock(), PersonId(person))
    engine.dispose()
    return f"{site.address}/subscribe/{token}"


def is_sound(page: Page) -> None:
    """No barrier that axe knows of, and nothing wider than the screen."""
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page).response["violations"]] == []


def test_member_taps_that_they_come_and_proposes_another_time(site: Site, window: Window) -> None:
    page = window(MEMBER, PHONE)
    page.goto(f"{site.address}/me")
    page.locator(".next").get_by_role("button", name="确认参加").tap()

    expect(page.locator(".flash")).to_contain_text("已记下：您会参加。")
    expect(page.locator(".next")).to_contain_text("✓ 您会参加。")
    page.locator(".next").get_by_role("link", name="换个时间").tap()
    page.locator("button[name=slot]").first.tap()
    expect(page.locator(".flash")).to_contain_text("已提议")
    page.get_by_role("button", name="撤回提议").tap()
    expect(page.locator(".flash")).to_contain_text("已撤回提议")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_goes_by_the_pages_address_alone_and_without_script(site: Site, window: Window, theme: str) -> None:
    page = window(size=NARROW, java_script_enabled=False, color_scheme=theme)
    page.goto(page_of(site, MEMBER))
    page.get_by_role("button", name="是我本人，启用").click()
    page.locator(".next").get_by_role("link", name="换个时间").click()
    page.locator("button[name=slot]").first.click()
    expect(page.locator(".swap")).to_contain_text("您提议把与邓永昌的谈话改到")

    other = window(size=NARROW, java_script_enabled=False, color_scheme=theme)
    other.goto(page_of(site, AWAITING))
    other.get_by_role("button", name="是我本人，启用").click()
    other.get_by_role("button", name="不换").click()
    expect(other.locator(".flash")).to_contain_text("已回复不换")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_has_no_barrier(site: Site, window: Window, theme: str, language: str) -> None:
    page = window(size=NARROW, color_scheme=theme)
    address = page_of(site, AWAITING)
    page.goto(f"{address}?lang={language[:2]}")
    is_sound(page)
    page.click("form[action$='/own'] button")
    page.wait_for_url("**/subscribe/*.*")
    is_sound(page)
    page.goto(f"{page.url}/talks/T041")
    is_sound(page)


def test_chromium_finds_nothing_in_the_way_of_installing(site: Site, window: Window) -> None:
    page = window(MEMBER, PHONE)
    talking = page.context.new_cdp_session(page)
    found = talking.send("Page.getAppManifest")

    assert found["errors"] == []
    assert found["url"] == f"{site.address}/manifest/zh.webmanifest"
    blocking = talking.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in blocking if one["errorId"] != "in-incognito"] == []
