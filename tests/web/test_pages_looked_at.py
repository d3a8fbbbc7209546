"""No page is forgotten: whatever can be opened is among those that are looked at in Chromium, or is named here with a reason."""

from flask import Flask

from tests.browser.pictures import ACTIONS, PAGES

BY_AN_ACT = {
    "pages.set_password": "set-password",
    "pages.subscribe": "subscribe",
    "pages.times_by_page": "subscribe-times",
    "pages.mail_link": "mail-link",
    "pages.subscription_feed": "subscription-settings",
}
"""Pages behind a secret address, or of what an act must make first: it leads there."""
NO_PAGES: dict[str, str] = {
    "pages.own_calendar": "a file",
    "pages.subscribe_file": "a file",
    "pages.matrix_workbook": "a file",
    "pages.matrix_picture": "a file",
    "pages.manifest": "for browsers",
    "pages.taken_for_talk": "for the calendar's script",
    "pages.taken_for_booking": "for the calendar's script",
}
"""What is opened and is no page."""


def test_every_page_is_looked_at(site_app: Flask) -> None:
    adapter = site_app.url_map.bind("localhost")
    looked_at = {adapter.match(path.partition("?")[0])[0] for name, _, path in PAGES if name != "not-found"}
    pages = {
        rule.endpoint
        for rule in site_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith("pages.")
    }

    assert pages - looked_at == {*BY_AN_ACT, *NO_PAGES}
    assert set(BY_AN_ACT.values()) <= set(ACTIONS)
