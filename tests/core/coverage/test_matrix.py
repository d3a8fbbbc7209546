"""The matrix laid out: half of it, pools at the end, filters."""

from datetime import date

from scheduler.core.coverage.matrix import Filter, MatrixLayout, Summed, by_person, matrix
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.ids import PersonId, RuleId, UnitId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Reason, Requirement, Severity
from tests.builders import a_group, a_person, a_roster, a_unit, people

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

    laid = matrix([third, other, one], ROSTER, {})

    assert [row.slot.person for row in laid.rows] == ["p01", "p02"]
    assert [column.person for column in laid.columns] == ["p02", "p03"]
    assert laid.rows[0].cells == ((one,), (other,))
    assert laid.rows[1].cells == (None, (third,))


def test_pools_stand_in_a_column_of_their_group_after_the_people() -> None:
    pair, pool = asked("p01", "p02"), asked("p01", pool=("p04", "p05"))

    laid = matrix([pool, pair], ROSTER, {PersonId("p01"): (1, 2)})

    assert [(column.person, column.group) for column in laid.columns] == [("p02", ""), (None, "G")]
    assert (laid.rows[0].covered, laid.rows[0].required) == (1, 2)


def test_pool_that_leaves_its_subject_out_still_stands_in_the_column_of_its_group() -> None:
    first, second = asked("p04", pool=("p05",)), asked("p05", pool=("p04",))

    laid = matrix([first, second], ROSTER, {})

    assert [column.group for column in laid.columns] == ["G"]
    assert [row.cells for row in laid.rows] == [((first,),), ((second,),)]


def test_loose_pools_stand_in_the_column_of_their_rule() -> None:
    laid = matrix([asked("p01", pool=("p02", "p04")), asked("p02", pool=("p03", "p05"))], ROSTER, {})

    assert [(column.group, column.rule) for column in laid.columns] == [("", "R1")]


def test_what_nobody_asks_is_an_empty_cell() -> None:
    laid = matrix([asked("p01", "p03"), asked("p02", "p04")], ROSTER, {})

    assert laid.rows[0].cells[1] == ()


def test_filters_take_by_rule_person_state_period_and_weight() -> None:
    all_of_them = [
        asked("p01", "p02"),
        asked("p01", "p03", rule="R2", state=CoverageState.COVERED),
        asked("p02", "p03", severity=Severity.OPTIONAL, rule="RX"),
        asked("p01", pool=("p04", "p05"), period="2014-07"),
    ]

    def keys(wanted: Filter) -> list[str]:
        return [one.requirement.key for one in all_of_them if wanted.wants(one)]

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

    assert by_person([one, other]) == {"p01": [one], "p02": [one, other], "p03": [other]}


# ── Other orders ─────────────────────────────────────────────────────────────────────────────────────────────────────
UNITS = [a_unit("D01", head=PersonId("p04")), a_unit("D02")]
ORG = a_roster(
    a_person("p01", "王文", rank=1),
    a_person("p02", "丁一", rank=2, unit="D01"),
    a_person("p03", "田大利", rank=3, unit="D02"),
    a_person("p04", "田富", rank=4, unit="D01"),
    units=UNITS,
)


def test_by_strokes_each_pair_stands_in_the_row_of_the_one_with_fewer() -> None:
    pairs = [asked("p01", "p02"), asked("p01", "p03"), asked("p02", "p03")]

    laid = matrix(pairs, ORG, {}, MatrixLayout(PersonOrder.STROKES))

    assert [row.slot.person for row in laid.rows] == ["p02", "p01"]
    assert [column.person for column in laid.columns] == ["p01", "p03"]
    assert [row.cells for row in laid.rows] == [((pairs[0],), (pairs[2],)), (None, (pairs[1],))]


def test_whoever_ranks_lower_in_every_pair_keeps_the_column_in_any_order() -> None:
    laid = matrix([asked("p01", "p02"), asked("p01", "p04")], ORG, {}, MatrixLayout(PersonOrder.STROKES))

    assert [row.slot.person for row in laid.rows] == ["p01"]
    assert [column.person for column in laid.columns] == ["p02", "p04"]


def test_by_unit_people_stand_under_their_unit_its_head_first() -> None:
    pairs = [asked("p01", other) for other in ("p02", "p03", "p04")]

    laid = matrix(pairs, ORG, {}, MatrixLayout(PersonOrder.UNIT))

    assert [(column.unit, column.person) for column in laid.columns] == [("D01", "p04"), ("D01", "p02"), ("D02", "p03")]
    assert not laid.is_folded


# ── Too many to stand one by one ─────────────────────────────────────────────────────────────────────────────────────
FEW = 2
MANY = [
    asked("p01", "p02", state=CoverageState.COVERED),
    asked("p01", "p03"),
    asked("p02", "p04"),
    asked("p02", "p03"),
    asked("p01", pool=("p03", "p04")),
]


def cells(laid: object) -> list[tuple[object, ...]]:
    return [row.cells for row in laid.rows]  # type: ignore[attr-defined]  # tests name what they look at


def test_of_too_many_people_units_are_summed_up() -> None:
    laid = matrix(MANY, ORG, {}, MatrixLayout(most=FEW))

    assert laid.is_folded
    assert [row.slot.key for row in laid.rows] == ["unit ", "unit D01"]
    assert [column.key for column in laid.columns] == ["unit D01", "unit D02", "R1 1"]
    assert cells(laid) == [(Summed(1, 1), Summed(0, 1), Summed(0, 1)), (Summed(0, 1), Summed(0, 1), ())]
    assert [(row.covered, row.required) for row in laid.rows] == [(1, 3), (0, 2)]


def test_unfolded_units_stand_person_by_person_among_the_others() -> None:
    laid = matrix(MANY, ORG, {PersonId("p02"): (1, 3)}, MatrixLayout(unfolded=frozenset({UnitId("D01")}), most=FEW))

    assert [row.slot.key for row in laid.rows] == ["unit ", "p02"]
    assert [column.key for column in laid.columns] == ["p04", "p02", "unit D02", "R1 1"]
    assert cells(laid) == [((), Summed(1, 1), Summed(0, 1), Summed(0, 1)), ((MANY[2],), None, Summed(0, 1), ())]
    assert (laid.rows[1].covered, laid.rows[1].required) == (1, 3)


def test_people_of_an_unknown_unit_stand_with_those_without_one() -> None:
    roster = a_roster(a_person("p01", unit="D09"), a_person("p02"), units=UNITS)

    laid = matrix([asked("p01", "p02")], roster, {}, MatrixLayout(most=1))

    assert [column.key for column in laid.columns] == ["unit "]
    assert cells(laid) == [(Summed(0, 1),)]
