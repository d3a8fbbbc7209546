"""Study targets set by hand, and who is exempt from them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Action, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.services.campaigns import register
from scheduler.services.sessions import study, study_targets
from scheduler.services.sessions.study_targets import StudyExemption, StudyTarget
from tests.builders import a_clock, an_actor

CLOCK = a_clock("2014-08-01T08:00")
TEAM = StudyTarget("", 49.0, date(2014, 2, 26), date(2014, 11, 24), is_pro_rata=True)
P06 = PersonId("p06")


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def test_targets_are_set_changed_and_taken_away(session: Session) -> None:
    first = study_targets.put(session, OPERATOR, TEAM, CLOCK)
    second = study_targets.put(
        session, OPERATOR, replace(TEAM, audience=("all_party",), minus=("leadership_team",), hours=21.0), CLOCK
    )
    study_targets.put(session, OPERATOR, replace(second, hours=14.0), CLOCK)

    graded = study_targets.put(
        session, OPERATOR, replace(TEAM, audience=("处级以上", "all_party"), minus=("section grade and above",)), CLOCK
    )
    study_targets.remove(session, OPERATOR, graded.id, CLOCK)

    assert (graded.audience, graded.minus) == (("grade:division", "all_party"), ("grade:section",))
    assert [first.id, second.id, first.campaign] == ["ST1", "ST2", "c1"]
    assert [each.target.hours for each in study_targets.listing(session, OPERATOR, CLOCK)] == [49, 14]
    report = study.report(session, OPERATOR, None, CLOCK)
    assert [studied.target.id for studied in report.set_targets] == ["ST1", "ST2"]
    study_targets.exempt(session, OPERATOR, StudyExemption("ST1", P06, 49.0, "产假"), CLOCK)
    assert study.report(session, OPERATOR, None, CLOCK).first.exempt == (P06,)
    study_targets.unexempt(session, OPERATOR, "ST1", P06, CLOCK)
    assert study.report(session, OPERATOR, None, CLOCK).first.exempt == ()
    study_targets.exempt(session, OPERATOR, StudyExemption("ST1", P06, 7.0, "病假", P06, date(2014, 4, 1)), CLOCK)
    gone = study_targets.remove(session, OPERATOR, "ST1", CLOCK)
    assert [exemption.hours for exemption in gone.exemptions] == [7]
    assert [each.target.id for each in study_targets.listing(session, OPERATOR, CLOCK)] == ["ST2"]


@on_sqlite
def test_who_will_not_have_the_hours_by_the_check_date_is_told(session: Session) -> None:
    study_targets.put(session, OPERATOR, replace(TEAM, hours=99.0), CLOCK)
    study_targets.put(session, OPERATOR, replace(TEAM, last=date(2014, 7, 1)), CLOCK)

    first, past = study.report(session, OPERATOR, None, CLOCK).set_targets

    missing = {person: studied.missing for person, studied in first.report.people.items()}
    assert set(first.will_miss) == set(missing)
    assert all(hours <= missing[person] for person, hours in first.will_miss.items())
    assert past.will_miss == {}


@on_sqlite
@pytest.mark.parametrize(
    ("change", "field", "kind"),
    [
        ({"audience": ()}, "audience", "missing"),
        ({"audience": ("nobody",)}, "audience", "unknown"),
        ({"minus": ("nobody",)}, "minus", "unknown"),
        ({"hours": 0.0}, "hours", "not_target_hours"),
        ({"hours": float("nan")}, "hours", "not_target_hours"),
        ({"hours": 2001.0}, "hours", "not_target_hours"),
        ({"last": date(2014, 2, 25)}, "by", "ends_before_it_starts"),
    ],
)
def test_what_cannot_be_is_named(session: Session, change: dict[str, object], field: str, kind: str) -> None:
    with pytest.raises(Malformed) as no:
        study_targets.put(session, OPERATOR, replace(TEAM, **change), CLOCK)  # type: ignore[arg-type]  # odd on purpose

    assert (no.value.field, no.value.kind) == (field, kind)
    assert study_targets.listing(session, OPERATOR, CLOCK) == ()


@on_sqlite
def test_exemptions_that_cannot_be_are_named(session: Session) -> None:
    study_targets.put(session, OPERATOR, TEAM, CLOCK)

    for exemption, kind in (
        (StudyExemption("ST1", PersonId("p99"), 7.0), "unknown"),
        (StudyExemption("ST1", P06, 7.0, by=PersonId("p99")), "unknown"),
        (StudyExemption("ST1", P06, 50.0), "not_target_hours"),
        (StudyExemption("ST1", P06, 7.0, "长" * 41), "too_long"),
    ):
        with pytest.raises(Malformed) as no:
            study_targets.exempt(session, OPERATOR, exemption, CLOCK)
        assert no.value.kind == kind
    with pytest.raises(Malformed):
        study_targets.unexempt(session, OPERATOR, "ST1", P06, CLOCK)
    for verb in (study_targets.remove, study_targets.named):
        with pytest.raises(NotFound):
            verb(session, OPERATOR, "ST9", CLOCK)


@on_sqlite
def test_a_closed_campaign_and_those_who_do_not_organize_change_nothing(session: Session) -> None:
    study_targets.put(session, OPERATOR, TEAM, CLOCK)
    register.set_open(session, OPERATOR, CampaignId("c1"), CLOCK, is_open=False)

    with pytest.raises(Refused):
        study_targets.remove(session, OPERATOR, "ST1", CLOCK)
    for role in (Role.SUPERVISOR, Role.MEMBER):
        with pytest.raises(NotAllowed) as no:
            study_targets.put(session, an_actor("p03", role), TEAM, CLOCK)
        assert no.value.action is Action.EDIT_PROGRAMME
