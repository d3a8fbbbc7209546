"""What a talk has to be that somebody books for themself."""

from scheduler.core.bookings import own_limits
from scheduler.core.coverage.report import cover
from scheduler.core.ground.findings import Finding, Findings
from tests.builders import a_draft, a_span, a_talk, an_as_of, at
from tests.core.asked import a_requirement, a_resolution

NEXT_DAY = at("2014-07-02T08:30")
GOOD = a_draft(start="2014-07-02T09:00")


def refused(findings: Findings) -> list[str]:
    return [finding.kind for finding in findings.blocking]


def test_short_talk_that_is_asked_for_in_working_time_and_with_notice_is_fine() -> None:
    hint = Findings(hints=(Finding("no_room", ""),))

    assert own_limits.limited(hint, GOOD, NEXT_DAY, 4, is_required=True) == hint
    assert (
        refused(
            own_limits.limited(
                Findings(), a_draft(start="2014-07-02T08:30", minutes=120), NEXT_DAY, 0, is_required=True
            )
        )
        == []
    )


def test_each_limit_refuses_by_its_name() -> None:
    long, soon = a_draft(start="2014-07-02T09:00", minutes=121), a_draft(start="2014-07-02T08:29")

    assert refused(own_limits.limited(Findings(), GOOD, NEXT_DAY, 0, is_required=False)) == ["own_talk_not_asked"]
    assert refused(own_limits.limited(Findings(), GOOD, NEXT_DAY, 5, is_required=True)) == ["own_talks_full"]
    assert refused(own_limits.limited(Findings(), long, NEXT_DAY, 0, is_required=True)) == ["own_talk_too_long"]
    assert refused(own_limits.limited(Findings(), soon, NEXT_DAY, 0, is_required=True)) == ["notice_too_short"]


def test_what_organizers_are_warned_of_refuses_a_members_own_talk() -> None:
    kinds = ("weekend", "holiday", "lunch", "outside_hours", "outside_window", "room_use", "year_not_published")
    warned = Findings((), tuple(Finding(kind, "") for kind in kinds))

    limited = own_limits.limited(warned, GOOD, NEXT_DAY, 0, is_required=True)

    assert refused(limited) == list(kinds[:5])
    assert [finding.kind for finding in limited.warnings] == ["room_use", "year_not_published"]


def test_talk_that_keeps_its_start_needs_no_notice_and_one_that_moves_does() -> None:
    soon = a_draft(start="2014-07-01T10:00", minutes=30)

    assert refused(own_limits.moved(Findings(), a_span("2014-07-01T10:00", 45), soon, NEXT_DAY)) == []
    assert refused(own_limits.moved(Findings(), a_span("2014-07-01T09:00", 45), soon, NEXT_DAY)) == ["notice_too_short"]


def test_rule_asks_as_long_as_the_talk_was_not_held() -> None:
    held = a_talk("T001", start="2014-07-10T09:00", is_held=True)
    resolution = a_resolution(a_requirement())

    assert own_limits.is_asked(cover(resolution, [], an_as_of("2014-07-20")).requirements)
    assert not own_limits.is_asked(cover(resolution, [held], an_as_of("2014-07-20")).requirements)
    assert not own_limits.is_asked(None)


def test_what_refuses_a_talk_to_anybody_is_said_first_and_alone() -> None:
    taken = Findings((Finding("person_taken", "p02"),), (Finding("weekend", ""),))

    assert own_limits.limited(taken, GOOD, NEXT_DAY, 5, is_required=False) == taken
