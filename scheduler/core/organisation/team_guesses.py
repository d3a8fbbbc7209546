"""Who is probably who, read off a roster: asked for only while no group says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, SUPERVISION_GROUP, Person, Roster

CATEGORY = {LEADERSHIP_TEAM: "leader", SUPERVISION_GROUP: "supervision"}
"""The category of the roster whose people a group most likely holds."""


@dataclass(frozen=True, slots=True)
class Team:
    """Who leads, who is in the leadership team, and who supervises."""

    principal: PersonId | None = None
    members: tuple[PersonId, ...] = ()
    supervision: tuple[PersonId, ...] = ()


def team_of(roster: Roster) -> Team:
    """As the groups say; where one says nothing, by tags, then by category; the principal is the first of the team."""
    members = _group(roster, LEADERSHIP_TEAM)
    principals = roster.members(PRINCIPAL) or _tagged(roster, PRINCIPAL) or members
    return Team(next(iter(principals), None), members, _group(roster, SUPERVISION_GROUP))


def _group(roster: Roster, group: GroupId) -> tuple[PersonId, ...]:
    """The members of a group, or who most likely are."""
    category = CATEGORY[group]
    return (
        roster.members(group)
        or _tagged(roster, group)
        or _ranked(roster, (person for person in roster.people.values() if person.category == category))
    )


def _tagged(roster: Roster, tag: str) -> tuple[PersonId, ...]:
    """Everybody beside whom the tag stands."""
    return _ranked(roster, (person for person in roster.people.values() if tag in person.tags))


def _ranked(roster: Roster, people: Iterable[Person]) -> tuple[PersonId, ...]:
    return roster.in_rank_order({person.id for person in people})
