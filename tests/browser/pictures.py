"""Takes a picture of every page, in both languages, wide, on a tablet and on a phone: `python -m tests.browser.pictures [words…]`.

The pictures go to build/pictures/. With words, only pages whose name holds one of them; `dark` takes them in the dark.
`docs` takes those that the documentation shows, one window high, and puts them into docs/pictures/; `first-hour` those of an
empty installation.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page
from sqlalchemy import select

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.mail.letters import Purpose
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arriver, Scan
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import schema
from scheduler.services.mail import links as mail_links
from scheduler.services.sessions import arrivals as sign_ins
from scheduler.store.bookings.rows import BookingRow
from tests.browser.site import (
    ADMIN,
    AWAITING,
    BRANCH,
    DESKTOP,
    MEMBER,
    ORGANIZER,
    PASSWORD,
    PHONE,
    SIGNING_KEY,
    SUPERVISOR,
    TABLET,
    Site,
    browser,
    fill_with_programme,
    running,
    sign_in,
)
from tests.builders import a_clock, an_actor, at, people
from tests.visitors import real_now

FOLDER = ROOT / "build" / "pictures"
SIZES = {"wide": DESKTOP, "tablet": TABLET, "phone": PHONE}
SERIES = (
    "/bookings/series?look=1&kind=study_session&audience=leadership_team&minutes=120"
    "&from=2014-08-11&to=2014-08-29&apart=2&per_week=2"
)
REGULAR = (
    "/bookings/series/regular?look=1&kind=meeting&title=部门例会&audience=unit_heads&at=16:00&minutes=60"
    "&from=2014-09-01&to=2014-11-30&day_off=next&nth=1"
)
PAGES: tuple[tuple[str, str, str], ...] = (
    ("matrix", ORGANIZER, "/"),
    ("matrix-square", ORGANIZER, "/?square=p08-p19"),
    ("matrix-optional", ORGANIZER, "/?optional=1"),
    ("matrix-open", ORGANIZER, "/?state=open"),
    ("matrix-overdue", ORGANIZER, "/?as_of=2014-08-18"),
    ("matrix-person", ORGANIZER, "/?person=p08"),
    ("matrix-since", ORGANIZER, "/?since=2014-07-01&optional=1"),
    ("matrix-strokes", ORGANIZER, "/?order=strokes"),
    ("matrix-unit", ORGANIZER, "/?order=unit&as_of=2014-07-02"),
    ("square", ORGANIZER, "/squares/p08-p19"),
    ("square-covered", ORGANIZER, "/squares/p02-p05"),
    ("ledger", ORGANIZER, "/ledger"),
    ("ledger-why-not", ORGANIZER, "/ledger?verdict=counts_not"),
    ("week", ORGANIZER, "/bookings?day=2014-08-05"),
    ("week-june", ORGANIZER, "/bookings?day=2014-06-17"),
    ("week-member", MEMBER, "/bookings?day=2014-06-17"),
    ("calendar-day", ORGANIZER, "/bookings?view=day&day=2014-08-20"),
    ("calendar-month", ORGANIZER, "/bookings?view=month&day=2014-06-17"),
    ("calendar-rooms", ORGANIZER, "/bookings?view=rooms&day=2014-06-17"),
    ("calendar-people", ORGANIZER, "/bookings?view=people&day=2014-06-17"),
    ("open-talks", ORGANIZER, "/bookings/open"),
    ("bookings-list", ORGANIZER, "/bookings?view=list&first=2014-06-16"),
    ("booking-new-talk", ORGANIZER, "/bookings/new?people=p08&people=p19"),
    ("booking-new-meeting", ORGANIZER, "/bookings/new?kind=symposium"),
    ("booking-new-member", MEMBER, "/bookings/new?kind=talk"),
    ("booking-talk", ORGANIZER, "/bookings/T041"),
    ("booking-meeting", ORGANIZER, "/bookings/E12"),
    ("booking-guests-attendance", ORGANIZER, "/bookings/E04/attendance"),
    ("booking-whole-meeting", ORGANIZER, "/bookings/E11"),
    ("booking-people", ORGANIZER, "/bookings/E04/people"),
    ("booking-people-member", MEMBER, "/bookings/E12/people"),
    ("booking-agenda", ORGANIZER, "/bookings/E11/agenda"),
    ("ledger-ticked", ORGANIZER, "/ledger?verdict=unconfirmed&tick=1"),
    ("held", ORGANIZER, "/bookings/held"),
    ("booking-edit-meeting", ORGANIZER, "/bookings/E12/edit"),
    ("booking-edit", ORGANIZER, "/bookings/T041/edit"),
    ("series", ORGANIZER, "/bookings/series"),
    ("series-seen", ORGANIZER, f"{SERIES}&count=4&audience=unit_heads&half_days=Wed-pm&half_days=Fri-am"),
    ("series-short", ORGANIZER, f"{SERIES}&count=6&half_days=Wed-pm&half_days=Fri-pm"),
    ("series-regular", ORGANIZER, "/bookings/series/regular"),
    ("series-regular-seen", ORGANIZER, f"{REGULAR}&by=weeks&every=2&weekdays=2"),
    ("plans", ORGANIZER, "/plans"),
    ("arrange", ORGANIZER, "/plans/new"),
    ("arrange-repair", ORGANIZER, "/plans/new?fewest_changes=1"),
    ("arrange-none", BRANCH, "/plans/new"),
    ("draft", ORGANIZER, "/plans/P001"),
    ("draft-week", ORGANIZER, "/plans/P001?view=week"),
    ("draft-left", ORGANIZER, "/plans/P002"),
    ("draft-repair", ORGANIZER, "/plans/P003"),
    ("draft-repair-week", ORGANIZER, "/plans/P003?view=week"),
    ("draft-placement", ORGANIZER, "/plans/P001/talks/1"),
    ("run", ORGANIZER, "/plans/P004"),
    ("times", MEMBER, "/talks/new?people=p20"),
    ("swap-times", MEMBER, "/talks/T041/swap"),
    ("start", ORGANIZER, "/start"),
    ("times-instead", ORGANIZER, "/bookings/T041/times"),
    ("papers-of-a-meeting", ORGANIZER, "/bookings/E12/papers?order=strokes"),
    ("report", ORGANIZER, "/report?month=2014-06"),
    ("people", ORGANIZER, "/people"),
    ("people-by-strokes", ORGANIZER, "/people?category=leader&order=strokes"),
    ("person", ORGANIZER, "/people/p04"),
    ("person-by-member", MEMBER, "/people/p04"),
    ("person-edit", ORGANIZER, "/people/p04/edit"),
    ("leave", ORGANIZER, "/people/p03/leave"),
    ("units", ORGANIZER, "/units"),
    ("unit-edit", ORGANIZER, "/units/D07/edit"),
    ("rules-edit", ORGANIZER, "/rules/edit?source=cn.four-must-talks"),
    ("unit-new", ORGANIZER, "/units/new"),
    ("person-new", ORGANIZER, "/people/new"),
    ("person-merge", ORGANIZER, "/people/p03/merge?other=p27"),
    ("groups", ORGANIZER, "/groups"),
    ("group-new", ORGANIZER, "/groups/new?kind=branch"),
    ("group-edit", ORGANIZER, "/groups/supervision_group/edit"),
    ("rules", ORGANIZER, "/rules"),
    ("rules-preview", ORGANIZER, "/rules/preview?source=cn.branch-yearly&branch=B1"),
    ("rooms", ORGANIZER, "/rooms?day=2014-06-17"),
    ("room-member", MEMBER, "/rooms/R04?day=2014-06-16"),
    ("room-new", ORGANIZER, "/rooms/new"),
    ("room-edit", ORGANIZER, "/rooms/R04/edit"),
    ("absences", ORGANIZER, "/absences"),
    ("occurrences", ORGANIZER, "/occurrences"),
    ("import", ORGANIZER, "/import"),
    ("imports-made", ORGANIZER, "/imports"),
    ("requirements", ORGANIZER, "/requirements?of=all"),
    ("load", ORGANIZER, "/load?from=2014-07-28&to=2014-08-31&ceiling=4"),
    ("load-own", MEMBER, "/load?from=2014-05-05&to=2014-08-31&ceiling=4"),
    ("what-if", ORGANIZER, "/what-if?what=join&person=p12&group=leadership_team"),
    ("campaigns", ORGANIZER, "/campaigns"),
    ("programme", ORGANIZER, "/programme"),
    ("programme-edit", ORGANIZER, "/programme/edit"),
    ("workdays", ORGANIZER, "/programme/workdays/2014"),
    ("workdays-unpublished", ORGANIZER, "/programme/workdays/2027"),
    ("progress", ORGANIZER, "/progress"),
    ("progress-later", ORGANIZER, "/progress?as_of=2014-11-05"),
    ("gate", ORGANIZER, "/bookings/E10/gate"),
    ("gate-supervisor", SUPERVISOR, "/bookings/E10/gate"),
    ("conditions", ORGANIZER, "/progress/conditions/democratic_life_meeting"),
    ("tasks", ORGANIZER, "/tasks?as_of=2014-11-05"),
    ("visits", ORGANIZER, "/visits"),
    ("task-new", ORGANIZER, "/progress/tasks/new"),
    ("opinion-new", ORGANIZER, "/progress/opinions/new"),
    ("batch-new", ORGANIZER, "/progress/batches/new"),
    ("materials", ORGANIZER, "/materials"),
    ("opinions", ORGANIZER, "/opinions"),
    ("batches", ORGANIZER, "/batches"),
    ("frequencies", ORGANIZER, "/frequencies"),
    ("study", ORGANIZER, "/study?as_of=2014-08-20"),
    ("study-target-new", ORGANIZER, "/study/targets/new"),
    ("study-session", ORGANIZER, "/bookings/S09/attendance"),
    ("attendance-meeting", ORGANIZER, "/bookings/E03/attendance"),
    ("scan", "", "/scan"),
    ("search", ORGANIZER, "/search?q=cgl"),
    ("search-keys", MEMBER, "/search"),
    ("chat-robots", ORGANIZER, "/mail/robots"),
    ("me", MEMBER, "/me"),
    ("me-organizer", ORGANIZER, "/me"),
    ("calendars", ORGANIZER, f"/people/{ORGANIZER}/calendars"),
    ("calendars-none", MEMBER, f"/people/{MEMBER}/calendars"),
    ("branch-home", BRANCH, "/"),
    ("subscriptions", ORGANIZER, "/subscriptions"),
    ("mail", ADMIN, "/mail"),
    ("accounts", ADMIN, "/accounts"),
    ("account", ORGANIZER, "/account"),
    ("second-factor", ORGANIZER, "/account/second-factor"),
    ("journal", ADMIN, "/journal"),
    ("not-found", ORGANIZER, "/nowhere"),
    ("not-allowed", MEMBER, "/ledger"),
    ("sign-in", "", "/sign-in"),
)
"""Name, who looks, and where."""
ACTIONS = (
    "import-preview",
    "import-office",
    "import-errors",
    "roll-call",
    "milestone",
    "feed",
    "device",
    "booking-refused",
    "calendar-dragging",
    "calendar-refused",
    "calendar-moving",
    "draft-refused",
    "find-time",
    "swap-asked",
    "swap-own",
    "account-link",
    "set-password",
    "second-factor-begun",
    "subscribe",
    "subscribe-times",
    "subscription-settings",
    "mail-link",
    "two-versions",
    "kept-form",
    "undo",
    "study-target",
    "lost-connection",
    "occurrences-entered",
    "sign-in-open",
    "scan-number",
)


ACTORS = {
    "feed": MEMBER,
    "device": MEMBER,
    "swap-asked": AWAITING,
    "swap-own": MEMBER,
    "account-link": ADMIN,
    "subscribe": AWAITING,
    "subscribe-times": AWAITING,
    "kept-form": "",
    "set-password": ADMIN,
}
"""Who does what organizers do not."""

DOCUMENTED = (
    "matrix",
    "matrix-square",
    "week",
    "arrange",
    "rules-preview",
    "booking-refused",
    "calendar-dragging",
    "ledger-why-not",
    "draft",
    "draft-left",
    "me",
    "feed",
)
"""What README and docs show, besides the pictures of the first hour."""


def main(words: Sequence[str]) -> None:
    """Take the pictures."""
    if "docs" in words:
        _document()
        return
    if "first-hour" in words:
        with browser() as opened:
            _first_hour(opened)
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    is_dark = "dark" in words
    wanted = [word for word in words if word not in ("dark", "zh", "en", *SIZES)]
    languages = [word for word in words if word in ("zh", "en")] or ["zh", "en"]
    sizes = [word for word in words if word in SIZES] or list(SIZES)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), filled=fill_with_programme) as site,
        browser() as opened,
    ):
        for language in languages:
            for size in sizes:
                _take(opened, site, language, size, wanted, is_dark=is_dark)


def _document() -> None:
    """The pictures of the documentation: in Chinese, a desk's window high, the member's on a phone."""
    global FOLDER  # noqa: PLW0603 - a script's one setting
    FOLDER = ROOT / "docs" / "pictures"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site, browser() as opened:
        for size in ("wide", "phone"):
            contexts: dict[str, BrowserContext] = {}
            for name in DOCUMENTED:
                if (name in ("me", "feed")) == (size == "phone"):
                    who, path = next(((who, path) for known, who, path in PAGES if known == name), (ORGANIZER, ""))
                    who = MEMBER if name == "feed" else who
                    page = _context(contexts, opened, site, who, "zh", size, is_dark=False).new_page()
                    page.goto(site.address + path) if path else act(name, page, site)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=FOLDER / f"{name}.png")
            for context in contexts.values():
                context.close()
        _first_hour(opened)
    for picture in FOLDER.glob("*.png"):
        _shrink(picture)


def _first_hour(opened: Browser) -> None:
    """The first pages of an empty installation, as docs/tutorial.md walks through them."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), is_empty=True) as site:
        page = opened.new_page(viewport=DESKTOP, locale="zh-CN")
        sign_in(page, site, "organizer")
        page.screenshot(path=FOLDER / "start.png")
        page.goto(f"{site.address}/import")
        names = ("roster_gb18030.csv", "units.csv", "rooms.csv")
        page.set_input_files("#files", [ROOT / "sample" / name for name in names])
        page.click("main form button.main")
        page.wait_for_selector(".sheet")
        page.screenshot(path=FOLDER / "import-first.png")
        page.click("main .do button.main")
        page.wait_for_url("**/start")
        page.goto(f"{site.address}/programme/edit")
        page.screenshot(path=FOLDER / "campaign.png")
        page.close()


def _shrink(picture: Path) -> None:
    """Few colours are enough for a calm page; without pngquant (Debian has it) the picture stays as large as it is."""
    if tool := shutil.which("pngquant"):
        subprocess.run([tool, "--force", "--strip", "--ext", ".png", "96", str(picture)], check=True)


def _take(opened: Browser, site: Site, language: str, size: str, wanted: Sequence[str], *, is_dark: bool) -> None:
    """All pages in one language and size, each role signed in once."""
    contexts: dict[str, BrowserContext] = {}
    suffix = f"{language}-{size}{'-dark' if is_dark else ''}"
    for name, who, path in PAGES:
        if not _is_wanted(name, wanted):
            continue
        page = _context(contexts, opened, site, who, language, size, is_dark=is_dark).new_page()
        _listen(page, name)
        page.goto(site.address + path)
        _shoot(page, f"{name}-{suffix}")
        page.close()
    for name in ACTIONS:
        if _is_wanted(name, wanted):
            who = ACTORS.get(name, ORGANIZER)
            page = _context(contexts, opened, site, who, language, size, is_dark=is_dark).new_page()
            _listen(page, name)
            act(name, page, site)
            _shoot(page, f"{name}-{suffix}")
            page.close()
    for context in contexts.values():
        context.close()


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in name for word in wanted)


def _context(
    contexts: dict[str, BrowserContext],
    opened: Browser,
    site: Site,
    who: str,
    language: str,
    size: str,
    *,
    is_dark: bool,
) -> BrowserContext:
    if who not in contexts:
        context = opened.new_context(
            viewport=SIZES[size],
            device_scale_factor=2 if size == "phone" else 1,
            color_scheme="dark" if is_dark else "light",
            has_touch=size != "wide",
            locale="zh-CN" if language == "zh" else "en-GB",
        )
        page = context.new_page()
        page.goto(f"{site.address}/sign-in?lang={language}")
        if who:
            sign_in(page, site, who)
        page.close()
        contexts[who] = context
    return contexts[who]


def _listen(page: Page, name: str) -> None:
    """Say what the browser complains of."""
    page.on("console", lambda message: print(name, message.type, message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: print(name, "error", error))


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        print(f"{name}: the page is {too_wide} px too wide")
    take(page, name)


def take(page: Page, name: str) -> None:
    """Take a picture of the whole page. Chromium on a busy machine refuses one at times, and takes the same a moment later."""
    for is_last in (False, False, True):
        try:
            page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
            return
        except Error as error:
            if is_last or "Unable to capture screenshot" not in str(error):
                raise
            page.wait_for_timeout(500)


def act(name: str, page: Page, site: Site) -> None:
    """Do what leads to a page that has no address of its own."""
    globals()[f"_{name.replace('-', '_')}"](page, site)


def _send(page: Page, button: str) -> None:
    """Send a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.click(button)


def _find_time(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/new?kind=meeting&audience=all_staff&day=2014-08-13")
    _send(page, "button[formaction*='/bookings/times']")


def _swap_asked(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/talks/T041/swap")
    if page.locator("button[name=slot]").count():
        own = page.context.browser.new_context() if page.context.browser else page.context
        proposing = own.new_page()
        proposing.goto(f"{site.address}/sign-in")
        sign_in(proposing, site, MEMBER)
        proposing.goto(f"{site.address}/talks/T041/swap")
        _send(proposing, "button[name=slot][value='2014-08-07T09:00']")
        own.close()
    page.goto(f"{site.address}/me")


def _swap_own(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/me")


def _import_preview(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/import")
    page.fill("#pasted", "编号\t姓名\t部门\t职务\np97\t赵　明\tD01\t科员\np27\t马骏\tD02\t组织部副部长")
    _send(page, "main form button.main")


def _import_office(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/import")
    page.set_input_files("#files", ROOT / "tests" / "data" / "office" / "花名册-双层表头.xlsx")
    _send(page, "main form button.main")


def _import_errors(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/import")
    page.fill(
        "#pasted",
        "人员\t起\t止\t原因类别\t规则\np99\t2014-08-04\t2014-08-05\t出差\t\np08\t2014-08-40\t2014-08-05\t出差\t",
    )
    _send(page, "main form button.main")


def _roll_call(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/S09/attendance")
    page.fill(
        "#roll_call",
        "应到10人，实到8人。\n出席：文　静、陈主席，王海波 郑守正\n请假：欧阳慧（出差）\n缺席：林秀芝、赵无极",
    )
    _send(page, "form[action$='/roll-call'] button")


def _sign_in_open(page: Page, site: Site) -> None:
    """The screen of a meeting that is about to begin."""
    page.goto(f"{site.address}/bookings/{_soon(site)}/sign-in")


def _scan_number(page: Page, site: Site) -> None:
    """What the telephone of somebody shows who gave a name."""
    meeting = _soon(site)
    page.goto(f"{site.address}/scan/{meeting}/{arrivals.code(SIGNING_KEY, meeting, real_now())}")
    page.goto(f"{site.address}/scan?other=1")
    page.fill("#name", "文静")
    _send(page, "main form button.main")


def _soon(site: Site) -> BookingId:
    """A meeting that begins in a quarter of an hour, made once; one has signed in, and one waits."""
    span = Span(at("2014-08-01T08:15"), at("2014-08-01T09:00"))
    with schema.opened(site.database) as session:
        if made := session.scalar(select(BookingRow.id).where(BookingRow.title == "办公室碰头会")):
            return BookingId(made)
        draft = Draft(Kind.MEETING, span, people("p03", "p06", "p30", "p31"), title="办公室碰头会")
        meeting = bookings.book(session, OPERATOR, draft, a_clock()).booking.id
        scan = Scan(meeting, a_clock().now)
        sign_ins.sign_in(session, an_actor("p06", Role.MEMBER), scan, a_clock())
        sign_ins.announce(session, scan, Arriver(person=PersonId("p30")), a_clock())
    return meeting


def _occurrences_entered(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/rules/preview?source=cn.five-must-talks-events")
    with page.expect_navigation():
        page.click("main .title form.do button")
    for person, kind, day in (
        ("p30", "award", "2014-07-10"),
        ("p27", "difficulty", "2014-07-28"),
        ("p44", "illness", "2014-07-29"),
    ):
        page.goto(f"{site.address}/occurrences")
        page.fill("#person", person)
        page.select_option("#kind", kind)
        page.fill("#day", day)
        with page.expect_navigation():
            page.click("#new .formfoot button")


def _milestone(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/programme")
    page.fill("input[name=day]", "2014-08-06")
    _send(page, "main table button")


def _device(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/me")
    page.get_by_label("设备名称").or_(page.get_by_label("Name of the device")).fill("我的 iPhone")
    _send(page, ".device-form button")


def _feed(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/me")
    _send(page, "form[action$='/me/feeds'] button")


def _subscription_settings(page: Page, site: Site) -> None:
    """One feed, as organizers see it, with the list that leads there."""
    page.goto(f"{site.address}/subscriptions")
    page.fill("#back", "30")
    page.click("main form[action$='/subscriptions'] button")
    page.wait_for_selector("#address")
    page.goto(f"{site.address}/subscriptions")
    page.locator("main .li a.btn").first.click()
    page.wait_for_url("**/subscriptions/F*")


def _booking_refused(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/new?people=p02&people=p07&day=2014-08-20&start=09:00&room=R02")
    _send(page, "main form button.main")


def _has_list_beside(page: Page) -> bool:
    """Whether talks can be dragged: on a tablet the list stands below the calendar, on a phone there is neither."""
    return bool(page.evaluate("innerWidth") > TABLET["width"])


def _calendar_dragging(page: Page, site: Site) -> None:
    """A talk of the list over the calendar, not let go: what is taken is shaded."""
    page.goto(f"{site.address}/bookings?day=2014-08-20")
    if not _has_list_beside(page):
        return
    page.locator("[data-talk]").nth(2).hover(position={"x": 40, "y": 40})
    page.mouse.down()
    head = page.locator(".ec-col-head").nth(3).bounding_box()
    assert head
    page.mouse.move(head["x"] + 40, head["y"] + 240, steps=8)
    page.locator(".taken").first.wait_for()


def _calendar_refused(page: Page, site: Site) -> None:
    page.keyboard.press("Escape")
    page.mouse.up()
    _calendar_dragging(page, site)
    if _has_list_beside(page):
        head = page.locator(".ec-col-head").nth(2).bounding_box()
        assert head
        page.mouse.move(head["x"] + 110, head["y"] + 240, steps=4)
        page.mouse.up()
        page.locator("#cal-say.is-bad").wait_for()


def _calendar_moving(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings?day=2014-08-05")
    if page.locator(".cal").is_visible():
        page.locator("[data-id='T041']").focus()
        page.keyboard.press("m")
        page.locator("#cal-dialog").wait_for()


def _draft_refused(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/plans/P001/talks/1")
    page.fill("#day", "2014-08-20")
    page.fill("#start", "09:00")
    page.select_option("#room", "R02")
    _send(page, "main form button.main")


def _account_link(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/accounts")
    _send(page, "main table form button")


def _set_password(page: Page, site: Site) -> None:
    _account_link(page, site)
    page.goto(page.input_value("#address"))


def _second_factor_begun(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/account/second-factor")
    _send(page, "main form button.main")


def _subscribe(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/me")
    page.click("form[action$='/me/subscription'] button")
    page.wait_for_url("**/subscribe/*")


def _subscribe_times(page: Page, site: Site) -> None:
    _subscribe(page, site)
    page.goto(f"{page.url}/talks/T041")


def _mail_link(page: Page, site: Site) -> None:
    with schema.opened(site.database) as session:
        token = mail_links.give(session, BookingId("T041"), PersonId(MEMBER))[Purpose.COME]
    page.goto(f"{site.address}/go/{token}")


def _two_versions(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/T041/edit")
    other = page.context.new_page()
    other.goto(f"{site.address}/bookings/T041/edit")
    other.fill("#day", "2014-08-12")
    other.click("main form button.main")
    other.wait_for_url("**/bookings/T041")
    other.close()
    page.fill("#day", "2014-08-13")
    page.fill("#start", "15:00")
    page.click("main form button.main")
    page.wait_for_selector(".versions")


def _kept_form(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/sign-in")
    sign_in(page, site, MEMBER)
    page.goto(f"{site.address}/bookings/new?people=p20&day=2014-09-04&start=10:00")
    page.context.clear_cookies()
    page.click("main form button.main")
    page.fill("#name", MEMBER)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".kept")


def _undo(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/T041")
    page.click("form[action$='/cancel'] button")
    page.wait_for_selector(".flash form")


def _study_target(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/study")
    if not page.locator("a[href='/study/targets/ST1']").count():
        page.goto(f"{site.address}/study/targets/new")
        page.check("input[name=audience][value=leadership_team]")
        page.fill("#hours", "52")
        _send(page, "main form.card button.main")
        page.goto(f"{site.address}/study/targets/ST1")
        page.fill("#person", "欧阳慧")
        page.fill("#reason", "产假")
        _send(page, "form[action$='/exemptions'] button")
    page.goto(f"{site.address}/study/targets/ST1")


def _lost_connection(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/bookings/new?people=p08&people=p19&day=2014-09-04&start=10:00")
    page.context.set_offline(True)
    page.click("main form button.main")
    page.wait_for_selector("#lost:not([hidden])")
    page.context.set_offline(False)


if __name__ == "__main__":
    main(sys.argv[1:])
