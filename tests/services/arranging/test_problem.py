from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import GroupId, RoomId, RuleSetId
from scheduler.core.plans.problems import Goal
from scheduler.services.arranging import problem as arranging
from scheduler.services.rules import sets as rules
from scheduler.solver.solve import solve
from tests import first_fit
from tests.builders import a_clock, an_actor

CLOCK = a_clock()
FOUR = "cn.four-must-talks-extended"


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    """The sample with 四必谈 applied, on 2014-08-01."""
    rules.apply(sample_session, OPERATOR, FOUR, None, CLOCK)
    return sample_session


def test_the_open_talks_of_the_sample_are_asked_in_the_order_of_the_rules(campaign: Session) -> None:
    found = arranging.arrangement(campaign, OPERATOR, ArrangeOptions(), CLOCK)

    assert list(found.talks) == [
        "R2:p04+p08",
        "R2:p05+p06",
        "R3:p04+p15",
        "R3:p06+p16",
        "R3:p08+p19",
        "R3:p03+p20",
        "R4:p07",
        "R4:p08",
    ]
    assert [room.id for room in found.problem.rooms] == ["R04", "R05", "R07"]
    assert found.problem.days[0] == date(2014, 8, 4)
    assert found.problem.days[-1] == date(2014, 8, 15)
    assert len(found.problem.days) == 10
    assert (found.unplaced, found.findings) == ((), ())


def test_a_plan_of_it_places_all_eight_beside_the_two_that_are_booked(campaign: Session) -> None:
    found = arranging.arrangement(campaign, OPERATOR, ArrangeOptions(), CLOCK)

    plan = arranging.finished(found, first_fit.plan(found.problem))
    proposals = arranging.proposals(found, plan)

    assert len(proposals) == 8
    assert {p.people[1] for p in proposals if p.rules == ("R4",)} < {"s01", "s02", "s03", "s04"}
    assert {(p.start.weekday(), p.start.hour >= 13) for p in proposals if p.rules == ("R4",)} <= {(1, True), (3, True)}


def test_only_organizers_arrange_and_branch_organizers_for_their_branch(campaign: Session) -> None:
    rules.apply(campaign, OPERATOR, "cn.branch-yearly", GroupId("B1"), CLOCK)
    secretary = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p11", "p12"])
    branch = ArrangeOptions(rule_set=RuleSetId("RS2"))

    assert arranging.arrangement(campaign, an_actor("p22", Role.ORGANIZER), branch, CLOCK).count > 0
    assert arranging.arrangement(campaign, secretary, branch, CLOCK).count > 0
    for actor in (secretary, an_actor("p03"), an_actor("s01", Role.SUPERVISOR), an_actor("p01", Role.PRINCIPAL)):
        with pytest.raises(NotAllowed):
            arranging.arrangement(campaign, actor, ArrangeOptions(), CLOCK)


def test_what_is_not_there_is_named(campaign: Session) -> None:
    with pytest.raises(NotFound):
        arranging.arrangement(campaign, OPERATOR, ArrangeOptions(rule_set=RuleSetId("RS9")), CLOCK)
    with pytest.raises(Malformed) as no:
        arranging.arrangement(campaign, OPERATOR, ArrangeOptions(rooms=(RoomId("R99"),)), CLOCK)
    assert no.value.field == "rooms"


def test_a_range_without_workdays_asks_for_nothing_more(campaign: Session) -> None:
    weekend = ArrangeOptions(first=date(2014, 8, 2), last=date(2014, 8, 3))

    found = arranging.arrangement(campaign, OPERATOR, weekend, CLOCK)

    assert (found.problem.days, found.count, len(found.unplaced)) == ((), 8, 8)


def test_a_branch_organizer_arranges_no_rule_set_that_is_for_all_branches(campaign: Session) -> None:
    rules.apply(campaign, OPERATOR, "cn.branch-yearly", None, CLOCK)
    secretary = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p11", "p12"])

    with pytest.raises(NotAllowed):
        arranging.arrangement(campaign, secretary, ArrangeOptions(rule_set=RuleSetId("RS2")), CLOCK)


def test_the_number_of_queries_does_not_grow_with_what_is_arranged(campaign: Session) -> None:
    rules.apply(campaign, OPERATOR, "cn.branch-yearly", None, CLOCK)
    asked: list[str] = []
    event.listen(campaign.get_bind(), "before_cursor_execute", lambda *about: asked.append(about[2]))

    counts = []
    for rule_set, talks in (("RS1", 8), ("RS2", 75)):
        campaign.rollback()
        asked.clear()
        found = arranging.arrangement(campaign, OPERATOR, ArrangeOptions(rule_set=RuleSetId(rule_set)), CLOCK)
        assert found.count == talks
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 40


def test_what_is_named_alone_is_all_that_is_arranged(campaign: Session) -> None:
    def talks(*only: str) -> list[str]:
        return list(arranging.arrangement(campaign, OPERATOR, ArrangeOptions(only=only), CLOCK).talks)

    assert talks("p08-p19") == ["R3:p08+p19"]
    assert talks("p08-p19", "p04-p08") == ["R2:p04+p08", "R3:p08+p19"]
    assert talks("p02-p05") == []
    with pytest.raises(NotFound):
        talks("p01-p99")


RULES = """
schema_version: 1
presets:
- id: order-test
  name: {zh: 顺序试验, en: Order test}
  window: {opens: 2014-08-18, closes: 2014-09-30}
  rules:
  - {id: RB, order: 1, after: [RA], pairing: all_pairs, a: {group: leadership_team, minus: {role: principal}}, slot_minutes: 25, limits: {a_max_per_day: 1}}
  - {id: RA, order: 2, pairing: each_each, a: {role: principal}, b: {group: leadership_team, minus: {role: principal}}}
"""


def test_rules_that_say_more_are_kept(sample_session: Session) -> None:
    rules.apply_document(sample_session, OPERATOR, RULES, None, None, CLOCK)
    (rule_set,) = [row.id for row in rules.applied(sample_session, OPERATOR) if row.preset == "order-test"]
    found = arranging.arrangement(sample_session, OPERATOR, ArrangeOptions(rule_set=rule_set), CLOCK)

    proposals = arranging.proposals(
        found, arranging.finished(found, solve(replace(found.problem, goals=(Goal.UNPLACED,))))
    )

    assert len(proposals) == len(found.problem.talks) == 28
    ends = {
        person: p.start + timedelta(minutes=p.minutes) for p in proposals if p.rules == ("RA",) for person in p.people
    }
    mutual = [p for p in proposals if p.rules == ("RB",)]
    assert {p.minutes for p in mutual} == {25}
    assert all(p.start >= ends[person] for p in mutual for person in p.people)
    assert max(Counter((person, p.start.date()) for p in mutual for person in p.people).values()) == 1
