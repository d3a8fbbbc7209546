"""Arranging where nothing has to be solved: what is wrong use, what is refused, what is over. `test_arrange_solved` has the rest."""

from typing import Any

from tests.command_line import CommandLine


def texts(document: dict[str, Any]) -> str:
    """Everything that is said about what has no place."""
    reasons = [found["text"] for one in document["unplaced"] for found in one["reasons"]]
    return " / ".join([document["binding"], *reasons])


def test_a_window_that_is_over_is_answered_with_reasons(campaign: CommandLine) -> None:
    answer = campaign.json("arrange", TANXIN_NOW="2014-08-18T08:00:00+08:00", status=1)

    assert (answer["status"], answer["placed"], answer["of"]) == ("impossible", 0, 8)
    assert {found["kind"] for one in answer["unplaced"] for found in one["reasons"]} == {"no_time_left"}
    assert "王海波" in texts(answer)


def test_words_that_cannot_be_meant_are_wrong_use(campaign: CommandLine) -> None:
    for words, said in (
        (("--rooms", "R99"), "R99"),
        (("--rule-set", "RS9"), "RS9"),
        (("--grid", "1"), "--grid"),
        (("--from", "2014-08-15", "--to", "2014-08-01"), "--to"),
        (("--seconds", "0"), "--seconds"),
        (("--to", "soon"), "--to"),
    ):
        answer = campaign("arrange", *words)
        assert (answer.status, answer.out) == (2, "")
        assert said in answer.err


def test_whoever_arranges_nothing_is_refused(campaign: CommandLine) -> None:
    assert campaign("arrange", "--as", "s01").status == 1


def test_an_answer_that_is_kept_is_a_draft_plan(campaign: CommandLine) -> None:
    late = "2014-08-18T08:00:00+08:00"

    answer = campaign.json("arrange", "--keep", TANXIN_NOW=late, status=1)
    said = campaign("arrange", "--keep", "--lang", "en", TANXIN_NOW=late)

    assert answer["plan"]
    assert "Kept as draft plan" in said.out
