"""The organisation through time: which roster holds on which days, as it is known on the day a question is asked."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Person, Roster
from scheduler.core.ground.spans import DayRange


class RosterStretch(NamedTuple):
    """Days on which nothing in the organisation changes, and the roster that holds on them."""

    days: DayRange
    roster: Roster


class RosterHistory(Protocol):
    """The rosters of all days; days after the one asked about have the roster of that day, whatever comes then."""

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        """These days, in order, cut wherever something changes."""

    @property
    def former(self) -> Mapping[PersonId, Person]:
        """Who was known in stretches that were looked at and is no more on the day asked about, as last known."""


class SameRoster(NamedTuple):
    """An organisation that nothing is known to have changed in."""

    roster: Roster

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        """All days as one stretch."""
        return (RosterStretch(days, self.roster),)

    @property
    def former(self) -> Mapping[PersonId, Person]:
        """Nobody."""
        return {}
