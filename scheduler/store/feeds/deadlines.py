"""The deadlines of talks that stand in calendars. Each is a resource of its own (`d:…`), which is there as long as it stands."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scheduler.core.coverage.deadlines import TalkDeadline
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.upserts import portions, table_of

_PREFIX = "d:"
_ROW = table_of(CalendarRevisionRow).c


@dataclass(frozen=True, slots=True)
class StandingDeadline:
    """A deadline, and since when it stands in a calendar (real time)."""

    deadline: TalkDeadline
    since: datetime


def standing(session: Session, person: PersonId | None = None) -> Iterator[StandingDeadline]:
    """The deadlines that stand in the calendars of a person, or in anybody's."""
    begins = _PREFIX + (json.dumps([person], ensure_ascii=False)[:-1] + "," if person else "")
    query = select(_ROW.resource, _ROW.changed_at).where(_ROW.resource.startswith(begins, autoescape=True))
    for resource, since in session.execute(query.order_by(_ROW.resource)):
        deadline = _deadline(resource)
        if person in (None, deadline.person):
            yield StandingDeadline(deadline, since)


def stand(session: Session, new: Collection[TalkDeadline], gone: Collection[TalkDeadline], since: datetime) -> None:
    """Let deadlines stand from now on, and others no more."""
    for portion in portions([name_of(deadline) for deadline in gone]):
        session.execute(delete(table_of(CalendarRevisionRow)).where(_ROW.resource.in_(portion)))
    if new:
        rows = [{"resource": name_of(deadline), "revision": 1, "changed_at": since} for deadline in new]
        session.execute(insert(table_of(CalendarRevisionRow)), rows)


def name_of(deadline: TalkDeadline) -> str:
    """What a deadline is called: whose it is stands first."""
    of = deadline
    return _PREFIX + json.dumps(
        [of.person, of.day.isoformat(), of.occurrence, of.partner, of.campaign], ensure_ascii=False
    )


def _deadline(resource: str) -> TalkDeadline:
    """The deadline that is called so."""
    person, day, occurrence, partner, campaign = json.loads(resource.removeprefix(_PREFIX))
    return TalkDeadline(
        PersonId(person),
        PersonId(partner) if partner else None,
        date.fromisoformat(day),
        occurrence,
        CampaignId(campaign) if campaign else None,
    )
