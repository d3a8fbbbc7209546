"""Looking at rules, applying them, and which of them leads."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import GroupId, RuleSetId
from scheduler.core.rules.resolution import RuleSetSpec
from scheduler.services.rules import sets as rules
from scheduler.services.rules.sets import Preview
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.campaigns.rows import MilestoneRow, OccurrenceRow
from scheduler.store.organisation.rows import PersonVersionRow
from scheduler.store.rules.rows import RuleSetRow
from tests.builders import a_clock, an_actor

CLOCK = a_clock()
ORGANIZER = an_actor("p22", Role.MEMBER, Role.ORGANIZER)
PRINCIPAL = an_actor("p01", Role.MEMBER, Role.PRINCIPAL)
SUPERVISOR = an_actor("s01", Role.MEMBER, Role.SUPERVISOR)
SECRETARY = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"])
MEMBER = an_actor("p27")
B1, B2 = GroupId("B1"), GroupId("B2")
FOUR, BRANCH, EVENTS = "cn.four-must-talks", "cn.branch-yearly", "cn.five-must-talks-events"
MINE = """
presets:
- id: mine
  name: {zh: 我的方案}
  extends: cn.four-must-talks
  drop: [R3, R4]
- id: theirs
  rules: [{id: X1, pairing: explicit, list: [[p01, p27]]}]
"""
on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def preview(session: Session, source: str = FOUR, branch: GroupId | None = None, **said: object) -> Preview:
    return rules.preview(
        session,
        said.pop("actor", OPERATOR),  # type: ignore[arg-type]
        source,
        branch,
        said.pop("day", None),  # type: ignore[arg-type]
        CLOCK,
        files=bool(said.pop("files", False)),
    )


def test_shipped_presets_are_listed_with_their_names() -> None:
    found = {preset.id: preset.name.zh for preset in rules.presets()}

    assert len(found) == 13
    assert next(iter(found)) == FOUR
    assert found[FOUR] == "四必谈"
    assert found["intl.visit-day"] == "来访日面谈"


def test_preview_of_the_sample_has_49_by_rule_and_48_distinct(sample_session: Session) -> None:
    found = preview(sample_session)

    assert found.preset == FOUR
    assert found.spec.id == FOUR
    assert dict(found.resolution.by_rule) == {"R1": 7, "R2": 21, "R3": 13, "R4": 8}
    assert (found.resolution.before_merging, found.resolution.distinct) == (49, 48)
    assert [(f.kind, f.subject) for f in found.resolution.unresolved] == [("self_pair", "D07"), ("head_vacant", "I05")]
    assert found.resolution.window.last == date(2014, 8, 15)
    assert load.rule_set_rows(sample_session) == ()


@on_sqlite
def test_database_gives_what_the_files_give_for_every_preset(sample_session: Session) -> None:
    from scheduler.core.rules.resolution import resolve
    from tests.core import sample

    for preset in rules.presets():
        of_files = resolve(sample.preset(preset.id), sample.facts())
        assert preview(sample_session, preset.id).resolution == of_files, preset.id


@on_sqlite
def test_preview_is_of_the_day_that_is_asked_for(sample_session: Session) -> None:
    row = sample_session.scalars(select(PersonVersionRow).filter_by(person_id="p08")).one()
    row.valid_to = date(2014, 7, 1)
    sample_session.commit()

    assert preview(sample_session, day=date(2014, 6, 30)).resolution.by_rule["R2"] == 21
    assert preview(sample_session, day=date(2014, 7, 1)).resolution.by_rule["R2"] == 15


@on_sqlite
def test_preview_for_one_branch(sample_session: Session) -> None:
    assert preview(sample_session, BRANCH, B1).resolution.distinct == 39
    assert preview(sample_session, BRANCH).resolution.distinct == 75
    with pytest.raises(NotFound) as caught:
        preview(sample_session, BRANCH, GroupId("B9"))
    assert (caught.value.noun, caught.value.name) == ("branch", "B9")


@on_sqlite
def test_branch_organizer_previews_for_the_own_branch_only(sample_session: Session) -> None:
    assert preview(sample_session, BRANCH, B1, actor=SECRETARY).resolution.distinct == 39
    for branch in (B2, None):
        with pytest.raises(NotAllowed):
            preview(sample_session, BRANCH, branch, actor=SECRETARY)


@on_sqlite
def test_members_see_no_rules(sample_session: Session) -> None:
    for verb in (
        lambda: preview(sample_session, actor=MEMBER),
        lambda: rules.preview_document(sample_session, MEMBER, MINE, "mine", None, None, CLOCK),
        lambda: rules.applied(sample_session, MEMBER),
    ):
        with pytest.raises(NotAllowed):
            verb()


@on_sqlite
def test_what_befell_people_is_left_out_for_those_who_may_not_know(sample_session: Session) -> None:
    sample_session.add(OccurrenceRow(kind="discipline", person_id="p22", day=date(2014, 7, 10)))
    sample_session.commit()

    assert preview(sample_session, EVENTS, actor=ORGANIZER).resolution.by_rule["V1"] == 1
    for actor in (PRINCIPAL, SUPERVISOR):
        assert preview(sample_session, EVENTS, actor=actor).resolution.requirements == ()


@on_sqlite
def test_file_is_read_by_its_path_when_files_are_allowed(sample_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, "utf-8")

    assert dict(preview(sample_session, f"{path}#mine", files=True).resolution.by_rule) == {"R1": 7, "R2": 21}
    assert preview(sample_session, f"{path}#theirs", files=True).resolution.distinct == 1
    with pytest.raises(Malformed) as caught:
        preview(sample_session, str(path), files=True)
    assert caught.value.details == {"presets": ("mine", "theirs")}
    with pytest.raises(NotFound):
        preview(sample_session, f"{path}#ours", files=True)


@on_sqlite
def test_file_with_one_preset_needs_no_id_and_may_be_json(sample_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a #1.json"
    path.write_text(json.dumps({"id": "mine", "extends": FOUR, "drop": ["R4"]}), "utf-8")

    assert preview(sample_session, str(path), files=True).resolution.distinct == 40


@on_sqlite
def test_path_is_no_preset_when_files_are_not_allowed(sample_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, "utf-8")

    with pytest.raises(NotFound) as caught:
        preview(sample_session, f"{path}#mine")

    assert caught.value.noun == "preset"
    with pytest.raises(NotFound):
        rules.apply(sample_session, OPERATOR, f"{path}#mine", None, CLOCK)


@on_sqlite
@pytest.mark.parametrize("source", ["cn.nine-must-talks", "", "#", "no/such/file.yaml#mine", "/dev/zero", "a\0b", "/"])
def test_source_that_there_is_none_of_is_not_found(sample_session: Session, source: str) -> None:
    with pytest.raises(NotFound):
        preview(sample_session, source, files=True)


@on_sqlite
def test_file_that_is_too_large_is_refused(sample_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))

    with pytest.raises(Malformed) as caught:
        preview(sample_session, str(path), files=True)

    assert caught.value.details["reason"] == "too_large"


@on_sqlite
def test_text_of_a_file_is_previewed(sample_session: Session) -> None:
    found = rules.preview_document(sample_session, ORGANIZER, MINE, "mine", None, None, CLOCK)

    assert found.preset == "mine"
    assert found.spec.name.zh == "我的方案"
    assert found.resolution.distinct == 28


@on_sqlite
def test_window_on_a_milestone_that_the_campaign_does_not_have_is_refused(sample_session: Session) -> None:
    sample_session.delete(sample_session.scalars(select(MilestoneRow)).one())
    sample_session.commit()

    with pytest.raises(Malformed) as caught:
        preview(sample_session)

    assert caught.value.field == "cn.four-must-talks.window.before_milestone"


def test_preview_works_before_anything_was_imported(session: Session) -> None:
    found = preview(session)

    assert found.resolution.requirements == ()
    assert [(f.kind, f.subject) for f in found.resolution.unresolved] == [
        ("no_such_group", "principal"),
        ("no_such_group", "leadership_team"),
        ("relation_unknown", "R3"),
        ("no_such_group", "supervision_group"),
    ]


def test_first_rule_set_applied_leads_and_ids_count_on(sample_session: Session) -> None:
    done = [
        rules.apply(sample_session, ORGANIZER, source, branch, CLOCK) for source, branch in ((FOUR, None), (BRANCH, B1))
    ]

    assert [one.rule_set for one in done] == ["RS1", "RS2"]
    assert done[0].preview.resolution.distinct == 48
    assert [(one.id, one.preset, one.branch, one.is_leading) for one in rules.applied(sample_session, SUPERVISOR)] == [
        ("RS1", FOUR, None, True),
        ("RS2", BRANCH, "B1", False),
    ]
    assert sample_session.get_one(RuleSetRow, "RS1").campaign_id == "c1"


def test_applied_rule_set_reads_as_it_was_applied(sample_session: Session) -> None:
    done = rules.apply(sample_session, OPERATOR, "cn.six-must-talks", None, CLOCK)
    sample_session.expire_all()

    (applied,) = rules.applied(sample_session, OPERATOR)
    spec = rules.spec_of(applied)

    assert spec == done.preview.spec
    assert [rule.id for rule in spec.rules] == ["R1", "R2", "R3", "R4", "R5a", "R5b", "R6"]


@on_sqlite
def test_applying_again_updates_and_keeps_the_id(sample_session: Session) -> None:
    changed = MINE.replace("[R3, R4]", "[R2, R3, R4]")
    first = rules.apply_document(sample_session, OPERATOR, MINE, "mine", None, CLOCK)
    rules.apply(sample_session, OPERATOR, FOUR, None, CLOCK)

    again = rules.apply_document(sample_session, OPERATOR, changed, "mine", None, CLOCK)

    assert (first.rule_set, again.rule_set) == ("RS1", "RS1")
    applied = rules.applied(sample_session, OPERATOR)
    assert [one.is_leading for one in applied] == [True, False]
    assert [rule.id for rule in rules.spec_of(applied[0]).rules] == ["R1"]


def test_rules_are_read_once_until_anybody_changes_their_document(sample_session: Session) -> None:
    def spec() -> RuleSetSpec:
        return rules.spec_of(load.rule_set_rows(sample_session)[0])

    rules.apply_document(sample_session, OPERATOR, MINE, "mine", None, CLOCK)
    before = spec()
    assert spec() is before

    row = sample_session.scalars(select(RuleSetRow)).one()  # as another process writes it
    preset = row.document["presets"][0]
    row.document = {**row.document, "presets": [{**preset, "rules": preset["rules"][:1]}]}
    sample_session.commit()

    assert [rule.id for rule in spec().rules] == ["R1"]
    assert [rule.id for rule in before.rules] == ["R1", "R2"]


@on_sqlite
def test_another_branch_is_another_rule_set(sample_session: Session) -> None:
    found = [rules.apply(sample_session, OPERATOR, BRANCH, branch, CLOCK).rule_set for branch in (B1, B2, None, B1)]

    assert found == ["RS1", "RS2", "RS3", "RS1"]


@on_sqlite
def test_rules_that_are_refused_leave_nothing(sample_session: Session) -> None:
    with pytest.raises(NotFound):
        rules.apply(sample_session, OPERATOR, BRANCH, GroupId("B9"), CLOCK)

    assert rules.applied(sample_session, OPERATOR) == []
    assert rules.apply(sample_session, OPERATOR, FOUR, None, CLOCK).rule_set == "RS1"


@on_sqlite
@pytest.mark.parametrize("actor", [PRINCIPAL, SUPERVISOR, SECRETARY, MEMBER])
def test_only_organizers_change_rules(sample_session: Session, actor: object) -> None:
    for verb in (
        lambda: rules.apply(sample_session, actor, FOUR, B1, CLOCK),  # type: ignore[arg-type]
        lambda: rules.apply_document(sample_session, actor, MINE, "mine", B1, CLOCK),  # type: ignore[arg-type]
        lambda: rules.lead(sample_session, actor, RuleSetId("RS1"), CLOCK),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotAllowed):
            verb()


@on_sqlite
def test_another_rule_set_can_lead(sample_session: Session) -> None:
    for source in (FOUR, BRANCH):
        rules.apply(sample_session, OPERATOR, source, None, CLOCK)

    rules.lead(sample_session, ORGANIZER, RuleSetId("RS2"), CLOCK)

    assert [one.is_leading for one in rules.applied(sample_session, OPERATOR)] == [False, True]
    with pytest.raises(NotFound) as caught:
        rules.lead(sample_session, ORGANIZER, RuleSetId("RS9"), CLOCK)
    assert (caught.value.noun, caught.value.name) == ("rule_set", "RS9")


@on_sqlite
def test_journal_says_who_applied_what_and_let_what_lead(sample_session: Session) -> None:
    rules.apply(sample_session, ORGANIZER, BRANCH, B1, CLOCK)
    rules.lead(sample_session, ORGANIZER, RuleSetId("RS1"), CLOCK)

    found = sample_session.execute(
        select(JournalRow.actor, JournalRow.action, JournalRow.noun_id, JournalRow.details)
        .filter_by(noun="rule_set")
        .order_by(JournalRow.id)
    )
    assert [tuple(row) for row in found] == [
        ("p22", "applied", "RS1", {"preset": BRANCH, "branch": "B1"}),
        ("p22", "made_leading", "RS1", {}),
    ]


def test_shipped_presets_are_those_of_the_sample() -> None:
    assert ROOT / "sample" / "talk_rule_presets.yaml" == rules.SHIPPED
    assert rules.shipped() is rules.shipped()
