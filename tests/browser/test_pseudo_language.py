"""Every page on a phone in a language whose words are a third longer: nothing is cut off, and no page is wider than its window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize

from tests import pseudo_language
from tests.browser import pictures
from tests.browser.conftest import Window
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.browser

SIZE: ViewportSize = {"width": 390, "height": 844}
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const hides = (overflow) => overflow === "hidden" || overflow === "clip";
  return element.checkVisibility() && box.width > 1 && box.height > 1 && element.innerText?.trim()
    && ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 4));
}).map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.innerText.slice(0, 60)}`)"""
"""Elements with text that hide what does not fit; up to 4 px in height are the air around letters, and no letters."""


@pytest.fixture(scope="module", autouse=True)
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_language.spoken(tmp_path_factory.mktemp("translations")):
        yield


def test_no_page_cuts_longer_words_off(site: Site, window: Window) -> None:
    opened: dict[str, Page] = {}
    found = []
    for name, who, path in pictures.PAGES:
        if who not in opened:
            opened[who] = window(size=SIZE, locale="en-GB", reduced_motion="reduce")
            if who:
                sign_in(opened[who], site, who)
        page = opened[who]
        page.goto(f"{site.address}{path}{'&' if '?' in path else '?'}lang={pseudo_language.CODE}")
        assert page.locator("html").get_attribute("lang") == pseudo_language.CODE
        found += [f"{name}: {cut}" for cut in page.evaluate(CUT_OFF)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{name}: {wide} px wider than its window"] if wide > 0 else []
    assert found == []


def test_what_is_cut_off_is_found(window: Window) -> None:
    page = window(size=SIZE)
    page.set_content(
        "<p style='overflow:hidden;white-space:nowrap;width:3em'>Much too long for this</p><p>Not this</p>"
    )

    assert page.evaluate(CUT_OFF) == ["p.: Much too long for this"]
