"""What if: an org change before it is imported. Which requirements fall, come and stay, what is held already. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.bookings import free_times as core_times
from scheduler.core.bookings.free_times import FreeTime
from scheduler.core.coverage.changes import ChangeKind, CoverageChange, changes
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.organisation import appointments as core
from scheduler.core.organisation.appointments import Appointment
from scheduler.services.bookings import free_times
from scheduler.services.bookings.free_times import TimeQuery
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import Report
from scheduler.services.imports import reading, run
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.run import ImportReport
from scheduler.store import load, writing
from scheduler.store.imports import facts as standing
from scheduler.store.imports import header_readings

MINUTES = 45
"""How long a time is looked for."""
TIMED = 60
"""For so many new talks of a rule set a first free time is looked for; a whole other roster asks for hundreds."""


@dataclass(frozen=True, slots=True)
class NewTalk:
    """A requirement that comes, and when it could be met first."""

    state: RequirementState
    """Where it stands at once: what was held already may cover it."""
    first_free: FreeTime | None
    """None: it needs none, there is none within three weeks or its window, or it was not looked for."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one rule set."""

    before: Report
    after: Report
    comes: tuple[NewTalk, ...]
    falls: tuple[RequirementState, ...]
    """With what was held and booked for them."""
    changes: tuple[CoverageChange, ...]
    """What is asked before and after and stands elsewhere then."""

    @property
    def stays(self) -> int:
        """How many requirements are asked before and after."""
        return len(self.after.coverage.requirements) - len(self.comes)

    @property
    def staying(self) -> tuple[RequirementState, ...]:
        """Those, as they stand after it."""
        new = {talk.state.requirement.key for talk in self.comes}
        return tuple(state for state in self.after.coverage.requirements if state.requirement.key not in new)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would become of all rule sets."""

    as_of: date
    valid_from: date | None
    report: ImportReport
    effects: tuple[Effect, ...]
    """A rule set each; none if the files are wrong."""


@dataclass(frozen=True, slots=True)
class OrgChange:
    """What is thought of: files as they would be imported, and appointments by hand."""

    uploads: Sequence[Upload] = ()
    answers: Mapping[str, str] | None = None
    appointments: tuple[Appointment, ...] = ()
    valid_from: date | None = None
    """None: as an import takes it; of appointments, from today."""


def look(
    session: Session,
    actor: Actor,
    change: OrgChange,
    clock: Clock,
    *,
    as_of: date | None = None,
    campaign: CampaignId | None = None,
) -> WhatIf:
    """What a change would do to everything that is required, as of a day (None: today, or the day it holds from if later).

    Raises Malformed when a file cannot be read or nothing is changed, NotFound for who or what is appointed and is not there.
    """
    access.require(actor, Action.IMPORT)
    if not (change.uploads or change.appointments):
        raise Malformed("missing", "appointments")
    today = clock.today(load.organisation(session).zone)
    valid_from = change.valid_from or (today if change.appointments else None)
    day = as_of or max(today, valid_from or today)
    files = reading.open_files(change.uploads, change.answers, header_readings.kept(session))

    def verb() -> tuple[ImportReport, tuple[Effect, ...]]:
        writing.begin(session)
        try:
            standing.take_turns(session)
            before = coverage.whole(session, actor, day, clock, campaign)
            given = core.facts_of(change.appointments, load.roster(session, valid_from or today))
            report = run.Import(session, actor, files, valid_from, clock, given).report()
            session.flush()
            if report.errors:
                return report, ()
            after = coverage.whole(session, actor, day, clock, campaign)
            first = valid_from if valid_from and valid_from > today else None
            return report, _effects(session, before, after, first, clock)
        finally:
            session.rollback()

    report, effects = run.tried(session, verb)
    return WhatIf(day, valid_from, report, effects)


def _effects(
    session: Session, before: Sequence[Report], after: Sequence[Report], first: date | None, clock: Clock
) -> tuple[Effect, ...]:
    """What differs, rule set by rule set."""
    by_id = {report.rule_set.id: report for report in before}
    return tuple(
        _effect(session, by_id[report.rule_set.id], report, first, clock)
        for report in after
        if report.rule_set.id in by_id
    )


def _effect(session: Session, before: Report, after: Report, first: date | None, clock: Clock) -> Effect:
    """What differs in one rule set."""
    differing = changes(before.coverage, after.coverage)
    new = [change.after for change in differing if change.kind is ChangeKind.REQUIRED and change.after]
    return Effect(
        before,
        after,
        comes=tuple(
            NewTalk(state, _first_free(session, after, state, first, clock) if place < TIMED else None)
            for place, state in enumerate(new)
        ),
        falls=tuple(change.before for change in differing if change.kind is ChangeKind.DROPPED and change.before),
        changes=tuple(change for change in differing if change.before and change.after),
    )


def _first_free(
    session: Session, report: Report, state: RequirementState, first: date | None, clock: Clock
) -> FreeTime | None:
    """When an open requirement could be met first: of a pool, by whoever of it is free first."""
    if state.state is not CoverageState.OPEN:
        return None
    requirement = state.requirement
    couples = [requirement.pair] if requirement.pair else []
    if subject := requirement.subject:
        couples = [(subject, member) for member in requirement.pool if member != subject]
    opens = requirement.window.first
    first = max(first or opens, opens) if opens and opens > report.as_of.day else first
    times = (_free(session, report, couple, first, requirement.window, clock) for couple in couples)
    return min((time for time in times if time), key=lambda time: time.span.start, default=None)


def _free(
    session: Session,
    report: Report,
    couple: tuple[PersonId, PersonId],
    first: date | None,
    window: DayRange,
    clock: Clock,
) -> FreeTime | None:
    """The best time of two people and a room within what is left of a window, or after it within three weeks."""
    is_open = window.last is None or window.last >= (first or report.as_of.day)
    query = TimeQuery(
        Kind.TALK, MINUTES, couple, first=first, last=window.last if is_open else None, rule_set=report.rule_set.id
    )
    space = free_times.search(session, query, clock)
    return next(core_times.best(space), None) if space else None
