from datetime import date

from scheduler.core.ground.dated import ALWAYS, Validity
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.organisation.chart import Chart, GroupName, Seat, SeatPlan, UnitName

MAY, JUNE = date(2014, 5, 1), date(2014, 6, 1)
HEAD = Seat("D01", "head", PersonId("p01"))


def test_a_seat_is_held_and_left_over_periods() -> None:
    plan = SeatPlan()

    plan.hold(HEAD, ALWAYS)
    plan.leave(HEAD, Validity(JUNE, None))

    assert plan.on("D01", "head", MAY) == ("p01",)
    assert plan.on("D01", "head", JUNE) == ()
    assert plan.is_held(HEAD, Validity(MAY, JUNE))
    assert not plan.is_held(HEAD, Validity(MAY, None))
    assert plan.periods("D01") == [Validity(None, JUNE)]


def test_leaving_a_seat_that_nobody_holds_touches_nothing() -> None:
    plan = SeatPlan()

    plan.leave(HEAD, ALWAYS)

    assert plan.touched == set()


def test_holders_come_in_their_order() -> None:
    plan = SeatPlan()
    for place, person in enumerate(("p08", "p04")):
        plan.hold(Seat("I01", "in_charge", PersonId(person), place), ALWAYS)

    assert plan.on("I01", "in_charge", MAY) == ("p08", "p04")
    assert plan.within("I01", "in_charge", Validity(MAY, JUNE)) == ("p08", "p04")


def test_unit_and_group_of_a_day_are_put_together() -> None:
    chart = Chart()
    chart.set_unit(UnitId("D01"), UnitName("办公室", "Office", "dept"), Validity(MAY, None))
    chart.set_group(GroupId("B1"), GroupName("机关党支部", "branch"))
    chart.posts.hold(HEAD, ALWAYS)
    chart.memberships.hold(Seat("B1", "secretary", PersonId("p01")), ALWAYS)

    unit, group = chart.unit_on(UnitId("D01"), MAY), chart.group_on(GroupId("B1"), MAY)

    assert unit is not None
    assert group is not None
    assert (unit.name, unit.kind, unit.head) == ("办公室", "dept", "p01")
    assert (group.name, group.secretary, group.members) == ("机关党支部", "p01", ())
    assert chart.unit_on(UnitId("D01"), date(2014, 4, 30)) is None
    assert chart.group_on(GroupId("B9"), MAY) is None


def test_a_chart_knows_whether_anything_was_written() -> None:
    chart = Chart()
    assert not chart.is_touched

    chart.posts.hold(HEAD, ALWAYS)

    assert chart.is_touched
