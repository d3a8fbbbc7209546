"""The days of the matrix: as of which one, compared with which, and the slider that runs across the campaign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler import edge, wording
from scheduler.core.campaigns.definitions import Campaign
from scheduler.services.coverage.report import Report
from scheduler.web.page.fields import Fields
from scheduler.web.page.paging import here
from scheduler.web.page.texts import _

MAX_DAYS = 1100
"""A slider over more days than that would jump over some."""
FIRST_NAMED = ("today", "milestone", "phase")
"""Where names would stand upon each other, these kinds keep theirs first."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the slider with a name: where a phase begins, a milestone, today."""

    place: int
    """Days from its beginning."""
    percent: float
    name: str
    day: date
    kind: str
    """`phase`, `milestone` or `today`."""
    is_named: bool
    """Whether there is room for its name."""


@dataclass(frozen=True, slots=True)
class Slider:
    """From the first day of a campaign to its last."""

    first: date
    length: int
    """Days from the first to the last."""
    place: int
    """Where the day that is shown stands."""
    ticks: list[Tick]


@dataclass(frozen=True, slots=True)
class Since:
    """A day to compare with, a press away."""

    name: str
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The days that the matrix is about."""

    as_of: date
    today_href: str
    """The same as of today; empty if it is."""
    since: date | None
    choices: list[Since]
    slider: Slider | None


def days_of(fields: Fields, report: Report) -> Days:
    """What the address says of days, and what it might say instead."""
    as_of = report.as_of.day
    since = fields.day("since")
    since = since if since and since < as_of else None
    today = edge.clock().today(edge.zone())
    return Days(
        as_of=as_of,
        today_href=here(as_of=None, square=None) if as_of != today else "",
        since=since,
        choices=_choices(as_of, since),
        slider=_slider(as_of, today, report),
    )


def _choices(as_of: date, since: date | None) -> list[Since]:
    """The day before, a week and a month ago; pressing the chosen one again ends the comparison."""
    days = ((1, _("前一天")), (7, _("一周前")), (30, _("一个月前")))
    return [
        Since(
            name,
            here(since=None if since == day else day.isoformat(), square=None),
            since == day,
        )
        for apart, name in days
        for day in (as_of - timedelta(days=apart),)
    ]


def _slider(as_of: date, today: date, report: Report) -> Slider | None:
    """Across the campaign, or the window of the rule set; None if neither has a beginning and an end."""
    campaign, window = report.campaign, report.resolution.window
    first = campaign.starts if campaign else window.first
    last = campaign.ends if campaign else window.last
    if first is None or last is None:
        return None
    return slider_over(as_of, first, last, _named(campaign, report, today))


def slider_over(as_of: date, first: date, last: date, named: Iterable[tuple[date, str, str]]) -> Slider | None:
    """A slider from a day to another, with named days (day, name, kind); None where it would be of no use."""
    first, last = min(first, as_of), max(last, as_of)
    length = (last - first).days
    if not 0 < length <= MAX_DAYS:
        return None
    inside = sorted((FIRST_NAMED.index(kind), day, name) for day, name, kind in named if first <= day <= last)
    ticks: list[Tick] = []
    for kind, day, name in inside:
        percent = round(100 * (day - first).days / length, 2)
        has_room = all(_is_apart(percent, name, tick) for tick in ticks if tick.is_named)
        ticks.append(Tick((day - first).days, percent, name, day, FIRST_NAMED[kind], has_room))
    return Slider(first, length, (as_of - first).days, sorted(ticks, key=lambda tick: tick.place))


def _is_apart(percent: float, name: str, other: Tick) -> bool:
    """Whether a name has room beside another, each in the middle below its tick; reckoned for a desk."""
    return abs(percent - other.percent) > (_width(name) + _width(other.name)) / 2 + 1


def _width(name: str) -> float:
    """About how many hundredths of the slider a name takes."""
    return sum(1.9 if character > "\u2e80" else 1.05 for character in name)


def _named(campaign: Campaign | None, report: Report, today: date) -> list[tuple[date, str, str]]:
    """Days with a name."""
    marks = [(today, _("今天"), "today")]
    window, lang = report.resolution.window, edge.lang()
    if window.last:
        marks.append((window.last, _("窗口期末"), "milestone"))
    if campaign:
        marks += [(phase.first, phase.name, "phase") for phase in campaign.phases]
        marks += [(day, wording.label(key, lang), "milestone") for key, day in campaign.milestones.items()]
    return marks
