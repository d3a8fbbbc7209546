"""Study targets: how many hours are asked of whom, less for newcomers, and not of who is exempt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.core.ground import audiences
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM, Roster
from scheduler.core.ground.roster_history import RosterStretch
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime

MAX_HOURS = 2000
"""More hours than this a year of workdays does not have."""


@dataclass(frozen=True, slots=True)
class StudyTarget:
    """So many hours of study, asked of an audience (less another) from one day by another, both included."""

    id: str
    hours: float
    first: date
    last: date
    audience: tuple[str, ...] = (LEADERSHIP_TEAM,)
    minus: tuple[str, ...] = ()
    is_pro_rata: bool = False
    """Whether less is asked of who joins later; else the whole."""
    campaign: CampaignId | None = None

    @property
    def days(self) -> DayRange:
        """The days within which the hours are to be had."""
        return DayRange(self.first, self.last)


@dataclass(frozen=True, slots=True)
class StudyExemption:
    """Hours of a target that are not asked of somebody, and the category of why; `by` and `day`: who granted it, and when."""

    target: str
    person: PersonId
    hours: float
    reason: str = ""
    by: PersonId | None = None
    day: date | None = None


def members(target: StudyTarget, roster: Roster) -> tuple[PersonId, ...]:
    """Whom a target concerns on the day of a roster, in rank order."""
    left_out = {person for selector in target.minus for person in audiences.select(selector, roster)}
    concerned = {person for selector in target.audience for person in audiences.select(selector, roster)} - left_out
    return roster.in_rank_order(concerned)


def joined(
    target: StudyTarget, stretches: Iterable[RosterStretch], people: Collection[PersonId]
) -> dict[PersonId, date]:
    """The day on which each of these people first was concerned, from the first day of the target on."""
    since: dict[PersonId, date] = {}
    for stretch in stretches:
        for person in members(target, stretch.roster):
            if person in people and person not in since:
                since[person] = max(stretch.days.first or target.first, target.first)
    return since


def hours_asked(
    target: StudyTarget, since: Mapping[PersonId, date], exempt: Mapping[PersonId, float], time: WorkingTime
) -> dict[PersonId, float]:
    """The hours asked of each person who is concerned since a day.

    A newcomer is asked hours × workdays (joining … by) ÷ workdays (from … by), half up to one decimal, if it is pro rata;
    else the whole; less what they are exempt from, never below 0 (contract 9).
    """
    whole = _workdays(target.first, target, time) if target.is_pro_rata else 0
    hours: dict[PersonId, float] = {}
    for person, day in since.items():
        full = Decimal(str(target.hours))
        if day > target.first and whole:
            full = (full * _workdays(day, target, time) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        hours[person] = float(max(Decimal(0), full - Decimal(str(exempt.get(person, 0)))))
    return hours


def exempted(target: StudyTarget, exemptions: Sequence[StudyExemption], day: date) -> dict[PersonId, float]:
    """The hours of a target that each person is exempt from on a day."""
    hours: dict[PersonId, float] = {}
    for exemption in exemptions:
        if exemption.target == target.id and (exemption.day is None or exemption.day <= day):
            hours[exemption.person] = hours.get(exemption.person, 0) + exemption.hours
    return hours


def _workdays(first: date, target: StudyTarget, time: WorkingTime) -> int:
    return sum(1 for _ in time.workdays_between(first, target.last))
