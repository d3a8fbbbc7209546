"""The first hour: which step is done, next or later."""

from scheduler.core.campaigns.first_steps import FirstStep, FirstSteps, Installation, StepState, lacking


def test_empty_installation_begins_with_people() -> None:
    steps = FirstSteps.of(())

    assert steps.next is FirstStep.PEOPLE
    assert [steps.state(step) for step in FirstStep] == [StepState.NEXT, *[StepState.LATER] * 5]


def test_next_is_the_first_that_is_not_there() -> None:
    steps = FirstSteps.of({FirstStep.PEOPLE, FirstStep.RULES})

    assert steps.next is FirstStep.CAMPAIGN
    assert [steps.state(step).value for step in FirstStep] == ["done", "next", "done", "later", "later", "later"]


def test_talks_on_the_calendar_need_no_draft() -> None:
    assert (
        FirstSteps.of({FirstStep.PEOPLE, FirstStep.CAMPAIGN, FirstStep.RULES, FirstStep.RELEASE}).next
        is FirstStep.SUBSCRIBE
    )


def test_nothing_is_next_when_all_is_there() -> None:
    assert FirstSteps.of(set(FirstStep)).next is None


def test_a_step_is_done_when_what_later_ones_need_is_there() -> None:
    nothing = lacking(Installation())
    assert all(nothing[step] for step in FirstStep)
    assert nothing[FirstStep.CAMPAIGN] == ("no_campaign", "no_team", "no_principal")

    there = Installation(
        people=2, units=1, has_campaign=True, team=2, has_principal=True, has_rules=True, required=1, has_draft=True,
        has_talks=True, has_feeds=True,
    )  # fmt: skip
    assert not any(lacking(there).values())


def test_what_was_saved_empty_is_not_done() -> None:
    empty = Installation(people=5, units=1, has_campaign=True, has_rules=True)

    assert lacking(empty)[FirstStep.CAMPAIGN] == ("no_team", "no_principal")
    assert lacking(empty)[FirstStep.RULES] == ("rules_ask_nothing",)
    assert lacking(Installation(people=1))[FirstStep.PEOPLE] == ("no_people", "no_units")


def test_rules_that_ask_for_talks_need_no_team_and_no_units() -> None:
    lacks = lacking(Installation(people=9, has_campaign=True, has_rules=True, required=4))

    assert not any(lacks[step] for step in (FirstStep.PEOPLE, FirstStep.CAMPAIGN, FirstStep.RULES))
