"""The rectification ledger: states, lateness, who sets what, and days in calendars."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Roster, Unit
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.programme import tasks
from scheduler.core.programme.tasks import RectificationTask, TaskState

LEADER, HEAD, ACTING, OTHER = map(PersonId, ("p01", "p11", "p12", "p13"))
ROSTER = Roster(date(2014, 8, 1), units={UnitId("D1"): Unit(UnitId("D1"), "办公室", head=HEAD, acting_head=ACTING)})
TASK = RectificationTask("Z1", "甲", date(2014, 8, 31), LEADER, UnitId("D1"), opened_on=date(2014, 6, 10))
STANDING = replace(TASK, id="Z2", due=None, opened_on=None)
OPEN, UNDER_WAY, DONE = TaskState.OPEN, TaskState.UNDER_WAY, TaskState.DONE


def day(number: int, month: int = 8) -> date:
    return date(2014, month, number)


def a_member(person: PersonId) -> Actor:
    return Actor(person, frozenset({Role.MEMBER}))


def test_state_follows_from_days() -> None:
    closed = replace(TASK, started_on=day(1, 7), closed_on=day(15))

    assert [closed.state(d) for d in (day(30, 6), day(1, 7), day(14), day(15))] == [OPEN, UNDER_WAY, UNDER_WAY, DONE]
    assert STANDING.state(day(1)) is TaskState.STANDING


def test_task_is_late_once_its_month_is_over() -> None:
    assert [TASK.is_late(d) for d in (day(31), day(1, 9))] == [False, True]
    assert not replace(TASK, closed_on=day(2, 9)).is_late(day(2, 9))
    assert not STANDING.is_late(date(2030, 1, 1))


def test_ledger_holds_what_was_opened_by_a_day() -> None:
    ledger = tasks.ledger([STANDING, replace(TASK, id="Z10"), TASK], day(1, 9))

    assert [line.task.id for line in ledger.lines] == ["Z1", "Z2", "Z10"]
    assert ledger.late == ("Z1", "Z10")
    assert ledger.by_state == {OPEN: 2, UNDER_WAY: 0, DONE: 0, TaskState.STANDING: 1}
    assert [line.task.id for line in tasks.only_late(ledger).lines] == ["Z1", "Z10"]
    assert tasks.ledger([TASK], day(9, 6)).lines == ()


def test_leader_and_heads_of_the_lead_unit_answer_for_it() -> None:
    assert tasks.answering(TASK, ROSTER) == (LEADER, HEAD, ACTING)
    assert tasks.answering(replace(TASK, lead_unit=None), ROSTER) == (LEADER,)
    assert not tasks.concerns(TASK, None, ROSTER)
    assert tasks.may_see(a_member(HEAD), TASK, ROSTER)
    assert not tasks.may_see(a_member(OTHER), TASK, ROSTER)
    assert tasks.may_see(Actor(OTHER, frozenset({Role.SUPERVISOR})), TASK, ROSTER)


def test_nobody_closes_a_task_they_lead() -> None:
    organizer = Actor(LEADER, frozenset({Role.ORGANIZER}))

    assert tasks.choices(OPERATOR, TASK, ROSTER) == (OPEN, UNDER_WAY, DONE)
    assert tasks.choices(replace(organizer, person=OTHER), TASK, ROSTER) == (OPEN, UNDER_WAY, DONE)
    assert tasks.choices(organizer, TASK, ROSTER) == tasks.choices(a_member(HEAD), TASK, ROSTER) == (OPEN, UNDER_WAY)
    assert tasks.choices(a_member(OTHER), TASK, ROSTER) == tasks.choices(OPERATOR, STANDING, ROSTER) == ()


def test_objections_to_a_state() -> None:
    def objection(task: RectificationTask, state: TaskState, by: PersonId | None, on: date) -> str | None:
        finding = tasks.objection(task, state, by, on)
        return finding.kind if finding else None

    assert objection(TASK, DONE, OTHER, day(9, 6)) == "task_not_open_yet"
    assert objection(STANDING, DONE, OTHER, day(1)) == "task_stands"
    assert objection(TASK, DONE, LEADER, day(1)) == "task_closed_by_leader"
    assert objection(TASK, UNDER_WAY, LEADER, day(1)) is objection(TASK, DONE, None, day(1)) is None
    assert objection(STANDING, TaskState.STANDING, OTHER, day(1)) is None


def test_state_is_set_from_a_day_on() -> None:
    begun = tasks.set_to(TASK, UNDER_WAY, OTHER, day(1))
    closed = tasks.set_to(begun, DONE, OTHER, day(15))

    assert (begun.started_on, closed.closed_on, closed.closed_by) == (day(1), day(15), OTHER)
    assert tasks.set_to(closed, DONE, HEAD, day(20)) == closed
    assert tasks.set_to(closed, UNDER_WAY, OTHER, day(20)) == begun
    assert tasks.set_to(begun, UNDER_WAY, OTHER, day(20, 7)).started_on == day(20, 7)
    assert tasks.set_to(closed, OPEN, OTHER, day(20)) == TASK
    assert tasks.set_to(TASK, TaskState.STANDING, OTHER, day(20)).due is None


def test_calendars_have_it_on_the_last_workday_of_its_month() -> None:
    time = WorkingTime(ZoneInfo("Asia/Shanghai"))
    off = replace(time, days={d: Workday(is_workday=False) for d in (day(n) for n in range(1, 32))})

    assert tasks.feed_day(TASK, time) == day(29)  # the 31st is a Sunday
    assert tasks.feed_day(TASK, off) == day(31)
    assert tasks.feed_day(STANDING, time) is None


def test_task_whose_leader_has_left_is_told_until_it_is_done() -> None:
    nobodys = replace(TASK, id="Z3", leader=None)
    ledger = tasks.ledger([TASK, STANDING, nobodys, replace(TASK, id="Z4", closed_on=day(1))], day(2), {OTHER})

    assert [(finding.kind, finding.subject) for finding in ledger.findings] == [
        ("task_without_leader", "Z1"), ("task_without_leader", "Z2"), ("task_without_leader", "Z3"),
    ]  # fmt: skip
    assert [line.is_ownerless for line in tasks.ledger([TASK, nobodys], day(2)).lines] == [False, True]
    assert tasks.ledger([TASK], day(2), {LEADER}).findings == ()
