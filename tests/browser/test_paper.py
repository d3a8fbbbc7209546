"""What is printed: in the light's colours whatever the screen shows, and no longer than it need be."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser import pictures
from tests.browser.conftest import Window
from tests.browser.site import AWAITING, ORGANIZER, Site

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


def test_the_matrix_is_printed_on_a3_with_all_its_columns(window: Window) -> None:
    page = window(ORGANIZER)
    page.set_viewport_size({"width": 1511, "height": 1047})  # 400 by 277 mm, what A3 leaves between its margins

    page.emulate_media(media="print")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert [round(float(side) / 72 * 25.4) for side in sheets[0].mediabox[2:]] == [420, 297]
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.matrix th, .matrix td')].map((cell) => cell.getBoundingClientRect().right))"
    )
    assert right <= 1511
