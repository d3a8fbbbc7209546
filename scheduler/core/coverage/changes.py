"""What changed in the coverage of a rule set between two days: requirement by requirement, in a word each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.core.coverage.report import Coverage, CoverageState, RequirementState
from scheduler.core.rules.requirements import Requirement


class ChangeKind(StrEnum):
    """What became of a requirement."""

    COVERED = "newly_covered"
    BOOKED = "newly_booked"
    AWAITING = "newly_awaiting"
    OPEN = "open_again"
    """It was covered or had a talk, and has none any more."""
    REQUIRED = "newly_required"
    """It was not asked before: people or posts changed, or the rule was reached."""
    DROPPED = "no_longer_required"
    OVERDUE = "newly_overdue"


_OF_STATE = {
    CoverageState.COVERED: ChangeKind.COVERED,
    CoverageState.BOOKED: ChangeKind.BOOKED,
    CoverageState.AWAITING_CONFIRMATION: ChangeKind.AWAITING,
    CoverageState.OPEN: ChangeKind.OPEN,
}


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """What became of one requirement."""

    kind: ChangeKind
    before: RequirementState | None
    """None: it was not asked."""
    after: RequirementState | None
    """None: it is not asked any more."""

    @property
    def requirement(self) -> Requirement:
        """As it is, or as it was."""
        state = self.after or self.before
        assert state is not None  # noqa: S101 - tells the types; one of the two is there
        return state.requirement


def changes(before: Coverage, after: Coverage) -> tuple[CoverageChange, ...]:
    """What differs on the second day, in the order of its requirements; what is no longer asked stands last."""
    was = {state.requirement.key: state for state in before.requirements}
    pairs = [(was.pop(state.requirement.key, None), state) for state in after.requirements]
    loose = {_pool_of(state.requirement): key for key, state in was.items() if state.requirement.pool}
    differing: list[CoverageChange] = []
    for same, new in pairs:
        is_loose = same is None and new.requirement.pool
        old = was.pop(loose.pop(_pool_of(new.requirement), ""), None) if is_loose else same
        kind = _kind(old, new)
        if kind:
            differing.append(CoverageChange(kind, old, new))
    return (*differing, *(CoverageChange(ChangeKind.DROPPED, old, None) for old in was.values()))


def counted(listed: Iterable[CoverageChange]) -> Mapping[ChangeKind, int]:
    """How many of each kind; kinds that do not occur are left out."""
    count = Counter(change.kind for change in listed)
    return {kind: count[kind] for kind in ChangeKind if count[kind]}


def _kind(old: RequirementState | None, new: RequirementState) -> ChangeKind | None:
    """What became of a requirement that is asked on the second day; None: nothing."""
    if old is None:
        return ChangeKind.REQUIRED
    if old.state is not new.state:
        return _OF_STATE[new.state]
    return ChangeKind.OVERDUE if new.is_overdue and not old.is_overdue else None


def _pool_of(requirement: Requirement) -> tuple[object, ...]:
    """What tells a pool's requirement apart when people have joined or left the pool."""
    return requirement.subject, requirement.rules, requirement.k, requirement.period
