"""Whatever a form accepts as a text can be exported, put into a feed, and shown."""

import io
import re

import icalendar
import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scheduler.core.ground.written import NO_TEXT
from scheduler.dav import elements
from scheduler.store.organisation.rows import PersonRow
from tests.visitors import a_browser, a_script

ODD = ("\ufffe", "\uffff", "\ufdd0", "\x00", "\x0b", "\x1f", "\ud800", "\U0001fffe", "\U0010ffff")
letters = st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=40)


@settings(max_examples=150)
@example("甲\uffff乙")
@given(letters)
def test_what_a_form_accepts_every_format_can_hold(text: str) -> None:
    accepted = NO_TEXT.sub("", text).strip()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = accepted
    book.worksheets[0]["A1"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    entry = icalendar.Event()
    entry.add("summary", accepted)
    icalendar.Event.from_ical(entry.to_ical())
    accepted.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", elements.words(accepted))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_name_that_no_document_can_hold_breaks_no_door(app: Flask, organisation: Session) -> None:
    organisation.get_one(PersonRow, "p02").name = "陈\uffff国梁\ufffe"
    organisation.commit()
    browser = a_browser(app, organisation, "p22")

    paths = ("/", "/people", "/bookings", "/ledger", "/people/p02")
    assert {path: browser.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\x0b"])
def test_the_interface_for_scripts_refuses_such_a_text(app: Flask, organisation: Session, letter: str) -> None:
    script: FlaskClient = a_script(app, organisation, "p22")
    talk = {"kind": "talk", "people": ["p02", "p27"], "start": "2014-08-12T09:00", "minutes": 45, "title": f"a{letter}"}

    assert script.post("/api/v1/bookings", json=talk).status_code == 422
