"""What a milestone's new day means for the gate."""

from dataclasses import replace
from datetime import date

from scheduler.core.ground.ids import BookingId
from scheduler.core.programme import moves
from scheduler.core.programme.conditions import ItemKind, What
from scheduler.core.programme.gate import GateItem

MEETING = BookingId("E10")
REPORT = GateItem("c6", What.REPORT, ItemKind.TICK, ok=True, due=date(2014, 8, 5))
TALKS = GateItem("c3", What.TALKS, ItemKind.COMPUTED, ok=True, have=48, of=48, due=date(2014, 8, 15))
OWN = GateItem("c7", What.OTHER, ItemKind.TICK, ok=False, due=date(2014, 8, 20), name="会场已定")


def test_conditions_that_change_are_told_before_and_after() -> None:
    later = replace(REPORT, ok=False, due=date(2014, 7, 24)), TALKS, replace(OWN, due=date(2014, 8, 8))
    told = moves.gate_moved(MEETING, (REPORT, TALKS, OWN), later)

    assert told
    assert (told.meeting, told.before, told.after) == (MEETING, (2, 3), (1, 3))
    assert [(c.called, c.was_ok, c.ok, c.was_due, c.due) for c in told.conditions] == [
        ("report", True, False, date(2014, 8, 5), date(2014, 7, 24)),
        ("会场已定", False, False, date(2014, 8, 20), date(2014, 8, 8)),
    ]


def test_meeting_without_conditions_has_no_gate() -> None:
    assert moves.gate_moved(MEETING, (), ()) is None
