"""What a phone needs to put the pages on its home screen like an app: name, icons, colours, where to begin."""

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from config import Language
from scheduler import edge
from scheduler.core.ground.errors import NotFound
from scheduler.web.page import pages
from scheduler.web.page.layout import HTML_LANG, asset
from scheduler.wording.vocabularies import told

PAPER, INK_BLUE = "#f7f7f4", "#1f5f8b"
"""The ground of the pages, and the accent; in the dark, the pages themselves say which (`base.html`)."""
WORDS: dict[Language, tuple[str, str, str, str]] = {
    "zh": ("谈心", "会议与谈心谈话的安排", "我的", "日程"),
    "en": ("Tanxin", "Meetings and talks, arranged", "My page", "Calendar"),
}
"""Name, what it is, and two places to go to at once."""


@pages.get("/manifest/<language>.webmanifest")
@edge.public
def manifest(language: str) -> ResponseReturnValue:
    """The manifest in a language; browsers ask for it without a cookie, so its address says which."""
    words = next((words for code, words in WORDS.items() if code == language), None)
    if words is None:
        raise NotFound("manifest", language)
    name, what, mine, calendar = (told(word, language) for word in words)
    answer = jsonify(
        {
            "id": url_for("coverage.home"),
            "name": name,
            "short_name": name,
            "description": what,
            "lang": next(html for code, html in HTML_LANG.items() if code == language),
            "dir": "ltr",
            "start_url": url_for("coverage.home"),
            "scope": url_for("coverage.home"),
            "display": "standalone",
            "theme_color": INK_BLUE,
            "background_color": PAPER,
            "icons": [
                _icon("icons/icon-192.png", "192x192"),
                _icon("icons/icon-512.png", "512x512"),
                _icon("icons/maskable-512.png", "512x512", "maskable"),
            ],
            "shortcuts": [
                {"name": mine, "url": url_for("me.me")},
                {"name": calendar, "url": url_for("bookings.bookings")},
            ],
        }
    )
    answer.content_type = "application/manifest+json; charset=utf-8"
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _icon(path: str, size: str, purpose: str = "any") -> dict[str, str]:
    """A picture of the manifest."""
    return {"src": asset(path), "sizes": size, "type": "image/png", "purpose": purpose}
