"""What the tests of arranging begin with: a few people, requirements between them, a week in July 2014."""

from collections.abc import Collection
from datetime import date
from typing import Any

from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.coverage.report import cover
from scheduler.core.ground.bookings import AsOf, Booking, Mode
from scheduler.core.ground.ids import RoomId, RuleId, RuleSetId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.plans.problems import Wall, text_of
from scheduler.core.rules.requirements import Reason, Requirement, Resolution, Severity
from tests.builders import ZONE, a_room, a_roster, a_working_time, at, people

WINDOW = DayRange(date(2014, 7, 1), date(2014, 7, 4))
"""Tuesday to Friday."""


def a_pair(
    one: str = "p01",
    other: str = "p02",
    *,
    rule: str = "R1",
    window: DayRange = WINDOW,
    count: int = 1,
    severity: Severity = Severity.MUST,
    modes: Collection[Mode] = (Mode.FACE_TO_FACE,),
    period: str | None = None,
) -> Requirement:
    reasons = (Reason(RuleId(rule)),)
    first, second = people(one, other)
    return Requirement((first, second), None, (), 1, reasons, severity, count, frozenset(modes), False, window, period)


def an_any(
    subject: str = "p01",
    pool: Collection[str] = ("p02", "p03", "p04"),
    *,
    k: int = 1,
    count: int = 1,
    rule: str = "R4",
    window: DayRange = WINDOW,
) -> Requirement:
    reasons = (Reason(RuleId(rule)),)
    (who,) = people(subject)
    modes = frozenset({Mode.FACE_TO_FACE})
    return Requirement(None, who, people(*pool), k, reasons, Severity.MUST, count, modes, False, window, None)


def facts(
    *asked: Requirement,
    options: ArrangeOptions | None = None,
    now: str = "2014-07-01T08:00",
    rooms: Collection[Room] = (a_room("R04", use="talk"), a_room("R02", use="meeting")),
    roster: Roster | None = None,
    working_time: WorkingTime | None = None,
    talks: Collection[Booking] = (),
    bookings: Collection[Booking] = (),
    **known: Any,
) -> ArrangingFacts:
    """Facts at a moment; talks of the rule set stand on the calendar too."""
    moment = at(now)
    as_of = AsOf(moment.date(), moment, ZONE)
    resolution = Resolution(tuple(asked), {}, {}, (), WINDOW)
    return ArrangingFacts(
        as_of=as_of,
        options=options or ArrangeOptions(),
        rule_set=RuleSetId("RS1"),
        requirements=_states(resolution, talks, as_of),
        window=WINDOW,
        roster=roster or a_roster(),
        working_time=working_time or a_working_time(),
        rooms={RoomId(room.id): room for room in rooms},
        talks=tuple(talks),
        bookings=(*talks, *bookings),
        **known,
    )


def _states(resolution: Resolution, talks: Collection[Booking], as_of: AsOf) -> tuple[Any, ...]:
    rules = {rule: 1 for asked in resolution.requirements for rule in asked.rules}
    severity = dict.fromkeys(rules, Severity.MUST)
    whole = Resolution(resolution.requirements, rules, severity, (), WINDOW)
    return cover(whole, list(talks), as_of).requirements


def told(stretches: Collection[tuple[Wall, Wall]]) -> list[tuple[str, str]]:
    """Stretches as people write them."""
    return [(text_of(start), text_of(end)) for start, end in stretches]
