"""Coverage, one's own row and the ledger: what comes out, and who is shown how much of it."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RuleSetId
from scheduler.core.rules.events import MASKED
from scheduler.services.bookings import acts as bookings
from scheduler.services.coverage import report as coverage
from scheduler.services.ground import actors
from scheduler.services.rules import sets as rules
from scheduler.store.campaigns.rows import OccurrenceRow
from scheduler.store.organisation.rows import GroupVersionRow
from tests.builders import a_clock, a_draft, an_actor

CLOCK = a_clock("2014-08-01T08:00")
FIRST_OF_AUGUST = date(2014, 8, 1)
SUPERVISOR = an_actor("s01", Role.MEMBER, Role.SUPERVISOR)
pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def session(sample_session: Session) -> Session:
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    return sample_session


def person(session: Session, name: str) -> Actor:
    return actors.actor_of(session, PersonId(name), None, CLOCK)


def applied(session: Session, preset: str, branch: str | None = None) -> RuleSetId:
    return rules.apply(session, OPERATOR, preset, GroupId(branch) if branch else None, CLOCK).rule_set


# ── The report ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_sample_on_the_first_of_august(session: Session) -> None:
    found = coverage.report(session, SUPERVISOR, None, FIRST_OF_AUGUST, CLOCK)

    assert (found.coverage.covered, found.coverage.required, found.coverage.rate) == (37, 48, 77.1)
    assert found.coverage.by_rule == {"R1": (7, 7), "R2": (17, 21), "R3": (9, 13), "R4": (5, 8), "RX": (4, 6)}
    assert (found.rule_set.id, found.rule_set.preset) == ("RS1", "cn.four-must-talks-extended")
    assert found.roster.name(PersonId("p03")) == "文静"
    assert found.resolution.distinct == 48


def test_an_earlier_day_knows_only_what_had_been_held_by_then(session: Session) -> None:
    first_day = date(2014, 6, 16)

    found = coverage.report(session, SUPERVISOR, None, first_day, CLOCK)
    lines = coverage.ledger(session, SUPERVISOR, None, first_day, CLOCK)

    assert (found.as_of.day, found.coverage.covered, found.coverage.required) == (first_day, 3, 48)
    assert [line.id for line in lines if line.counts] == ["T002", "T003", "T004"]


def test_without_a_day_it_is_today(session: Session) -> None:
    found = coverage.report(session, OPERATOR, None, None, CLOCK)

    assert (found.as_of.day, found.as_of.moment) == (FIRST_OF_AUGUST, CLOCK.now)


def test_there_may_be_no_rule_set_or_none_of_that_name(session: Session, sample_session: Session) -> None:
    with pytest.raises(NotFound) as no:
        coverage.report(session, OPERATOR, RuleSetId("RS9"), None, CLOCK)
    assert (no.value.noun, no.value.name) == ("rule_set", "RS9")


def test_a_talk_counts_for_the_rule_set_it_was_booked_for_or_linked_to(session: Session) -> None:
    second = applied(session, "cn.branch-yearly", "B1")
    booked = bookings.book(session, OPERATOR, a_draft(start="2014-08-11T09:00", who=["p11", "p12"]), CLOCK).booking.id

    def talks(rule_set: RuleSetId) -> set[str]:
        found = coverage.report(session, OPERATOR, rule_set, None, CLOCK).coverage
        return {talk.id for talk in found.talks}

    assert booked in talks(RuleSetId("RS1"))
    assert booked not in talks(second)
    bookings.link(session, OPERATOR, booked, second, CLOCK)
    assert booked in talks(RuleSetId("RS1"))
    assert booked in talks(second)


# ── Who sees it ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_member_is_not_shown_the_matrix_nor_the_ledger(session: Session) -> None:
    for viewer in (person(session, "p27"), person(session, "p03"), NOBODY, an_actor(None, Role.ADMIN)):
        with pytest.raises(NotAllowed):
            coverage.report(session, viewer, None, None, CLOCK)
        with pytest.raises(NotAllowed):
            coverage.ledger(session, viewer, None, None, CLOCK)


def test_a_branch_organizer_is_shown_the_own_branch_only(session: Session) -> None:
    own, other, every = (applied(session, "cn.branch-yearly", branch) for branch in ("B1", "B2", None))
    secretary = person(session, "p12")

    assert coverage.report(session, secretary, own, None, CLOCK).coverage.required == 10 + 29
    for hidden in (other, RuleSetId("RS1")):
        for ask in (coverage.report, coverage.ledger):
            with pytest.raises(NotAllowed) as no:
                ask(session, secretary, hidden, None, CLOCK)
            assert no.value.action == "see_coverage"
    whole = coverage.report(session, OPERATOR, every, None, CLOCK).coverage
    part = coverage.report(session, secretary, every, None, CLOCK).coverage
    assert (whole.required, part.required) == (10 + 29 + 10 + 17 + 3 + 6, 10 + 29)
    assert part.by_rule == {"B1": (0, 10), "B2": (0, 29)}
    assert part.resolution.by_rule == {"B1": 10, "B2": 29}
    assert part.resolution.unresolved == ()


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR])
def test_those_who_answer_for_all_are_shown_all(session: Session, role: Role) -> None:
    viewer = an_actor("p22", Role.MEMBER, role)

    assert coverage.report(session, viewer, None, None, CLOCK).coverage.required == 48


def test_a_branch_organizers_ledger_leaves_out_talks_with_others(session: Session) -> None:
    every = applied(session, "cn.branch-yearly")
    rules.lead(session, OPERATOR, every, CLOCK)

    lines = coverage.ledger(session, person(session, "p12"), every, None, CLOCK)

    branch = actors.actor_of(session, PersonId("p12"), None, CLOCK).branch_members
    assert lines
    assert all(branch.issuperset(line.people) for line in lines)
    assert len(lines) < len(coverage.ledger(session, OPERATOR, every, None, CLOCK)) == 50


def test_what_befell_somebody_is_told_to_organizers_and_the_two_only(session: Session) -> None:
    session.add(OccurrenceRow(kind="discipline", person_id="p31", day=date(2014, 7, 25)))
    session.commit()
    events = applied(session, "cn.five-must-talks-events")

    def seen(viewer: Actor) -> tuple[list[str], dict[str, tuple[int, int]], set[object]]:
        found = coverage.report(session, viewer, events, None, CLOCK).coverage
        reasons = [reason for state in found.requirements for reason in state.requirement.reasons]
        return [r.rule for r in reasons], dict(found.by_rule), {r.occurrence for r in reasons}

    assert seen(OPERATOR)[0] == ["V1"]
    assert seen(SUPERVISOR) == ([MASKED], {MASKED: (0, 1)}, {None})
    assert seen(person(session, "p01")) == ([MASKED], {MASKED: (0, 1)}, {None})
    assert [line.covers for line in coverage.ledger(session, SUPERVISOR, events, None, CLOCK)] == []
    (own,) = coverage.own_row(session, person(session, "p31"), None, CLOCK)[-1:]
    assert [state.requirement.rules for state in own.coverage.requirements] == [("V1",)]


# ── One's own row ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_everybody_sees_the_own_row_with_the_own_talks(session: Session) -> None:
    (found,) = coverage.own_row(session, person(session, "p03"), None, CLOCK)

    assert found.coverage.must == (8, 10)
    assert found.coverage.optional == (1, 1)
    assert found.coverage.rows[PersonId("p03")] == (8, 10)
    assert all("p03" in state.requirement.bearers for state in found.coverage.requirements)
    assert all("p03" in talk.people for talk in found.coverage.talks)
    assert len(coverage.ledger_lines(person(session, "p03"), found)) == len(found.coverage.talks)


def test_somebody_of_whom_nothing_is_asked_has_no_row(session: Session) -> None:
    assert coverage.own_row(session, person(session, "p40"), None, CLOCK) == []
    with pytest.raises(NotAllowed):
        coverage.own_row(session, OPERATOR, None, CLOCK)


def test_a_row_stands_for_each_rule_set_that_asks(session: Session) -> None:
    applied(session, "cn.branch-yearly", "B1")
    applied(session, "cn.branch-yearly", "B2")

    assert [found.rule_set.id for found in coverage.own_row(session, person(session, "p11"), None, CLOCK)] == [
        "RS1",
        "RS2",
    ]


def test_a_branch_that_was_not_there_yet_asks_nothing(session: Session) -> None:
    applied(session, "cn.branch-yearly", "B1")
    session.execute(update(GroupVersionRow).where(GroupVersionRow.group_id == "B1").values(valid_from=date(2014, 7, 1)))
    session.commit()

    rows = coverage.own_row(session, person(session, "p11"), date(2014, 6, 20), CLOCK)

    assert [found.rule_set.id for found in rows] == ["RS1"]


# ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_ledger_of_the_sample(session: Session) -> None:
    lines = {line.id: line for line in coverage.ledger(session, SUPERVISOR, None, FIRST_OF_AUGUST, CLOCK)}

    assert len(lines) == 50
    assert sum(line.counts for line in lines.values()) == 43
    assert {name: line.why_not for name, line in lines.items() if not line.counts} == {
        "T039": "outside_window",
        "T040": "cancelled",
        "T041": "not_yet_held",
        "T042": "not_yet_held",
        "T043": "group_talk",
        "T044": "mode_not_allowed",
        "T045": "unconfirmed",
    }
    assert [name for name, line in lines.items() if line.is_extra] == ["T046"]
    assert lines[BookingId("T032")].covers == ()
    sunday = lines[BookingId("T033")]
    assert [(warning.kind, warning.subject) for warning in sunday.warnings] == [("weekend", "2014-07-13")]
    assert (sunday.day, sunday.people, sunday.state, sunday.covers) == (
        date(2014, 7, 13),
        ("p02", "p07"),
        "held",
        ("R2",),
    )
    assert [line.id for line in lines.values() if line.warnings] == ["T033"]


def test_the_ledger_is_in_order_of_time(session: Session) -> None:
    days = [line.talk.span.start for line in coverage.ledger(session, OPERATOR, None, None, CLOCK)]

    assert days == sorted(days)


# ── What changed ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_changed_since_a_day(session: Session) -> None:
    found = coverage.report(session, SUPERVISOR, None, FIRST_OF_AUGUST, CLOCK)

    changed = coverage.changed_since(session, SUPERVISOR, found, date(2014, 7, 1), CLOCK)

    told = [(change.requirement.key, change.kind.value) for change in changed if change.requirement.severity == "must"]
    assert told == [("p02-p07", "newly_covered")]


def test_a_branch_organizer_is_told_the_changes_of_the_own_branch(session: Session) -> None:
    yearly = applied(session, "cn.branch-yearly", "B1")
    secretary = person(session, "p12")
    found = coverage.report(session, secretary, yearly, FIRST_OF_AUGUST, CLOCK)

    assert coverage.changed_since(session, secretary, found, date(2014, 7, 31), CLOCK) == ()
    with pytest.raises(NotAllowed):
        coverage.changed_since(session, NOBODY, found, date(2014, 7, 31), CLOCK)
