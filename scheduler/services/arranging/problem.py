"""Arranging: what the planner is asked about a rule set, from the facts as they stand; nothing is written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.facts import ArrangingFacts, reach
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.proposals import Arrangement, Proposal, finished, proposals
from scheduler.core.campaigns.notice import workdays_of
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.core.rules import events as event_rules
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import Report
from scheduler.services.ground.notice_time import earliest
from scheduler.store import load

__all__ = [
    "ArrangeOptions",
    "Arrangement",
    "Proposal",
    "arrangement",
    "earliest",
    "finished",
    "proposals",
    "require_arrange",
]


def arrangement(session: Session, actor: Actor, options: ArrangeOptions, clock: Clock) -> Arrangement:
    """What the planner is to be asked. `finished` makes a whole answer of its plan, `proposals` what would be booked.

    Raises NotFound when there is no such rule set or requirement, Malformed for rooms that are not there, NotAllowed for those who arrange
    neither for all nor for the branch that the rule set is for.
    """
    access.require(actor, Action.BOOK, Action.BOOK_IN_BRANCH)
    report = coverage.report(session, actor, options.rule_set, options.as_of, clock)
    require_arrange(actor, report.rule_set)
    _require_known(options, report)
    facts = ArrangingFacts(
        as_of=report.as_of,
        options=options,
        rule_set=report.rule_set.id,
        requirements=report.coverage.requirements,
        window=report.resolution.window,
        roster=report.roster,
        working_time=report.working_time,
        notice=workdays_of(load.campaign(session, report.as_of.day, report.rule_set.campaign)),
        orders={rule.id: rule.order for rule in report.spec.rules if rule.order is not None},
        rules={rule.id: rule for rule in report.spec.rules},
        event_rules=event_rules.event_rules_of(report.spec),
        rooms=load.rooms(session),
        talks=report.coverage.talks,
    )
    return arranging.arrange(_with_calendar(session, facts))


def _require_known(options: ArrangeOptions, report: Report) -> None:
    """Raise NotFound if the rule set does not ask for what alone is to be arranged."""
    for key in set(options.only) - {standing.requirement.key for standing in report.coverage.requirements}:
        raise NotFound("requirement", key)


def require_arrange(actor: Actor, rule_set: AppliedRuleSet) -> None:
    """Raise NotAllowed unless they may arrange the talks of a rule set."""
    if access.may(actor, Action.BOOK):
        return
    if not access.may(actor, Action.BOOK_IN_BRANCH) or rule_set.branch not in actor.branches:
        raise NotAllowed(Action.BOOK)


def _with_calendar(session: Session, facts: ArrangingFacts) -> ArrangingFacts:
    """The facts with everything that takes people and rooms within their reach."""
    extent, zone = reach(facts), facts.as_of.zone
    if not extent.days:
        return facts
    first, last = extent.days[0], (*extent.days, *extent.later)[-1] + timedelta(days=1)
    return replace(
        facts,
        absences=load.away(session, None, first, last, zone),
        bookings=tuple(load.bookings(session, span=Span(midnight(first, zone), next_midnight(last, zone)))),
        around=tuple(_around(session, first, last, zone)),
    )


def _around(session: Session, first: date, last: date, zone: ZoneInfo) -> Iterator[Booking]:
    """What stands in the weeks of two days, before the first and after the last."""
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    if monday < first:
        yield from load.bookings(session, span=Span(midnight(monday, zone), midnight(first, zone)))
    if last < sunday:
        yield from load.bookings(session, span=Span(next_midnight(last, zone), next_midnight(sunday, zone)))
