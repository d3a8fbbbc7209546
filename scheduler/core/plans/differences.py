"""What changes from one plan to another."""

from dataclasses import dataclass

from scheduler.core.plans.placements import Placement, Plan


@dataclass(frozen=True, slots=True)
class Moved:
    """A talk that has a place in both plans, and not the same one."""

    before: Placement
    after: Placement

    @property
    def is_at_another_time(self) -> bool:
        """Whether its start is another, and not only its room or its people."""
        return self.before.start != self.after.start


@dataclass(frozen=True, slots=True)
class Difference:
    """Which talks are new, which have another place, and which have none any more."""

    new: tuple[Placement, ...] = ()
    moved: tuple[Moved, ...] = ()
    """At another time, each in the order of the later plan."""
    changed: tuple[Moved, ...] = ()
    """At the same time in another room, or with other people."""
    gone: tuple[Placement, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.changed or self.gone)


def difference(before: Plan, after: Plan) -> Difference:
    """What is different in a later plan."""
    then = {placement.talk: placement for placement in before.placements}
    now = {placement.talk for placement in after.placements}
    pairs = [Moved(then[p.talk], p) for p in after.placements if p.talk in then and not _is_same(then[p.talk], p)]
    return Difference(
        tuple(placement for placement in after.placements if placement.talk not in then),
        tuple(pair for pair in pairs if pair.is_at_another_time),
        tuple(pair for pair in pairs if not pair.is_at_another_time),
        tuple(placement for placement in before.placements if placement.talk not in now),
    )


def _is_same(before: Placement, after: Placement) -> bool:
    """Whether two places are one; in which order people are named means nothing."""
    return (before.start, before.room, set(before.people)) == (after.start, after.room, set(after.people))
