"""Who may do and see what."""

import pytest

from scheduler.core.ground.access import NOBODY, OPERATOR, POLICY, Action, Actor, Role, may, may_see_booking, require
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import PersonId
from tests.builders import a_booking, a_talk, an_actor

EVERYBODY = "operator admin organizer branch_organizer principal supervisor member"
ARRANGERS = "operator organizer"
OVERSEERS = "operator organizer principal supervisor"
WITH_A_PERSON = "organizer branch_organizer principal supervisor member"
TABLE = {
    "see_organisation": EVERYBODY,
    "edit_organisation": ARRANGERS,
    "import": ARRANGERS,
    "see_plans": f"{OVERSEERS} branch_organizer",
    "arrange": f"{ARRANGERS} branch_organizer",
    "see_coverage": f"{OVERSEERS} branch_organizer",
    "see_own_row": WITH_A_PERSON,
    "see_ledger": f"{OVERSEERS} branch_organizer",
    "see_rules": f"{OVERSEERS} branch_organizer",
    "edit_rules": ARRANGERS,
    "see_study": OVERSEERS,
    "edit_attendance": f"{ARRANGERS} branch_organizer",
    "book": ARRANGERS,
    "book_in_branch": "branch_organizer",
    "book_own_talk": "member principal branch_organizer",
    "swap_own_talk": WITH_A_PERSON,
    "confirm_for_all": ARRANGERS,
    "confirm_own": WITH_A_PERSON,
    "see_absences": ARRANGERS,
    "edit_absences": ARRANGERS,
    "see_occurrences": ARRANGERS,
    "edit_occurrences": ARRANGERS,
    "edit_programme": ARRANGERS,
    "see_programme": "operator organizer principal supervisor",
    "override_gate": "operator organizer principal",
    "see_feeds": f"{ARRANGERS} admin",
    "edit_feeds": ARRANGERS,
    "operate_feeds": f"{ARRANGERS} admin",
    "edit_own_feed": WITH_A_PERSON,
    "edit_own_calendars": WITH_A_PERSON,
    "edit_calendars": ARRANGERS,
    "edit_accounts": "operator admin",
    "see_journal": f"{ARRANGERS} admin",
}
"""The table as it was agreed, written out a second time."""


def test_the_policy_is_the_agreed_table() -> None:
    assert {str(action): set(map(str, roles)) for action, roles in POLICY.items()} == {
        action: set(roles.split()) for action, roles in TABLE.items()
    }


def test_every_action_has_its_line() -> None:
    assert set(POLICY) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_nobody_may_do_nothing(action: Action) -> None:
    assert not may(NOBODY, action)
    with pytest.raises(NotAllowed):
        require(NOBODY, action)


def test_what_is_missing_in_the_policy_is_denied() -> None:
    assert not may(OPERATOR, "something_new")  # type: ignore[arg-type]


def test_one_of_several_actions_is_enough() -> None:
    require(an_actor("p01"), Action.BOOK, Action.BOOK_OWN_TALK)
    with pytest.raises(NotAllowed) as no:
        require(an_actor("p01"), Action.BOOK, Action.IMPORT)
    assert no.value.action is Action.BOOK


def test_organizers_and_the_operator_arrange_for_all() -> None:
    assert [role for role in Role if Actor(None, frozenset({role})).arranges_all] == [Role.OPERATOR, Role.ORGANIZER]


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        (an_actor("p01"), True),
        (an_actor("p03"), False),
        (an_actor("p03", Role.PRINCIPAL), True),
        (an_actor("p03", Role.SUPERVISOR), True),
        (an_actor("p03", Role.ORGANIZER), True),
        (OPERATOR, True),
        (an_actor(None, Role.ADMIN), False),
        (an_actor("p03", Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p02", "p03"]), True),
        (an_actor("p03", Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p03"]), False),
        (NOBODY, False),
    ],
)
def test_who_sees_a_talk_of_two(viewer: Actor, sees: bool) -> None:
    assert may_see_booking(viewer, a_talk(who=["p01", "p02"])) == sees


def test_a_booking_of_nobody_belongs_to_no_branch() -> None:
    organizer = an_actor("p03", Role.BRANCH_ORGANIZER, members=["p03"])

    assert not may_see_booking(organizer, a_booking(who=[]))
    assert PersonId("p03") in organizer.branch_members
