"""Study hours, held against those asked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.ground.spans import midnight
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions import study
from scheduler.core.sessions.study import Attendance, Studied, StudyReport, sessions_needed
from scheduler.store import load

__all__ = ["Studied", "StudyReport", "attendance", "lacking", "own", "report", "sessions_needed"]

USUAL_DAYS = 7
"""Days of study asked when there is no campaign that says so."""


def report(session: Session, actor: Actor, day: date | None, clock: Clock) -> StudyReport:
    """The study hours of the leadership team as of a day (today when None)."""
    access.require(actor, Action.SEE_STUDY)
    as_of = load.as_of(session, day, clock)
    return _report(session, load.roster(session, as_of.day).members(LEADERSHIP_TEAM), as_of)


def own(session: Session, actor: Actor, day: date | None, clock: Clock) -> StudyReport:
    """The viewer's own study hours; a report about nobody if none are asked of them."""
    access.require(actor, Action.SEE_OWN_ROW)
    as_of = load.as_of(session, day, clock)
    team = load.roster(session, as_of.day).members(LEADERSHIP_TEAM)
    return _report(session, [person for person in team if person == actor.person], as_of)


def lacking(
    session: Session, people: Iterable[PersonId], day: date, clock: Clock
) -> tuple[float, dict[PersonId, float]]:
    """The hours asked, and those that each of these people will lack on a day if they come to all that is booked."""
    as_of = load.as_of(session, day, clock)
    campaign = load.campaign(session, as_of.day)
    sessions = _since(load.bookings(session, kinds=(Kind.STUDY_SESSION,)), campaign, as_of)
    time = load.working_time(session)
    hours = _required_hours(campaign, time)
    return hours, study.lacking(people, sessions, load.attendance(session), hours, as_of, clock.now, time)


def attendance(session: Session, actor: Actor, clock: Clock) -> list[Attendance]:
    """Who was at any booking, without reasons for leave."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_STUDY)
    return [replace(entry, reason="") for entry in load.attendance(session)]


def _report(session: Session, people: Iterable[PersonId], as_of: AsOf) -> StudyReport:
    campaign = load.campaign(session, as_of.day)
    sessions = load.bookings(session, kinds=(Kind.STUDY_SESSION,))
    time = load.working_time(session)
    hours = _required_hours(campaign, time)
    return study.report(people, _since(sessions, campaign, as_of), load.attendance(session), hours, as_of, time)


def _required_hours(campaign: Campaign | None, time: WorkingTime) -> float:
    """The days of study that a campaign asks, in hours."""
    return (campaign.study_days if campaign else USUAL_DAYS) * time.day_hours


def _since(sessions: Iterable[Booking], campaign: Campaign | None, as_of: AsOf) -> list[Booking]:
    """The sessions since the campaign began: what was studied in an earlier one does not count again."""
    if campaign is None or campaign.starts > as_of.day:
        return list(sessions)
    begins = midnight(campaign.starts, as_of.zone)
    return [held for held in sessions if held.span.start >= begins]
