"""How far an installation is in its first hour."""

from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.campaigns.first_steps import FirstStep
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.ids import PersonId
from scheduler.services.campaigns import first_steps
from scheduler.services.feeds import subscriptions
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from tests.builders import a_clock, an_actor
from tests.services import planned

CLOCK = a_clock()


def next_step(session: Session) -> FirstStep | None:
    found = first_steps.progress(session, OPERATOR, CLOCK)
    assert found
    return found.steps.next


def bring(session: Session, *names: str) -> None:
    files = [Upload(name, (ROOT / "sample" / name).read_bytes()) for name in names]
    assert not imports.run(session, OPERATOR, files, None, False, CLOCK).errors


def test_steps_follow_from_what_is_there(session: Session) -> None:
    assert next_step(session) is FirstStep.PEOPLE
    bring(session, "roster.csv", "units.csv", "rooms.csv")
    assert next_step(session) is FirstStep.CAMPAIGN
    bring(session, "org.yaml")
    assert next_step(session) is FirstStep.RULES
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)
    assert next_step(session) is FirstStep.DRAFT
    bring(session, "talk_log.csv")
    assert next_step(session) is FirstStep.SUBSCRIBE
    subscriptions.issue(session, OPERATOR, CLOCK, PersonId("p03"))
    assert next_step(session) is None


def test_run_is_named_while_it_goes_on_and_its_draft_afterwards(session: Session) -> None:
    bring(session, "roster.csv", "units.csv", "rooms.csv", "org.yaml")
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)
    run = planned.a_run(session, OPERATOR)

    going_on = first_steps.progress(session, OPERATOR, CLOCK)
    planned.carried_out(session, run)
    over = first_steps.progress(session, OPERATOR, CLOCK)

    assert going_on
    assert over
    assert (going_on.steps.next, going_on.run, going_on.draft) == (FirstStep.DRAFT, "P001", None)
    assert (over.steps.next, over.run, over.draft) == (FirstStep.RELEASE, None, "P001")


def test_only_who_sets_up_is_told(session: Session) -> None:
    assert first_steps.progress(session, an_actor("p03", Role.MEMBER), CLOCK) is None
