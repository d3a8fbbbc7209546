"""Requirements to test with."""

from datetime import date

from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Reason, Requirement, Resolution, Severity
from tests.builders import people

SUMMER = DayRange(date(2014, 6, 16), date(2014, 8, 15))
FACE_TO_FACE = frozenset({Mode.FACE_TO_FACE})


def a_requirement(
    pair: tuple[str, str] | None = ("p01", "p02"),
    *,
    subject: str = "",
    pool: tuple[str, ...] = (),
    k: int = 1,
    rules: tuple[str, ...] = ("R1",),
    severity: Severity = Severity.MUST,
    min_count: int = 1,
    modes: frozenset[Mode] = FACE_TO_FACE,
    group_ok: bool = False,
    window: DayRange = SUMMER,
    period: str | None = None,
) -> Requirement:
    return Requirement(
        None if subject else (PersonId(pair[0]), PersonId(pair[1])) if pair else None,
        PersonId(subject) if subject else None,
        people(*pool),
        k,
        tuple(Reason(RuleId(rule)) for rule in rules),
        severity,
        min_count,
        modes,
        group_ok,
        window,
        period,
    )


def a_resolution(*requirements: Requirement, **known: object) -> Resolution:
    rules = dict.fromkeys(rule for requirement in requirements for rule in requirement.rules)
    return Resolution(
        requirements,
        dict.fromkeys(rules, 1),
        dict.fromkeys(rules, Severity.MUST),
        (),
        SUMMER,
        **known,  # type: ignore[arg-type]
    )
