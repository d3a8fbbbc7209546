"""The first hour: which step is done, next or later."""

from scheduler.core.campaigns.first_steps import FirstSteps, Step, StepState


def test_empty_installation_begins_with_people() -> None:
    steps = FirstSteps.of(())

    assert steps.next is Step.PEOPLE
    assert [steps.state(step) for step in Step] == [StepState.NEXT, *[StepState.LATER] * 5]


def test_next_is_the_first_that_is_not_there() -> None:
    steps = FirstSteps.of({Step.PEOPLE, Step.RULES})

    assert steps.next is Step.CAMPAIGN
    assert [steps.state(step).value for step in Step] == ["done", "next", "done", "later", "later", "later"]


def test_talks_on_the_calendar_need_no_draft() -> None:
    assert FirstSteps.of({Step.PEOPLE, Step.CAMPAIGN, Step.RULES, Step.RELEASE}).next is Step.SUBSCRIBE


def test_nothing_is_next_when_all_is_there() -> None:
    assert FirstSteps.of(set(Step)).next is None
