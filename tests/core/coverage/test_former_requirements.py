"""What was required on earlier days and is no longer."""

from dataclasses import replace
from datetime import date

from scheduler.core.coverage.former_requirements import EarlierResolution, FormerRequirements, NoLongerRequired
from scheduler.core.coverage.report import cover
from scheduler.core.coverage.verdicts import verdicts
from scheduler.core.ground.bookings import Booking, Mode
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Requirement, Severity
from tests.builders import a_talk, an_as_of
from tests.core.asked import a_requirement, a_resolution

JUNE = DayRange(date(2014, 6, 1), date(2014, 6, 30))
NOW = an_as_of("2014-08-01")
STAYING, LEAVING = a_requirement(("p01", "p02")), a_requirement(("p01", "p03"))


def held(name: str, who: tuple[str, ...], day: str, **known: object) -> Booking:
    return a_talk(name, start=f"{day}T09:00", who=who, is_held=True, **known)  # type: ignore[arg-type]


def former(*requirements: Requirement) -> FormerRequirements:
    return FormerRequirements([EarlierResolution(JUNE, a_resolution(*requirements))], NOW.zone)


def dropped(*talks: Booking, then: tuple[Requirement, ...] = (STAYING, LEAVING)) -> NoLongerRequired:
    return former(*then).pairs_no_longer_required([STAYING], talks, NOW)


def test_pairs_that_were_asked_and_those_of_them_that_talked_by_then() -> None:
    assert dropped() == (1, 0)
    assert dropped(held("T1", ("p03", "p01"), "2014-06-20")) == (1, 1)
    assert dropped(held("T1", ("p01", "p02"), "2014-06-20")) == (1, 0)
    assert dropped(held("T1", ("p01", "p03"), "2014-07-20")) == (1, 0)  # nobody asked for it on that day
    assert dropped(held("T1", ("p01", "p03"), "2014-06-10")) == (1, 0)  # before its window
    assert dropped(held("T1", ("p01", "p03"), "2014-06-20", mode=Mode.PHONE)) == (1, 0)
    assert dropped(held("T1", ("p01", "p03", "p04"), "2014-06-20")) == (1, 0)  # a group talk


def test_pair_that_may_talk_in_a_group_did() -> None:
    group_ok = replace(LEAVING, group_ok=True)

    assert dropped(held("T1", ("p01", "p03", "p04"), "2014-06-20"), then=(group_ok,)) == (1, 1)


def test_what_need_not_be_or_is_of_a_pool_is_no_pair_that_is_missing() -> None:
    optional = replace(LEAVING, severity=Severity.OPTIONAL)
    any_of = a_requirement(subject="p03", pool=("s01",))

    assert dropped(held("T1", ("p01", "p03"), "2014-06-20"), then=(optional, any_of)) == (0, 0)


def test_pair_that_is_asked_the_other_way_round_is_still_asked() -> None:
    other_way = a_requirement(("p02", "p01"))

    assert dropped(then=(other_way,)) == (0, 0)


def test_ledger_tells_such_a_talk_from_one_that_nobody_ever_asked_for() -> None:
    talks = [
        held("T1", ("p01", "p03"), "2014-06-20"),
        held("T2", ("p01", "p03"), "2014-07-20"),
        held("T3", ("p01", "p02"), "2014-06-20"),
        held("T4", ("p01", "p04"), "2014-06-20"),
        held("T5", ("p01", "p03"), "2014-06-21", mode=Mode.PHONE),
        held("T6", ("p01", "p03"), "2014-06-10"),
    ]
    coverage = cover(a_resolution(STAYING), talks, NOW)
    earlier = [EarlierResolution(JUNE, a_resolution(STAYING, LEAVING))]

    judged = {v.talk.id: (v.is_no_longer_required, v.is_extra, v.why_not) for v in verdicts(coverage, earlier)}
    assert judged == {
        "T1": (True, False, None),
        "T2": (False, True, None),
        "T3": (False, False, None),
        "T4": (False, True, None),
        "T5": (True, False, "mode_not_allowed"),
        "T6": (True, False, "outside_window"),
    }
    assert [v.is_no_longer_required for v in verdicts(coverage)] == [False] * 6
