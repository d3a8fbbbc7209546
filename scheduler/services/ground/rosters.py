"""Rosters through time, each loaded once for the days between two changes of the org chart."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Person, Roster
from scheduler.core.ground.roster_history import RosterStretch
from scheduler.core.ground.spans import DayRange
from scheduler.store import load
from scheduler.store.imports import facts as standing


class Rosters:
    """The roster of any day, loaded once for each stretch of days between two changes of the org chart."""

    def __init__(self, session: Session) -> None:
        self._session, self._changes = session, standing.change_days(session)
        self._by_stretch: dict[int, Roster] = {}

    def on(self, day: date) -> Roster:
        """The roster of a day."""
        stretch = bisect_right(self._changes, day)
        if stretch not in self._by_stretch:
            self._by_stretch[stretch] = load.roster(self._session, day)
        return self._by_stretch[stretch]


class RostersUntil:
    """The rosters up to that of a day; later days have that of the day too, whatever changes then.

    Nothing is read unless it is asked for, and then at once for all the days on which anything changed.
    """

    def __init__(self, session: Session, roster: Roster) -> None:
        self._session, self._last = session, roster
        self._changes: list[date] | None = None
        self._by_day: dict[date, Roster] = {}
        """The rosters of the first days of stretches."""
        self.former: Mapping[PersonId, Person] = {}

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        """These days, in order, cut wherever the org chart changes."""
        begins = min(days.first or date.min, self._last.on)
        changes = [day for day in self._changed() if begins < day and (days.last is None or day <= days.last)]
        starts = [days.first, *changes]
        self._read([begins, *changes])
        ends = [*(day - timedelta(days=1) for day in changes), days.last]
        rosters = [self._by_day[day] for day in (begins, *changes)]
        return [
            RosterStretch(DayRange(first, last), roster)
            for first, last, roster in zip(starts, ends, rosters, strict=True)
        ]

    def _changed(self) -> list[date]:
        """The days up to the last on which anything changed."""
        if self._changes is None:
            self._changes = [day for day in standing.change_days(self._session) if day <= self._last.on]
        return self._changes

    def _read(self, days: Sequence[date]) -> None:
        """Read the rosters of those of these days that were not read before; the last known one is at hand."""
        latest = self._changed()[-1] if self._changed() else date.min
        for day in days:
            if day >= latest:
                self._by_day[day] = self._last
        missing = [day for day in days if day not in self._by_day]
        self._by_day.update(zip(missing, load.rosters(self._session, missing), strict=True))
        latest_of = {
            person: details for day in sorted(self._by_day) for person, details in self._by_day[day].people.items()
        }
        self.former = {person: latest_of[person] for person in latest_of.keys() - self._last.people.keys()}
