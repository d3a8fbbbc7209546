"""Study hours, held against those asked: of the targets of a campaign, or of the leadership team where none are set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.spans import DayRange, midnight, next_midnight
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions import study, targets
from scheduler.core.sessions.mending import Mending, mending
from scheduler.core.sessions.study import Attendance, Studied, StudyReport, sessions_needed
from scheduler.core.sessions.targets import StudyTarget
from scheduler.services.ground.rosters import RostersUntil
from scheduler.store import load

__all__ = [
    "Studied",
    "StudiedTarget",
    "StudyOverview",
    "StudyReport",
    "attendance",
    "lacking",
    "own",
    "report",
    "sessions_needed",
]

USUAL_DAYS = 7
"""Days of study asked when there is no campaign that says so."""


@dataclass(frozen=True, slots=True)
class StudiedTarget:
    """One target, and how far everybody is whom it concerns."""

    target: StudyTarget
    report: StudyReport
    will_miss: Mapping[PersonId, float] = field(default_factory=dict)
    """The hours that each will lack on the last day of the target, if they come to every session that is booked until then."""
    mendings: tuple[Mending, ...] = ()
    """Of each of these, what would mend it."""


@dataclass(frozen=True, slots=True)
class StudyOverview:
    """The study hours on a day: of the first target as a whole, and of each."""

    targets: tuple[StudiedTarget, ...]

    @property
    def first(self) -> StudyReport:
        """The hours of the first target, which is the leadership team's where no other is set."""
        return self.targets[0].report

    @property
    def set_targets(self) -> tuple[StudiedTarget, ...]:
        """The targets that are set; none where the campaign's days of study are asked as usual."""
        return tuple(studied for studied in self.targets if studied.target.id)


def report(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> StudyOverview:
    """The study hours as of a day (today when None), target by target, in a campaign or the one that the day means."""
    access.require(actor, Action.SEE_STUDY)
    return _Study(session, load.as_of(session, day, clock), campaign).overview()


def own(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> StudyReport:
    """The viewer's own study hours, by the first target that concerns them; a report about nobody if none does."""
    access.require(actor, Action.SEE_OWN_ROW)
    overview = _Study(session, load.as_of(session, day, clock), campaign).overview()
    for studied in overview.targets:
        if actor.person and (hours := studied.report.people.get(actor.person)):
            return replace(studied.report, people={actor.person: hours}, exempt=())
    return replace(overview.first, people={}, exempt=())


def lacking(
    session: Session, people: Iterable[PersonId], day: date, clock: Clock, campaign: CampaignId | None = None
) -> tuple[float, dict[PersonId, float]]:
    """The hours asked, and those that each of these people will lack on a day if they come to all that is booked."""
    facts = _Study(session, load.as_of(session, day, clock), campaign)
    target = facts.targets[0]
    sessions = facts.sessions_of(target)
    kept, hours = facts.attendance, target.hours
    return hours, study.lacking(people, sessions, kept, hours, facts.as_of, clock.now, facts.time)


def attendance(session: Session, actor: Actor, clock: Clock) -> list[Attendance]:
    """Who was at any booking, without reasons for leave."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_STUDY)
    return [replace(entry, reason="") for entry in load.attendance(session)]


class _Study:
    """What is known of study on a day, read once for all targets."""

    def __init__(self, session: Session, as_of: AsOf, campaign: CampaignId | None = None) -> None:
        self.session, self.as_of = session, as_of
        self.campaign = load.campaign(session, as_of.day, campaign)
        self.time = load.working_time(session)
        sessions = load.bookings(session, kinds=(Kind.STUDY_SESSION,))
        self.sessions = [held for held in sessions if choosing.holds(self.campaign, held)]
        self.attendance = load.attendance(session)
        self.targets = self._targets()

    def _targets(self) -> Sequence[StudyTarget]:
        """The targets that are set; without any, the days of study that the campaign asks of the leadership team."""
        set_targets = load.study_targets(self.session, self.campaign.id if self.campaign else None)
        return set_targets or [_usual_target(self.campaign, self.as_of.day, self.time)]

    def overview(self) -> StudyOverview:
        """Every target with its people."""
        roster = load.roster(self.session, self.as_of.day)
        rosters = RostersUntil(self.session, roster)
        exemptions = load.study_exemptions(self.session)
        studied = []
        for target in self.targets:
            people = targets.members(target, roster)
            since = dict.fromkeys(people, target.first)
            if target.is_pro_rata and target.first <= self.as_of.day:
                since |= targets.joined(target, rosters.stretches(DayRange(target.first, self.as_of.day)), people)
            exempt = targets.exempted(target, exemptions, self.as_of.day)
            required = targets.hours_asked(target, since, exempt, self.time)
            sessions = self.sessions_of(target)
            hours = study.report(people, sessions, self.attendance, target.hours, self.as_of, self.time, required)
            will_miss = self._will_miss(target, people, sessions, required)
            studied.append(StudiedTarget(target, hours, will_miss, self._mendings(target, people, sessions, required)))
        return StudyOverview(tuple(studied))

    def _will_miss(
        self,
        target: StudyTarget,
        people: Sequence[PersonId],
        sessions: list[Booking],
        required: Mapping[PersonId, float],
    ) -> Mapping[PersonId, float]:
        """Who will not have the hours by the last day; of a target without one nobody can say."""
        if not target.id or target.last < self.as_of.day:
            return {}
        return self._lacking_on(target.last, target, people, sessions, required)

    def _mendings(
        self,
        target: StudyTarget,
        people: Sequence[PersonId],
        sessions: list[Booking],
        required: Mapping[PersonId, float],
    ) -> tuple[Mending, ...]:
        """What would mend that some will lack hours, on the day when that is asked first."""
        day = self._checked_on(target)
        if day is None:
            return ()
        days = self.as_of.day, day
        return tuple(
            mending(person, missing, sessions, self.attendance, days, self.time)
            for person, missing in self._lacking_on(day, target, people, sessions, required).items()
        )

    def _checked_on(self, target: StudyTarget) -> date | None:
        """The last day of a target, or, of the first, the democratic life meeting before which it must hold; None: past."""
        days = [target.last] if target.id else []
        if self.campaign and target is self.targets[0]:
            days += [day for key, day in self.campaign.milestones.items() if key == Kind.DEMOCRATIC_LIFE_MEETING]
        return min((day for day in days if day >= self.as_of.day), default=None)

    def _lacking_on(
        self,
        day: date,
        target: StudyTarget,
        people: Sequence[PersonId],
        sessions: list[Booking],
        required: Mapping[PersonId, float],
    ) -> dict[PersonId, float]:
        check = AsOf(day, next_midnight(day, self.as_of.zone), self.as_of.zone)
        return study.lacking(
            people, sessions, self.attendance, target.hours, check, self.as_of.moment, self.time, required
        )

    def sessions_of(self, target: StudyTarget) -> list[Booking]:
        """The sessions within the days of a target: what was studied in an earlier campaign does not count again."""
        begins, ends = midnight(target.first, self.as_of.zone), midnight(target.last + _DAY, self.as_of.zone)
        return [held for held in self.sessions if begins <= held.span.start < ends]


_DAY = timedelta(days=1)
_FIRST, _LAST = date.min, date.max - _DAY


def _usual_target(campaign: Campaign | None, day: date, time: WorkingTime) -> StudyTarget:
    """What is asked where no target is set: of the leadership team, from the beginning of the campaign on."""
    hours = (campaign.study_days if campaign else USUAL_DAYS) * time.day_hours
    first = campaign.starts if campaign and campaign.starts <= day else _FIRST
    return StudyTarget("", hours, first, _LAST, campaign=campaign.id if campaign else None)
