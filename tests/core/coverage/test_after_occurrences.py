"""What follows from an occurrence: talks that are required, people who cannot be found, or why there is nothing."""

from dataclasses import replace
from datetime import date

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.coverage.after_occurrences import FollowedOccurrence, RuleSetStanding, followed
from scheduler.core.coverage.report import cover
from scheduler.core.ground.ids import PersonId, RuleSetId
from scheduler.core.rules.resolution import resolve
from tests.builders import an_as_of
from tests.core import sample

SPEC = sample.preset("cn.five-must-talks-events")
AWARD = Occurrence(1, "award", PersonId("p22"), date(2014, 7, 10))


def follow(occurrence: Occurrence) -> FollowedOccurrence:
    coverage = cover(resolve(SPEC, sample.facts(occurrence)), [], an_as_of("2014-08-01"))
    (found,) = followed([occurrence], [RuleSetStanding(RuleSetId("RS1"), SPEC, coverage)], sample.roster())
    return found


def test_required_talk_is_told_with_its_rules_and_its_last_day() -> None:
    found = follow(AWARD)

    (talk,) = found.talks
    assert (talk.rule_set, talk.rules, talk.due) == ("RS1", ("V1",), date(2014, 7, 25))
    assert (talk.required.requirement.pair, talk.required.state, talk.required.is_overdue) == (
        ("p12", "p22"), "open", True,
    )  # fmt: skip
    assert (found.findings, found.lacks_somebody) == ((), False)


def test_somebody_without_a_branch_lacks_somebody_until_one_is_chosen() -> None:
    stranger = replace(AWARD, person=PersonId("p27"))

    lost, helped = follow(stranger), follow(replace(stranger, partner=PersonId("p02")))

    assert [(finding.kind, finding.subject) for finding in lost.findings] == [("empty_pool", "p27")]
    assert (lost.talks, lost.lacks_somebody) == ((), True)
    assert [talk.required.requirement.pair for talk in helped.talks] == [("p02", "p27")]
    assert (helped.findings, helped.lacks_somebody) == ((), False)


def test_why_no_talk_is_required_is_told() -> None:
    occurrences = [
        replace(AWARD, kind="illness"),
        replace(AWARD, day=date(2014, 8, 5)),
        replace(AWARD, day=date(2013, 8, 5)),
    ]

    found = [follow(occurrence) for occurrence in occurrences]

    assert [[finding.kind for finding in one.findings] for one in found] == [
        ["no_rule_reacts"], ["occurrence_ahead"], ["occurrence_outside"],
    ]  # fmt: skip
    assert not any(one.lacks_somebody for one in found)
