"""What exact models are asked and answer."""

from scheduler.solver.items import Choice, Item


def test_an_item_costs_nothing_and_must_be_placed_unless_it_is_said() -> None:
    assert (dict(Item(3, 0b11).cost), Item(3, 0b11).let_go) == ({}, None)
    assert Choice(2) == Choice(2, (), None)
