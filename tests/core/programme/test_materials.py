"""Materials: states, rounds, and whose step is next."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId
from scheduler.core.ground.people import PRINCIPAL, SUPERVISION_GROUP, Group, Person, Roster
from scheduler.core.programme import materials
from scheduler.core.programme.materials import Material, MaterialKind, MaterialState, MaterialStep

FIRST, WRITER, HEAD, SIGNER, OFFICE = map(PersonId, ("p01", "p02", "s01", "s02", "p22"))
MISSING, SUBMITTED, RETURNED, REVIEWED, SIGNED = MaterialState
ROSTER = Roster(
    date(2014, 8, 1),
    people={HEAD: Person(HEAD, "甲", rank=1), SIGNER: Person(SIGNER, "乙", rank=2)},
    groups={
        PRINCIPAL: Group(PRINCIPAL, "", "role", (FIRST,)),
        SUPERVISION_GROUP: Group(SUPERVISION_GROUP, "", members=(SIGNER, HEAD)),
        GroupId("others"): Group(GroupId("others"), "", members=(OFFICE,)),
    },
)
SIGNERS = (HEAD, SIGNER)


def a_material(*steps: MaterialState, person: PersonId | None = WRITER) -> Material:
    taken = tuple(MaterialStep(date(2014, 6, 5), step, place=n) for n, step in enumerate(steps))
    return Material("M1", MaterialKind.PERSONAL if person else MaterialKind.TEAM, person, taken)


def an_actor(person: PersonId, *roles: Role) -> Actor:
    return Actor(person, frozenset(roles or (Role.MEMBER,)))


def test_state_is_the_last_step_by_a_day() -> None:
    material = a_material(SUBMITTED, RETURNED, SUBMITTED)
    before, after = (materials.on(material, date(2014, 6, d)) for d in (4, 5))

    assert (before.state, before.rounds, before.last) == (MISSING, 0, None)
    assert (after.state, after.rounds, after.last) == (SUBMITTED, 2, date(2014, 6, 5))
    assert [line.material.id for line in materials.listing([replace(material, id="M10"), material], date.max)] == [
        "M1",
        "M10",
    ]


def test_principal_reviews_and_the_head_of_the_signing_group_what_is_the_principals_or_the_teams() -> None:
    assert materials.reviewer(a_material(), SIGNERS, ROSTER) == FIRST
    assert materials.reviewer(a_material(person=FIRST), SIGNERS, ROSTER) == HEAD
    assert materials.reviewer(a_material(person=None), SIGNERS, ROSTER) == HEAD
    assert materials.reviewer(a_material(person=None), (), ROSTER) is None


def test_group_that_the_campaign_names_signs() -> None:
    campaign = Campaign(CampaignId("c1"), "", date.min, date.max, signed_off_by="others")

    assert materials.signing_group(campaign, ROSTER) == (OFFICE,)
    assert materials.signing_group(None, ROSTER) == SIGNERS


@pytest.mark.parametrize(
    ("step", "by", "roles", "may"),
    [
        (SUBMITTED, WRITER, (), True),
        (SUBMITTED, OFFICE, (Role.ORGANIZER,), True),
        (SUBMITTED, SIGNER, (Role.SUPERVISOR,), False),
        (RETURNED, FIRST, (Role.PRINCIPAL,), True),
        (RETURNED, SIGNER, (Role.SUPERVISOR,), True),
        (RETURNED, OFFICE, (Role.ORGANIZER,), False),
        (REVIEWED, FIRST, (Role.PRINCIPAL,), True),
        (REVIEWED, HEAD, (Role.SUPERVISOR,), False),
        (SIGNED, SIGNER, (Role.SUPERVISOR,), True),
        (SIGNED, OFFICE, (Role.ORGANIZER,), False),
    ],
)
def test_each_step_is_somebodys(step: MaterialState, by: PersonId, roles: tuple[Role, ...], may: bool) -> None:
    line = materials.on(a_material(), date.max)

    assert materials.may_step(an_actor(by, *roles), line, step, SIGNERS, ROSTER) is may
    assert materials.may_step(OPERATOR, line, step, SIGNERS, ROSTER)


def test_step_follows_the_one_before_it() -> None:
    def objection(*steps: MaterialState, then: MaterialState) -> str | None:
        finding = materials.objection(materials.on(a_material(*steps), date.max), then)
        return finding.kind if finding else None

    assert objection(then=SUBMITTED) is objection(SUBMITTED, then=REVIEWED) is None
    assert objection(SUBMITTED, REVIEWED, SIGNED, then=SUBMITTED) is None
    assert objection(then=RETURNED) == objection(SUBMITTED, then=SIGNED) == "material_not_there_yet"


def test_steps_that_could_be_taken_are_offered() -> None:
    reviewed = materials.on(a_material(SUBMITTED, REVIEWED), date.max)

    assert materials.offered(an_actor(SIGNER, Role.SUPERVISOR), reviewed, SIGNERS, ROSTER) == (RETURNED, SIGNED)
    assert materials.offered(an_actor(WRITER), reviewed, SIGNERS, ROSTER) == (SUBMITTED,)


def test_material_is_shown_to_its_writer_and_those_who_look_after_the_campaign() -> None:
    assert materials.may_see(an_actor(WRITER), a_material())
    assert materials.may_see(an_actor(SIGNER, Role.SUPERVISOR), a_material())
    assert not materials.may_see(an_actor(OFFICE), a_material())
    assert not materials.may_see(an_actor(OFFICE), a_material(person=None))
