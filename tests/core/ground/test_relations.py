import pytest

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.relations import Holder, Path, Post, from_person, from_unit, holders
from tests.builders import a_person, a_roster, a_unit

P1, P2, P3, P4 = (PersonId(f"p0{n}") for n in range(1, 5))
D01 = UnitId("D01")
UNIT = a_unit(
    "D01",
    in_charge=("p01", "p09"),
    head=P2,
    acting_head=P3,
    contacts=(P4,),
)
ROSTER = a_roster(
    a_person("p01"),
    a_person("p02", unit=D01, manager=P1),
    a_person("p03", unit=D01, manager=P2),
    a_person("p04", unit=UnitId("nowhere"), manager=PersonId("p09")),
    units=[UNIT],
)


@pytest.mark.parametrize(
    ("post", "found"),
    [
        (Post.IN_CHARGE, (Holder(P1, D01),)),
        (Post.HEAD, (Holder(P2, D01),)),
        (Post.ACTING_HEAD, (Holder(P3, D01, is_acting=True),)),
        (Post.CONTACT, (Holder(P4, D01),)),
        (Post.MEMBER, (Holder(P2, D01), Holder(P3, D01))),
    ],
)
def test_holders_of_a_post_are_those_who_are_known_that_day(post: Post, found: tuple[Holder, ...]) -> None:
    assert holders(UNIT, post, ROSTER) == found


@pytest.mark.parametrize("post", [Post.HEAD, Post.ACTING_HEAD, Post.CONTACT, Post.IN_CHARGE])
def test_vacant_post_has_no_holder(post: Post) -> None:
    assert holders(a_unit("D02"), post, ROSTER) == ()


def test_path_from_a_unit_leads_to_the_post() -> None:
    assert from_unit(Path(starts_at_unit=True, post=Post.HEAD), UNIT, ROSTER) == (Holder(P2, D01),)
    assert from_unit(Path(starts_at_unit=True), UNIT, ROSTER) == ()


def test_path_from_a_person_goes_up_as_many_managers_as_it_names() -> None:
    assert from_person(Path(starts_at_unit=False), P3, ROSTER) == (Holder(P3),)
    assert from_person(Path(starts_at_unit=False, managers=1), P3, ROSTER) == (Holder(P2),)
    assert from_person(Path(starts_at_unit=False, managers=2), P3, ROSTER) == (Holder(P1),)


def test_path_ends_where_no_manager_is_known() -> None:
    assert from_person(Path(starts_at_unit=False, managers=3), P3, ROSTER) == ()
    assert from_person(Path(starts_at_unit=False, managers=1), P4, ROSTER) == ()


def test_path_over_the_unit_of_a_person_leads_to_its_posts() -> None:
    assert from_person(Path(False, 0, Post.IN_CHARGE), P3, ROSTER) == (Holder(P1, D01),)
    assert from_person(Path(False, 1, Post.HEAD), P3, ROSTER) == (Holder(P2, D01),)
    assert from_person(Path(False, 0, Post.HEAD), P4, ROSTER) == ()


def test_only_the_path_of_a_person_to_themselves_is_oneself() -> None:
    assert Path(starts_at_unit=False).is_oneself
    assert not Path(starts_at_unit=False, managers=1).is_oneself
    assert not Path(starts_at_unit=True).is_oneself


def test_head_and_acting_head_run_a_unit() -> None:
    assert Path(True, 0, Post.HEAD).is_head
    assert Path(True, 0, Post.ACTING_HEAD).is_head
    assert not Path(True, 0, Post.IN_CHARGE).is_head
