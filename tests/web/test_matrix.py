"""The matrix laid out: half of it, pools at the end, filters."""

from datetime import date

from scheduler.core.bookings import Mode
from scheduler.core.coverage import CoverageState, RequirementState
from scheduler.core.ids import PersonId, RuleId
from scheduler.core.requirements import Reason, Requirement, Severity
from scheduler.core.spans import DayRange
from scheduler.web.matrix import Filter, by_person, key_of, matrix
from tests.builders import a_group, a_person, a_roster, people

ROSTER = a_roster(*(a_person(f"p0{n}", rank=n) for n in range(1, 6)), groups=[a_group("G", ["p04", "p05"])])
WINDOW = DayRange(date(2014, 6, 16), date(2014, 8, 15))


def asked(
    *pair: str,
    pool: tuple[str, ...] = (),
    state: CoverageState = CoverageState.OPEN,
    severity: Severity = Severity.MUST,
    rule: str = "R1",
    period: str | None = None,
) -> RequirementState:
    both = people(*pair)
    requirement = Requirement(
        pair=(both[0], both[1]) if len(both) > 1 else None,
        subject=both[0] if len(both) == 1 else None,
        pool=people(*pool),
        k=1,
        reasons=(Reason(RuleId(rule)),),
        severity=severity,
        min_count=1,
        modes=frozenset({Mode.FACE_TO_FACE}),
        group_ok=False,
        window=WINDOW,
        period=period,
    )
    return RequirementState(requirement, state, False, 0, ())


def test_each_pair_stands_once_in_the_row_of_the_higher_rank() -> None:
    one, other, third = asked("p01", "p02"), asked("p01", "p03"), asked("p02", "p03")

    laid = matrix([third, other, one], ROSTER, {}, Filter())

    assert [row.person for row in laid.rows] == ["p01", "p02"]
    assert [column.person for column in laid.columns] == ["p02", "p03"]
    assert laid.rows[0].cells == ((one,), (other,))
    assert laid.rows[1].cells == (None, (third,))


def test_pools_stand_in_a_column_of_their_group_after_the_people() -> None:
    pair, pool = asked("p01", "p02"), asked("p01", pool=("p04", "p05"))

    laid = matrix([pool, pair], ROSTER, {PersonId("p01"): (1, 2)}, Filter())

    assert [(column.person, column.group) for column in laid.columns] == [("p02", ""), (None, "G")]
    assert (laid.rows[0].covered, laid.rows[0].required) == (1, 2)


def test_pool_that_leaves_its_subject_out_still_stands_in_the_column_of_its_group() -> None:
    first, second = asked("p04", pool=("p05",)), asked("p05", pool=("p04",))

    laid = matrix([first, second], ROSTER, {}, Filter())

    assert [column.group for column in laid.columns] == ["G"]
    assert [row.cells for row in laid.rows] == [((first,),), ((second,),)]


def test_loose_pools_stand_in_the_column_of_their_rule() -> None:
    laid = matrix([asked("p01", pool=("p02", "p04")), asked("p02", pool=("p03", "p05"))], ROSTER, {}, Filter())

    assert [(column.group, column.rule) for column in laid.columns] == [("", "R1")]


def test_what_nobody_asks_is_an_empty_cell() -> None:
    laid = matrix([asked("p01", "p03"), asked("p02", "p04")], ROSTER, {}, Filter())

    assert laid.rows[0].cells[1] == ()


def test_filters_take_by_rule_person_state_period_and_weight() -> None:
    all_of_them = [
        asked("p01", "p02"),
        asked("p01", "p03", rule="R2", state=CoverageState.COVERED),
        asked("p02", "p03", severity=Severity.OPTIONAL, rule="RX"),
        asked("p01", pool=("p04", "p05"), period="2014-07"),
    ]

    def keys(wanted: Filter) -> list[str]:
        return [key_of(one.requirement) for one in all_of_them if wanted.wants(one)]

    assert keys(Filter())[:2] == ["p01-p02", "p01-p03"]
    assert len(keys(Filter())) == 3
    assert keys(Filter(rule=RuleId("R2"))) == ["p01-p03"]
    assert keys(Filter(rule=RuleId("RX"))) == ["p02-p03"]
    assert len(keys(Filter(with_optional=True))) == 4
    assert keys(Filter(state=CoverageState.COVERED)) == ["p01-p03"]
    assert [key.partition("@")[2] for key in keys(Filter(person=PersonId("p04")))] == ["2014-07"]
    assert len(keys(Filter(period="2014-07"))) == 1


def test_list_of_a_person_holds_both_halves() -> None:
    one, other = asked("p01", "p02"), asked("p02", "p03")

    assert by_person([one, other], Filter()) == {"p01": [one], "p02": [one, other], "p03": [other]}


def test_key_tells_period_and_pool_apart() -> None:
    plain, july = asked("p01", "p02").requirement, asked("p01", "p02", period="2014-07").requirement
    days = asked("p01", "p02", period="2014-06-16/2014-08-15").requirement

    assert key_of(plain) == "p01-p02"
    assert key_of(july) == "p01-p02@2014-07"
    assert key_of(days) == "p01-p02@2014-06-16_2014-08-15"
    assert key_of(asked("p01", pool=("p04",)).requirement) != key_of(asked("p01", pool=("p05",)).requirement)
