"""What was known on a day: reports and papers as they were then, and what was corrected since."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import AsOf, Booking
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.ground.spans import DayRange, next_midnight
from scheduler.core.papers import known
from scheduler.core.papers.known import FactChange, KnownOn, Said
from scheduler.core.programme.tasks import RectificationTask
from scheduler.core.sessions.study import Attendance
from scheduler.store import load
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact
from scheduler.store.programme import load as records
from scheduler.store.programme.load import EVERY

T = TypeVar("T")
Changed = Mapping[Fact, datetime]
"""What was changed since, and when last."""


@dataclass(frozen=True, slots=True)
class FactsKnown:
    """What is known of the changed facts at one time."""

    bookings: Mapping[str, Booking]
    attendance: Mapping[tuple[str, str], Attendance]
    tasks: Mapping[str, RectificationTask]
    milestones: Mapping[tuple[str, str], date]


def moment_of(session: Session, day: date) -> datetime:
    """Up to when something had to be entered to be known on a day: its end."""
    return next_midnight(day, load.organisation(session).zone)


def of_changed(session: Session, changed: Changed) -> FactsKnown:
    """What is known of these facts, by the session as it reads now."""
    ids = {fact.key for fact in changed if fact.noun in ("booking", "attendance")}
    pairs = {(fact.key, fact.person) for fact in changed if fact.noun == "attendance"}
    keys = {fact.key for fact in changed}
    return FactsKnown(
        {b.id: b for b in load.bookings(session, ids=[BookingId(key) for key in ids])} if ids else {},
        {(a.session, a.person): a for a in load.attendance(session) if (a.session, a.person) in pairs} if pairs else {},
        {task.id: task for task in records.tasks(session, EVERY) if task.id in keys},
        {(c.id, key): day for c in load.campaigns(session) if c.id in keys for key, day in c.milestones.items()},
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was known of the changed facts then, held against now, in a report of some days."""

    then: FactsKnown
    now: FactsKnown
    changed: Changed
    days: DayRange
    as_of: AsOf

    def told(self, session: Session, actor: Actor, day: date, campaign: CampaignId | None) -> KnownOn:
        """What differs, as far as the viewer may see it and the report goes by it; the first entered first."""
        changes = [
            *self._bookings(actor),
            *self._attendance(actor),
            *self._tasks(campaign),
            *self._milestones(campaign),
        ]
        begun = former.begun(session)
        return KnownOn(
            day,
            tuple(sorted(changes, key=lambda change: (change.at, change.noun, change.subject))),
            begun.astimezone(self.as_of.zone).date() if begun else None,
        )

    def _bookings(self, actor: Actor) -> Iterator[FactChange]:
        for fact, at in self._of("booking"):
            then, now = self.then.bookings.get(fact.key), self.now.bookings.get(fact.key)
            seen = [b for b in (then, now) if b and known.concerns(b, self.days, self.as_of)]
            if not seen or not all(access.may_see_booking(actor, b) for b in (then, now) if b):
                continue
            said = _differing(then, now, lambda b: known.of_booking(b, self.as_of))
            if said:
                last = now or seen[0]
                people = last.people if last.is_talk else ()
                yield FactChange("booking", fact.key, at, *said, last.kind, last.day(self.as_of.zone), people)

    def _attendance(self, actor: Actor) -> Iterator[FactChange]:
        for fact, at in self._of("attendance"):
            booking = self.now.bookings.get(fact.key) or self.then.bookings.get(fact.key)
            key = (fact.key, fact.person or "")
            then, now = self.then.attendance.get(key), self.now.attendance.get(key)
            made_up = (entry.makeup_date for entry in (then, now) if entry)
            is_meant = booking and known.concerns(booking, self.days, self.as_of)
            said = _differing(then, now, known.of_attendance)
            if (
                booking
                and said
                and access.may_see_booking(actor, booking)
                and (is_meant or any(day in self.days for day in made_up if day))
            ):
                who = tuple(entry.person for entry in (now or then,) if entry)
                day = booking.day(self.as_of.zone)
                yield FactChange("attendance", fact.key, at, *said, booking.kind, day, who)

    def _tasks(self, campaign: CampaignId | None) -> Iterator[FactChange]:
        for fact, at in self._of("task"):
            then, now = self.then.tasks.get(fact.key), self.now.tasks.get(fact.key)
            said = _differing(then, now, lambda task: known.of_task(task, self.as_of.day))
            if said and any(task.campaign == campaign for task in (then, now) if task):
                yield FactChange("task", fact.key, at, *said)

    def _milestones(self, campaign: CampaignId | None) -> Iterator[FactChange]:
        for fact, at in self._of("milestone"):
            both = {key for of, key in (*self.then.milestones, *self.now.milestones) if of == fact.key == campaign}
            for key in sorted(both):
                then, now = self.then.milestones.get((fact.key, key)), self.now.milestones.get((fact.key, key))
                if said := _differing(then, now, lambda day: {"day": day.isoformat()}):
                    yield FactChange("milestone", key, at, *said)

    def _of(self, noun: str) -> Iterable[tuple[Fact, datetime]]:
        return ((fact, at) for fact, at in self.changed.items() if fact.noun == noun)


def _differing(then: T | None, now: T | None, say: Callable[[T], Said]) -> tuple[Said | None, Said | None] | None:
    return known.difference(say(then) if then else None, say(now) if now else None)
