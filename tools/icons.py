"""Draws the icons that phones want as pictures out of `static/icon.svg`: `python tools/icons.py`, with Debian's Chromium.

`icon-…` keep the round corners; `maskable-…` and `touch-…` fill their square, since the phone cuts its own shape out of it.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SOURCE, FOLDER = ROOT / "static" / "icon.svg", ROOT / "static" / "icons"
CHROMIUM = "/usr/bin/chromium"
ICONS = {"icon-192": (192, True), "icon-512": (512, True), "maskable-512": (512, False), "touch-180": (180, False)}
"""Name → size, and whether the corners stay round."""


def main() -> int:
    """Draw them all."""
    source = SOURCE.read_text("utf-8").strip()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (size, is_round) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            picture = source if is_round else re.sub(r' rx="\d+"', "", source)
            page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{picture}")
            page.screenshot(path=FOLDER / f"{name}.png", omit_background=True)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
