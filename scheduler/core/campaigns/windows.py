"""Windows, resolved against a campaign, and the calendar periods in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime

EVER = DayRange(None, None)
"""Without end on either side."""
MAX_PERIODS = 5_000
"""A window with more periods than this is a slip of the pen (every day of a century)."""


class PlanDay(StrEnum):
    """One end of a window that a rule file borrows from the campaign."""

    TALK_OPENS = "plan.talk_window.opens"
    TALK_CLOSES = "plan.talk_window.closes"
    STARTS = "plan.starts"
    ENDS = "plan.ends"


Edge = WindowEdge | PlanDay


@dataclass(frozen=True, slots=True)
class Window:
    """A window as a rule file writes it; an end that is missing comes from the window it stands in for."""

    opens: Edge | None = None
    closes: Edge | None = None

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that its ends hang on."""
        edges = (self.opens, self.closes)
        return tuple(e.before_milestone for e in edges if isinstance(e, WindowEdge) and e.before_milestone)


TALK_WINDOW = Window(PlanDay.TALK_OPENS, PlanDay.TALK_CLOSES)


class Per(StrEnum):
    """What stretch of time a talk is asked for once in."""

    WINDOW = "window"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    TERM = "term"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Once in every so many days, counted from the day the window opens."""

    days: int


@dataclass(frozen=True, slots=True)
class Period:
    """Some days that one requirement is about; `label` is None when they are the whole window of the rule set."""

    label: str | None
    days: DayRange

    def __hash__(self) -> int:
        """By the label alone: it is asked for thousands of times, and tells nearly all periods apart."""
        return hash(self.label)


def campaign_days(campaign: Campaign | None) -> DayRange:
    """The days a campaign lasts; without one, all days."""
    return _range(campaign.starts, campaign.ends) if campaign else EVER


def talk_window(campaign: Campaign | None, working_time: WorkingTime) -> DayRange:
    """When talks are to be held; an end that the campaign does not name is that of the campaign itself."""
    if campaign is None:
        return EVER
    rule: WindowRule = campaign.talk_window
    opens = _edge_day(rule.opens, campaign, working_time)
    closes = _edge_day(rule.closes, campaign, working_time)
    return _range(opens or campaign.starts, closes or campaign.ends)


def days_of(window: Window, otherwise: DayRange, campaign: Campaign | None, working_time: WorkingTime) -> DayRange:
    """The days of a window; an end that is missing, or that nothing is known of, is taken from `otherwise`."""
    opens = _edge_day(window.opens, campaign, working_time)
    closes = _edge_day(window.closes, campaign, working_time)
    return _range(opens or otherwise.first, closes or otherwise.last)


def _range(first: date | None, last: date | None) -> DayRange:
    """From first to last; a window that would close before it opens (a milestone was moved) is its closing day."""
    return DayRange(min(first, last) if first and last else first, last)


def _edge_day(edge: Edge | None, campaign: Campaign | None, working_time: WorkingTime) -> date | None:
    """The day of one end, as far as it is known."""
    match edge:
        case None:
            return None
        case WindowEdge():
            return edge.day or _milestone_day(edge, campaign, working_time)
        case PlanDay.TALK_OPENS:
            return talk_window(campaign, working_time).first
        case PlanDay.TALK_CLOSES:
            return talk_window(campaign, working_time).last
        case PlanDay.STARTS:
            return campaign.starts if campaign else None
        case PlanDay.ENDS:
            return campaign.ends if campaign else None
        case _:
            assert_never(edge)


def _milestone_day(edge: WindowEdge, campaign: Campaign | None, working_time: WorkingTime) -> date | None:
    """So many workdays or days before a milestone; None when the campaign has no such milestone."""
    milestone = campaign.milestones.get(edge.before_milestone) if campaign else None
    if milestone is None:
        return None
    try:
        if edge.workdays is not None:
            return working_time.workdays_before(milestone, edge.workdays)
        return milestone - timedelta(days=edge.days)
    except OverflowError:
        return date.min


def shifted(day: date, days: int) -> date:
    """So many days later; at the end of the calendar, its last day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def label_of(days: DayRange) -> str:
    """How days that are no calendar period are written: `2014-06-16/2014-08-15`; an open end is `..`."""
    return f"{days.first or '..'}/{days.last or '..'}"


def periods(per: Per | EveryDays, window: DayRange, today: date, field: str = "per") -> tuple[Period, ...]:
    """Every period that shares a day with the window, cut to it.

    A window without end on one side is taken to the edge of this year (`today`'s), or of the year it opens or closes in.
    Raises Malformed, naming `field`, when there are more than `MAX_PERIODS`.
    """
    if per is Per.WINDOW:
        return (Period(None, window),)
    first = window.first or date(min(today, window.last or today).year, 1, 1)
    last = window.last or date(max(today, first).year, 12, 31)
    spells = []
    for period in _spells(per, first, last):
        spells.append(period)
        if len(spells) > MAX_PERIODS:
            raise Malformed("too_many", field, most=MAX_PERIODS)
    return tuple(spells)


def _spells(per: Per | EveryDays, first: date, last: date) -> Iterator[Period]:
    """One period after the other, from the one that holds `first` to the one that holds `last`."""
    day = first
    while True:
        if isinstance(per, EveryDays):
            end = min(shifted(day, per.days - 1), last)
            label = label_of(DayRange(day, end))
        else:
            label, end = _calendar_period(per, day)
        yield Period(label, DayRange(day, min(end, last)))
        if end >= last:
            return
        day = end + timedelta(days=1)


def _calendar_period(per: Per, day: date) -> tuple[str, date]:
    """The name and the last day of the calendar period that a day lies in."""
    year, month = day.year, day.month
    match per:
        case Per.MONTH:
            return f"{year}-{month:02d}", _month_end(year, month)
        case Per.QUARTER:
            quarter = (month + 2) // 3
            return f"{year}-Q{quarter}", _month_end(year, quarter * 3)
        case Per.HALF_YEAR:
            half = (month + 5) // 6
            return f"{year}-H{half}", _month_end(year, half * 6)
        case Per.TERM:
            return _term(year, month)
        case Per.YEAR | Per.WINDOW:
            return f"{year}", date(year, 12, 31)
        case _:
            assert_never(per)


def _term(year: int, month: int) -> tuple[str, date]:
    """The terms of a school year: February to July is T1; August to January is T2 of the year it begins in."""
    if month == 1:
        return f"{year - 1}-T2", _month_end(year, 1)
    return (f"{year}-T1", _month_end(year, 7)) if month <= 7 else (f"{year}-T2", _month_end(year + 1, 1))


def _month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if (year, month) >= (date.max.year, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
