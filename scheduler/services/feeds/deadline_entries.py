"""Deadlines of talks that an occurrence made necessary, in the calendars of their people: an all-day entry on the last day.

They follow what the rules make of the occurrences (`follow`), and feeds show what stood then: a feed is the same to the byte
until its revision rises. Neither what happened stands there, nor that anything did.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from scheduler.core.coverage import deadlines as core
from scheduler.core.coverage.deadlines import TalkDeadline
from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.services.coverage import report
from scheduler.services.feeds.entries import names_of
from scheduler.services.ground import organisation
from scheduler.store import load, save, writing
from scheduler.store.feeds import deadlines as store
from scheduler.store.feeds.deadlines import StandingDeadline
from scheduler.wording.texts import say, within
from scheduler.wording.vocabularies import speaking

if TYPE_CHECKING:
    from scheduler.ical.write import CalendarEntry

_SUMMARY = within("feed", "谈话截止：%(name)s")
_NAMELESS = within("feed", "谈话截止")
_BEFORE_ANY = 1_400_000_000
"""Seconds of 2014: SEQUENCE counts from here, so that it is larger when a deadline comes back, and stays below 2³¹."""


def entries(session: Session, feed: Feed) -> list[bytes]:
    """The deadlines that somebody's feed shows; nothing for any other feed."""
    if feed.person is None or not (standing := list(store.standing(session, feed.person))):
        return []
    from scheduler.ical import write  # slow to import, and whoever only writes bookings needs none of it

    zone = load.organisation(session).zone
    names = names_of(session, {each.deadline.partner for each in standing if each.deadline.partner})
    shown = [
        (each, Span(midnight(each.deadline.day, zone), next_midnight(each.deadline.day, zone))) for each in standing
    ]
    with speaking(organisation.spoken(session)):
        return [
            write.event(_entry(each, span, feed, names), zone) for each, span in shown if _is_shown(each, span, feed)
        ]


def _is_shown(standing: StandingDeadline, span: Span, feed: Feed) -> bool:
    """Whether a feed reaches to a deadline, and is of its campaign."""
    start, end = feed.reach.start, feed.reach.end
    is_within = feed.within in (None, standing.deadline.campaign)
    return is_within and not (start and span.end <= start) and not (end and span.start >= end)


def _entry(standing: StandingDeadline, span: Span, feed: Feed, names: Mapping[PersonId, str]) -> "CalendarEntry":
    """One of them; without a name where the feed shows none, or any of several will do."""
    from scheduler.ical import identity, write

    deadline = standing.deadline
    name = "" if feed.options.hides_names or not deadline.partner else names.get(deadline.partner, deadline.partner)
    return write.CalendarEntry(
        uid=identity.uid_of_deadline(store.name_of(deadline)),
        summary=say(_SUMMARY if name else _NAMELESS, feed.language, name=name),
        span=span,
        created_at=standing.since,
        revised_at=standing.since,
        sequence=int(standing.since.timestamp()) - _BEFORE_ANY,
        is_confidential=True,
        is_free=True,
        is_of_days=True,
    )


def follow(session: Session, clock: Clock) -> int:
    """Let calendars show the deadlines of today; how many people's changed."""
    before = {standing.deadline for standing in store.standing(session)}
    now = _of_today(session, clock)
    if before == now:
        return 0
    writing.begin(session)
    before = {standing.deadline for standing in store.standing(session)}
    now = _of_today(session, clock)
    store.stand(session, now - before, before - now, clock.real)
    people = {deadline.person for deadline in before ^ now}
    save.raise_revisions(session, {f"p:{person}" for person in people}, clock)
    session.commit()
    return len(people)


def _of_today(session: Session, clock: Clock) -> set[TalkDeadline]:
    """The deadlines that follow from what befell people, as things stand today."""
    if not load.occurrences(session):
        return set()
    reports = report.after_occurrences(session, OPERATOR, None, clock)
    return core.deadlines((each.rule_set.campaign, each.coverage) for each in reports)
