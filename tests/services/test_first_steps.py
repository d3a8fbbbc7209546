"""How far an installation is in its first hour."""

from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.access import OPERATOR, Role
from scheduler.core.first_steps import Step
from scheduler.core.ids import PersonId
from scheduler.services import first_steps, imports, rules, subscriptions
from scheduler.services.imports import Upload
from tests.builders import a_clock, an_actor

CLOCK = a_clock()


def next_step(session: Session) -> Step | None:
    found = first_steps.progress(session, OPERATOR, CLOCK)
    assert found
    return found.steps.next


def bring(session: Session, *names: str) -> None:
    files = [Upload(name, (ROOT / "sample" / name).read_bytes()) for name in names]
    assert not imports.run(session, OPERATOR, files, None, False, CLOCK).errors


def test_steps_follow_from_what_is_there(session: Session) -> None:
    assert next_step(session) is Step.PEOPLE
    bring(session, "roster.csv", "units.csv", "rooms.csv")
    assert next_step(session) is Step.CAMPAIGN
    bring(session, "org.yaml")
    assert next_step(session) is Step.RULES
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)
    assert next_step(session) is Step.DRAFT
    bring(session, "talk_log.csv")
    assert next_step(session) is Step.SUBSCRIBE
    subscriptions.issue(session, OPERATOR, CLOCK, PersonId("p03"))
    assert next_step(session) is None


def test_only_who_sets_up_is_told(session: Session) -> None:
    assert first_steps.progress(session, an_actor("p03", Role.MEMBER), CLOCK) is None
