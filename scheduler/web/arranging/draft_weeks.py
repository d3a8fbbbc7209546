"""A draft on the week that it falls into: what is proposed beside what stands, and what would leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import request, url_for

from scheduler import edge
from scheduler.core.arranging.drafts import DraftPlacement, DraftStatus
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import State
from scheduler.services.arranging.drafts import ShownPlan
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.web.bookings import calendar_data, calendar_entries
from scheduler.web.bookings import choices as booking_choices
from scheduler.web.bookings.calendar_entries import Entry
from scheduler.web.bookings.lines import line_of
from scheduler.web.bookings.weeks import DAYS, Day, WeekLine, week_of
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import hours, local, when


@dataclass(frozen=True, slots=True)
class WeekView:
    """The week with the draft on it, and where to go from there."""

    days: list[Day]
    before_href: str
    after_href: str
    data: dict[str, object]
    """What the script of the calendar draws."""
    rooms: list[tuple[str, list[Choice]]]


def week(shown: ShownPlan, names: Names, first: date, *, may_change: bool) -> WeekView | None:
    """The week asked for, else that of the first placement; None when a list is wanted, or nothing is a draft any more."""
    if request.args.get("view") != "week" or shown.plan.status is not DraftStatus.DRAFT:
        return None
    day = Fields(request.args).day("day") or first
    monday = day - timedelta(days=day.weekday())
    standing = _standing(shown, monday)
    lines = [*_standing_lines(standing, names), *_proposed(shown, names, monday, may_change=may_change)]
    before, after = (
        url_for("arranging.plan", run_id=shown.run.id, view="week", day=(monday + timedelta(days=step)).isoformat())
        for step in (-DAYS, DAYS)
    )
    days = week_of(monday, lines)
    entries = [*_standing_entries(standing, names), *_proposed_entries(shown, names, may_change=may_change)]
    data = calendar_data.data("week", day, days, entries, [])
    return WeekView(days, before, after, data, booking_choices.room_groups(names))


def placement_entry(shown: ShownPlan, number: int, names: Names) -> Entry:
    """One placement as the calendar draws it, for those who may change it."""
    chosen = next(placement for placement in shown.plan.placements if placement.number == number)
    return calendar_entries.proposed(shown.run.id, chosen, shown.plan.version, names, may_change=True)


def _standing(shown: ShownPlan, monday: date) -> list[tuple[SeenBooking, bool]]:
    """What stands, as far as the visitor may see it, and whether the draft would move it away."""
    query = Query(first=monday, last=monday + timedelta(days=DAYS - 1))
    leaving = {difference.placement.moves for difference in shown.moved}
    listing = bookings.listing(edge.session(), edge.actor(), query, edge.clock())
    return [(seen, seen.id in leaving) for seen in listing if seen.state != State.CANCELLED]


def _standing_lines(standing: list[tuple[SeenBooking, bool]], names: Names) -> Iterator[tuple[datetime, WeekLine]]:
    """The same for the table."""
    for seen, is_leaving in standing:
        line = line_of(seen, names)
        yield (
            local(seen.span.start),
            replace(line, state="leaving", remark=_("将移走")) if is_leaving else line,
        )


def _standing_entries(standing: list[tuple[SeenBooking, bool]], names: Names) -> Iterator[Entry]:
    """The same for the script: nothing of it is moved here."""
    for number, (seen, is_leaving) in enumerate(standing):
        entry = {**calendar_entries.entry(seen, names, number), "action": ""}
        yield {**entry, "state": "leaving", "remark": _("将移走")} if is_leaving else entry


def _proposed_entries(shown: ShownPlan, names: Names, *, may_change: bool) -> Iterator[Entry]:
    """All of the draft, for the script: what lies outside the week takes people and rooms as well."""
    for placement in shown.plan.placements:
        yield calendar_entries.proposed(shown.run.id, placement, shown.plan.version, names, may_change=may_change)


def _proposed(shown: ShownPlan, names: Names, monday: date, *, may_change: bool) -> Iterator[tuple[datetime, WeekLine]]:
    """What the draft has in the week."""
    for placement in shown.plan.placements:
        start = local(placement.start)
        if monday <= start.date() < monday + timedelta(days=DAYS):
            number = placement.number
            href = url_for("arranging.placement", run_id=shown.run.id, number=number) if may_change else ""
            yield start, _line(placement, names, href)


def _line(placement: DraftPlacement, names: Names, href: str) -> WeekLine:
    return WeekLine(
        href=href,
        name=names.people(placement.people),
        kind=placement.kind,
        kind_shown="",
        when=when(placement.span),
        hours=hours(placement.span),
        where=names.room(placement.room),
        who="",
        state="draft",
        is_talk=True,
        state_shown=False,
        remark=_("草案，已固定") if placement.is_pinned else _("草案"),
    )
