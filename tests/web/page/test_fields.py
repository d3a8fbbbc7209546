"""Fields of forms: what is understood, and what is said when something is not."""

from datetime import date, datetime, time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.web.page.fields import Fields, people_called, words
from tests.builders import ZONE, a_person, a_roster


@pytest.fixture(autouse=True)
def in_a_request(site_app: Flask):  # type: ignore[no-untyped-def]
    with site_app.test_request_context():
        yield


def roster() -> Roster:
    return a_roster(a_person("p01", "高富"), a_person("p02", "高富"), a_person("p03", "文静"))


@pytest.mark.parametrize("text", ["2014-08-20", "2014/8/20", "2014.8.20", "2014年8月20日", " 2014-08-20 "])
def test_day_is_understood_as_people_write_it(text: str) -> None:
    assert Fields({"day": text}).day("day") == date(2014, 8, 20)


@pytest.mark.parametrize("text", ["2014-02-30", "soon", "20141340", "0001-01-01", "９", "2014-8"])
def test_day_that_is_none_is_told(text: str) -> None:
    fields = Fields({"day": text})

    assert fields.day("day") is None
    assert "不是日期" in fields.errors["day"]


def test_time_is_understood_with_either_colon() -> None:
    assert Fields({"at": "9：05"}).clock("at") == time(9, 5)
    assert Fields({"at": "09:00:00"}).clock("at") == time(9)
    fields = Fields({"at": "24:00"})
    assert fields.clock("at") is None
    assert "不是时间" in fields.errors["at"]


def test_moment_wants_both_day_and_time() -> None:
    fields = Fields({"day": "2014-08-20", "at": "09:00"})
    assert fields.moment("day", "at", ZONE) == datetime(2014, 8, 20, 9, tzinfo=ZONE)

    half = Fields({"day": "2014-08-20"})
    assert half.moment("day", "at", ZONE) is None
    assert half.errors == {"at": "请填写这一项。"}


def test_number_stays_within_its_bounds() -> None:
    assert Fields({"n": "45"}).number("n", 1, 60) == 45
    assert Fields({}).number("n", 1, 60) is None
    for text in ("0", "61", "-1", "4.5", "x", "٤", "9" * 30):
        fields = Fields({"n": text})
        assert fields.number("n", 1, 60) is None
        assert "n" in fields.errors


def test_text_loses_control_characters_and_says_when_it_is_too_long() -> None:
    assert Fields({"t": " a\u202eb\x00c "}).text("t") == "abc"
    fields = Fields({"t": "长" * 201})
    fields.text("t")
    assert fields.errors["t"] == "最多 200 个字。"


def test_choice_that_is_none_is_told() -> None:
    assert Fields({"kind": "talk"}).choice("kind", Kind) is Kind.TALK
    assert Fields({}).choice("kind", Kind, Kind.TALK) is Kind.TALK
    fields = Fields({"kind": "party"})
    assert fields.choice("kind", Kind) is None
    assert "没有“party”这一选项" in fields.errors["kind"]


def test_people_are_found_by_name_id_or_both() -> None:
    fields = Fields(MultiDict([("who", "文静、p01"), ("who", "p02高富"), ("who", "文　静")]))

    assert fields.people("who", roster()) == ("p03", "p01", "p02")
    assert fields.is_valid


def test_name_of_two_people_is_asked_about() -> None:
    fields = Fields({"who": "高富"})

    assert fields.people("who", roster()) == ()
    assert fields.errors["who"] == "“高富”不止一人，请写成：p01高富、p02高富。"


def test_first_sentence_about_a_field_stays() -> None:
    fields = Fields({})
    fields.refuse("x", "one")
    fields.refuse("x", "two")

    assert fields.errors == {"x": "one"}


def test_what_a_verb_could_not_understand_stands_beside_its_field() -> None:
    fields = Fields({"minutes": "x"})
    fields.take(Malformed("not_a_number", "minutes", value="x"))

    assert fields.errors["minutes"].startswith("“x”不是数字")


@given(st.text())
def test_nothing_typed_makes_a_field_fail(text: str) -> None:
    fields = Fields({"x": text})

    fields.day("x"), fields.clock("x"), fields.number("x", 0, 9), fields.text("x"), fields.people("x", roster())

    assert fields.typed("x") == text


def test_words_are_parted_at_every_comma() -> None:
    assert words(["a，b;c", "d、e\nf", " "]) == ["a", "b", "c", "d", "e", "f"]
    assert people_called("p03", roster()) == [PersonId("p03")]
