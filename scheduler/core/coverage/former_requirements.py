"""What was required on earlier days and is no longer: somebody left the team, a post has another holder."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.core.coverage.matching import Matching, Pair
from scheduler.core.ground.bookings import HELD, AsOf, Booking
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Requirement, Resolution, Severity


class EarlierResolution(NamedTuple):
    """Days on which the organisation was another, and what the rules asked on them."""

    days: DayRange
    resolution: Resolution


class NoLongerRequired(NamedTuple):
    """How many pairs were once required and are no longer, and how many of them had talked as they should by then."""

    pairs: int
    held: int


class AskedThen(NamedTuple):
    """What was asked on the day of a talk."""

    resolution: Resolution
    matching: Matching


class FormerRequirements:
    """Earlier resolutions, looked up by the day of a talk."""

    def __init__(self, earlier: Sequence[EarlierResolution], zone: ZoneInfo) -> None:
        self._zone = zone
        self._by_days = [(e.days, AskedThen(e.resolution, Matching(e.resolution.requirements, zone))) for e in earlier]

    def of(self, talk: Booking) -> AskedThen | None:
        """What was asked on the own day of a talk, if it was asked of its people."""
        day = talk.day(self._zone)
        then = next((then for days, then in self._by_days if day in days), None)
        return then if then and next(then.matching.of_people(talk), None) is not None else None

    def pairs_no_longer_required(
        self, now: Sequence[Requirement], talks: Sequence[Booking], as_of: AsOf
    ) -> NoLongerRequired:
        """The pairs that had to talk on an earlier day and are not asked any more, on whatever terms."""
        asked_now = {_in_order(requirement.pair) for requirement in now if requirement.pair}
        dropped = {
            pair
            for _, then in self._by_days
            for requirement in then.resolution.requirements
            if (pair := _must(requirement)) and pair not in asked_now
        }
        if not dropped:
            return NoLongerRequired(0, 0)
        held = {pair for talk in talks if talk.state(as_of) is HELD for pair in self._served(talk)}
        return NoLongerRequired(len(dropped), len(dropped & held))

    def _served(self, talk: Booking) -> Iterator[Pair]:
        """The pairs whose talk this was, on its own day and as it should be."""
        then = self.of(talk)
        if then is None:
            return
        for requirement in (then.resolution.requirements[place] for place in then.matching.at_time(talk)):
            pair = _must(requirement)
            if pair and requirement.allows(talk.mode, is_group=talk.is_group_talk):
                yield pair


def _must(requirement: Requirement) -> Pair | None:
    """The pair that has to talk, by id."""
    return _in_order(requirement.pair) if requirement.pair and requirement.severity is Severity.MUST else None


def _in_order(pair: Pair) -> Pair:
    """A pair by id, whoever of the two stands higher."""
    return pair if pair[0] < pair[1] else (pair[1], pair[0])
