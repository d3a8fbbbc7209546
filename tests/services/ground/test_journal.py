"""Who did what, when."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from tests.small_organisation import CLOCK, REAL, later

CHEN = Actor(PersonId("p02"), frozenset({Role.MEMBER}))
ADMIN = Actor(None, frozenset({Role.ADMIN}), account="admin")


def noted(session: Session) -> None:
    journal.note(session, OPERATOR, "imported", "organisation", "", CLOCK, created=3)
    journal.note(session, CHEN, "confirmed", "booking", "T001", later(1))
    journal.note(session, NOBODY, "sign_in_refused", "account", "", later(2))
    session.commit()


def test_the_latest_line_comes_first_in_real_time(session: Session) -> None:
    noted(session)

    entries = journal.recent(session, ADMIN, CLOCK)

    assert [(e.actor, e.action, e.noun, e.noun_id) for e in entries] == [
        ("anonymous", "sign_in_refused", "account", ""),
        ("p02", "confirmed", "booking", "T001"),
        ("operator", "imported", "organisation", ""),
    ]
    assert (entries[-1].at, entries[-1].details) == (REAL, {"created": 3})


def test_lines_are_found_by_noun_and_page_by_page(session: Session) -> None:
    noted(session)

    assert [e.noun_id for e in journal.recent(session, ADMIN, CLOCK, noun="booking")] == ["T001"]
    (newest,) = journal.recent(session, ADMIN, CLOCK, limit=1)
    assert [e.action for e in journal.recent(session, ADMIN, CLOCK, before=newest.id)] == ["confirmed", "imported"]


def test_a_line_goes_with_the_transaction_that_did_not_happen(session: Session) -> None:
    noted(session)
    journal.note(session, CHEN, "booked", "booking", "T002", CLOCK)
    session.rollback()

    assert [e.noun_id for e in journal.recent(session, ADMIN, CLOCK, noun="booking")] == ["T001"]


def test_members_do_not_read_the_journal(session: Session) -> None:
    with pytest.raises(NotAllowed):
        journal.recent(session, CHEN, CLOCK)
