"""Coverage, one's own row, and the ledger: as of any day, as far as the viewer may see them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.bookings import conflicts
from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.coverage import report as coverage
from scheduler.core.coverage import verdicts
from scheduler.core.coverage.changes import CoverageChange, changes
from scheduler.core.coverage.former_requirements import EarlierResolution, FormerRequirements, NoLongerRequired
from scheduler.core.coverage.matching import Matching
from scheduler.core.coverage.report import Coverage
from scheduler.core.coverage.verdicts import Verdict
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor, Role
from scheduler.core.ground.bookings import AsOf, Booking, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RuleId, RuleSetId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules import events as event_rules
from scheduler.core.rules.requirements import Requirement, Resolution
from scheduler.core.rules.resolution import AppliedRuleSet, RuleFacts, RuleSetSpec, resolve
from scheduler.services.rules import facts as rule_facts
from scheduler.store import load


@dataclass(frozen=True, slots=True)
class Report:
    """Where a rule set stands on a day, with what a page about it needs to know."""

    as_of: AsOf
    rule_set: AppliedRuleSet
    spec: RuleSetSpec
    coverage: Coverage
    roster: Roster
    working_time: WorkingTime
    campaign: Campaign | None = None
    earlier: tuple[EarlierResolution, ...] = ()
    """What the rule set asked on earlier days, where the organisation was another."""

    other_talks: tuple[Booking, ...] = ()
    """Talks that belong to other rule sets; of the whole of a rule set only."""

    @property
    def linkable(self) -> tuple[BookingId, ...]:
        """Talks of other rule sets that lie in a window of this one and that it asks for, by date; cancelled ones left out."""
        matching = Matching(self.resolution.requirements, self.as_of.zone) if self.other_talks else None
        fitting = [talk for talk in self.other_talks if matching and not talk.is_cancelled and matching.at_time(talk)]
        return tuple(talk.id for talk in sorted(fitting, key=lambda talk: (talk.span.start, talk.id)))

    @property
    def no_longer_required(self) -> NoLongerRequired:
        """The pairs that were required on an earlier day and are no longer."""
        former = FormerRequirements(self.earlier, self.as_of.zone)
        return former.pairs_no_longer_required(self.resolution.requirements, self.coverage.talks, self.as_of)

    @property
    def resolution(self) -> Resolution:
        """What the rule set asks, as far as the viewer may know."""
        return self.coverage.resolution


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One talk of the ledger."""

    talk: Booking
    day: date
    state: State
    why_not: str | None
    """Why it does not count; None: it counts."""
    covers: tuple[RuleId, ...]
    is_extra: bool
    is_no_longer_required: bool
    """Whether it was required on its own day and is no longer."""
    warnings: tuple[Finding, ...]
    """What the calendar says of its time."""

    @property
    def id(self) -> BookingId:
        """The talk's id."""
        return self.talk.id

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody in it."""
        return self.talk.people

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every report of one day is made from."""

    as_of: AsOf
    applied: tuple[AppliedRuleSet, ...]
    about: RuleFacts
    talks: list[Booking]


def report(
    session: Session,
    actor: Actor,
    rule_set: RuleSetId | None,
    day: date | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> Report:
    """How far the talks of a rule set have come, as of a day (today when None).

    Without a rule set, the leading one of the campaign; without a campaign, the rule set's, else the one that the day
    means. Raises NotFound when there is no such campaign or rule set; a branch organizer is shown the own branch.
    """
    access.require(actor, Action.SEE_COVERAGE)
    facts = _facts(session, day, clock, campaign or _campaign_of(session, rule_set))
    return _as_seen(actor, _chosen(facts, rule_set), facts)


def changed_since(
    session: Session, actor: Actor, report: Report, since: date, clock: Clock
) -> tuple[CoverageChange, ...]:
    """What became of the requirements of a report since another day, as far as the viewer may see them."""
    access.require(actor, Action.SEE_COVERAGE)
    facts = _facts(session, since, clock, report.rule_set.campaign)
    return changes(_as_seen(actor, report.rule_set, facts).coverage, report.coverage)


def own_row(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> list[Report]:
    """What is asked of the viewer, a report for each rule set that asks anything: own requirements and talks only.

    In one campaign, or (None) in every campaign that the day may mean.
    """
    access.require(actor, Action.SEE_OWN_ROW)
    person = actor.person
    own = [
        _only(_whole(applied, facts), lambda requirement: person in requirement.bearers, {person})
        for applied, facts in _applied_on(session, day, clock, campaign)
    ]
    return [report for report in own if report.coverage.requirements]


def whole(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> list[Report]:
    """Where all rule sets stand on a day, in one campaign or in every one that the day may mean; for organizers."""
    access.require(actor, Action.EDIT_RULES)
    return [_whole(applied, facts) for applied, facts in _applied_on(session, day, clock, campaign)]


def after_occurrences(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> list[Report]:
    """Where rule sets stand that react to occurrences, in one campaign or in every one that the day may mean."""
    access.require(actor, Action.SEE_OCCURRENCES)
    return [
        _whole(applied, facts)
        for applied, facts in _applied_on(session, day, clock, campaign)
        if event_rules.kinds_of(_spec_of(applied))
    ]


def of_people(report: Report, people: Collection[PersonId]) -> Report:
    """What of a report is asked of these people, and their talks."""
    return _only(report, lambda requirement: not set(people).isdisjoint(requirement.bearers), people)


def _applied_on(
    session: Session, day: date | None, clock: Clock, campaign: CampaignId | None
) -> Iterator[tuple[AppliedRuleSet, _Facts]]:
    """The rule sets of one campaign, or of every one that the day may mean, each with its facts; of branches there are."""
    facts = _facts(session, day, clock, campaign)
    chosen = choosing.about(load.campaigns(session), facts.as_of.day, campaign)
    for about in (chosen.campaign, *chosen.others) if chosen else (None,):
        theirs = replace(facts, about=rule_facts.within(about, facts.about, facts.talks, facts.as_of))
        for applied in _applied_in(theirs):
            if applied.branch is None or applied.branch in theirs.about.roster.groups:
                yield applied, theirs


def ledger(
    session: Session,
    actor: Actor,
    rule_set: RuleSetId | None,
    day: date | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> list[LedgerLine]:
    """The talks of a rule set known on a day, by date: whether each counts, for what, and if not why.

    Which rule set, see `report`; a branch organizer is shown talks within the own branch.
    """
    access.require(actor, Action.SEE_LEDGER)
    facts = _facts(session, day, clock, campaign or _campaign_of(session, rule_set))
    return ledger_lines(actor, _as_seen(actor, _chosen(facts, rule_set), facts))


def ledger_lines(actor: Actor, report: Report) -> list[LedgerLine]:
    """The ledger of a report that was already made."""
    access.require(actor, Action.SEE_LEDGER, Action.SEE_OWN_ROW)
    return [
        _line(verdict, report)
        for verdict in verdicts.verdicts(report.coverage, report.earlier)
        if access.may_see_booking(actor, verdict.talk)
    ]


def _line(verdict: Verdict, report: Report) -> LedgerLine:
    talk = verdict.talk
    warnings = tuple(conflicts.calendar(talk.span, report.working_time))
    day = talk.day(report.as_of.zone)
    return LedgerLine(
        talk, day, verdict.state, verdict.why_not, verdict.covers,
        verdict.is_extra, verdict.is_no_longer_required, warnings,
    )  # fmt: skip


def _facts(session: Session, day: date | None, clock: Clock, campaign: CampaignId | None = None) -> _Facts:
    as_of = load.as_of(session, day, clock)
    talks = load.talks(session)
    return _Facts(as_of, load.rule_set_rows(session), rule_facts.at(session, as_of, talks, campaign), talks)


def _campaign_of(session: Session, rule_set: RuleSetId | None) -> CampaignId | None:
    """The campaign that is named by naming a rule set."""
    if rule_set is None:
        return None
    return next((applied.campaign for applied in load.rule_set_rows(session) if applied.id == rule_set), None)


def _applied_in(facts: _Facts) -> list[AppliedRuleSet]:
    """The rule sets of the campaign that the facts are about."""
    about = facts.about.campaign
    return [applied for applied in facts.applied if applied.campaign == (about.id if about else None)]


def _chosen(facts: _Facts, rule_set: RuleSetId | None) -> AppliedRuleSet:
    """The rule set of the campaign that was asked for, or its leading one."""
    for candidate in _applied_in(facts):
        if candidate.id == rule_set or (rule_set is None and candidate.is_leading):
            return candidate
    raise NotFound("rule_set", rule_set or "")


def _whole(rule_set: AppliedRuleSet, facts: _Facts) -> Report:
    """All of a rule set, whoever asks."""
    spec = _spec_of(rule_set)
    about = replace(facts.about, branch=rule_set.branch)
    resolution = resolve(spec, about)
    talks = [talk for talk in facts.talks if rule_set.takes(talk)]
    others = tuple(talk for talk in facts.talks if not rule_set.takes(talk))
    covered = coverage.cover(resolution, talks, facts.as_of)
    before = _earlier(spec, about, resolution, talks)
    about = about.with_former()
    return Report(
        facts.as_of, rule_set, spec, covered, about.roster, about.working_time, about.campaign, before, others
    )


def _spec_of(rule_set: AppliedRuleSet) -> RuleSetSpec:
    """The rules of a rule set."""
    from scheduler.services.rules.sets import spec_of

    return spec_of(rule_set)


def _earlier(
    spec: RuleSetSpec, about: RuleFacts, resolution: Resolution, talks: Sequence[Booking]
) -> tuple[EarlierResolution, ...]:
    """What the rules asked on earlier days of their window, where people held other posts; without a talk it is no matter."""
    zone = about.working_time.zone
    first = min((talk.day(zone) for talk in talks), default=None)
    opens = resolution.window.first or first
    if first is None or opens is None:
        return ()
    return tuple(
        EarlierResolution(days, resolve(spec, then))
        for days, then in rule_facts.earlier(about, min(opens, first))
        if about.branch is None or about.branch in then.roster.groups
    )


def _as_seen(actor: Actor, rule_set: AppliedRuleSet, facts: _Facts) -> Report:
    """A report as far as the viewer may see it: all, or the own branch; what befell others is not told."""
    if not actor.has(Role.OPERATOR, Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR):
        return _of_branch(actor, _masked(actor, _whole(rule_set, facts)))
    return _masked(actor, _whole(rule_set, facts))


def _masked(actor: Actor, report: Report) -> Report:
    """Without telling people who are no organizers which occurrences talks follow from."""
    rules = event_rules.event_rules_of(report.spec)
    if actor.arranges_all or not rules:
        return report
    resolution = event_rules.masked(report.resolution, rules, actor.person)
    return replace(report, coverage=coverage.cover(resolution, report.coverage.talks, report.as_of))


def _of_branch(actor: Actor, report: Report) -> Report:
    """What a branch organizer may see: rule sets of the own branch, or the own branch's part of one for all."""
    if report.rule_set.branch in actor.branches:
        return report
    if report.rule_set.branch or not report.spec.for_each_branch:
        raise NotAllowed(Action.SEE_COVERAGE)
    return _only(
        report,
        lambda requirement: any(reason.branch in actor.branches for reason in requirement.reasons),
        actor.branch_members,
    )


def _only(report: Report, is_kept: Callable[[Requirement], bool], people: Collection[PersonId | None]) -> Report:
    """A part of a report: the requirements wanted, and the talks that one of these people is in."""
    whole = report.resolution
    kept = tuple(requirement for requirement in whole.requirements if is_kept(requirement))
    counts = Counter(rule for requirement in kept for rule in requirement.rules)
    part = replace(
        whole,
        requirements=kept,
        by_rule={rule: counts[rule] for rule in whole.by_rule if counts[rule]},
        unresolved=(),
    )
    theirs = set(people)
    talks = [talk for talk in report.coverage.talks if not theirs.isdisjoint(talk.people)]
    before = tuple(
        then._replace(
            resolution=replace(then.resolution, requirements=tuple(filter(is_kept, then.resolution.requirements)))
        )
        for then in report.earlier
    )
    return replace(report, coverage=coverage.cover(part, talks, report.as_of), earlier=before, other_talks=())
