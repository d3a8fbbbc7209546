"""The gate of a meeting: conditions, states, what has fallen since."""

from datetime import date

from scheduler.core.ground.ids import BookingId
from scheduler.core.programme import gate, meetings
from scheduler.core.programme.conditions import USUAL, Condition, ItemKind, What
from scheduler.core.programme.gate import GateDecision, GateState, GateStep, GateTick, Score
from scheduler.core.programme.meetings import MeetingResult

DAY = date(2014, 8, 1)
DUE = {"c6": date(2014, 8, 5), "c1": date(2014, 8, 20)}
ALL = {key: Score(2, 2) for key in ("c1", "c2", "c3", "c4")}
TICKS = {"c5": GateTick(DAY, "s01"), "c6": GateTick(DAY, "p22")}


def test_computed_conditions_hold_when_all_is_done_and_never_of_nothing() -> None:
    items = gate.items(USUAL, {"c1": Score(1, 2, ("p1",)), "c3": Score(2, 2)}, {}, DUE, DAY)

    assert [item.ok for item in items] == [False, False, True, False, False, False]
    assert (items[0].have, items[0].of, items[0].who, items[0].due) == (1, 2, ("p1",), DUE["c1"])
    assert (items[1].have, items[1].of) == (0, 0)


def test_tick_holds_from_its_day_on_and_not_after_it_was_due() -> None:
    def report(ticked: date, on: date) -> tuple[bool, bool]:
        item = gate.items(USUAL, {}, {"c6": GateTick(ticked, "p22")}, DUE, on)[5]
        return item.ok, item.is_late

    assert report(date(2014, 8, 5), date(2014, 8, 5)) == (True, False)
    assert report(date(2014, 8, 5), date(2014, 8, 4)) == (False, False)
    assert report(date(2014, 8, 6), date(2014, 8, 6)) == (False, True)
    assert gate.items(USUAL, {}, {}, DUE, date(2014, 8, 6))[5].is_late
    assert gate.items(USUAL, {}, {"c5": GateTick(date(2014, 8, 6), "s01")}, DUE, date(2014, 8, 6))[4].ok


def test_condition_is_named_by_its_key_by_what_it_is_about_or_by_its_name() -> None:
    own = Condition("c7", What.OTHER, ItemKind.TICK, "会场已定")
    items = gate.items((*USUAL, own), {}, {}, DUE, DAY)

    found_keys = [
        item and item.key for item in (gate.item_of(text, items) for text in ("c5", "plan", "会场已定", "c9"))
    ]
    assert found_keys == ["c5", "c5", "c7", None]


def test_what_is_sent_or_sent_back_does_not_hold_and_is_late_once_its_day_is_past() -> None:
    def plan(step: GateStep, on: date) -> tuple[bool, bool, GateStep | None]:
        due = {"c5": date(2014, 8, 5)}
        item = gate.items(USUAL, {}, {"c5": GateTick(DAY, "s01", step)}, due, on)[4]
        return item.ok, item.is_late, item.step

    assert plan(GateStep.SUBMITTED, DAY) == (False, False, GateStep.SUBMITTED)
    assert plan(GateStep.RETURNED, date(2014, 8, 6)) == (False, True, GateStep.RETURNED)
    assert plan(GateStep.DONE, date(2014, 8, 6)) == (True, False, GateStep.DONE)
    assert plan(GateStep.DONE, date(2014, 7, 31)) == (False, False, None)


def test_condition_that_refers_to_nothing_is_told() -> None:
    asked = (Condition("c1", What.STUDY, ItemKind.COMPUTED, "学满 56 学时", "ST9"),)
    items = gate.items(asked, {}, {}, {}, DAY, {"c1"})

    (finding,) = gate.unknown(items)
    assert (finding.kind, finding.subject, finding.details) == (
        "gate_reference_unknown", "c1", {"what": "学满 56 学时", "target": "ST9"},
    )  # fmt: skip
    assert not items[0].ok


def test_states_follow_one_another() -> None:
    ready, open_ones = gate.items(USUAL, ALL, TICKS, DUE, DAY), gate.items(USUAL, {}, {}, DUE, DAY)
    result = MeetingResult(BookingId("E1"), reported_on=date(2014, 8, 3))

    def state(
        decision: GateDecision | None = None, *, held: bool = False, on: date = DAY, all_hold: bool = True
    ) -> GateState:
        return gate.state(ready if all_hold else open_ones, decision, is_held=held, result=result, day=on)

    assert (state(), state(all_hold=False)) == (GateState.READY, GateState.OPEN)
    assert state(GateDecision(DAY, "p22")) is GateState.CONFIRMED
    assert state(GateDecision(DAY, "p22", "急")) is GateState.OVERRIDDEN
    assert state(GateDecision(date(2014, 8, 2), "p22")) is GateState.READY
    assert state(held=True) is GateState.HELD
    assert state(held=True, on=date(2014, 8, 3)) is GateState.REPORTED
    assert gate.state(ready, None, is_held=True, result=None, day=DAY) is GateState.HELD


def test_what_stands_in_the_way_is_told_by_due_day() -> None:
    items = gate.items(USUAL, {"c3": Score(1, 2)}, {}, DUE, DAY)

    assert [finding.subject for finding in gate.missing(items)] == ["c6", "c1", "c2", "c3", "c4", "c5"]
    assert gate.missing(items)[3].details == {"what": What.TALKS, "have": 1, "of": 2, "due": None}


def test_what_has_fallen_since_it_was_confirmed() -> None:
    decision = GateDecision(DAY, "p22", items=gate.frozen(gate.items(USUAL, ALL, TICKS, DUE, DAY)))

    assert gate.no_longer_holding(gate.items(USUAL, ALL, {}, DUE, DAY), decision) == ("c5", "c6")
    assert gate.no_longer_holding(gate.items(USUAL, ALL, {}, DUE, DAY), None) == ()


def test_criticism_is_directed() -> None:
    assert meetings.most_person_times(8) == 56
    assert meetings.hints(MeetingResult(BookingId("E1"), person_times=56), 8) == ()
    assert meetings.hints(MeetingResult(BookingId("E1")), 8) == ()
    (hint,) = meetings.hints(MeetingResult(BookingId("E1"), person_times=57), 8)
    assert (hint.kind, hint.details["most"]) == ("more_criticism_than_pairs", 56)
