"""A clerk's whole day in Chromium: an illness, a symposium with a guest, sign-in by code, twelve talks confirmed, a notice copied, the journal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.core.sessions import arrivals
from scheduler.services.bookings import many
from tests.browser import site as sites
from tests.browser.conftest import Window
from tests.browser.site import DESKTOP, ORGANIZER, Site
from tests.builders import a_clock
from tests.visitors import real_now

pytestmark = pytest.mark.browser
NARROW: ViewportSize = {"width": 390, "height": 780}
WAITING = [BookingId(f"T{number:03}") for number in range(1, 12)]
"""Besides the one that waits in the sample."""


@pytest.fixture
def site(tmp_path: Path, drafted: Path) -> Iterator[Site]:
    """The sample, in which twelve talks wait to be confirmed."""
    with sites.running(tmp_path, copied=drafted) as running:
        engine = create_engine(running.database)
        with Session(engine) as session:
            assert not many.unconfirm(session, OPERATOR, WAITING, a_clock()).refused
        engine.dispose()
        yield running


def go(page: Page, site: Site, path: str) -> None:
    page.goto(site.address + path)
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], path


def falls_ill(page: Page, site: Site) -> None:
    """One is ill for a day: what that hits is named, and arranged anew alone."""
    go(page, site, "/absences")
    for name, value in {"person": "文静", "first": "2014-08-05", "last": "2014-08-05", "reason": "病假"}.items():
        page.fill(f"#new [name={name}]", value)
    page.click("#new button.main")
    page.locator(".find a[href*=T041]").click()
    page.get_by_role("button", name="就定这个时间").click()
    expect(page.locator(".flash")).to_contain_text("已保存")
    expect(page.locator("main")).not_to_contain_text("这个时间来不了")


def holds_a_symposium(page: Page, site: Site) -> str:
    """It begins in half an hour, with a guest from outside."""
    go(page, site, "/bookings/new?kind=symposium")
    said = {
        "title": "征求意见座谈会",
        "more_people": "陈国梁、欧阳慧",
        "day": "2014-08-01",
        "start": "08:25",
        "minutes": "60",
    }
    for name, value in said.items():
        page.fill(f"[name={name}]", value)
    page.click("#booking-form .formfoot button.main")
    expect(page.locator("h1")).to_contain_text("征求意见座谈会")
    meeting = re.findall(r"/bookings/(E\d+)", page.content())[0]
    go(page, site, f"/bookings/{meeting}/people")
    for name, value in {"guest_name": "王五", "guest_unit": "某街道", "guest_post": "群众代表"}.items():
        page.fill(f"#{name}", value)
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("table")).to_contain_text("王五")
    return meeting


def signs_in(page: Page, phone: Page, screen: Page, site: Site, meeting: str) -> None:
    """The guest scans the screen, which asks for the next code by itself, and says a name; the number is compared."""
    go(screen, site, f"/bookings/{meeting}/sign-in")
    expect(screen.locator("main svg").first).to_be_visible()
    code = arrivals.code(sites.a_config(Path(), "").signing_key, BookingId(meeting), real_now())
    go(phone, site, f"/scan/{meeting}/{code}")
    phone.fill("#name", "王五")
    phone.click("main button.main")
    number = phone.locator(".check-number").inner_text()

    go(page, site, f"/bookings/{meeting}/attendance")
    row = page.locator("tr", has_text="王五")
    expect(row).to_contain_text(number)
    row.get_by_role("button", name="核对无误").click()
    expect(page.locator("tr", has_text="王五")).to_contain_text("已核对")
    go(phone, site, "/scan")
    expect(phone.locator("h1")).to_contain_text("王五，已签到")


def confirms_twelve(page: Page, site: Site) -> None:
    go(page, site, "/ledger?verdict=unconfirmed&tick=1")
    page.locator("#many").get_by_role("button", name="确认已谈").click()
    expect(page.locator(".flash")).to_contain_text("已确认 12 次谈话")


def copies_a_notice(page: Page, site: Site, meeting: str, *, with_script: bool) -> None:
    go(page, site, f"/bookings/{meeting}")
    page.get_by_text("复制为文字").click()
    expect(page.locator("#notice")).to_contain_text("征求意见座谈会")
    if with_script:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="复制", exact=True).click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#notice").inner_text()


def reads_the_journal(page: Page, site: Site) -> None:
    go(page, site, "/journal")
    told = page.locator(".journal").inner_text()
    for words in ("文静", "征求意见座谈会", "王五", "确认已谈"):
        assert words in told


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["1440", "390"])
@pytest.mark.parametrize("with_script", [True, False], ids=["with-script", "without"])
def test_a_clerks_whole_day(site: Site, window: Window, size: ViewportSize, *, with_script: bool) -> None:
    page = window(ORGANIZER, size, java_script_enabled=with_script)
    phone = window(size=NARROW, java_script_enabled=with_script)
    screen = window(ORGANIZER, size, java_script_enabled=with_script)

    falls_ill(page, site)
    meeting = holds_a_symposium(page, site)
    signs_in(page, phone, screen, site, meeting)
    confirms_twelve(page, site)
    copies_a_notice(page, site, meeting, with_script=with_script)
    reads_the_journal(page, site)
