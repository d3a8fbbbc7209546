"""Accounts for looking around: one per role, each with a random password."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register
from scheduler.services.ground import secrets
from scheduler.store.accounts.rows import AccountRow
from scheduler.store.organisation.rows import PersonRow


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that was just added, and its password, which is kept nowhere else."""

    role: Role
    name: str
    password: str


def add(session: Session, people: Mapping[Role, str], clock: Clock) -> list[DemoAccount]:
    """Add the accounts that are not there yet and whose people are: the administrator's, and for each role that of who shows it."""
    added = []
    for role, person in {Role.ADMIN: "", **people}.items():
        name = person or role
        if _is_there(session, name) or (person and session.get(PersonRow, person) is None):
            continue
        given = None if person else role
        register.add(session, OPERATOR, clock, person=PersonId(person) if person else None, role=given, name=name)
        password = secrets.readable_password()
        register.set_password(session, OPERATOR, name, password, clock)
        added.append(DemoAccount(role, name, password))
    return added


def _is_there(session: Session, name: str) -> bool:
    """Whether there is an account of this name."""
    return session.scalars(select(AccountRow.id).where(AccountRow.name == name)).first() is not None
