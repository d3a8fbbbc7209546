"""Accounts for looking around."""

from sqlalchemy.orm import Session

from scheduler.core.ground.access import Role
from scheduler.services.accounts import demo, sign_ins
from scheduler.services.ground import actors
from tests.small_organisation import CLOCK


def test_the_demonstration_has_one_account_per_role_with_a_password_that_works(organisation: Session) -> None:
    people = {
        Role.ORGANIZER: "p22", Role.BRANCH_ORGANIZER: "p12", Role.PRINCIPAL: "p01", Role.SUPERVISOR: "s01", Role.MEMBER: "p03",
    }  # fmt: skip

    added = demo.add(organisation, {**people, Role.MEMBER: "nobody"}, CLOCK)
    assert Role.MEMBER not in {account.role for account in added}
    added += demo.add(organisation, people, CLOCK)

    assert [(account.role, account.name) for account in added] == [
        (Role.ADMIN, "admin"),
        (Role.ORGANIZER, "p22"),
        (Role.BRANCH_ORGANIZER, "p12"),
        (Role.PRINCIPAL, "p01"),
        (Role.SUPERVISOR, "s01"),
        (Role.MEMBER, "p03"),
    ]
    assert len({account.password for account in added}) == 6
    for account in added:
        signed_in, _ = sign_ins.sign_in(organisation, account.name, account.password, CLOCK)
        found = signed_in.account
        actor = actors.actor_of(organisation, found.person, found.role, CLOCK, account=found.name)
        assert account.role in actor.roles
    assert demo.add(organisation, people, CLOCK) == []
