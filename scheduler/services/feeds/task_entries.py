"""Rectification tasks in the calendars of those who answer for them: an all-day entry on the last workday of the month they are due in.

What an entry shows may change with the task and with the workday table; how often it did is kept (`revise`), and SEQUENCE and
LAST-MODIFIED rise with it and with nothing else.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.organisation.facts import Became, Change, Subject
from scheduler.core.programme import tasks as core
from scheduler.core.programme.tasks import RectificationTask
from scheduler.services.ground import organisation
from scheduler.store import load, save, writing
from scheduler.store.feeds import shown_tasks as store
from scheduler.store.feeds.shown_tasks import ShownTask, StandingTask
from scheduler.store.programme import load as load_records
from scheduler.store.programme import load_tasks
from scheduler.store.programme.load import EVERY
from scheduler.wording.texts import say, within
from scheduler.wording.vocabularies import speaking

if TYPE_CHECKING:
    from scheduler.ical.write import CalendarEntry

_SUMMARY = within("feed", "整改任务：%(title)s")
_SHOWN = {"title", "due", "leader", "lead_unit"}
"""What an entry depends on."""


def entries(session: Session, feed: Feed) -> list[bytes]:
    """The tasks that somebody answers for, as far as their feed reaches; nothing for any other feed."""
    if feed.person is None or not (tasks := load_tasks.answered_by(session, feed.person)):
        return []
    from scheduler.ical import write  # slow to import, and whoever only writes bookings needs none of it

    table, stand = load.working_time(session), store.standing(session)
    with speaking(organisation.spoken(session)):
        entered = [each for task in tasks for each in _entry(session, task, feed, table, stand.get(task.id))]
        return [write.event(entry, table.zone) for entry in entered]


def _entry(
    session: Session, task: RectificationTask, feed: Feed, table: WorkingTime, stood: StandingTask | None
) -> "Iterator[CalendarEntry]":
    """The entry of a task, if the person answers for it on its day and the feed reaches there."""
    from scheduler.ical import identity, write

    day = core.feed_day(task, table)
    if day is None or not (feed.person == task.leader or feed.person in load_tasks.heads(session, task.lead_unit, day)):
        return
    span = Span(midnight(day, table.zone), next_midnight(day, table.zone))
    start, end = feed.reach.start, feed.reach.end
    if (start and span.end <= start) or (end and span.start >= end):
        return
    said_on = datetime.combine(task.opened_on or day, time.min, UTC)
    yield write.CalendarEntry(
        uid=identity.uid_of_task(task.id, feed.owner.id),
        summary=say(_SUMMARY, feed.language, title=task.title),
        span=span,
        created_at=said_on,
        revised_at=stood.since if stood and stood.changes else said_on,
        sequence=stood.changes if stood else 0,
        is_free=True,
        is_of_days=True,
    )


def revise(session: Session, clock: Clock) -> set[PersonId]:
    """Note, within the caller's transaction, which tasks stand otherwise in calendars now; in whose that shows."""
    before = store.standing(session)
    if not (changed := _changed(session, before)):
        return set()
    store.stand(session, changed, before, clock.real)
    return {p for shown in changed if shown.task in before for p in load_tasks.ever_answering(session, shown.task)}


def follow(session: Session, clock: Clock) -> int:
    """Let calendars follow what else moved a task's day, such as the workday table; how many people's changed."""
    if not _changed(session, store.standing(session)):
        return 0
    writing.begin(session)
    people = revise(session, clock)
    save.raise_revisions(session, {f"p:{person}" for person in people}, clock)
    session.commit()
    return len(people)


def _changed(session: Session, before: Mapping[str, StandingTask]) -> list[ShownTask]:
    """The tasks that calendars show otherwise than it is kept, or that nothing is kept of."""
    if not (tasks := load_records.tasks(session, EVERY)):
        return []
    table = load.working_time(session)
    now = (ShownTask(task.id, core.feed_day(task, table), task.title) for task in tasks)
    return [shown for shown in now if shown.task not in before or before[shown.task].shown != shown]


def concerned(session: Session, changes: Collection[Change]) -> set[PersonId]:
    """Whose calendars show something else after these changes of tasks and of heads of units."""
    people: set[PersonId] = set()
    for change in changes:
        fields = {field.name: field for field in change.fields}
        if change.subject is Subject.TASK and (change.became is Became.CREATED or _SHOWN & fields.keys()):
            people |= load_tasks.ever_answering(session, change.key)
            people |= _named(change, ("leader",))
            if unit := fields.get("lead_unit"):
                people |= load_tasks.ever_heads(session, UnitId(str(unit.before)))
        elif change.subject is Subject.UNIT and {"head", "acting_head"} & fields.keys():
            people |= _named(change, ("head", "acting_head"))
    return people


def _named(change: Change, names: Collection[str]) -> set[PersonId]:
    values = (value for field in change.fields if field.name in names for value in (field.before, field.after))
    return {PersonId(str(value)) for value in values if value}
