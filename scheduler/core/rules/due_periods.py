"""What was due in a calendar period: what a rule asked for on at least half of the workdays of the period (contract 4).

The organisation changes while a rule's window lasts. Each stretch of days without a change gives its answers once; a period then
counts, for each answer, the workdays of the stretches that gave it. So this costs as much as the answers themselves, however many
periods there are, and nothing is counted where a period lies within one stretch.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from scheduler.core.campaigns.windows import Period
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules.pairings import Ask

AskKey = tuple[PersonId, ...]
"""Whose talk it is: both people by id, or the subject; a pool may change while its subject is asked all the time."""


class BranchAsk(NamedTuple):
    """One thing asked for, and the branch that it was asked for in (None: in the organisation)."""

    ask: Ask
    branch: GroupId | None

    @property
    def key(self) -> AskKey:
        """Whose talk it is, whoever of the two stands higher that day."""
        return tuple(sorted(self.ask.people))


class AskedStretch(NamedTuple):
    """Days without a change, and what a rule asked for on each of them."""

    days: DayRange
    asks: Sequence[BranchAsk]


def due(
    stretches: Sequence[AskedStretch], periods: Sequence[Period], working_time: WorkingTime
) -> Iterator[tuple[BranchAsk, Period]]:
    """What was due in which period; stretches and periods each in order, the stretches without a gap.

    What is asked in the last stretch stands first, in its order, period by period.
    """
    if len(stretches) == 1:
        yield from ((ask, period) for ask in stretches[0].asks for period in periods)
        return
    by_key = [_grouped(stretch.asks) for stretch in stretches]
    starts = [stretch.days.first or date.min for stretch in stretches]
    due_in = [_due_within(stretches, by_key, starts, period.days, working_time) for period in periods]
    for key in dict.fromkeys(key for grouped in reversed(by_key) for key in grouped):
        for period, asks_by_key in zip(periods, due_in, strict=True):
            yield from ((ask, period) for ask in asks_by_key.get(key, ()))


def _grouped(asks: Sequence[BranchAsk]) -> Mapping[AskKey, list[BranchAsk]]:
    """What is asked, by whose talk it is; for several reasons it stands there several times."""
    grouped: dict[AskKey, list[BranchAsk]] = {}
    for ask in asks:
        grouped.setdefault(ask.key, []).append(ask)
    return grouped


def _due_within(
    stretches: Sequence[AskedStretch],
    by_key: Sequence[Mapping[AskKey, list[BranchAsk]]],
    starts: Sequence[date],
    days: DayRange,
    working_time: WorkingTime,
) -> Mapping[AskKey, Sequence[BranchAsk]]:
    """What was asked for on at least half of the workdays of a period."""
    begins = max(0, bisect_right(starts, days.first or date.min) - 1)
    places = range(begins, bisect_right(starts, days.last or date.max))
    if len(places) == 1:
        return by_key[places[0]]
    weights = _weights([stretches[place].days.intersection(days) for place in places], working_time)
    count: Counter[AskKey] = Counter()
    for place, weight in zip(places, weights, strict=True):
        for key in by_key[place]:
            count[key] += weight
    half = sum(weights)
    return {key: _joined([by_key[p].get(key, []) for p in places]) for key, days in count.items() if 2 * days >= half}


def _weights(parts: Sequence[DayRange | None], working_time: WorkingTime) -> list[int]:
    """How many workdays each part has; where nobody works on any of them, how many days."""
    ranges = [(part.first or date.min, part.last or date.max) if part else None for part in parts]
    workdays = [sum(1 for _ in working_time.workdays_between(*days)) if days else 0 for days in ranges]
    return workdays if any(workdays) else [(days[1] - days[0]).days + 1 if days else 0 for days in ranges]


def _joined(asks_by_stretch: Sequence[Sequence[BranchAsk]]) -> Sequence[BranchAsk]:
    """What was asked for in several stretches, as one: a pair with all its reasons, a subject with the pool that it has last.

    Whoever was in the pool before and has left it stays noted: talks held with them count.
    """
    asks = [ask for of_stretch in reversed(asks_by_stretch) for ask in of_stretch]
    if not asks[0].ask.pool:
        return list(dict.fromkeys(asks))
    last = next(of_stretch for of_stretch in reversed(asks_by_stretch) if of_stretch)
    branches = {ask.branch for ask in last}
    return [_with_earlier(ask, [a for a in asks if a.branch == ask.branch or a.branch not in branches]) for ask in last]


def _with_earlier(latest: BranchAsk, asks: Sequence[BranchAsk]) -> BranchAsk:
    """A subject's ask that notes everybody who was in its pool before and is no more."""
    before = dict.fromkeys(person for ask in asks for person in ask.ask.pool)
    now = set(latest.ask.pool)
    return latest._replace(ask=latest.ask._replace(earlier=tuple(p for p in before if p not in now)))
