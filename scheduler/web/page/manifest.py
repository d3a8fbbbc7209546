"""What a phone needs to put the pages on its home screen like an app: name, icons, colours, where to begin."""

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from config import LANGUAGES
from scheduler import edge
from scheduler.core.ground.errors import NotFound
from scheduler.web.page import pages
from scheduler.web.page.layout import asset, html_lang
from scheduler.wording.texts import say, within

PAPER, INK_BLUE = "#f7f7f4", "#1f5f8b"
"""The ground of the pages, and the accent; in the dark, the pages themselves say which (`base.html`)."""


@pages.get("/manifest/<language>.webmanifest")
@edge.public
def manifest(language: str) -> ResponseReturnValue:
    """The manifest in a language; browsers ask for it without a cookie, so its address says which."""
    if language not in LANGUAGES:
        raise NotFound("manifest", language)
    name = say(within("sender", "谈心"), language)
    answer = jsonify(
        {
            "id": url_for("coverage.home"),
            "name": name,
            "short_name": name,
            "description": say("会议与谈心谈话的安排", language),
            "lang": html_lang(language),
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
                {"name": say("我的", language), "url": url_for("me.me")},
                {"name": say("日程", language), "url": url_for("bookings.bookings")},
            ],
        }
    )
    answer.content_type = "application/manifest+json; charset=utf-8"
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _icon(path: str, size: str, purpose: str = "any") -> dict[str, str]:
    """A picture of the manifest."""
    return {"src": asset(path), "sizes": size, "type": "image/png", "purpose": purpose}
