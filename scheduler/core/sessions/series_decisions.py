"""A series decided: its sessions, or as many as there can be, with why not all and what would help."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.series import (
    EVERY_HALF_DAY,
    PlacedSession,
    RepairKind,
    SeriesAsked,
    SeriesPlan,
    SeriesRepair,
)
from scheduler.core.sessions.series_choice import choose, most
from scheduler.core.sessions.series_slots import Calendar, Needs, Slot

NAMED = 3
"""So many people who are in the way are named."""
OTHER_HALF_DAYS = 2
"""So many half-days are proposed besides those asked."""


def decide(asked: SeriesAsked, working_time: WorkingTime) -> SeriesPlan:
    """The best series there can be; if it is not all that was asked, why, and with which one change it would be."""
    calendar = Calendar(asked, working_time)
    slots = calendar.slots(asked)
    chosen = choose(slots, asked)
    fewest = sorted(len(slot.missing) for slot in slots)[: len(chosen)]
    plan = SeriesPlan(asked.count, tuple(_placed(slot, asked) for slot in chosen), len(slots), sum(fewest))
    if plan.is_complete:
        return plan
    return replace(plan, reasons=tuple(_reasons(asked, calendar)), repairs=tuple(_repairs(asked, calendar, plan)))


def _placed(slot: Slot, asked: SeriesAsked) -> PlacedSession:
    return PlacedSession(slot.span, slot.room, slot.missing, len(asked.people) - len(slot.missing))


# ── Why not ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _reasons(asked: SeriesAsked, calendar: Calendar) -> Iterator[Finding]:
    """The first of calendar, people and rooms with which it cannot be, each taken together with those before it."""
    days = _days(calendar.slots(asked, Needs.DAYS))
    if most(days, asked) < asked.count:
        yield from _too_tight(asked, calendar)
        return
    subject = asked.first.isoformat()
    free = _days(calendar.slots(asked, Needs.PEOPLE))
    if most(free, asked) == asked.count:
        yield _no_room(asked, with_room=len(calendar.slots(asked)), of=len(free))
        return
    yield Finding("series_people", subject, {"days": len(free), "of": len(days)})
    for person, count in list(calendar.takers(asked).items())[:NAMED]:
        yield Finding("series_person", person, {"days": count, "of": len(days)})


def _no_room(asked: SeriesAsked, with_room: int, of: int) -> Finding:
    """That no room is large enough, or that the one asked for, or all of them, are taken too often."""
    subject = asked.rooms[0].room if asked.rooms and len(asked.rooms) == 1 else asked.first.isoformat()
    return Finding("series_room" if asked.rooms else "series_no_room", subject, {"days": with_room, "of": of})


def _too_tight(asked: SeriesAsked, calendar: Calendar) -> list[Finding]:
    """Why even an empty calendar has no room for so many: days, distance or week, or only distance and week together."""
    subject, count = asked.first.isoformat(), asked.count
    at_any_distance = replace(asked, apart=1, per_week=None)
    days = len(calendar.slots(at_any_distance, Needs.DAYS))
    by_apart = _fitting(replace(asked, per_week=None), calendar)
    by_week = _fitting(replace(asked, apart=1), calendar)
    found = []
    if days < count:
        found.append(Finding("series_days", subject, {"most": days}))
    if by_apart < min(count, days):
        found.append(Finding("series_apart", subject, {"most": by_apart, "apart": asked.apart}))
    if by_week < min(count, days):
        found.append(Finding("series_per_week", subject, {"most": by_week, "per_week": asked.weekly}))
    if not found:
        details = {"most": _fitting(asked, calendar), "apart": asked.apart, "per_week": asked.weekly}
        found.append(Finding("series_both", subject, details))
    return found


def _fitting(asked: SeriesAsked, calendar: Calendar) -> int:
    """How many sessions would fit if everybody and every room were free."""
    return most(_days(calendar.slots(asked, Needs.DAYS)), asked)


def _days(slots: list[Slot]) -> list[date]:
    return [slot.day for slot in slots]


# ── What would help ──────────────────────────────────────────────────────────────────────────────────────────────────
def _repairs(asked: SeriesAsked, calendar: Calendar, plan: SeriesPlan) -> Iterator[SeriesRepair]:
    """The smallest change of each kind with which everything is placed, each decided again."""
    yield from _other_half_days(asked, calendar)
    apart = (replace(asked, apart=days) for days in range(asked.apart - 1, 0, -1))
    if nearer := next((change for change in apart if _is_enough(change, calendar)), None):
        yield SeriesRepair(RepairKind.APART, nearer.apart, _missed(nearer, calendar))
    more = (replace(asked, per_week=count) for count in range(asked.weekly + 1, 8))
    if denser := next((change for change in more if _is_enough(change, calendar)), None):
        yield SeriesRepair(RepairKind.PER_WEEK, denser.weekly, _missed(denser, calendar))
    if longer := _longer(asked, calendar):
        yield SeriesRepair(RepairKind.LAST, longer.last, _missed(longer, calendar))
    if plan.placed:
        yield SeriesRepair(RepairKind.COUNT, plan.placed, plan.missed)


def _other_half_days(asked: SeriesAsked, calendar: Calendar) -> list[SeriesRepair]:
    """The half-days that help, those with which fewest people are missing first."""
    found = []
    for half_day in sorted(EVERY_HALF_DAY - asked.half_days):
        change = replace(asked, half_days=asked.half_days | {half_day})
        if _is_enough(change, calendar):
            found.append(SeriesRepair(RepairKind.HALF_DAY, half_day, _missed(change, calendar)))
    return sorted(found, key=lambda repair: repair.missed)[:OTHER_HALF_DAYS]


def _longer(asked: SeriesAsked, calendar: Calendar) -> SeriesAsked | None:
    """The same with the earliest later last day that is late enough: with a later one, never less can be placed."""
    changes = [replace(asked, last=day) for day in calendar.days if day > asked.last]
    place = bisect_left(changes, 1, key=lambda change: _is_enough(change, calendar))
    return changes[place] if place < len(changes) else None


def _is_enough(asked: SeriesAsked, calendar: Calendar) -> bool:
    return most(_days(calendar.slots(asked)), asked) == asked.count


def _missed(asked: SeriesAsked, calendar: Calendar) -> int:
    """How many person-sessions the best series misses."""
    return sum(len(slot.missing) for slot in choose(calendar.slots(asked), asked))
