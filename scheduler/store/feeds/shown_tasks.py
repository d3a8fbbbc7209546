"""How rectification tasks stand in calendars, and how often that changed. Each is a resource of its own (`t:…`), kept for good.

So SEQUENCE never falls, also when a task leaves a calendar and comes back.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.upserts import table_of

_PREFIX = "t:"
_ROW = table_of(CalendarRevisionRow).c


@dataclass(frozen=True, slots=True)
class ShownTask:
    """What a calendar shows of a task."""

    task: str
    day: date | None
    """None: it stands in no calendar."""
    title: str

    @property
    def resource(self) -> str:
        """What it is called."""
        return _PREFIX + json.dumps([self.task, str(self.day or ""), self.title], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class StandingTask:
    """A task as it stands in calendars, how often that changed, and when last (real time)."""

    shown: ShownTask
    changes: int
    since: datetime


def standing(session: Session) -> dict[str, StandingTask]:
    """The tasks as they stand in calendars, by id."""
    query = select(_ROW.resource, _ROW.revision, _ROW.changed_at).where(_ROW.resource.startswith(_PREFIX))
    several = [StandingTask(_shown(name), revision - 1, since) for name, revision, since in session.execute(query)]
    return {each.shown.task: each for each in several}


def stand(session: Session, now: Collection[ShownTask], before: dict[str, StandingTask], since: datetime) -> None:
    """Let tasks stand like this from now on; the time of one that stood otherwise rises by a second at least."""
    table = table_of(CalendarRevisionRow)
    for shown in now:
        stood = before.get(shown.task)
        if stood is None:
            session.execute(insert(table).values(resource=shown.resource, revision=1, changed_at=since))
            continue
        later = max(since, stood.since + timedelta(seconds=1))
        values = {"resource": shown.resource, "revision": _ROW.revision + 1, "changed_at": later}
        session.execute(update(table).where(_ROW.resource == stood.shown.resource).values(values))


def _shown(resource: str) -> ShownTask:
    """The task that is called so."""
    task, day, title = json.loads(resource.removeprefix(_PREFIX))
    return ShownTask(task, date.fromisoformat(day) if day else None, title)
