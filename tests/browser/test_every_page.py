"""Every page in both languages, light and dark: no barrier, never wider than its window, no complaint; and a picture of it.

The pictures go to build/pictures/, one of each page, where CI finds them.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import pictures
from tests.browser.conftest import Window
from tests.browser.site import DESKTOP, ORGANIZER, PHONE, TABLET, Site, sign_in

pytestmark = pytest.mark.browser

ALL: dict[str, Any] = {"resultTypes": ["violations"], "reporter": "no-passes"}
COLOURS: dict[str, Any] = ALL | {"runOnly": ["color-contrast"]}
"""The other theme differs in its colours only."""
ON_DESKS = ("matrix", "calendar", "week", "draft-week")
"""Pages that are another thing on a phone: their colours are looked at in both themes on a desk."""


def test_every_page_is_sound_on_a_desk_in_chinese(site: Site, window: Window) -> None:
    pictures.FOLDER.mkdir(parents=True, exist_ok=True)
    windows, found = _Windows(window, site, "zh"), []
    for name, who, path in pictures.PAGES:
        page = windows.of(who)
        page.goto(site.address + path)
        pictures.take(page, name)
        found += _look(page, name, "light", TABLET["width"])
    for name in pictures.ACTIONS:
        page = windows.of(pictures.ACTORS.get(name, ORGANIZER))
        pictures.act(name, page, site)
        pictures.take(page, name)
        found += _look(page, name, "light", PHONE["width"])
    assert found == []


def test_every_page_is_sound_on_a_phone_in_english(site: Site, window: Window) -> None:
    windows, found = _Windows(window, site, "en"), []
    for name, who, path in pictures.PAGES:
        page = windows.of(who)
        page.goto(site.address + path)
        found += _look(page, name, "dark", PHONE["width"])
    assert found == []


def test_a_page_that_is_not_sound_is_found(window: Window) -> None:
    page = window(size=PHONE)
    page.set_content("<html><title>?</title><main><h1>?</h1><p style='color:#ccc;width:500px'>pale</main>")

    kinds = [found.split()[0] for found in _barriers(page, ALL)]

    assert kinds == ["color-contrast", "html-has-lang"]
    assert [found.split()[0] for found in _barriers(page, COLOURS)] == ["color-contrast"]
    assert _too_wide(page)


class _Windows:
    """A window for each visitor, in one language; Chinese on a desk, English on a phone."""

    def __init__(self, window: Window, site: Site, language: str) -> None:
        self._window, self._site, self._language = window, site, language
        self._opened: dict[str, Page] = {}

    def of(self, who: str) -> Page:
        """Somebody's window, as it was left."""
        if who not in self._opened:
            is_desk = self._language == "zh"
            page = self._window(
                size=DESKTOP if is_desk else PHONE,
                locale="zh-CN" if is_desk else "en-GB",
                color_scheme="light" if is_desk else "dark",
                reduced_motion="reduce",
            )
            page.goto(f"{self._site.address}/sign-in?lang={self._language}")
            if who:
                sign_in(page, self._site, who)
            self._opened[who] = page
        return self._opened[who]


def _look(page: Page, name: str, scheme: str, narrow: int) -> list[str]:
    """Barriers in one theme, contrasts in the other where that must be, and whether the page fits its window, as it is and narrower."""
    found = _barriers(page, ALL) + _too_wide(page)
    if name.startswith(ON_DESKS):
        page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
        found += _barriers(page, COLOURS)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    size = page.viewport_size
    if size and size["width"] != narrow:
        page.set_viewport_size({"width": narrow, "height": size["height"]})
        found += _too_wide(page)
        page.set_viewport_size(size)
    return [f"{name}: {one}" for one in found]


def _barriers(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, with the first place of each."""
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']} at {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary', '')[-200:]}"
        for one in violations
    ]


def _too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px wider than a window of {page.evaluate('innerWidth')} px"] if wide > 0 else []
