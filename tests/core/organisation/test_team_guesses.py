"""Who is probably who, while no group says so."""

from datetime import date

from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, Group, Person, Roster
from scheduler.core.organisation.team_guesses import Team, team_of
from tests.builders import a_person, people


def a_roster(*persons: Person, groups: tuple[Group, ...] = ()) -> Roster:
    return Roster(date(2014, 8, 1), {one.id: one for one in persons}, {}, {one.id: one for one in groups})


def test_groups_hold_before_anything_else() -> None:
    known = (a_person("p01", category="leader"), a_person("p02"), a_person("p03"))
    groups = (Group(LEADERSHIP_TEAM, "", members=people("p03", "p02")), Group(PRINCIPAL, "", members=people("p03")))

    assert team_of(a_roster(*known, groups=groups)) == Team(people("p03")[0], people("p02", "p03"))


def test_tags_hold_before_categories() -> None:
    known = (
        a_person("p01", category="leader"),
        a_person("p02", tags=("leadership_team", "principal")),
        a_person("p03", tags=("leadership_team",)),
        a_person("s01", tags=("supervision_group",), rank=9),
    )

    assert team_of(a_roster(*known)) == Team(people("p02")[0], people("p02", "p03"), people("s01"))


def test_first_of_the_leaders_is_taken_for_the_principal() -> None:
    known = (
        a_person("p02", category="leader"),
        a_person("p01", category="leader"),
        a_person("s1", category="supervision"),
    )

    assert team_of(a_roster(*known)) == Team(people("p01")[0], people("p01", "p02"), people("s1"))


def test_nobody_is_guessed_where_nothing_points_to_anybody() -> None:
    assert team_of(a_roster(a_person("p01"))) == Team()
