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


class EarlierHistory:
    """A history as it was known on an earlier day: from then on that day's roster holds."""

    def __init__(self, history: RosterHistory, roster: Roster) -> None:
        """`roster`: the one of that day."""
        self._history, self._last = history, roster
        self.former: Mapping[PersonId, Person] = {}

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        """These days, in order, cut wherever something changed before that day."""
        past = days.intersection(DayRange(None, self._last.on))
        if past is None:
            return (RosterStretch(days, self._last),)
        *before, last = self._history.stretches(past)
        gone = {p.id: p for stretch in before for p in stretch.roster.people.values()}
        self.former = {**self.former, **{p: gone[p] for p in gone.keys() - self._last.people.keys()}}
        return (*before, RosterStretch(DayRange(last.days.first, days.last), self._roster_of(last)))

    def _roster_of(self, last: RosterStretch) -> Roster:
        """The roster of the last stretch: that of the day, if it reaches so far."""
        return self._last if last.days.last == self._last.on else last.roster


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
