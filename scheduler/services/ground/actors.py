"""Who somebody is on the day they ask: the roles that follow from the org chart, and the one their account was given."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import ORGANIZERS, PRINCIPAL, SUPERVISORS
from scheduler.store import load
from scheduler.store.organisation.rows import GroupVersionRow, MembershipRow

_ROLE_OF_GROUP = {PRINCIPAL: Role.PRINCIPAL, ORGANIZERS: Role.ORGANIZER, SUPERVISORS: Role.SUPERVISOR}


def actor_of(session: Session, person: PersonId | None, role: Role | None, clock: Clock, *, account: str = "") -> Actor:
    """An actor with the rights of a person today and a role besides; without a person, the role alone."""
    given = {role} if role else set()
    if person is None:
        return Actor(None, frozenset(given), account=account)
    today = clock.today(load.organisation(session).zone)
    branches = _branches_led_by(session, person, today)
    facts = _roles_by_group(session, person, today) | ({Role.BRANCH_ORGANIZER} if branches else set())
    if Role.SUPERVISOR not in facts:  # a supervisor looks, confirms own talks, and arranges nothing
        facts.add(Role.MEMBER)
    return Actor(
        person, frozenset(facts | given), frozenset(branches), _members(session, branches, today), account=account
    )


def themselves(session: Session, person: PersonId, clock: Clock) -> Actor:
    """Somebody who is known by a secret that was sent to them: they act for themselves, whatever else they may do."""
    actor = actor_of(session, person, None, clock)
    roles = actor.roles & {Role.MEMBER, Role.SUPERVISOR}
    return Actor(person, roles or frozenset({Role.MEMBER}), account=person)


def _roles_by_group(session: Session, person: PersonId, day: date) -> set[Role]:
    """The roles of the groups somebody is a member of."""
    row = MembershipRow
    query = select(row.group_id).where(
        row.person_id == person, row.part == "member", row.group_id.in_(_ROLE_OF_GROUP), load.holds_on(row, day)
    )
    return {_ROLE_OF_GROUP[GroupId(group)] for group in session.scalars(query)}


def _branches_led_by(session: Session, person: PersonId, day: date) -> list[GroupId]:
    """The branches whose secretary somebody is."""
    row, group = MembershipRow, GroupVersionRow
    query = (
        select(row.group_id)
        .join(group, group.group_id == row.group_id)
        .where(row.person_id == person, row.part == "secretary", group.kind == "branch")
        .where(load.holds_on(row, day), load.holds_on(group, day))
    )
    return [GroupId(group_id) for group_id in session.scalars(query)]


def _members(session: Session, branches: list[GroupId], day: date) -> frozenset[PersonId]:
    """The members of these branches."""
    if not branches:
        return frozenset()
    row = MembershipRow
    query = select(row.person_id).where(row.group_id.in_(branches), row.part == "member", load.holds_on(row, day))
    return frozenset(PersonId(person_id) for person_id in session.scalars(query))
