"""The calendar in Debian's Chromium: dragged, dropped, moved by keys, undone; without script; on paper and on a phone; axe."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import Window
from tests.browser.site import BRANCH, MEMBER, ORGANIZER, PHONE, Site

pytestmark = pytest.mark.browser

WEEK = "/bookings?day=2014-08-05"
SLOT = 28
"""Pixels that half an hour is high; the day begins at 8:00."""
DRAFT = "/plans/P001?view=week"
BUDGET = 200_000


def place(page: Page, day: str, clock: str) -> tuple[float, float]:
    """A point of the week's grid, a little below where a time begins."""
    head = page.locator(f".ec-col-head time[datetime='{day}']").bounding_box()
    body = page.locator(".ec-body .ec-day").first.bounding_box()
    assert head
    assert body
    hours, minutes = (int(part) for part in clock.split(":"))
    return head["x"] + head["width"] / 2 + 20, body["y"] + ((hours - 8) * 60 + minutes) / 30 * SLOT + 4


def entry(page: Page, booking: str) -> Locator:
    return page.locator(f".ec-event:has([data-id='{booking}'])").first


def drag(page: Page, what: Locator, to: tuple[float, float], look: Callable[[], None] = lambda: None) -> None:
    """Take something near its upper edge, carry it there, look, and let go."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    page.mouse.move(box["x"] + 24, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 10, steps=3)
    page.mouse.move(*to, steps=6)
    look()
    page.mouse.up()


def open_week(window: Window, site: Site, who: str = ORGANIZER, path: str = WEEK, **options: object) -> Page:
    page = window(who, **options)
    page.goto(site.address + path)
    return page


def test_talk_is_dragged_into_a_free_time_and_back_by_undo(site: Site, window: Window) -> None:
    page = open_week(window, site, timezone_id="America/New_York")

    drag(page, entry(page, "T041"), place(page, "2014-08-06", "10:00"))

    said = page.locator("#cal-say")
    expect(said).to_contain_text("已移到 8月6日 周三 10:00–10:45 谈话室A。")
    expect(entry(page, "T041")).to_contain_text("10:00–10:45")
    page.reload()
    expect(entry(page, "T041")).to_contain_text("10:00–10:45")

    drag(page, entry(page, "T041"), place(page, "2014-08-05", "9:00"))
    expect(said).to_contain_text("已移到 8月5日 周二 9:00–9:45")
    said.get_by_role("button", name="撤销").click()
    expect(said).to_contain_text("已撤销。")
    expect(entry(page, "T041")).to_contain_text("10:00–10:45")
    drag(page, entry(page, "T041"), place(page, "2014-08-05", "9:00"))
    expect(said).to_contain_text("8月5日")


def test_open_talk_is_dropped_and_what_is_taken_is_shaded_and_refused(site: Site, window: Window) -> None:
    page = open_week(window, site)
    talk = page.locator("[data-talk]", has_text="文静 × 潘子墨")
    said = page.locator("#cal-say")

    drag(page, talk, place(page, "2014-08-06", "14:00"), lambda: expect(page.locator(".taken").first).to_be_visible())
    expect(said).to_contain_text("已排定：文静、潘子墨，8月6日 周三 14:00–14:45 谈话室A。")
    expect(talk).to_have_count(0)
    expect(page.locator(".taken")).to_have_count(0)

    drag(page, entry(page, "T041"), place(page, "2014-08-06", "14:15"))
    expect(said).to_contain_text("“文静、邓永昌”不能移到那里，已放回原处。")
    expect(said).to_contain_text("文静 14:15–14:45 已有安排")
    expect(said).to_have_class(re.compile("beside"))
    expect(entry(page, "T041")).to_contain_text("9:00–9:45")

    said.get_by_role("button", name="换个时间或场地").click()
    dialog = page.locator("#cal-dialog")
    expect(dialog.locator("[name=start]")).to_have_value("14:15")
    page.keyboard.press("Escape")
    page.locator(".ec-event", has_text="文静、潘子墨").locator("a").focus()
    page.keyboard.press("m")
    dialog.locator("[name=day]").fill("2014-08-09")
    dialog.get_by_role("button", name="移动").click()
    expect(said).to_contain_text("8月9日 周六")
    expect(said.locator("li")).to_contain_text("周六")
    page.keyboard.press("Control+z")
    expect(page.locator(".ec-event", has_text="文静、潘子墨")).to_contain_text("14:00–14:45")


def test_placing_is_undone_and_the_talk_is_asked_for_again(site: Site, window: Window) -> None:
    page = open_week(window, site)
    talk = page.locator("[data-talk]", has_text="林秀芝 × 高富")

    drag(page, talk, place(page, "2014-08-07", "9:00"))
    page.locator("#cal-say").get_by_role("button", name="撤销").click()

    expect(page.locator(".ec-event", has_text="高富")).to_have_count(0)
    expect(talk).to_be_visible()


def test_keys_do_what_dragging_does(site: Site, window: Window) -> None:
    page = open_week(window, site)
    page.locator("[data-id='T041']").focus()
    page.keyboard.press("m")
    dialog = page.locator("#cal-dialog")
    expect(dialog.get_by_role("heading")).to_have_text("移动：文静、邓永昌")

    dialog.locator("[name=start]").fill("10:30")
    page.keyboard.press("Enter")

    expect(page.locator("#cal-say")).to_contain_text("10:30–11:15")
    expect(page.locator("[data-id='T041']")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(entry(page, "T041")).to_contain_text("9:00–9:45")

    page.locator("[data-talk]", has_text="邓永昌 × 督导组").get_by_role("link").focus()
    page.keyboard.press("Enter")
    dialog.locator("[name=partner]").select_option(label="牛晓光")
    dialog.get_by_role("button", name="排定").click()
    expect(dialog.get_by_role("alert")).to_contain_text("牛晓光 仅周二、周四 13:30–17:30 可安排")
    dialog.locator("[name=day]").fill("2014-08-07")
    dialog.locator("[name=start]").fill("15:30")
    dialog.locator("[name=room]").select_option("R05")
    dialog.get_by_role("button", name="排定").click()
    expect(page.locator("#cal-say")).to_contain_text("已排定：邓永昌")


def test_who_is_late_hears_of_both_versions(site: Site, window: Window) -> None:
    page, other = open_week(window, site), open_week(window, site)
    drag(other, entry(other, "T041"), place(other, "2014-08-07", "10:00"))
    expect(other.locator("#cal-say")).to_contain_text("已移到")

    drag(page, entry(page, "T041"), place(page, "2014-08-08", "15:00"))

    said = page.locator("#cal-say")
    expect(said).to_contain_text("现在是：8月7日 周四 10:00–10:45")
    expect(said).to_contain_text("您想改成：8月8日 周五 15:00–15:45")
    expect(entry(page, "T041")).to_contain_text("10:00–10:45")
    other.locator("#cal-say").get_by_role("button", name="撤销").click()
    expect(other.locator("#cal-say")).to_contain_text("已撤销")


def test_rooms_have_rows_and_a_talk_is_carried_to_another(site: Site, window: Window) -> None:
    page = open_week(window, site, path="/bookings?view=rooms&day=2014-08-05")
    row = page.locator(".ec-body .ec-day").nth(4).bounding_box()
    box = entry(page, "T041").bounding_box()
    assert row
    assert box

    drag(page, entry(page, "T041"), (box["x"] + 24, row["y"] + 12))

    said = page.locator("#cal-say")
    expect(said).to_contain_text("9:00–9:45 谈话室B")
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("已撤销。")


def test_talk_is_made_longer_at_its_edge_and_carried_to_another_day_of_the_month(site: Site, window: Window) -> None:
    page = open_week(window, site)
    said = page.locator("#cal-say")
    box = entry(page, "T041").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 2 + SLOT, steps=4)
    page.mouse.up()
    expect(said).to_contain_text("8月5日 周二 9:00–10:15")
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("已撤销。")

    page.goto(f"{site.address}/bookings?view=month&day=2014-08-05")
    head = page.locator(".ec-day time[datetime='2014-08-06']").bounding_box()
    assert head
    drag(page, entry(page, "T041"), (head["x"] + 60, head["y"] + 50))
    expect(said).to_contain_text("8月6日 周三 9:00–9:45")
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("已撤销。")


def test_placement_of_a_draft_is_dragged_within_the_draft(site: Site, window: Window) -> None:
    page = open_week(window, site, path=DRAFT, size={"width": 1440, "height": 1300})
    said = page.locator("#cal-say")
    drafted = page.locator(".ec-event.is-draft.can-move").first
    name = drafted.locator("b").inner_text()

    drag(page, drafted, place(page, "2014-08-08", "16:00"))

    expect(said).to_contain_text("8月8日 周五 16:00")
    expect(
        page.locator(".ec-event.is-draft", has_text=name).locator("[aria-label^='8月8日 周五 16:00']").first
    ).to_be_visible()
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("已撤销。")


def test_lost_connection_changes_nothing(site: Site, window: Window) -> None:
    page = open_week(window, site)
    page.route("**/bookings/T041", lambda route: route.abort())

    drag(page, entry(page, "T041"), place(page, "2014-08-06", "10:00"))

    expect(page.locator("#cal-say")).to_contain_text("连不上服务器，没有改动。")
    expect(entry(page, "T041")).to_contain_text("9:00–9:45")


def test_without_script_the_table_stands_and_leads_to_the_form(site: Site, window: Window) -> None:
    page = open_week(window, site, java_script_enabled=False)

    expect(page.locator("table.week")).to_be_visible()
    expect(page.locator(".cal")).to_be_hidden()
    page.click("table.week a:has-text('文静、邓永昌')")
    page.click("text=改期或修改")
    expect(page.locator("#start")).to_have_value("09:00")


def test_paper_shows_the_table(site: Site, window: Window) -> None:
    page = open_week(window, site)
    expect(page.locator(".ec-event").first).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator("table.week")).to_be_visible()
    expect(page.locator(".cal")).to_be_hidden()


def test_phone_shows_the_days_as_a_list(site: Site, window: Window) -> None:
    for view in ("week", "day", "month", "rooms", "people"):
        page = open_week(window, site, MEMBER, f"/bookings?view={view}&day=2014-08-05", size=PHONE)
        expect(page.locator(".phone-only .bk").first).to_be_visible()
        expect(page.locator(".ec-event")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_axe_finds_nothing_in_any_view_that_is_ready(site: Site, window: Window) -> None:
    looks = [(ORGANIZER, view) for view in ("week", "day", "month", "rooms", "people")] + [(MEMBER, "week")]
    windows = {who: window(who) for who, _ in looks}
    violations = []
    for who, view in [*looks, (ORGANIZER, "draft")]:
        page = windows[who]
        page.goto(site.address + (f"/bookings?view={view}&day=2014-06-17" if view != "draft" else DRAFT))
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        violations += [(view, one["id"], one["nodes"][0]["html"][:160]) for one in found.response["violations"]]
    assert violations == []


def test_branch_organizer_and_member_drag_what_is_theirs(site: Site, window: Window) -> None:
    page = open_week(window, site, BRANCH)
    expect(page.locator("#open-talks")).to_contain_text("还没排的谈话")
    page = open_week(window, site, MEMBER)
    expect(entry(page, "T041")).to_have_class(re.compile("can-move"))
    expect(page.locator("#open-talks")).to_have_count(0)


def test_script_and_style_stay_small(site: Site, window: Window) -> None:
    page, sizes = window(ORGANIZER), {}

    def weigh(answer: Response) -> None:
        if re.search(r"\.(js|css)(\?|$)", answer.url):
            sizes[Path(answer.url.split("?")[0]).name] = len(gzip.compress(answer.body(), 9))

    page.on("response", weigh)
    page.goto(site.address + WEEK)
    page.wait_for_load_state("networkidle")

    assert {"event-calendar.min.js", "calendar.js", "app.css"} <= set(sizes)
    assert sum(sizes.values()) < BUDGET, sizes
