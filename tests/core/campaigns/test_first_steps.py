"""The first hour: which step is done, next or later."""

from scheduler.core.campaigns.first_steps import FirstStep, FirstSteps, StepState


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
