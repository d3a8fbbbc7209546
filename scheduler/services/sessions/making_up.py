"""Make-ups for those who will miss a study target: what would mend it is entered at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId
from scheduler.core.sessions import study
from scheduler.core.sessions.study import Attendance
from scheduler.services.ground import journal
from scheduler.services.sessions.study import report
from scheduler.store import load, save, writing

NEAR = timedelta(days=60)
"""So far ahead there is a workday."""


@dataclass(frozen=True, slots=True)
class MakeUp:
    """A missed session that somebody makes up on a day."""

    person: PersonId
    session: BookingId
    makeup_date: date


@writing.verb
def make_up(
    session: Session,
    actor: Actor,
    people: Collection[PersonId],
    on: date | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> tuple[MakeUp, ...]:
    """Enter the make-ups by which these people (none: all) will reach their targets, on a day (None: the next workday).

    All of them or none. Raises NotFound for somebody for whom none would help, Refused for a day before a session.
    """
    access.require(actor, Action.EDIT_ATTENDANCE)
    targets = report(session, actor, None, clock, campaign).targets
    writing.begin(session)
    time = load.working_time(session)
    today = clock.today(time.zone)
    day = on or next(time.workdays_between(today + timedelta(days=1), today + NEAR))
    entries = {
        (mending.person, missed.session): Attendance(missed.session, mending.person, missed.status, day, missed.reason)
        for studied in targets
        for mending in studied.mendings
        for missed in mending.make_ups
        if not people or mending.person in people
    }
    if beyond_help := set(people) - {person for person, _ in entries}:
        raise NotFound("make_up", min(beyond_help))
    for entry in entries.values():
        if finding := study.refused(entry, load.booking(session, entry.session), clock.now, time.zone):
            raise Refused((finding,))
        journal.note(
            session, actor, "attended", "study_session", entry.session, clock, person=entry.person, day=day.isoformat()
        )
    save.attendance(session, list(entries.values()), clock)
    return tuple(MakeUp(entry.person, entry.session, day) for entry in entries.values())
