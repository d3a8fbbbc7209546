from datetime import date

from scheduler import wording
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import Repair
from scheduler.wording.arranging import reason_text, repair_text

NAMES = {"p07": "邓永昌", "s02": "许文彬", "R04": "谈话室A"}


def name_of(one: str) -> str:
    return NAMES.get(one, one)


def said(kind: str, **details: object) -> tuple[str, str]:
    finding = Finding(kind, "p07", details)
    return reason_text(finding, name_of), reason_text(finding, name_of, "en")


def helps(kind: str, **details: object) -> tuple[str, str]:
    repair = Repair(kind, details)
    return repair_text(repair, name_of), repair_text(repair, name_of, "en")


def test_a_person_with_too_much_to_do_is_named_with_both_numbers() -> None:
    details = {"name": "p07", "talks": 3, "needed": 6, "free": 4, "minutes": 30, "until": "2014-08-15T17:30"}

    assert said("person_overfull", **details) == (
        "邓永昌 有 3 次谈话，需要 6 格，截至 8月15日 17:30 只有 4 格空闲（每格 30 分钟）",
        "邓永昌 has 3 talks that need 6 steps, and 4 free until 15 Aug 17:30 (30 minutes each)",
    )


def test_rooms_that_are_full_are_named() -> None:
    details = {"rooms": ("R04",), "needed": 16, "free": 2, "minutes": 30, "until": "2014-08-15T17:30"}

    assert (
        said("rooms_full", **details)[0] == "谈话室A 截至 8月15日 17:30 只有 2 格空闲，谈话需要 16 格（每格 30 分钟）"
    )


def test_two_who_are_never_free_together_are_both_named() -> None:
    assert said("never_free_together", people=("p07", "s02"), until="2014-08-04T17:30") == (
        "邓永昌、许文彬 在 8月4日 17:30 之前没有共同的空闲时间",
        "邓永昌 and 许文彬 are never free together until 4 Aug 17:30",
    )


def test_a_window_without_time_says_which() -> None:
    first, last = date(2014, 6, 16), date(2014, 8, 15)

    assert said("no_time_left", people=("p07",), first=first, last=last)[0] == (
        "邓永昌 的谈话窗口期（6月16日至8月15日）在所排时间内没有工作时间"
    )
    assert "（6月16日）" in said("no_time_left", people=("p07",), first=first, last=None)[0]


def test_too_few_of_a_pool_and_too_few_days() -> None:
    assert said("too_few_of_pool", name="p07", k=3, pool=2)[0] == "邓永昌 须与 3 名不同的人谈话，可选的只有 2 人"
    assert said("too_few_days", people=("p07", "s02"), needed=3, days=2)[1] == (
        "邓永昌 and 许文彬 need 3 different days, and are free together on 2"
    )


def test_contradicting_bookings_are_both_named() -> None:
    room = Room("R04", "谈话室A", "Talk room A")

    assert said("double_booked", name="邓永昌", bookings=("E01", "T002")) == (
        "邓永昌 同时有 E01 与 T002",
        "邓永昌 has E01 and T002 at the same time",
    )
    assert said("double_booked", name=room, bookings=("E01", "T002")) == (
        "谈话室A 同时有 E01 与 T002",
        "Talk room A has E01 and T002 at the same time",
    )
    assert said("double_booked", name="邓永昌")[0] == "邓永昌 同时有 "


def test_other_findings_are_said_as_everywhere() -> None:
    assert reason_text(Finding("year_not_published", "2015"), name_of).startswith("2015年放假安排待公布")


def test_repairs_say_what_helps() -> None:
    assert helps("more_time", name="p07", day="2014-08-14", minutes=30) == (
        "邓永昌 于8月14日再空出 30 分钟",
        "30 more minutes of 邓永昌 on 14 Aug",
    )
    assert helps("later_day", day=date(2014, 8, 18)) == ("延至8月18日", "Until 18 Aug")
    assert helps("more_rooms")[0] == "再增加 1 个场地"
    assert helps("pray")[1] == repair_text(Repair("pray"), name_of, "en") != ""


def test_where_no_names_are_at_hand_the_id_is_said() -> None:
    finding = Finding("too_few_of_pool", "p07", {"name": "p07", "k": 3, "pool": 2})

    assert wording.text(finding) == "p07 须与 3 名不同的人谈话，可选的只有 2 人"


def test_who_is_missing_is_said_of_a_pool_and_of_rooms() -> None:
    numbers = {"until": "2014-08-04T17:30", "free": 0, "needed": 2, "minutes": 30}

    assert said("never_free_with_any", people=("p07",), pool_people=("s02",), tightest=("s02",), **numbers) == (
        "邓永昌 在 8月4日 17:30 之前与 许文彬 中任何一人都没有共同的空闲时间（许文彬 空闲 0 格，需要 2 格，每格 30 分钟）",
        "邓永昌 is never free together with any of 许文彬 until 4 Aug 17:30 (许文彬: 0 free steps of 30 minutes, 2 are needed)",
    )
    pool = said("never_free_with_any", people=("p07",), pool_people=("s01", "s02", "p07"), tightest=("s02",), **numbers)
    assert "任何一人" in pool[0]
    assert "with any of s01, 许文彬 and 邓永昌 until" in pool[1]
    assert said("rooms_taken_then", people=("p07", "s02"), rooms=("R04",), **numbers)[0] == (
        "邓永昌、许文彬 都有空时 谈话室A 均被占用（截至 8月4日 17:30 共空闲 0 格，需要 2 格，每格 30 分钟）"
    )
