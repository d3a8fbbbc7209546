"""The organisation through time, as it was known on a day."""

from collections.abc import Sequence
from datetime import date

from scheduler.core.ground.people import Roster
from scheduler.core.ground.roster_history import EarlierHistory, RosterStretch, SameRoster
from scheduler.core.ground.spans import DayRange
from tests.builders import a_roster

MAY, JULY, LAST = date(2014, 5, 1), date(2014, 7, 1), date(2014, 12, 31)
FIRST, SECOND = a_roster("p01", "p02", on="2014-01-01"), a_roster("p02", on="2014-07-01")


class TwoRosters:
    """One until the end of June, another from July on."""

    former = {"p01": FIRST.people["p01"]}  # type: ignore[index]  # noqa: RUF012

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        parts = [
            (DayRange(None, date(2014, 6, 30)).intersection(days), FIRST),
            (DayRange(JULY, None).intersection(days), SECOND),
        ]
        return [RosterStretch(part, roster) for part, roster in parts if part]


def as_known(day: date, roster: Roster) -> EarlierHistory:
    return EarlierHistory(TwoRosters(), Roster(day, roster.people))  # type: ignore[arg-type]


def test_same_roster_holds_on_all_days() -> None:
    assert SameRoster(FIRST).stretches(DayRange(MAY, LAST)) == (RosterStretch(DayRange(MAY, LAST), FIRST),)
    assert SameRoster(FIRST).former == {}


def test_after_the_day_of_the_question_that_days_roster_holds() -> None:
    history = as_known(date(2014, 6, 15), FIRST)

    (only,) = history.stretches(DayRange(MAY, LAST))
    assert (only.days, only.roster.on) == (DayRange(MAY, LAST), date(2014, 6, 15))
    (later,) = history.stretches(DayRange(JULY, LAST))
    assert (later.days, later.roster.on) == (DayRange(JULY, LAST), date(2014, 6, 15))
    assert history.former == {}


def test_before_it_the_rosters_are_as_they_were() -> None:
    history = as_known(date(2014, 8, 1), SECOND)

    first, second = history.stretches(DayRange(MAY, LAST))
    assert (first.days, first.roster) == (DayRange(MAY, date(2014, 6, 30)), FIRST)
    assert (second.days, second.roster.on) == (DayRange(JULY, LAST), date(2014, 8, 1))
    assert list(history.former) == ["p01"]
    assert history.stretches(DayRange(MAY, date(2014, 6, 20))) == (
        RosterStretch(DayRange(MAY, date(2014, 6, 20)), FIRST),
    )
