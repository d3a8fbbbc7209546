"""What exact models are asked and answer."""

from scheduler.solver.items import SlotChoice, SlotItem


def test_an_item_costs_nothing_and_must_be_placed_unless_it_is_said() -> None:
    assert (dict(SlotItem(3, 0b11).cost), SlotItem(3, 0b11).let_go) == ({}, None)
    assert SlotChoice(2) == SlotChoice(2, (), None)
