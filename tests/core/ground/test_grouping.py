"""Things that belong together."""

from scheduler.core.ground.grouping import grouped


def test_values_stand_under_their_keys_in_the_order_they_come() -> None:
    assert grouped([("b", 2), ("a", 1), ("b", 1)]) == {"b": [2, 1], "a": [1]}
    assert list(grouped([("b", 2), ("a", 1), ("b", 1)])) == ["b", "a"]
    assert grouped([]) == {}
