"""Coverage of many requirements against many talks, beside the same join and group-by in pandas.

Both start from the same two lists of values (`Requirement`, `Booking`) and give the same answers: how far along each
requirement is, what each rule and each person has covered. `columns only` is pandas on columns that were taken out of
the values beforehand: what the join and the group-by cost by themselves.
"""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from bench.timing import best_of_each
from scheduler.core.coverage.report import Coverage, cover
from scheduler.core.ground.bookings import AsOf, Booking, Kind, Mode, Participant
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleId
from scheduler.core.ground.spans import DayRange, Span, midnight, next_midnight
from scheduler.core.rules.requirements import Reason, Requirement, Resolution, Severity

ZONE = ZoneInfo("Asia/Shanghai")
SIZES = (5_000, 10_000, 20_000, 40_000)
"""Requirements; half as many talks again."""
WINDOW = DayRange(date(2014, 6, 16), date(2014, 8, 15))
TODAY = date(2014, 8, 1)
AS_OF = AsOf(TODAY, next_midnight(TODAY, ZONE), ZONE)
RULES = tuple(RuleId(f"R{number}") for number in range(1, 5))
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def problem(required: int, seed: int = 1) -> tuple[Resolution, list[Booking]]:
    """So many pairs, each asked once, and half as many talks again, one in five of people whom no rule asks."""
    dice = random.Random(seed)
    people = [PersonId(f"p{number:05}") for number in range(required // 8)]
    pairs: dict[tuple[PersonId, PersonId], None] = {}
    while len(pairs) < required:
        one, other = dice.sample(people, 2)
        pairs[min(one, other), max(one, other)] = None
    modes = frozenset({Mode.FACE_TO_FACE})
    reasons = [(Reason(rule),) for rule in RULES]
    requirements = tuple(
        Requirement(pair, None, (), 1, dice.choice(reasons), Severity.MUST, 1, modes, False, WINDOW, None)
        for pair in pairs
    )
    severities = dict.fromkeys(RULES, Severity.MUST)
    resolution = Resolution(requirements, dict.fromkeys(RULES, required // 4), severities, (), WINDOW)
    asked = list(pairs)
    talks = [
        a_talk(number, dice.choice(asked) if dice.random() < 0.8 else tuple(dice.sample(people, 2)), dice)
        for number in range(required * 3 // 2)
    ]
    return resolution, sorted(talks, key=lambda talk: (talk.span.start, talk.id))


def a_talk(number: int, people: tuple[PersonId, ...], dice: random.Random) -> Booking:
    """A talk some time in the summer: mostly held, some booked, awaiting or cancelled, one in ten by phone."""
    start = datetime(2014, 6, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(80), minutes=30 * dice.randrange(16))
    fate = dice.random()
    return Booking(
        BookingId(f"T{number:05}"),
        Kind.TALK,
        "",
        Span(start, start + timedelta(minutes=45)),
        RoomId("R04"),
        tuple(Participant(person) for person in dice.sample(people, 2)),
        mode=Mode.PHONE if dice.random() < 0.1 else Mode.FACE_TO_FACE,
        is_held=fate < 0.8,
        is_awaiting=0.8 <= fate < 0.85,
        is_cancelled=0.85 <= fate < 0.9,
    )


def columns(resolution: Resolution, talks: list[Booking]) -> Tables:
    """The values as pandas wants them."""
    asked = pd.DataFrame(
        {
            "a": [requirement.pair[0] for requirement in resolution.requirements if requirement.pair],
            "b": [requirement.pair[1] for requirement in resolution.requirements if requirement.pair],
            "count": [requirement.min_count for requirement in resolution.requirements],
            "first": [midnight_of(requirement.window.first) for requirement in resolution.requirements],
            "ends": [midnight_after(requirement.window.last) for requirement in resolution.requirements],
        }
    )
    rules = pd.DataFrame(
        {
            "place": [place for place, r in enumerate(resolution.requirements) for _ in r.reasons],
            "rule": [reason.rule for requirement in resolution.requirements for reason in requirement.reasons],
        }
    )
    held = pd.DataFrame(
        {
            "one": [talk.participants[0].person for talk in talks],
            "other": [talk.participants[1].person for talk in talks],
            "start": pd.DatetimeIndex([talk.span.start for talk in talks]),
            "end": pd.DatetimeIndex([talk.span.end for talk in talks]),
            "held": [talk.is_held for talk in talks],
            "awaiting": [talk.is_awaiting for talk in talks],
            "cancelled": [talk.is_cancelled for talk in talks],
            "mode": [talk.mode is Mode.FACE_TO_FACE for talk in talks],
        }
    )
    return asked, rules, held


_MIDNIGHTS: dict[date | None, pd.Timestamp] = {}


def midnight_of(day: date | None) -> pd.Timestamp:
    """When a day begins; looked up once for each day."""
    if day not in _MIDNIGHTS:
        _MIDNIGHTS[day] = pd.Timestamp(midnight(day or date.min, ZONE))
    return _MIDNIGHTS[day]


def midnight_after(day: date | None) -> pd.Timestamp:
    """When a day is over."""
    return midnight_of(day + timedelta(days=1) if day else None)


def joined(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The join and the group-by: state of each requirement, and covered and required by rule and by person."""
    asked, rules, held = tables
    is_swapped = held["one"] > held["other"]
    held = held.assign(
        a=held["one"].where(~is_swapped, held["other"]), b=held["other"].where(~is_swapped, held["one"])
    )[~held["cancelled"] & held["mode"]]
    ahead = held["start"] >= pd.Timestamp(AS_OF.day_ends)
    held = held.assign(
        counts=held["held"] & ~ahead,
        booked=(held["held"] & ahead)
        | (~held["held"] & ~held["awaiting"] & (held["end"] > pd.Timestamp(AS_OF.moment))),
        day=held["start"].dt.tz_convert(ZONE).dt.normalize(),
    )
    both = asked.reset_index(names="place").merge(held, on=["a", "b"])
    both = both[(both["start"] >= both["first"]) & (both["start"] < both["ends"])]
    have = both[both["counts"]].groupby("place")["day"].nunique()
    is_booked = both.groupby("place")["booked"].any()
    asked = asked.assign(have=have.reindex(asked.index).fillna(0), booked=is_booked.reindex(asked.index))
    asked["covered"] = asked["have"] >= asked["count"]
    asked["overdue"] = ~asked["covered"] & (asked["ends"] <= pd.Timestamp(midnight(TODAY, ZONE)))
    by_rule = rules.assign(covered=asked["covered"].to_numpy()[rules["place"]]).groupby("rule")["covered"]
    people = pd.concat([asked[["a", "covered"]], asked[["b", "covered"]].rename(columns={"b": "a"})]).groupby("a")[
        "covered"
    ]
    return asked, by_rule.agg(["sum", "count"]), people.agg(["sum", "count"])


def agree(ours: Coverage, theirs: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    """Both must say the same, or the comparison is worth nothing."""
    asked, by_rule, by_person = theirs
    assert ours.covered == int(asked["covered"].sum())
    assert [state.have for state in ours.requirements] == asked["have"].astype(int).tolist()
    assert ours.by_rule == {rule: tuple(row) for rule, row in by_rule.iterrows()}
    assert ours.rows == {person: tuple(row) for person, row in by_person.iterrows()}


def run() -> list[dict[str, Any]]:
    """Time both at each size, in turns, so that a busy machine is as unkind to one as to the other."""
    rows = []
    for required in SIZES:
        resolution, talks = problem(required)
        tables = columns(resolution, talks)
        agree(cover(resolution, talks, AS_OF), joined(tables))
        ours, theirs, alone = best_of_each(
            lambda r=resolution, t=talks: cover(r, t, AS_OF),
            lambda r=resolution, t=talks: joined(columns(r, t)),
            lambda c=tables: joined(c),
        )
        rows.append(
            {
                "requirements": required,
                "talks": len(talks),
                "ms": round(ours * 1e3, 1),
                "µs per requirement": round(ours / required * 1e6, 2),
                "pandas ms": round(theirs * 1e3, 1),
                "ratio": round(ours / theirs, 2),
                "columns only ms": round(alone * 1e3, 1),
            }
        )
    return rows
