"""What is printed: in the light's colours whatever the screen shows, and no longer than it need be."""

import re

import pytest

from tests.browser import pictures
from tests.browser.conftest import Window
from tests.browser.site import AWAITING, Site

pytestmark = pytest.mark.browser


def test_a_subscription_page_is_printed_on_one_sheet_in_black_on_white(site: Site, window: Window) -> None:
    page = window(AWAITING, color_scheme="dark")
    pictures.act("subscribe", page, site)

    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.card h2')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('#address')).backgroundColor") == "rgb(255, 255, 255)"
