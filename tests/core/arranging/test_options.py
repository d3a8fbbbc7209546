from datetime import date

import pytest

from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import RoomId, RuleSetId


def test_options_come_back_from_their_plain_form() -> None:
    for options in (
        ArrangeOptions(),
        ArrangeOptions(
            RuleSetId("RS2"),
            date(2014, 8, 1),
            date(2014, 8, 2),
            date(2014, 8, 9),
            15,
            60,
            (RoomId("R04"),),
            with_optional=True,
            fewest_changes=True,
            max_talks_per_day=4,
            max_talks_per_half_day=2,
            max_talks_per_week=9,
            seconds=5,
            seed=9,
            only=("p01-p02", "p03-any1-0c3de4f2"),
        ),
        ArrangeOptions(rooms=()),
    ):
        assert ArrangeOptions.of(options.document()) == options


def test_the_plain_form_is_made_of_words_and_numbers() -> None:
    found = ArrangeOptions(first=date(2014, 8, 2), rooms=(RoomId("R04"),)).document()

    assert (found["first"], found["last"], found["rooms"], found["grid"]) == ("2014-08-02", None, ["R04"], 30)


def test_what_a_later_version_says_besides_is_left_aside() -> None:
    assert ArrangeOptions.of({"seed": 3, "mood": "good"}) == ArrangeOptions(seed=3)


def test_what_makes_no_sense_is_refused_by_name() -> None:
    for field, value in (
        ("grid", 1),
        ("grid", 1441),
        ("minutes", 0),
        ("seconds", 3601),
        ("seed", -1),
        ("max_talks_per_day", 0),
        ("max_talks_per_half_day", 21),
        ("max_talks_per_week", 141),
    ):
        with pytest.raises(Malformed) as no:
            ArrangeOptions(**{field: value})  # type: ignore[arg-type]
        assert (no.value.kind, no.value.field, no.value.details["value"]) == ("out_of_range", field, value)
    with pytest.raises(Malformed) as no:
        ArrangeOptions(first=date(2014, 8, 2), last=date(2014, 8, 1))
    assert (no.value.kind, no.value.field) == ("ends_before_it_starts", "to")
