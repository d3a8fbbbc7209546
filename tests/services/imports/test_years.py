"""Days that are written without a year: that of the title, that of the campaign, else it is asked."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports.run import Upload
from scheduler.services.imports.run import run as imports
from scheduler.store import load
from scheduler.wording import readings
from scheduler.wording.findings import text
from tests.builders import ZONE, a_clock
from tests.services.importing import PEOPLE, run, table

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
EVENTS = "编号,类型,名称,日期,开始,结束,参加人\n{}\n"
TWO_YEARS = "organisation: {{name_zh: 甲}}\nactivity: {{name_zh: 主题教育, starts: {}, ends: {}}}"


@pytest.fixture
def session(session: Session) -> Session:
    """Four people, and a campaign over the turn of the year."""
    run(session, PEOPLE, table(TWO_YEARS.format("2014-09-10", "2015-03-31"), "org.yaml"))
    return session


def events(*rows: str) -> str:
    return EVENTS.format("\n".join(f"E{60 + n},会议,第{n}次会,{row},9:00,10:00,p02" for n, row in enumerate(rows)))


def days(session: Session, count: int) -> list[date]:
    return [load.booking(session, BookingId(f"E{60 + n}")).day(ZONE) for n in range(count)]


def answered(session: Session, text_of_file: str, **answers: str) -> ImportReport:
    file = Upload("events.csv", text_of_file.encode())
    given = {f"year:{name.replace('_', '.')}": year for name, year in answers.items()}
    return imports(session, OPERATOR, [file], None, False, a_clock(), given)


def test_the_year_is_the_one_in_which_the_day_lies_in_the_campaign(session: Session) -> None:
    report = run(
        session, table(events("9月10日", "12月 1日（周一）", "3/31", "1.5", "2 Feb", "2014年10月8日"), "events.csv")
    )

    assert report.errors == ()
    assert days(session, 6) == [
        date(2014, 9, 10), date(2014, 12, 1), date(2015, 3, 31), date(2015, 1, 5), date(2015, 2, 2), date(2014, 10, 8),
    ]  # fmt: skip
    told = [text(finding) for finding in report.told if finding.kind == "year_taken"]
    assert told == [f"events.csv：日期没有写年份，按“主题教育”的起止时间都算作 {year} 年" for year in (2014, 2015)]
    assert report.questions == ()


def test_a_day_outside_the_campaign_is_asked_and_nothing_taken_for_granted(session: Session) -> None:
    report = answered(session, events("8月13日", "9月11日"))

    assert [(error.row, error.field, error.kind) for error in report.errors] == [(2, "date", "no_year")]
    (question,) = report.questions
    assert (question.id, question.choices, question.proposal) == ("year:events.csv", ("2013", "2014", "2015"), None)
    assert readings.question(question, "zh") == "events.csv 的日期（如“8月13日”）没有写年份，是哪一年？"
    assert answered(session, events("8月13日", "9月11日"), events_csv="2015").errors == ()
    assert days(session, 2) == [date(2015, 8, 13), date(2014, 9, 11)]


def test_a_campaign_of_more_than_a_year_is_asked_unless_the_weekday_tells(session: Session) -> None:
    run(session, table(TWO_YEARS.format("2014-09-10", "2016-01-31"), "org.yaml"))

    report = answered(session, events("10月9日（周四）", "10月9日"))

    assert [(error.row, error.kind) for error in report.errors] == [(3, "no_year")]
    assert {finding.details["year"] for finding in report.told if finding.kind == "year_taken"} == {2014}


@pytest.mark.parametrize("day", ["13月8日", "2月30日", "8月", "下周三", "13/8", "8月13日（周九）", "32 Aug", "8 Foo"])
def test_what_is_no_day_is_none_in_any_year(session: Session, day: str) -> None:
    assert [error.kind for error in run(session, table(events(day), "events.csv")).errors] == ["not_a_date"]


def test_absences_and_registers_of_leave_go_by_the_same(session: Session) -> None:
    absences = "人员,起,止,规则,原因类别\np02,11月3日,11月5日,,出差\np03,2月9日上午,,,出差\n"
    register = "姓名,部门,请假类别,请假时间,天数\n陈国梁,LT,年休假,12月8日-12月10日,3\n文静,LT,事假,看情况,1\n"
    report = run(session, table(absences, "unavailability.csv"))
    assert (report.errors, report.created) == ((), 2)

    leave = run(session, table(register, "请假.csv"))
    assert [(error.row, error.kind) for error in leave.errors] == [(3, "not_a_span")]
    asked = run(
        session, table(register.replace("12月8日-12月10日", "8月4日-8月6日").replace("看情况", "12月1日"), "请假.csv")
    )
    assert ([q.id for q in asked.questions], asked.created) == (["year:请假.csv"], 1)
    (waiting,) = (aside for aside in asked.set_aside if aside.why == "waits_for_answer")
    assert "陈国梁" in waiting.text


def test_settings_have_their_years(session: Session) -> None:
    report = run(session, table("activity: {name_zh: 另一个活动, starts: 9月1日, ends: 2015-12-01}", "activity.yaml"))

    assert [(error.field, error.kind) for error in report.errors] == [("activity.starts", "not_a_date")]
