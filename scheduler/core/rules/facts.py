"""What rules are resolved with: the organisation on a day and before it, the campaign, and what befell people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.core.campaigns import windows
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.roster_history import RosterHistory, RosterStretch, SameRoster
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules.selectors import Scene


@dataclass(frozen=True)
class RuleFacts:
    """All that rules are resolved with: the organisation on one day, and for which branch."""

    roster: Roster
    campaign: Campaign | None
    working_time: WorkingTime
    occurrences: tuple[Occurrence, ...] = ()
    branch: GroupId | None = None
    """The branch named by `--for`; None: all of them."""
    met: frozenset[tuple[PersonId, PersonId]] = frozenset()
    """Who has talked already, in either order; what `exclude: [already_met]` leaves out."""
    history: RosterHistory | None = None
    """The organisation on all other days; None: as on this day."""

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        """These days, cut wherever the organisation changes."""
        return (self.history or SameRoster(self.roster)).stretches(days)

    def standing(self, roster: Roster) -> "RuleFacts":
        """The same with the organisation as it was at another time."""
        if roster is self.roster:
            return self
        return self._at_other_times.setdefault(id(roster), replace(self, roster=roster))

    def with_former(self) -> "RuleFacts":
        """The same, with the names and ranks of people who were there in stretches that were looked at, and have left."""
        former = self.history.former if self.history else {}
        return replace(self, roster=replace(self.roster, former=former)) if former else self

    @cached_property
    def _at_other_times(self) -> dict[int, "RuleFacts"]:
        """These facts with each other roster that was asked for; the history keeps the rosters."""
        return {}

    @cached_property
    def talk_window(self) -> DayRange:
        """When talks of the campaign are held."""
        return windows.talk_window(self.campaign, self.working_time)

    @cached_property
    def scene(self) -> Scene:
        """Where the selectors of all rules are read."""
        return Scene(self.roster)

    @cached_property
    def place_in_rank_order(self) -> Mapping[PersonId, int]:
        """Where everybody stands in rank order, those who have left too."""
        everybody = self.roster.people.keys() | self.roster.former.keys()
        return {person: place for place, person in enumerate(self.roster.in_rank_order(everybody))}

    def have_met(self, first: PersonId, second: PersonId) -> bool:
        """Whether two people have talked already."""
        return (first, second) in self.met or (second, first) in self.met

    def share_a_unit(self, first: PersonId, second: PersonId) -> bool:
        """Whether two people work in one unit."""
        unit = self.roster.people[first].unit
        return bool(unit) and unit == self.roster.people[second].unit
