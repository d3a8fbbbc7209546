"""What an org change would do to what is required, on the sample of 1 August 2014; nothing of it stays."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation.appointments import Appointment, AppointmentKind
from scheduler.services.imports import what_if
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.what_if import Effect, OrgChange
from scheduler.services.rules import sets as rules
from scheduler.store.base import Base
from tests.builders import an_actor
from tests.small_organisation import CLOCK

NEW_MEMBER = OrgChange(appointments=(Appointment(AppointmentKind.JOIN, PersonId("p12"), "leadership_team"),))


@pytest.fixture
def applied(sample_session: Session) -> Session:
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks", None, CLOCK)
    return sample_session


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }


def a_unit_headed_by(person: str) -> Upload:
    """A table that says no more than that."""
    return Upload(f"{person}.csv", f"编号,名称,类别,负责人\nD01,办公室,dept,{person}\n".encode())


def the_effect(session: Session, change: OrgChange) -> Effect:
    (effect,) = what_if.look(session, OPERATOR, change, CLOCK).effects
    return effect


def test_a_new_member_of_the_team_asks_for_eight_talks(applied: Session) -> None:
    effect = the_effect(applied, NEW_MEMBER)

    assert (effect.before.coverage.covered, effect.before.coverage.required) == (37, 48)
    assert (effect.after.coverage.covered, effect.after.coverage.required) == (37, 56)
    assert (len(effect.comes), len(effect.falls), effect.stays, len(effect.staying)) == (8, 0, 48, 48)
    first = {talk.state.requirement.key.partition("-any")[0]: talk.first_free for talk in effect.comes}
    assert first["p01-p12"] is not None
    assert first["p01-p12"].span.start.isoformat() == "2014-08-04T08:30:00+08:00"


def test_who_leaves_takes_ten_requirements_along(applied: Session) -> None:
    effect = the_effect(applied, OrgChange(appointments=(Appointment(AppointmentKind.LEAVE, PersonId("p03")),)))

    assert (effect.after.coverage.covered, effect.after.coverage.required) == (29, 38)
    assert (len(effect.comes), len(effect.falls), effect.stays) == (0, 10, 38)
    assert sum(state.state == "covered" for state in effect.falls) == 8


def test_a_file_says_the_same_as_by_hand(applied: Session) -> None:
    by_hand = the_effect(applied, OrgChange(appointments=(Appointment(AppointmentKind.HEAD, PersonId("p50"), "D01"),)))
    file = a_unit_headed_by("p50")
    by_file = the_effect(applied, OrgChange([file], valid_from=CLOCK.today(by_hand.after.as_of.zone)))

    assert [talk.state for talk in by_file.comes] == [talk.state for talk in by_hand.comes]
    assert by_file.falls == by_hand.falls
    assert len(by_file.comes) == len(by_file.falls) == 1


def test_it_is_asked_as_of_the_day_from_which_it_holds(applied: Session) -> None:
    change = OrgChange(NEW_MEMBER.uploads, None, NEW_MEMBER.appointments, date(2014, 9, 1))

    shown = what_if.look(applied, OPERATOR, change, CLOCK)

    assert (shown.as_of, shown.valid_from) == (date(2014, 9, 1), date(2014, 9, 1))
    (effect,) = shown.effects
    assert all(talk.state.is_overdue for talk in effect.comes)
    assert all(talk.first_free and talk.first_free.span.start.date() >= date(2014, 9, 1) for talk in effect.comes)
    earlier = what_if.look(applied, OPERATOR, change, CLOCK, as_of=date(2014, 8, 1))
    assert [len(effect.comes) for effect in earlier.effects] == [0]


def test_wrong_files_do_nothing_and_say_why(applied: Session) -> None:
    shown = what_if.look(applied, OPERATOR, OrgChange([a_unit_headed_by("p999")]), CLOCK)

    assert [(error.row, error.field) for error in shown.report.errors] == [(2, "head")]
    assert shown.effects == ()
    with pytest.raises(Malformed):
        what_if.look(applied, OPERATOR, OrgChange(), CLOCK)


def test_nothing_is_written(applied: Session) -> None:
    before = content(applied)

    the_effect(applied, NEW_MEMBER)
    what_if.look(applied, OPERATOR, OrgChange([a_unit_headed_by("p50"), a_unit_headed_by("p999")]), CLOCK)

    assert content(applied) == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PRINCIPAL, Role.SUPERVISOR, Role.BRANCH_ORGANIZER, Role.ADMIN])
def test_it_is_for_those_who_may_import(applied: Session, role: Role) -> None:
    with pytest.raises(NotAllowed):
        what_if.look(applied, an_actor("p15", role), NEW_MEMBER, CLOCK)
