"""Every page of the sample speaks one language: no Chinese on English pages, no English on Chinese ones, but for names and data."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.extensions import db
from scheduler.services.feeds import subscriptions
from scheduler.store.base import Base
from scheduler.web.page import words
from scheduler.wording.labels import WORDS, label
from tests import pseudo_language
from tests.browser import site
from tests.browser.pictures import PAGES
from tests.builders import a_clock
from tests.web.visiting import signed_in

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]{2,}")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SEPARATORS = re.compile(r"[\s,，、;；:：·.…（）()×—–/+“”\"\-]+")
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "label", "data-label", "data-done")
NO_TEXT = ("script", "style", "textarea")
VOID = ("input", "br", "meta", "link", "img", "hr", "path", "rect", "wbr", "source", "circle", "line", "use")
NAMES = {
    *(
        "English",
        "Outlook",
        "Thunderbird",
        "CalDAV",
        "DAVx",
        "ICSx",
        "OPPO",
        "Internet",
        "Excel",
        "xlsx",
        "xls",
        "csv",
        "CSV",
    ),
    *("UTF", "GB", "yaml", "org", "ics", "kB", "webcal", "https", "http", "API", "Android"),
    *("SVG", "PNG", "PDF", "pdf", "docx", "txt", "eml", "QR", "MB", "ID", "Word", "CardDAV", "Google", "Apple"),
    *("Enter", "Esc", "Tab", "Home", "End", "TOTP", "WeCom", "BASE", "URL", "localhost", "tanxin", "example"),
}
"""Names of programs and formats, which are the same in every language."""
TYPED = ("其余均出席", "出席", "请假", "缺席", "清明", "劳动", "端午", "中秋", "国庆", "中文")
"""What English pages quote because it is typed in Chinese, and the notes of holidays, shortened."""
PRESETS = re.compile(r"\b(cn|intl)\.[a-z-]+|https?://\S+")
WORDS_OF_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Texts(HTMLParser):
    """What a page says: its texts and the attributes that are read out, but for what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        is_foreign = tag != "html" and "lang" in known
        if tag not in VOID and (self._silent or tag in NO_TEXT or is_foreign):
            self._silent.append(tag)
        if not self._silent:
            self.found += [value for name in ATTRIBUTES if (value := known.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def seen() -> dict[str, list[tuple[str, str]]]:
    """What pages said, by language: each page is asked for once, and read by several tests."""
    return {}


@pytest.fixture
def visited(
    site_app: Flask, seen: dict[str, list[tuple[str, str]]], request: pytest.FixtureRequest
) -> list[tuple[str, str]]:
    """The texts of every page in a language, with the page's name."""
    if request.param not in seen:
        seen[request.param] = visit(site_app, request.param)
    return seen[request.param]


def visit(site_app: Flask, language: str) -> list[tuple[str, str]]:
    clients = dict[str, FlaskClient]()
    with site_app.app_context():
        printed = subscriptions.issue(db.session(), OPERATOR, a_clock(), PersonId(site.MEMBER))
        form = subscriptions.show(db.session(), printed).take_over_token
        secret = subscriptions.take_over(db.session(), printed, form, a_clock())
    own = (("subscribe", "", f"/subscribe/{secret}"), ("subscribe-times", "", f"/subscribe/{secret}/talks/T041"))
    found = []
    for name, who, path in (*PAGES, *own):
        client = clients.setdefault(who, signed_in(site_app, who) if who else site_app.test_client())
        texts = Texts()
        texts.feed(client.get(f"{path}{'&' if '?' in path else '?'}lang={language}").text)
        found += [(name, text) for text in texts.found]
    return found


@pytest.fixture
def data(site_app: Flask) -> set[str]:
    """Every word that stands in the database: names, titles, notes, ids."""
    with site_app.app_context():
        rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
        texts = {text for row in rows for value in row for text in strings(value)}
    typed = {
        text for _, _, path in PAGES for _, text in parse_qsl(urlsplit(path).query)
    }  # in addresses, as a form sends it
    return {word for text in texts | typed for word in (text, *text.splitlines(), *SEPARATORS.split(text)) if word}


def strings(value: object) -> Iterator[str]:
    """The texts in a value of a table."""
    match value:
        case str():
            yield value
        case dict():
            for key, one in value.items():
                yield str(key)
                yield from strings(one)
        case list():
            for one in value:
                yield from strings(one)


def without(text: str, known: list[str]) -> str:
    """The text without what is data."""
    for word in known:
        text = text.replace(word, " ")
    return text


@pytest.mark.usefixtures("another_language")
@pytest.mark.parametrize("visited", ["en", pseudo_language.CODE], indirect=True)
def test_other_pages_say_nothing_in_chinese(visited: list[tuple[str, str]], data: set[str]) -> None:
    stems = {re.sub(r"第\d+次", "", word) for word in data}  # 第27次集中学习 is proposed as the next of its series
    known = sorted((word for word in data | stems | set(TYPED) if CHINESE.search(word)), key=len, reverse=True)
    odd = {}
    for name, text in visited:
        left = re.sub(r"第\d+次", "", without(text, known)) if CHINESE.search(text) else ""
        if CHINESE.search(left):
            odd.setdefault(left, (name, text[:160]))
    assert list(odd.values()) == []


@pytest.mark.parametrize("visited", ["zh"], indirect=True)
def test_chinese_pages_say_nothing_in_english(visited: list[tuple[str, str]], data: set[str]) -> None:
    odd, names = {}, NAMES | set(LATIN.findall(" ".join(data)))
    for name, text in visited:
        for word in LATIN.findall(PRESETS.sub("", text)):
            if word not in names:
                odd.setdefault(word, (name, text[:160]))
    assert odd == {}


@pytest.mark.parametrize("visited", ["zh", "en"], indirect=True)
def test_no_page_writes_days_as_files_do(visited: list[tuple[str, str]]) -> None:
    examples = ("2014-08-20", "2014-08-25")  # of how to fill a field in
    found = [(name, text) for name, text in visited if any(day not in examples for day in ISO_DAY.findall(text))]
    assert found == []


@pytest.fixture(scope="module")
def another_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One language more, whose every letter wears an accent."""
    with pseudo_language.spoken(tmp_path_factory.mktemp("translations")):
        yield


@pytest.mark.usefixtures("another_language")
@pytest.mark.parametrize("visited", [pseudo_language.CODE], indirect=True)
def test_pages_in_a_language_that_was_just_added_say_nothing_in_english(
    visited: list[tuple[str, str]], data: set[str]
) -> None:
    presets = " ".join(path.read_text("utf-8") for path in (ROOT / "sample").glob("*_presets.yaml"))
    odd, names = {}, NAMES | set(LATIN.findall(" ".join([*data, presets])))
    for name, text in visited:
        for word in LATIN.findall(PRESETS.sub("", text)):
            if word not in names:
                odd.setdefault(word, (name, text[:160]))
    assert odd == {}


def test_every_word_of_the_vocabulary_is_in_two_languages() -> None:
    said = [(key, label(key), label(key, "en")) for key in WORDS]
    assert [key for key, zh, en in said if not zh or not en or CHINESE.search(en)] == []


def test_scripts_have_no_texts_of_their_own() -> None:
    for path in sorted((ROOT / "static").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not WORDS_OF_CHINESE.search(code), path


def notes() -> Iterator[ast.Call]:
    """Every place where something is written into the journal."""
    for path in sorted((ROOT / "scheduler").rglob("*.py")):
        for node in ast.walk(ast.parse(Path(path).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.note":
                yield node


def test_the_journal_has_words_for_all_that_is_noted() -> None:
    def constants(node: ast.expr) -> set[str]:
        tested = {id(one) for part in ast.walk(node) if isinstance(part, ast.IfExp) for one in ast.walk(part.test)}
        found = [part for part in ast.walk(node) if isinstance(part, ast.Constant) and id(part) not in tested]
        return set() if isinstance(node, ast.JoinedStr) else {str(part.value) for part in found}

    found = list(notes())
    deeds = {word for call in found for word in constants(call.args[2])}
    nouns = {word for call in found for word in constants(call.args[3])}
    details = {keyword.arg for call in found for keyword in call.keywords if keyword.arg}

    assert len(found) > 30
    assert deeds - set(words.DEEDS) - set(WORDS) == set()
    assert nouns - set(words.NOUNS) == set()
    assert details - set(words.DETAILS) == set()
