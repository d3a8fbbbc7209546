"""Org changes that are only thought of, as the facts a file would say."""

import pytest

from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.organisation.appointments import Appointment, AppointmentKind, facts_of
from tests.builders import a_group, a_person, a_roster, a_unit

P2, P4 = PersonId("p02"), PersonId("p04")


@pytest.fixture
def roster() -> Roster:
    return a_roster(
        a_person("p01", unit=UnitId("D01"), branch=GroupId("B1"), manager=P2),
        a_person("p02", unit=UnitId("D01"), branch=GroupId("B2"), party_group=GroupId("G1"), tags=("model", "guest")),
        a_person("p04"),
        units=[
            a_unit("D01", in_charge=["p02", "p04"], head=P2),
            a_unit("D02", acting_head=P2),
        ],
        groups=[
            a_group("leadership_team", ["p01", "p02"]),
            a_group("B1", ["p01"], kind="branch", secretary="p01", committee=["p01"]),
            a_group("B2", ["p02"], kind="branch", secretary="p02", committee=["p02", "p04"]),
            a_group("G1", ["p02"], kind="branch_group"),
            a_group("model", ["p02"], kind="tag"),
        ],
    )


def said(roster: Roster, *appointments: Appointment) -> dict[str, dict[str, object]]:
    return {fact.key: dict(fact.fields) for fact in facts_of(appointments, roster)}


def test_a_head_takes_the_place_of_whoever_ran_the_unit(roster: Roster) -> None:
    assert said(roster, Appointment(AppointmentKind.HEAD, P4, "D02")) == {"D02": {"head": P4, "acting_head": None}}
    assert said(roster, Appointment(AppointmentKind.ACTING_HEAD, P4, "D01")) == {
        "D01": {"head": None, "acting_head": P4}
    }
    assert said(roster, Appointment(AppointmentKind.IN_CHARGE, P4, "D01")) == {"D01": {"in_charge": (P4,)}}


def test_a_post_without_a_person_is_vacant(roster: Roster) -> None:
    assert said(
        roster, Appointment(AppointmentKind.HEAD, None, "D01"), Appointment(AppointmentKind.IN_CHARGE, None, "D01")
    ) == {"D01": {"head": None, "in_charge": ()}}


def test_somebody_moves_to_another_unit(roster: Roster) -> None:
    assert said(roster, Appointment(AppointmentKind.MOVE, P4, "D02")) == {"p04": {"unit": UnitId("D02")}}


def test_a_team_that_nobodys_row_names_is_changed_alone(roster: Roster) -> None:
    joined = said(roster, Appointment(AppointmentKind.JOIN, P4, "leadership_team"))
    assert joined == {"leadership_team": {"members": ("p01", "p02", "p04")}}
    assert said(roster, Appointment(AppointmentKind.JOIN, P2, "leadership_team")).get("p02") is None


def test_who_comes_into_a_branch_goes_out_of_the_other(roster: Roster) -> None:
    assert said(roster, Appointment(AppointmentKind.JOIN, P2, "B1")) == {
        "p02": {"branch": "B1"},
        "B1": {"members": ("p01", "p02")},
        "B2": {"members": (), "secretary": None, "committee": (P4,)},
    }


@pytest.mark.parametrize(
    ("group", "field", "left"), [("G1", "party_group", ""), ("model", "tags", ("guest",)), ("B2", "branch", "")]
)
def test_the_row_of_who_goes_out_of_a_group_says_it(roster: Roster, group: str, field: str, left: object) -> None:
    facts = said(roster, Appointment(AppointmentKind.QUIT, P2, group))
    assert facts["p02"] == {field: left}
    assert facts[group]["members"] == ()
    assert said(roster, Appointment(AppointmentKind.JOIN, P4, "model"))["p04"] == {"tags": ("model",)}


def test_who_leaves_holds_nothing_any_more(roster: Roster) -> None:
    facts = said(roster, Appointment(AppointmentKind.LEAVE, P2))
    assert facts["p01"] == {"manager": None}
    assert facts["p02"] == {"unit": "", "category": "", "branch": "", "party_group": "", "tags": ()}
    assert facts["D01"] == {"in_charge": (P4,), "head": None}
    assert facts["D02"] == {"acting_head": None}
    assert {key: facts[key]["members"] for key in ("leadership_team", "B2", "G1", "model")} == {
        "leadership_team": ("p01",), "B2": (), "G1": (), "model": (),
    }  # fmt: skip
    assert "B1" not in facts


def test_one_after_the_other(roster: Roster) -> None:
    assert (
        said(roster, Appointment(AppointmentKind.HEAD, P4, "D01"), Appointment(AppointmentKind.HEAD, P2, "D01")) == {}
    )


@pytest.mark.parametrize(
    ("appointment", "noun", "name"),
    [
        (Appointment(AppointmentKind.HEAD, PersonId("p99"), "D01"), "person", "p99"),
        (Appointment(AppointmentKind.HEAD, P4, "D99"), "unit", "D99"),
        (Appointment(AppointmentKind.JOIN, P4, "nobody"), "group", "nobody"),
    ],
)
def test_who_and_what_is_not_there_is_named(roster: Roster, appointment: Appointment, noun: str, name: str) -> None:
    with pytest.raises(NotFound) as error:
        facts_of([appointment], roster)
    assert (error.value.noun, error.value.name) == (noun, name)


@pytest.mark.parametrize(
    ("appointment", "field"),
    [
        (Appointment(AppointmentKind.LEAVE), "person"),
        (Appointment(AppointmentKind.HEAD, P4), "unit"),
        (Appointment(AppointmentKind.QUIT, P4), "group"),
    ],
)
def test_what_is_missing_is_named(roster: Roster, appointment: Appointment, field: str) -> None:
    with pytest.raises(Malformed) as error:
        facts_of([appointment], roster)
    assert (error.value.kind, error.value.field) == ("missing", field)
