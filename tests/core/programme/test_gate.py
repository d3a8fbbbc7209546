"""The gate of a meeting: conditions, states, what has fallen since."""

from datetime import date

from scheduler.core.ground.ids import BookingId
from scheduler.core.programme import gate, meetings
from scheduler.core.programme.gate import GateDecision, GateState, GateTick, Score, What
from scheduler.core.programme.meetings import MeetingResult

DAY = date(2014, 8, 1)
DUE = {What.REPORT: date(2014, 8, 5), What.STUDY: date(2014, 8, 20)}
ALL = {what: Score(2, 2) for what in (What.STUDY, What.OPINIONS, What.TALKS, What.MATERIALS)}
TICKS = {"c5": GateTick(DAY, "s01"), "c6": GateTick(DAY, "p22")}


def test_computed_conditions_hold_when_all_is_done_and_never_of_nothing() -> None:
    items = gate.items({What.STUDY: Score(1, 2, ("p1",)), What.TALKS: Score(2, 2)}, {}, DUE, DAY)

    assert [item.ok for item in items] == [False, False, True, False, False, False]
    assert (items[0].have, items[0].of, items[0].who, items[0].due) == (1, 2, ("p1",), DUE[What.STUDY])
    assert (items[1].have, items[1].of) == (0, 0)


def test_tick_holds_from_its_day_on_and_not_after_it_was_due() -> None:
    def report(ticked: date, on: date) -> tuple[bool, bool]:
        item = gate.items({}, {"c6": GateTick(ticked, "p22")}, DUE, on)[5]
        return item.ok, item.is_late

    assert report(date(2014, 8, 5), date(2014, 8, 5)) == (True, False)
    assert report(date(2014, 8, 5), date(2014, 8, 4)) == (False, False)
    assert report(date(2014, 8, 6), date(2014, 8, 6)) == (False, True)
    assert gate.items({}, {}, DUE, date(2014, 8, 6))[5].is_late
    assert gate.items({}, {"c5": GateTick(date(2014, 8, 6), "s01")}, DUE, date(2014, 8, 6))[4].ok


def test_condition_is_named_by_its_key_or_by_what_it_is_about() -> None:
    assert [gate.key_of(text) for text in ("c5", "plan", "c9")] == ["c5", "c5", None]


def test_states_follow_one_another() -> None:
    ready, open_ones = gate.items(ALL, TICKS, DUE, DAY), gate.items({}, {}, DUE, DAY)
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
    items = gate.items({What.TALKS: Score(1, 2)}, {}, DUE, DAY)

    assert [finding.subject for finding in gate.missing(items)] == ["c6", "c1", "c2", "c3", "c4", "c5"]
    assert gate.missing(items)[3].details == {"what": What.TALKS, "have": 1, "of": 2, "due": None}


def test_what_has_fallen_since_it_was_confirmed() -> None:
    decision = GateDecision(DAY, "p22", items=gate.frozen(gate.items(ALL, TICKS, DUE, DAY)))

    assert gate.no_longer_holding(gate.items(ALL, {}, DUE, DAY), decision) == ("c5", "c6")
    assert gate.no_longer_holding(gate.items(ALL, {}, DUE, DAY), None) == ()


def test_criticism_is_directed() -> None:
    assert meetings.most_person_times(8) == 56
    assert meetings.hints(MeetingResult(BookingId("E1"), person_times=56), 8) == ()
    assert meetings.hints(MeetingResult(BookingId("E1")), 8) == ()
    (hint,) = meetings.hints(MeetingResult(BookingId("E1"), person_times=57), 8)
    assert (hint.kind, hint.details["most"]) == ("more_criticism_than_pairs", 56)
