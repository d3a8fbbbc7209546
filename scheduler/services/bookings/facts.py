"""The facts around a draft, with what the rules ask of its people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from sqlalchemy.orm import Session

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.campaigns import windows
from scheduler.core.coverage.report import cover
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import AsOf, Booking, Draft, Kind, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import DayRange, Span, midnight, next_midnight
from scheduler.core.rules.requirements import Requirement, Resolution
from scheduler.core.rules.resolution import ALREADY_MET, AppliedRuleSet, RuleFacts, RuleSetSpec, resolve
from scheduler.services.bookings import belonging, drafts
from scheduler.services.ground.rosters import RostersUntil
from scheduler.store import load

_BEGINNING, _END = datetime(1900, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)


def around(session: Session, draft: Draft, clock: Clock) -> Snapshot:
    """What is true around a draft; for a talk, also its window and the requirements that it would serve."""
    snapshot = drafts.facts(session, draft)
    if draft.kind is not Kind.TALK:
        return snapshot
    draft = belonging.placed(session, draft)
    applied = belonging.credited(session, draft)
    if applied is None:
        return _with_campaign(session, snapshot, draft)
    return _with_rules(session, draft, snapshot, applied, load.as_of(session, None, clock))


def _with_campaign(session: Session, snapshot: Snapshot, draft: Draft) -> Snapshot:
    """Without rules, talks are to be held in the campaign's window."""
    campaign = load.campaign(session, snapshot.roster.on, draft.campaign)
    if campaign is None:
        return snapshot
    return replace(snapshot, window=windows.talk_window(campaign, snapshot.working_time), window_subject=campaign.id)


def talk_windows(session: Session, draft: Draft, clock: Clock) -> tuple[tuple[DayRange, ...], str]:
    """The days on which a talk of these people is inside its window, and whose window it is; none for what has no window."""
    snapshot = drafts.facts(session, draft)
    if draft.kind is not Kind.TALK:
        return (), ""
    draft = belonging.placed(session, draft)
    applied = belonging.credited(session, draft)
    if applied is None:
        window = _with_campaign(session, snapshot, draft)
        return ((window.window,) if window.window else ()), window.window_subject
    served = _served(session, draft, snapshot, applied, load.as_of(session, None, clock))
    if served is None:
        return (), ""
    theirs, resolution = served
    own = tuple(dict.fromkeys(requirement.window for requirement in theirs))
    return (own if len(own) == 1 else (*own, resolution.window)), applied.id


def _with_rules(session: Session, draft: Draft, snapshot: Snapshot, applied: AppliedRuleSet, as_of: AsOf) -> Snapshot:
    """What a rule set asks of the people in a draft, and when."""
    served = _served(session, draft, snapshot, applied, as_of)
    if served is None:
        return snapshot
    theirs, resolution = served
    people = _people(draft, snapshot)
    due = [requirement for requirement in theirs if snapshot.roster.on in requirement.window]
    coverage = cover(
        replace(resolution, requirements=tuple(due or theirs)),
        [
            talk
            for talk in _talks(session, people, due or theirs, as_of)
            if talk.id != draft.replaces and applied.takes(talk)
        ],
        as_of,
    )
    return replace(
        snapshot,
        window=_window(theirs, resolution.window, is_due=bool(due)),
        window_subject=applied.id,
        requirements=coverage.requirements,
    )


def _people(draft: Draft, snapshot: Snapshot) -> set[PersonId]:
    """Everybody in a draft."""
    return {p.person for p in audiences.participants(draft.people, draft.audience, snapshot.roster, draft.host)}


def _served(
    session: Session, draft: Draft, snapshot: Snapshot, applied: AppliedRuleSet, as_of: AsOf
) -> tuple[list[Requirement], Resolution] | None:
    """The requirements that a talk would serve, out of all; None when the rule set's branch is not there on its day."""
    from scheduler.services.rules.sets import spec_of

    people, spec = _people(draft, snapshot), spec_of(applied)
    about = _rule_facts(session, spec, snapshot, people, as_of, applied)
    if applied.branch and applied.branch not in snapshot.roster.groups:
        return None
    resolution = resolve(spec, replace(about, branch=applied.branch))
    return [requirement for requirement in resolution.requirements if _serves(people, requirement)], resolution


def _rule_facts(
    session: Session,
    spec: RuleSetSpec,
    snapshot: Snapshot,
    people: set[PersonId],
    as_of: AsOf,
    applied: AppliedRuleSet,
) -> RuleFacts:
    """What the rules are resolved with: the organisation on the draft's day, and what had happened by today."""
    occurrences = tuple(occurrence for occurrence in load.occurrences(session) if occurrence.day <= as_of.day)
    campaign = load.campaign(session, snapshot.roster.on, applied.campaign)
    history = RostersUntil(session, snapshot.roster)
    facts = RuleFacts(snapshot.roster, campaign, snapshot.working_time, occurrences, history=history)
    if not any(ALREADY_MET in rule.exclude for rule in spec.rules):
        return facts
    opens = _starts(facts.talk_window.first, as_of)
    earlier = load.talks_among(session, people, Span(_BEGINNING, opens + timedelta(seconds=1)), 2)
    held = [talk for talk in earlier if talk.span.start < opens and talk.state(as_of) is State.HELD]
    return replace(facts, met=frozenset(pair for talk in held for pair in combinations(sorted(talk.people), 2)))


def _serves(people: set[PersonId], requirement: Requirement) -> bool:
    """Whether a talk of these people is one that the requirement asks for."""
    if requirement.pair:
        return people.issuperset(requirement.pair)
    subject = requirement.subject
    return subject in people and not (people - {subject}).isdisjoint(requirement.partners)


def _window(theirs: Sequence[Requirement], usual: DayRange, *, is_due: bool) -> DayRange | None:
    """The window that a talk is held against; None when it lies in one that asks for it."""
    own = {requirement.window for requirement in theirs}
    return None if is_due else own.pop() if len(own) == 1 else usual


def _talks(session: Session, people: set[PersonId], requirements: Sequence[Requirement], as_of: AsOf) -> list[Booking]:
    """The standing talks that can count for these requirements: of both people, or of one with whomever."""
    if not requirements:
        return []
    start = min(_starts(requirement.window.first, as_of) for requirement in requirements)
    end = max(_ends(requirement.window.last, as_of) for requirement in requirements)
    count = 2 if all(requirement.pair for requirement in requirements) else 1
    return load.talks_among(session, people, Span(start, end), count)


def _starts(day: date | None, as_of: AsOf) -> datetime:
    return midnight(day, as_of.zone) if day else _BEGINNING


def _ends(day: date | None, as_of: AsOf) -> datetime:
    return next_midnight(day, as_of.zone) if day else _END
