"""Pages in the words of another kind of office: no party word of ours, only those that stand in the data."""

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.vocabulary import PARTY, vocabulary
from scheduler.extensions import db
from scheduler.services.ground import organisation
from scheduler.services.rules import sets as rules
from scheduler.store.base import Base
from tests.browser import site
from tests.browser.pictures import PAGES
from tests.builders import a_clock
from tests.web.test_languages import Texts, strings, without
from tests.web.visiting import post, signed_in

OF_THE_PARTY = (
    *("党", "谈心", "必谈", "民主生活", "组织生活", "支部", "督导", "班子", "干部"),
    *("Party", "emocratic life", "rganizational life", "cadre"),
)
EXAMPLES = ("民主党派", "农工党", "致公党")
"""What stands in a roster, as it is written there, and the other parties that it may name."""


def data_of(app: Flask) -> list[str]:
    """Every text that somebody wrote: in the database, and in the rule files."""
    with app.app_context():
        rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
        written = {text for row in rows for value in row for text in strings(value)}
        written |= set(strings(dict(rules.shipped().presets)))
    words = {word for text in written for word in (text, *text.replace("、", " ").replace("，", " ").split())}
    return sorted((word for word in words if len(word) > 1), key=len, reverse=True)


def test_no_page_says_a_word_of_the_party_when_the_office_is_none(site_app: Flask) -> None:
    with site_app.app_context():
        organisation.speak(db.session(), OPERATOR, "zh-neutral", a_clock())
    known, clients, odd = data_of(site_app), dict[str, FlaskClient](), {}
    for language in ("zh", "en"):
        for name, who, path in PAGES:
            client = clients.setdefault(who, signed_in(site_app, who) if who else site_app.test_client())
            texts = Texts()
            texts.feed(client.get(f"{path}{'&' if '?' in path else '?'}lang={language}").text)
            for text in texts.found:
                left = without(text, [*EXAMPLES, *known]) if any(word in text for word in OF_THE_PARTY) else ""
                if any(word in left for word in OF_THE_PARTY):
                    odd.setdefault(left, (name, text[:160]))
    assert list(odd.values()) == []


def test_organizers_choose_the_words_on_the_programme_page(organizer: FlaskClient, member: FlaskClient) -> None:
    assert "下一次谈心谈话" in member.get("/me").text
    assert 'value="zh-party" checked' in organizer.get("/programme").text

    page = post(organizer, "/programme/vocabulary", {"vocabulary": "zh-neutral"}, follow_redirects=True).text

    assert "已保存。" in page
    assert 'value="zh-neutral" checked' in page
    assert "下一次面谈" in member.get("/me").text
    assert "邓永昌" in member.get("/me").text
    refused = post(organizer, "/programme/vocabulary", {"vocabulary": "x"}, follow_redirects=True).text
    assert "没有“x”这一选项" in refused
    assert post(member, "/programme/vocabulary", {"vocabulary": PARTY}).status_code == 403


def test_an_office_that_speaks_english_begins_in_english(site_app: Flask, organizer: FlaskClient) -> None:
    post(organizer, "/programme/vocabulary", {"vocabulary": "en"})
    visitor = site_app.test_client()

    assert '<html lang="en">' in visitor.get("/sign-in").text
    assert '<html lang="zh-CN">' in visitor.get("/sign-in?lang=zh").text
    assert vocabulary("en").language == "en"
    assert site.MEMBER in organizer.get("/people/p03").text


def test_the_home_screen_names_it_in_the_words_of_the_office(site_app: Flask) -> None:
    visitor = site_app.test_client()
    assert visitor.get("/manifest/zh.webmanifest").json["name"] == "谈心"
    with site_app.app_context():
        organisation.speak(db.session(), OPERATOR, "zh-neutral", a_clock())

    told = visitor.get("/manifest/zh.webmanifest").json

    assert (told["name"], told["description"]) == ("面谈", "会议与面谈的安排")
