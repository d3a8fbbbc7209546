"""Who somebody is on the day they ask."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Role
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.ground import actors
from tests.small_organisation import CLOCK, an_account

WEN = PersonId("p03")


@pytest.mark.parametrize(
    ("person", "roles"),
    [
        ("p01", {Role.MEMBER, Role.PRINCIPAL}),
        ("p03", {Role.MEMBER}),
        ("p12", {Role.MEMBER, Role.BRANCH_ORGANIZER}),
        ("p22", {Role.MEMBER, Role.ORGANIZER}),
        ("s01", {Role.SUPERVISOR}),
    ],
)
def test_roles_follow_from_the_org_chart(organisation: Session, person: str, roles: set[Role]) -> None:
    assert accounts.actor_of(organisation, PersonId(person), CLOCK).roles == roles


def test_a_branch_organizer_knows_the_own_members(organisation: Session) -> None:
    actor = accounts.actor_of(organisation, PersonId("p12"), CLOCK)

    assert (actor.branches, actor.branch_members) == ({"B1"}, {"p03", "p12", "p27"})


def test_a_role_of_the_account_counts_besides(organisation: Session) -> None:
    an_account(organisation, role=Role.SUPERVISOR)

    assert accounts.actor_of(organisation, WEN, CLOCK).roles == {Role.MEMBER, Role.SUPERVISOR}


def test_an_account_without_a_person_has_its_role_alone(organisation: Session) -> None:
    actor = actors.actor_of(organisation, None, Role.ADMIN, CLOCK, account="admin")

    assert (actor.person, actor.roles, actor.account) == (None, {Role.ADMIN}, "admin")


def test_nobody_acts_for_somebody_who_is_not_there(organisation: Session) -> None:
    with pytest.raises(NotFound):
        accounts.actor_of(organisation, PersonId("p99"), CLOCK)
