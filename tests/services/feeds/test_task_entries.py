"""Rectification tasks in calendars: on the last workday of their month, for the leader and the head of the lead unit."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.working_time import Workday
from scheduler.core.programme.tasks import TaskState
from scheduler.services.feeds import addresses, changes, content
from scheduler.services.ground import workdays
from scheduler.services.imports import run as imports
from scheduler.services.imports import undoing
from scheduler.services.programme import tasks
from scheduler.services.programme.tasks import TaskEntry
from scheduler.store.feeds import load as load_feeds
from tests.builders import a_clock

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
TASKS = ROOT / "tests" / "data" / "programme" / "tasks.csv"


def bring(session: Session, data: bytes) -> None:
    report = imports.run(session, OPERATOR, [imports.Upload("tasks.csv", data)], None, dry_run=False, clock=a_clock())
    assert not report.errors, report.errors


def days_of(session: Session, person: str) -> dict[str, str]:
    """The all-day entries of somebody's calendar: title → day."""
    calendar = content.once(session, PersonId(person), a_clock(), "zh", "").replace(b"\r\n ", b"").decode()
    events = calendar.split("BEGIN:VEVENT")[1:]
    days = {e: re.search(r"DTSTART;VALUE=DATE:(\d+)", e) for e in events}
    return {re.search(r"SUMMARY:(.*)\r", event)[1]: day[1] for event, day in days.items() if day}  # type: ignore[index]  # it has one


def test_leader_and_head_have_it_on_the_last_workday_of_the_month(sample_session: Session) -> None:
    bring(sample_session, TASKS.read_bytes())

    leader = days_of(sample_session, "p02")
    assert leader["整改任务：清理超标准办公用房"] == "20140829"
    assert leader["整改任务：整治“庸懒散”，严格考勤和首问负责"] == "20140829"
    assert "整改任务：改进文风会风" not in "".join(leader)
    assert days_of(sample_session, "p07")["整改任务：经费审查全覆盖"] == "20141031"
    assert days_of(sample_session, "p17")["整改任务：女职工权益维护热线"] == "20141128"  # heads D08


def test_nobody_else_has_it_and_a_sample_without_tasks_has_none(sample_session: Session) -> None:
    assert days_of(sample_session, "p02") == {}
    bring(sample_session, TASKS.read_bytes())

    assert days_of(sample_session, "p55") == {}


def test_calendars_follow_a_task_that_changes(sample_session: Session) -> None:
    feed, _ = addresses.issue(sample_session, OPERATOR, a_clock(), Owner(Scope.PERSON, PersonId("p02")))

    def revision() -> int:
        state = load_feeds.state(sample_session, load_feeds.digest_of(sample_session, feed.id))
        assert state
        return state.revision

    first = revision()
    bring(sample_session, TASKS.read_bytes())
    second = revision()
    bring(sample_session, TASKS.read_bytes())
    assert first < second == revision()
    bring(sample_session, "id,title,due,lead_unit\nZ03,清理超标准办公用房,2014-09,D02\n".encode())
    third = revision()
    assert second < third
    assert days_of(sample_session, "p02")["整改任务：清理超标准办公用房"] == "20140930"
    tasks.set_state(sample_session, OPERATOR, "Z03", TaskEntry(TaskState.UNDER_WAY), a_clock())
    assert revision() == third
    tasks.set_state(sample_session, OPERATOR, "Z03", TaskEntry(TaskState.STANDING), a_clock())
    assert revision() > third
    assert "整改任务：清理超标准办公用房" not in days_of(sample_session, "p02")


def test_new_head_of_a_unit_takes_its_tasks_over(sample_session: Session) -> None:
    bring(sample_session, TASKS.read_bytes())
    report = imports.run(
        sample_session,
        OPERATOR,
        [imports.Upload("units.csv", "id,name,head\nD08,女职工部,p55\n".encode())],
        None,
        dry_run=False,
        clock=a_clock(),
    )
    assert not report.errors
    assert days_of(sample_session, "p55")["整改任务：女职工权益维护热线"] == "20141128"


def numbered(session: Session, person: str, title: str) -> tuple[str, str, str]:
    """Day, SEQUENCE and LAST-MODIFIED of an entry in somebody's calendar."""
    calendar = content.once(session, PersonId(person), a_clock(), "zh", "").replace(b"\r\n ", b"").decode()
    [event] = [e for e in calendar.split("BEGIN:VEVENT")[1:] if title in e]

    def said(name: str) -> str:
        match = re.search(rf"{name}[^:]*:(\S+)", event)
        return match[1] if match else "0"

    return said("DTSTART"), said("SEQUENCE"), said("LAST-MODIFIED")


def test_sequence_rises_with_the_day_and_the_title_and_with_nothing_else(sample_session: Session) -> None:
    bring(sample_session, TASKS.read_bytes())
    first = numbered(sample_session, "p02", "清理超标准办公用房")
    assert first[:2] == ("20140829", "0")
    bring(sample_session, TASKS.read_bytes())
    bring(sample_session, "id,title,due,leader\nZ03,清理超标准办公用房,2014-08,p07\n".encode())
    assert numbered(sample_session, "p07", "清理超标准办公用房")[:2] == ("20140829", "0")
    bring(sample_session, "id,title,due,leader\nZ03,清理超标准办公用房,2014-09,p02\n".encode())
    later = numbered(sample_session, "p02", "清理超标准办公用房")
    assert later[:2] == ("20140930", "1")
    assert later[2] > first[2]
    bring(sample_session, "id,title,due\nZ03,清理办公用房,2014-09\n".encode())
    renamed = numbered(sample_session, "p02", "清理办公用房")
    assert (renamed[:2], renamed[2] > later[2]) == (("20140930", "2"), True)
    bring(sample_session, "id,title,due\nZ03,清理办公用房,2014-08\n".encode())
    assert numbered(sample_session, "p02", "清理办公用房")[:2] == ("20140829", "3")


def test_a_task_that_stands_for_good_and_falls_due_again_comes_back_with_a_larger_sequence(
    sample_session: Session,
) -> None:
    bring(sample_session, TASKS.read_bytes())
    tasks.set_state(sample_session, OPERATOR, "Z03", TaskEntry(TaskState.STANDING), a_clock())
    bring(sample_session, "id,title,due\nZ03,清理超标准办公用房,2014-08\n".encode())

    assert numbered(sample_session, "p02", "清理超标准办公用房")[:2] == ("20140829", "2")


def test_a_day_that_the_workday_table_moves_is_followed_once(sample_session: Session) -> None:
    bring(sample_session, TASKS.read_bytes())
    feed, _ = addresses.issue(sample_session, OPERATOR, a_clock(), Owner(Scope.PERSON, PersonId("p02")))
    first = load_feeds.state(sample_session, load_feeds.digest_of(sample_session, feed.id))
    workdays.edit_day(sample_session, OPERATOR, date(2014, 8, 29), Workday(is_workday=False, note="假"), a_clock())

    assert changes.catch_up(sample_session, a_clock()) > 0
    assert changes.catch_up(sample_session, a_clock()) == 0
    then = load_feeds.state(sample_session, load_feeds.digest_of(sample_session, feed.id))
    assert first
    assert then
    assert then.revision == first.revision + 1
    assert numbered(sample_session, "p02", "清理超标准办公用房")[:2] == ("20140828", "1")


def test_an_import_that_is_taken_back_raises_it_once_more(sample_session: Session) -> None:
    bring(sample_session, TASKS.read_bytes())
    data = "id,title,due\nZ03,清理超标准办公用房,2014-09\n".encode()
    report = imports.run(
        sample_session, OPERATOR, [imports.Upload("t.csv", data)], None, dry_run=False, clock=a_clock()
    )
    assert report.id
    undoing.undo(sample_session, OPERATOR, report.id, a_clock())

    assert numbered(sample_session, "p02", "清理超标准办公用房")[:2] == ("20140829", "2")
