"""Rectification tasks in calendars: on the last workday of their month, for the leader and the head of the lead unit."""

import re

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.core.programme.tasks import TaskState
from scheduler.services.feeds import addresses, content
from scheduler.services.imports import run as imports
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
