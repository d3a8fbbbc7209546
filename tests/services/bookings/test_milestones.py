"""The meeting of a milestone is moved, and the milestone with it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Action, Actor, may
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts, milestones
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.ground import journal
from scheduler.store import load
from tests.builders import a_draft, at
from tests.services.booked import CLOCK, MEMBER, SECRETARY, book, prepare

KEY = "democratic_life_meeting"


@pytest.fixture
def session(session: Session) -> Session:
    """With the meeting of 20 August, as E01."""
    prepare(session)
    assert a_meeting(session) == "E01"
    return session


def a_meeting(session: Session, start: str = "2014-08-20T09:00", who: str = "p01") -> BookingId:
    return book(session, a_draft(Kind.DEMOCRATIC_LIFE_MEETING, start, 120, [who, "p02"]))


def milestone(session: Session) -> date:
    campaign = load.campaign(session, date(2014, 7, 1))
    assert campaign is not None
    return campaign.milestones[KEY]


def move(session: Session, to: str, actor: Actor = OPERATOR, **more: object) -> list[Finding]:
    change = BookingChange(start=at(to), **more)  # type: ignore[arg-type]
    return list(acts.change(session, actor, BookingId("E01"), change, CLOCK).findings.hints)


def hints(findings: list[Finding]) -> list[tuple[str, object]]:
    return [(f.kind, f.details.get("why")) for f in findings if f.kind.startswith("milestone")]


def test_the_milestone_moves_along_and_is_told_with_the_window(session: Session) -> None:
    told = move(session, "2014-08-22T14:00")

    assert milestone(session) == date(2014, 8, 22)
    (finding,) = [f for f in told if f.kind == "milestone_follows"]
    assert (finding.subject, finding.details["opens"], finding.details["closes"]) == (
        KEY,
        date(2014, 6, 16),
        date(2014, 8, 15),
    )
    entry = journal.recent(session, OPERATOR, CLOCK, noun="milestone")[0]
    assert entry.details == {"day": "2014-08-22", "booking": "E01"}
    move(session, "2014-08-20T09:00")
    assert milestone(session) == date(2014, 8, 20)


def test_looking_says_so_and_moves_nothing(session: Session) -> None:
    change = BookingChange(start=at("2014-08-22T14:00"))
    would = acts.change(session, OPERATOR, BookingId("E01"), change, CLOCK, dry_run=True)

    assert hints(list(would.findings.hints)) == [("milestone_follows", None)]
    assert milestone(session) == date(2014, 8, 20)


@pytest.mark.parametrize(
    "change", [BookingChange(start=at("2014-08-20T14:00")), BookingChange(title="会议"), BookingChange(minutes=60)]
)
def test_a_change_within_the_day_leaves_the_milestone(session: Session, change: BookingChange) -> None:
    told = acts.change(session, OPERATOR, BookingId("E01"), change, CLOCK)

    assert hints(list(told.findings.hints)) == []
    assert milestone(session) == date(2014, 8, 20)


def test_the_booking_alone_parts_from_the_milestone(session: Session) -> None:
    assert hints(move(session, "2014-08-22T14:00", only_booking=True)) == []
    assert hints(move(session, "2014-08-25T14:00")) == []
    assert milestone(session) == date(2014, 8, 20)


def test_a_milestone_stays_in_its_campaign(session: Session) -> None:
    assert hints(move(session, "2015-08-20T09:00")) == [("milestone_stays", "outside_campaign")]
    assert milestone(session) == date(2014, 8, 20)


def test_a_milestone_stays_while_another_meeting_is_on_its_day(session: Session) -> None:
    a_meeting(session, "2014-08-20T14:00", "p03")

    assert hints(move(session, "2014-08-22T09:00")) == [("milestone_stays", "other_meeting")]
    assert milestone(session) == date(2014, 8, 20)


def test_who_may_not_move_milestones_moves_the_booking_only(session: Session) -> None:
    assert not may(SECRETARY, Action.EDIT_PROGRAMME)
    assert hints(move(session, "2014-08-22T09:00", SECRETARY)) == [("milestone_stays", "not_allowed")]
    assert milestone(session) == date(2014, 8, 20)


def test_cancelled_ones_talks_and_other_kinds_move_no_milestone(session: Session) -> None:
    standing = load.booking(session, BookingId("E01"))
    draft = replace(a_draft(Kind.DEMOCRATIC_LIFE_MEETING, "2014-08-22T09:00"), campaign=standing.campaign)

    def follows(**of: object) -> object:
        return milestones.following(session, OPERATOR, replace(standing, **of), draft)  # type: ignore[arg-type]

    assert follows() is not None
    assert follows(is_cancelled=True) is None
    assert follows(kind=Kind.TALK) is None
    assert follows(kind=Kind.MEETING) is None
    assert follows(campaign=None) is None  # it comes into a campaign, and brings no day along


def test_a_form_is_told_which_milestone_moves_along(session: Session) -> None:
    talk = book(session)
    other = book(session, a_draft(Kind.MEETING, "2014-08-21T09:00"))

    def of_booking(booking: BookingId, actor: Actor = OPERATOR) -> object:
        return milestones.of_booking(session, actor, booking, CLOCK)

    assert of_booking(BookingId("E01")) == (KEY, date(2014, 8, 20))
    assert of_booking(BookingId("E01"), MEMBER) is None
    assert of_booking(talk) is None
    assert of_booking(other) is None
