"""Sign-in tables copied out of a spreadsheet."""

import json
from datetime import date

import openpyxl
import pytest

from scheduler.core.sessions.roll_calls import Asks, Miscount, RollCall, understand
from scheduler.core.sessions.sign_in_tables import NoSuchDay
from scheduler.core.sessions.study import Attended
from tests.core.sessions.an_office import FOLDER, PERSON, ROSTER, by_status, label

EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))["sign_in"]["sessions"]
SHEET = openpyxl.load_workbook(FOLDER / "学习签到表.xlsx").worksheets[0]
PASTED = "\r\n".join(
    "\t".join("" if cell is None else str(cell) for cell in row) for row in SHEET.iter_rows(values_only=True)
)
STATUSES = ("attended", "on_leave", "absent", "late", "left_early")
UNCLEAR = (Attended.ATTENDED, Attended.ON_LEAVE, Attended.ABSENT)


def on(day: str, text: str = PASTED, names: tuple[str, ...] = tuple(PERSON)) -> RollCall:
    return understand(text, [PERSON[name] for name in names], ROSTER, day=date.fromisoformat(day))


@pytest.mark.parametrize("session", EXPECTED, ids=lambda session: session["date"])
def test_each_session_of_the_office_is_read_right(session: dict[str, object]) -> None:
    told = on(str(session["date"]))

    assert by_status(told) == {status: set(session[status]) for status in STATUSES if session[status]}  # type: ignore[call-overload]
    asked_about = {label(person) for question in told.questions for person in question.people}
    assert asked_about == {ask["who"] for ask in session["ask"] if ask["who"]}  # type: ignore[attr-defined]
    says_other = session["said_present"] != session["read_present"]
    assert told.miscounts == ((Miscount("present", 19, 18),) if says_other else ())
    assert (told.unknown, told.unsaid, told.twice) == ((), (), ())


def test_what_marks_leave_open_is_asked() -> None:
    questions = {label(question.people[0]): question for question in on("2026-11-25").questions}

    assert (questions["吴敏"].text, questions["吴敏"].readings) == ("○", UNCLEAR)
    assert (questions["施婷"].text, questions["施婷"].readings) == ("（空）", UNCLEAR)
    assert Attended.ATTENDED not in questions["许强"].readings
    assert (questions["秦明"].or_uncalled, questions["秦明"].asks) == (True, Asks.HOW)


def test_reasons_stand_in_the_cells() -> None:
    told = on("2026-11-18")

    assert {label(person): reason for person, reason in told.reasons.items()} == {
        "钱伟": "公差",
        "陈静": "产假",
        "何娟": "病假",
    }


def test_a_day_that_the_table_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(NoSuchDay) as no:
        on("2026-12-02")

    assert no.value.days == ("11月4日", "11月11日", "11月18日", "11月25日")


def test_a_table_of_one_day_is_read_by_its_column_of_marks() -> None:
    table = "应到人数\t2\n序号\t姓名\t出勤\n1\t吴 敏\t○\n2\t朱琳\t到\n3\t无此人\t假\n4\t3\t\n合计\t\t\n应到人数\t\t2人\n实到\t\t无\n说明：○表示请假，△表示其它"

    told = on("2026-11-25", table, ("吴敏", "朱琳"))

    assert by_status(told) == {"on_leave": {"吴敏"}, "attended": {"朱琳"}}
    assert told.unknown == ("无此人",)
    assert told.miscounts == ()


def test_namesakes_in_a_table_are_told_apart_by_their_units() -> None:
    both = ("张伟（办公室）", "张伟（权益保障部）")
    table = "姓名\t部门\t签到\n张伟\t权益保障部\t假\n张伟\t领导班子\t√\n"

    told = on("2026-11-25", table, both)

    assert by_status(told) == {"on_leave": {"张伟（权益保障部）"}, "attended": {"张伟（办公室）"}}
    (question,) = on("2026-11-25", table.rpartition("张伟")[0].replace("权益保障部", "领导班子"), both).questions
    assert {label(person) for person in question.people} == {*both}


def test_what_is_no_table_is_read_as_a_text() -> None:
    assert by_status(on("2026-11-25", "请假：\t吴敏", ("吴敏",))) == {"on_leave": {"吴敏"}}
    assert by_status(on("2026-11-25", "姓名\t请假：吴敏", ("吴敏",))) == {"on_leave": {"吴敏"}}
