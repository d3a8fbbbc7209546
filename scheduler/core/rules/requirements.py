"""What is required: a talk between two people, or of one person with somebody out of a pool; each with its reasons."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, RuleId, UnitId
from scheduler.core.ground.spans import DayRange


class Severity(StrEnum):
    """How much a rule weighs: only `must` enters the coverage rate."""

    MUST = "must"
    SHOULD = "should"
    OPTIONAL = "optional"


STRENGTH = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.OPTIONAL: 2}
"""Smaller is stronger."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a requirement is there: the rule, and what on the org chart made it apply."""

    rule: RuleId
    unit: UnitId | None = None
    """The unit a relation was walked over: its leader in charge and its head."""
    is_acting: bool = False
    """Whether the head stood in only acts as head (主持工作)."""
    branch: GroupId | None = None
    """The branch a `for_each: branch` rule was applied to."""
    occurrence: int | None = None
    """The occurrence an event rule reacted to; its kind is told to organizers and the two people only."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One required talk (or `count` of them) of a pair, or of a subject with `k` of a pool, within one window.

    Identity is (people, or subject + pool + k; and period). `pair` is set for kind pair, `subject` and `pool` for kind any.
    """

    pair: tuple[PersonId, PersonId] | None
    """Both people, in rank order."""
    subject: PersonId | None
    pool: tuple[PersonId, ...]
    k: int
    reasons: tuple[Reason, ...]
    """In rule order; the same rule may stand twice (two units with the same head)."""
    severity: Severity
    min_count: int
    modes: frozenset[Mode]
    group_ok: bool
    window: DayRange
    period: str | None
    """A calendar period such as `2014`, `2014-H1`, `2014-Q3`, `2014-07`; None: the whole window."""
    earlier: tuple[PersonId, ...] = ()
    """Who was in the pool earlier in the period and has left it: talks held with them count, none is booked any more."""

    @property
    def kind(self) -> Literal["pair", "any"]:
        """Whether it is of two people, or of one with any of a pool."""
        return "pair" if self.pair else "any"

    @property
    def key(self) -> str:
        """What it is called in addresses and files: its people (or its subject and pool), and its period."""
        name = "-".join(self.pair or (self.subject or "", self._pool_key))
        return f"{name}@{self.period.replace('/', '_')}" if self.period else name

    @property
    def _pool_key(self) -> str:
        """A short name for the pool, the same as long as its people and their number are."""
        choice = f"{self.k}:{','.join(sorted(self.pool))}"
        return f"any{self.k}-{zlib.crc32(choice.encode()):08x}"

    @property
    def rules(self) -> tuple[RuleId, ...]:
        """The rules that ask for it, each once, in rule order."""
        reasons = self.reasons
        if len(reasons) == 1:  # nearly always, and asked of each requirement whenever coverage is counted
            return (reasons[0].rule,)
        return tuple(dict.fromkeys([reason.rule for reason in reasons]))

    @property
    def needed(self) -> int:
        """How many talks on different days (or with how many different members of the pool) cover it."""
        return max(self.min_count, self.k)

    @property
    def partners(self) -> tuple[PersonId, ...]:
        """With whom a talk of the subject counts: the pool, and who was in it earlier in the period."""
        return (*self.pool, *self.earlier) if self.earlier else self.pool

    def allows(self, mode: Mode, *, is_group: bool) -> bool:
        """Whether a talk held in this way can count."""
        return mode in self.modes and (self.group_ok or not is_group)

    @property
    def bearers(self) -> tuple[PersonId, ...]:
        """In whose rows it stands: both of a pair, or the subject."""
        return self.pair or ((self.subject,) if self.subject else ())


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a rule set asks of an organisation on one day."""

    requirements: tuple[Requirement, ...]
    """After merging; of every severity."""
    by_rule: Mapping[RuleId, int]
    """Requirements before merging, each rule in file order; rules that gave none stand with 0."""
    severity_of: Mapping[RuleId, Severity]
    unresolved: tuple[Finding, ...]
    """`self_pair head_vacant empty_pool no_such_group relation_unknown`."""
    window: DayRange
    """The window of the rule set as a whole: what a talk that no rule asks for is held against."""
    modes: frozenset[Mode] = field(default_factory=lambda: frozenset({Mode.FACE_TO_FACE}))
    """The modes of the rule set as a whole."""
    group_ok: bool = False

    @property
    def distinct(self) -> int:
        """How many requirements of severity must and should, after merging."""
        return sum(r.severity is not Severity.OPTIONAL for r in self.requirements)

    @property
    def optional(self) -> int:
        """How many requirements nothing but an optional rule asks for."""
        return sum(r.severity is Severity.OPTIONAL for r in self.requirements)

    @property
    def before_merging(self) -> int:
        """How many requirements the must and should rules gave, rule by rule."""
        return sum(n for rule, n in self.by_rule.items() if self.severity_of[rule] is not Severity.OPTIONAL)
