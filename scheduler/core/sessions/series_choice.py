"""Which days of a series to take, decided exactly.

Dynamic programming over the possible days in order. A state is: so many sessions placed, the last of them on this day,
being the so-manieth of its week. Whatever is added later depends on nothing else that lies before, so of all ways to reach a
state the cheapest one is enough, and none that could become the best is ever dropped (Bellman's principle). The cost is
compared lexicographically, and each part of it adds up: people missing, then how the days lie.

With d days, n sessions and j a week there are n·d·j states, and each looks back at d days at most: time grows with n·d²,
memory with n·d·j. A year of workdays and 50 sessions take a few seconds, a usual question a few milliseconds.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.core.sessions.series import SeriesRequest, Spread, monday
from scheduler.core.sessions.series_slots import Slot

Cost = tuple[int, int]
"""People missing, then how the days lie."""
_State = tuple[int, int]
"""The place of the last day, and how many sessions its week has by then."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest way to a state: what it costs, and where it comes from."""

    cost: Cost
    before: _State | None


_Reached = tuple[_State, _Way]
_Layer = Mapping[_State, _Way]
"""All states with the same number of sessions."""


def choose(slots: Sequence[Slot], request: SeriesRequest) -> list[Slot]:
    """As many of these days as can be, up to the number asked, and of all such choices the best."""
    layers = _layers(slots, request)
    if not layers:
        return []
    state: _State | None = min(layers[-1], key=lambda last: _final(last, layers[-1], slots, request))
    chosen = []
    for layer in reversed(layers):
        assert state is not None  # noqa: S101 - only the first layer has nothing before it
        chosen.append(slots[state[0]])
        state = layer[state].before
    return chosen[::-1]


def most(days: Sequence[date], request: SeriesRequest) -> int:
    """How many of these days, in order, can be taken: taking each as soon as it is allowed is never worse."""
    taken: list[date] = []
    for day in days:
        in_week = sum(monday(earlier) == monday(day) for earlier in taken[-request.weekly :])
        is_far = not taken or (day - taken[-1]).days >= request.apart
        if is_far and in_week < request.left_in_week(day) and len(taken) < request.count:
            taken.append(day)
    return len(taken)


def _layers(slots: Sequence[Slot], request: SeriesRequest) -> list[_Layer]:
    """The states with one session, with two, and so on, as far as there are any."""
    layers: list[_Layer] = []
    layer: _Layer = {
        (place, 1): _Way(_cost(slot, request.first.toordinal() - 1, request), None)
        for place, slot in enumerate(slots)
        if request.left_in_week(slot.day)
    }
    while layer:
        layers.append(layer)
        layer = _next(layer, slots, request) if len(layers) < request.count else {}
    return layers


def _next(layer: _Layer, slots: Sequence[Slot], request: SeriesRequest) -> _Layer:
    """The states with one session more."""
    by_place, best = _by_place(layer)
    following: dict[_State, _Way] = {}
    days = [slot.day.toordinal() for slot in slots]
    for place, slot in enumerate(slots):
        week, left = monday(slot.day).toordinal(), request.left_in_week(slot.day)
        for earlier in range(bisect_right(days, days[place] - request.apart)):
            if earlier not in best:
                continue
            # a full week bears only on days of that week: for others the cheapest way to the earlier day is enough
            ways = by_place[earlier] if days[earlier] >= week else [best[earlier]]
            missing, lies = _cost(slot, days[earlier], request)
            for (_, in_week), way in ways:
                state = (place, in_week + 1 if days[earlier] >= week else 1)
                cost = (way.cost[0] + missing, way.cost[1] + lies)
                if state[1] <= left and (state not in following or cost < following[state].cost):
                    following[state] = _Way(cost, (earlier, in_week))
    return following


def _by_place(layer: _Layer) -> tuple[dict[int, list[_Reached]], dict[int, _Reached]]:
    """All states of each day, and the cheapest of them."""
    by_place: dict[int, list[_Reached]] = {}
    for reached in layer.items():
        by_place.setdefault(reached[0][0], []).append(reached)
    return by_place, {place: min(some, key=lambda state: state[1].cost) for place, some in by_place.items()}


def _cost(slot: Slot, before: int, request: SeriesRequest) -> Cost:
    """What one more session adds; `before` is the day (as a number) of the one before it."""
    if request.spread is Spread.SOONEST:
        return len(slot.missing), (slot.day - request.first).days
    return len(slot.missing), (slot.day.toordinal() - before) ** 2


def _final(state: _State, layer: _Layer, slots: Sequence[Slot], request: SeriesRequest) -> tuple[int, int, int, int]:
    """What the whole series is compared by; the last part makes the answer the same each time."""
    missed, lies = layer[state].cost
    day = slots[state[0]].day
    if request.spread is Spread.SOONEST:
        return missed, (day - request.first).days, lies, state[1]
    return missed, lies + ((request.last - day).days + 1) ** 2, (day - request.first).days, state[1]
