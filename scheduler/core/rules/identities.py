"""When two rules ask for the same: one requirement, with the reasons of both."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from scheduler.core.campaigns.windows import Period
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.rules.requirements import STRENGTH, Reason, Requirement, Severity


class Terms(NamedTuple):
    """On what terms one rule asks."""

    severity: Severity
    min_count: int
    modes: frozenset[Mode]
    group_ok: bool


class Identity(NamedTuple):
    """What makes two requirements one and the same."""

    people: tuple[PersonId, ...]
    """Two in rank order, or the subject alone."""
    pool: tuple[PersonId, ...]
    k: int
    period: Period


ReasonsByIdentity = Mapping[Identity, Sequence[Reason]]
"""What one rule asks for, each thing once, with its reasons in the order they were found; one may stand there twice."""


def merged(
    reasons_by_rule: Mapping[RuleId, ReasonsByIdentity],
    terms: Mapping[RuleId, Terms],
    earlier: Mapping[Identity, tuple[PersonId, ...]] = MappingProxyType({}),
) -> tuple[Requirement, ...]:
    """Everything that is asked for, each thing once, in the order of the rules.

    `earlier`: who has left the pool of what is asked for.
    """
    rules_by_identity: dict[Identity, list[RuleId]] = {}
    for rule, reasons in reasons_by_rule.items():
        for identity in reasons:
            rules_by_identity.setdefault(identity, []).append(rule)
    return tuple(
        _requirement(
            identity,
            _reasons([reasons_by_rule[rule][identity] for rule in rules]),
            terms[rules[0]] if len(rules) == 1 else together([terms[rule] for rule in rules]),
            earlier.get(identity, ()),
        )
        for identity, rules in rules_by_identity.items()
    )


def _reasons(lists: Sequence[Sequence[Reason]]) -> tuple[Reason, ...]:
    """All reasons, rule by rule, each once."""
    if len(lists) == 1 and len(lists[0]) == 1:
        return tuple(lists[0])
    return tuple(dict.fromkeys(reason for reasons in lists for reason in reasons))


def together(terms: list[Terms]) -> Terms:
    """The terms on which several rules ask for one thing.

    The strongest severity and the largest count hold. A talk must suit every rule of that severity; when no mode suits
    them all, the first of them decides.
    """
    severity = min((t.severity for t in terms), key=STRENGTH.__getitem__)
    strongest = [t for t in terms if t.severity is severity]
    return Terms(
        severity,
        max(t.min_count for t in terms),
        frozenset.intersection(*(t.modes for t in strongest)) or strongest[0].modes,
        all(t.group_ok for t in strongest),
    )


def _requirement(
    identity: Identity, reasons: tuple[Reason, ...], terms: Terms, earlier: tuple[PersonId, ...]
) -> Requirement:
    """One requirement: of a pair when two people are named, else of a subject and a pool."""
    pair = identity.people if len(identity.people) == 2 else None
    return Requirement(
        pair=(pair[0], pair[1]) if pair else None,
        subject=None if pair else identity.people[0],
        pool=identity.pool,
        k=identity.k,
        reasons=reasons,
        severity=terms.severity,
        min_count=terms.min_count,
        modes=terms.modes,
        group_ok=terms.group_ok,
        window=identity.period.days,
        period=identity.period.label,
        earlier=earlier,
    )
