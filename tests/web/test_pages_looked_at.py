"""No page is forgotten: whatever can be opened is among those that are looked at in Chromium, or is named here with a reason."""

from flask import Flask

from tests.browser.pictures import ACTIONS, PAGES
from tests.web.visiting import is_page

BY_AN_ACT = {
    "accounts.set_password": "set-password",
    "feeds.subscribe": "subscribe",
    "feeds.times_by_page": "subscribe-times",
    "mail.mail_link": "mail-link",
    "sessions.edit_target": "study-target",
    "feeds.subscription_feed": "subscription-settings",
    "sessions.sign_in_screen": "sign-in-open",
}
"""Pages behind a secret address, or of what an act must make first: it leads there."""
NO_PAGES: dict[str, str] = {
    "me.own_calendar": "a file",
    "feeds.subscribe_file": "a file",
    "coverage.matrix_workbook": "a file",
    "coverage.matrix_picture": "a file",
    "papers.bundle": "a file",
    "papers.download": "a file",
    "page.manifest": "for browsers",
    **{f"operations.{name}": "a line for machines" for name in ("lives", "ready", "robots", "security")},
    "sessions.scan": "takes a code in, and leads on",
    "sessions.study_session": "an address of before, which leads on",
    "programme.urgent_cards": "for the home page, which fetches it",
    "bookings.taken_for_talk": "for the calendar's script",
    "bookings.taken_for_booking": "for the calendar's script",
}
"""What is opened and is no page."""


def test_every_page_is_looked_at(site_app: Flask) -> None:
    adapter = site_app.url_map.bind("localhost")
    looked_at = {adapter.match(path.partition("?")[0])[0] for name, _, path in PAGES if name != "not-found"}
    pages = {rule.endpoint for rule in site_app.url_map.iter_rules() if "GET" in (rule.methods or ()) and is_page(rule)}

    assert pages - looked_at == {*BY_AN_ACT, *NO_PAGES}
    assert set(BY_AN_ACT.values()) <= set(ACTIONS)
