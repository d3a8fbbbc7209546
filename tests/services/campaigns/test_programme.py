from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.milestones import CoverageMoved
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.services.campaigns import programme
from scheduler.services.ground import journal
from scheduler.services.rules import sets
from scheduler.store import load
from tests.builders import a_clock, a_span, at

CLOCK = a_clock()
KEY = "democratic_life_meeting"
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))


def test_a_milestone_moves_the_window_and_its_meeting(sample_session: Session) -> None:
    moved = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 22), CLOCK)

    assert (moved.window_opens, moved.window_closes, moved.report_due) == (
        date(2014, 6, 16),
        date(2014, 8, 19),
        date(2014, 8, 7),
    )
    assert [b.id for b in moved.bookings_outside] == ["E10"]
    assert [(b.id, b.span.start) for b in moved.moved_along] == [("E10", at("2014-08-22T08:30"))]
    assert moved.left_outside == ()
    assert load.booking(sample_session, BookingId("E10")).span == a_span("2014-08-22T08:30", 540)
    campaign = load.campaign(sample_session, date(2014, 8, 1))
    assert campaign is not None
    assert campaign.milestones == {KEY: date(2014, 8, 22)}
    entry = journal.recent(sample_session, OPERATOR, CLOCK, noun="milestone")[0]
    assert entry.details == {"day": "2014-08-22", "stood": "2014-08-20", "along": ["E10"]}


def test_a_milestone_alone_parts_from_its_meeting_until_it_comes_back(sample_session: Session) -> None:
    alone = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 22), CLOCK, only_milestone=True)
    further = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 26), CLOCK)

    assert (alone.moved_along, [b.id for b in alone.left_outside]) == ((), ["E10"])
    assert (further.moved_along, [b.id for b in further.left_outside]) == ((), ["E10"])
    assert load.booking(sample_session, BookingId("E10")).span == a_span("2014-08-20T08:30", 540)
    programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 20), CLOCK)
    assert programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 22), CLOCK).moved_along != ()


def test_where_the_meeting_cannot_be_nothing_moves(sample_session: Session) -> None:
    would = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 27), CLOCK, dry_run=True)
    with pytest.raises(Refused) as refused:
        programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 27), CLOCK)

    assert refused.value.blocking == would.findings.blocking
    said = [(finding.kind, finding.subject) for finding in would.findings.blocking]
    assert said[:2] == [("meeting_cannot_follow", "E10"), ("person_taken", "p01")]
    assert ("room_taken", "R02") in said
    assert (would.moved_along, would.window_closes) == ((), date(2014, 8, 22))
    campaign = load.campaign(sample_session, date(2014, 8, 1))
    assert campaign is not None
    assert campaign.milestones == {KEY: date(2014, 8, 20)}
    parted = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 27), CLOCK, only_milestone=True)
    assert parted.findings.blocking == ()


@pytest.mark.parametrize("day", [date(2013, 1, 1), date(2014, 2, 25), date(2014, 11, 25)])
def test_a_day_outside_the_campaign_is_refused(sample_session: Session, day: date) -> None:
    with pytest.raises(Refused) as refused:
        programme.move_milestone(sample_session, OPERATOR, KEY, day, CLOCK, only_milestone=True)

    (finding,) = refused.value.blocking
    assert (finding.kind, finding.subject) == ("outside_campaign", KEY)
    assert (finding.details["starts"], finding.details["ends"]) == (date(2014, 2, 26), date(2014, 11, 24))


def test_a_day_off_is_warned_of(sample_session: Session) -> None:
    warned = [
        programme.move_milestone(
            sample_session, OPERATOR, KEY, day, CLOCK, dry_run=True, only_milestone=True
        ).findings.warnings
        for day in (date(2014, 8, 23), date(2014, 6, 2), date(2014, 8, 22))
    ]

    assert [[(f.kind, f.subject) for f in findings] for findings in warned] == [
        [("weekend", "2014-08-23")],
        [("holiday", "2014-06-02")],
        [],
    ]


def test_a_milestone_shows_what_it_does_to_coverage(sample_session: Session) -> None:
    none = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 3, 3), CLOCK, dry_run=True)
    sets.apply(sample_session, OPERATOR, "cn.four-must-talks", None, CLOCK)

    early = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 3, 3), CLOCK, dry_run=True)
    kept = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 22), CLOCK)

    assert none.coverage is None
    assert early.coverage == CoverageMoved((37, 48), (0, 48))
    assert kept.coverage == CoverageMoved((37, 48), (37, 48))


def test_a_milestone_moved_forward_leaves_talks_outside(sample_session: Session) -> None:
    moved = programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 8), CLOCK, dry_run=True)

    assert moved.window_closes == date(2014, 8, 5)
    assert [b.id for b in moved.bookings_outside] == ["T042", "E10"]
    assert [b.id for b in moved.left_outside] == ["T042"]


def test_trying_a_move_keeps_nothing(sample_session: Session) -> None:
    programme.move_milestone(sample_session, OPERATOR, KEY, date(2014, 8, 27), CLOCK, dry_run=True)

    view = programme.campaign(sample_session, MEMBER, None, CLOCK)
    assert view is not None
    assert view.campaign.milestones == {KEY: date(2014, 8, 20)}
    assert (view.window, view.report_due) == (DayRange(date(2014, 6, 16), date(2014, 8, 15)), date(2014, 8, 5))


def test_an_unknown_milestone_is_told_with_those_that_are_known(sample_session: Session) -> None:
    with pytest.raises(NotFound) as refused:
        programme.move_milestone(sample_session, OPERATOR, "party", date(2014, 8, 27), CLOCK)

    assert (refused.value.noun, refused.value.name) == ("milestone", f"party（{KEY}）")


def test_without_a_campaign_there_is_nothing_to_move(session: Session) -> None:
    assert programme.campaign(session, OPERATOR, None, CLOCK) is None
    with pytest.raises(NotFound):
        programme.move_milestone(session, OPERATOR, KEY, date(2014, 8, 27), CLOCK)


def test_a_day_far_away_is_malformed(sample_session: Session) -> None:
    with pytest.raises(Malformed):
        programme.move_milestone(sample_session, OPERATOR, KEY, date(9999, 12, 31), CLOCK)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPERVISOR, Role.PRINCIPAL, Role.BRANCH_ORGANIZER, Role.ADMIN])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_programme_is_edited_by_those_who_arrange(session: Session, role: Role) -> None:
    actor = Actor(PersonId("p01"), frozenset({role}))
    with pytest.raises(NotAllowed):
        programme.move_milestone(session, actor, KEY, date(2014, 8, 27), CLOCK)
    with pytest.raises(NotAllowed):
        programme.edit_working_time(session, actor, ((time(9), time(12)),), None, 6, CLOCK)


def test_working_time_is_edited(session: Session) -> None:
    blocks = ((time(9), time(12)), (time(14), time(18)))

    programme.edit_working_time(session, OPERATOR, blocks, (time(12), time(14)), 7.5, CLOCK)

    found = programme.working_time(session, MEMBER, CLOCK)
    assert (found.blocks, found.lunch, found.day_hours) == (blocks, (time(12), time(14)), 7.5)
    programme.edit_working_time(session, OPERATOR, blocks[:1], None, 3, CLOCK)
    assert programme.working_time(session, MEMBER, CLOCK).lunch is None


@pytest.mark.parametrize(
    ("blocks", "lunch", "hours", "field"),
    [
        ((), None, 7, "blocks"),
        (((time(12), time(9)),), None, 7, "blocks"),
        (((time(9), time(12)), (time(11), time(13))), None, 7, "blocks"),
        (((time(9), time(12)),), (time(13), time(13)), 7, "lunch"),
        (((time(9), time(12)),), None, 0, "day_hours"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_working_time_that_cannot_be_is_malformed(session: Session, blocks, lunch, hours, field: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Malformed) as refused:
        programme.edit_working_time(session, OPERATOR, blocks, lunch, hours, CLOCK)

    assert refused.value.field == field
