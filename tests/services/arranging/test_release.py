"""Releasing draft plans; on both databases."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.errors import NotAllowed, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId, RoomId
from scheduler.services.arranging import problem as arranging
from scheduler.services.arranging import release as plan_release
from scheduler.services.arranging.release import DoesNotFit
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import journal
from scheduler.services.mail import channels as mailing
from scheduler.store import load
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from scheduler.store.mail.rows import MailMessageRow, MailNewsRow
from tests.builders import a_clock, at
from tests.builders import a_draft as a_booking_draft
from tests.services import planned
from tests.services.planned import CLOCK, ORGANIZER, SUPERVISOR, later

P001 = PlanRunId("P001")


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    planned.a_campaign(sample_session)
    return sample_session


@pytest.fixture
def plan(campaign: Session) -> DraftPlan:
    return planned.a_draft(campaign)


def booked(session: Session, start: str, *who: str, room: str | None = None, kind: Kind = Kind.TALK) -> Booking:
    draft = a_booking_draft(kind, start, who=who, room=room, title="" if kind is Kind.TALK else "会")
    return bookings.book(session, OPERATOR, draft, CLOCK).booking


def kept(session: Session, plan: DraftPlan, *placements: DraftPlacement) -> None:
    """The draft with other placements."""
    save_plans.draft_plan(session, replace(plan, placements=placements))
    session.commit()


def misfits(no: DoesNotFit) -> list[tuple[int, list[tuple[str, str]]]]:
    return [(one.placement.number, [(f.kind, f.subject) for f in one.findings]) for one in no.misfits]


def test_release_books_all_eight(campaign: Session, plan: DraftPlan) -> None:
    before = {booking.id for booking in load.bookings(campaign)}

    released = plan_release.release(campaign, ORGANIZER, P001, later(60))

    new = {b.id: b for b in load.bookings(campaign) if b.id not in before}
    assert sorted(new) == ["T051", "T052", "T053", "T054", "T055", "T056", "T057", "T058"]
    assert [one.booking.id for one in released.booked] == [one.booking for one in released.plan.placements]
    first, placement = new[released.booked[0].booking.id], plan.placements[0]
    assert (first.kind, first.span, first.room, first.people) == (
        Kind.TALK,
        placement.span,
        placement.room,
        placement.people,
    )
    assert first.rule_set == "RS1"
    assert released.left == ()
    assert released.plan.status is DraftStatus.RELEASED
    assert (released.plan.decided_by, released.plan.decided_at) == ("p22", later(60).real)
    assert load_plans.draft_plan(campaign, P001) == released.plan
    asked = arranging.arrangement(campaign, OPERATOR, ArrangeOptions(), later(61))
    assert asked.count == 0


def test_release_is_in_the_journal_with_each_booking(campaign: Session, plan: DraftPlan) -> None:
    plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    entries = [(e.actor, e.action, e.noun) for e in journal.recent(campaign, OPERATOR, CLOCK, limit=9)]
    assert entries == [("p22", "released", "plan"), *[("p22", "booked", "booking")] * 8]


def test_everybody_gets_one_message_of_a_release_with_what_concerns_them(campaign: Session, plan: DraftPlan) -> None:
    readers = {person for placement in plan.placements for person in placement.people}
    for person in readers:
        mailing.set_address(campaign, OPERATOR, person, f"{person}@example.org", CLOCK)
    mailing.queue(campaign, timedelta(minutes=3))
    released = plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    told = campaign.scalars(select(MailNewsRow)).all()
    messages = {row.id: row for row in campaign.scalars(select(MailMessageRow))}
    assert {(row.person_id, row.key, row.due_at) for row in messages.values()} == {
        (person, f"release:P001:{person}", CLOCK.real) for person in readers
    }
    assert {(row.booking_id, row.person_id) for row in told} == {
        (one.booking.id, person) for one in released.booked for person in one.booking.people
    }
    assert all(messages[row.message_id].person_id == row.person_id for row in told)


def test_release_twice_is_refused(campaign: Session, plan: DraftPlan) -> None:
    plan_release.release(campaign, ORGANIZER, P001, CLOCK)
    count = len(load.bookings(campaign))

    with pytest.raises(Refused) as no:
        plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    assert [(f.kind, f.subject) for f in no.value.blocking] == [("plan_released", "P001")]
    assert len(load.bookings(campaign)) == count


def test_two_who_release_at_once_book_once(sample_engine: Engine, campaign: Session, plan: DraftPlan) -> None:
    said: list[str] = []

    def release() -> None:
        with Session(sample_engine) as session:
            try:
                plan_release.release(session, ORGANIZER, P001, CLOCK)
                said.append("released")
            except Refused as no:
                said.append(no.blocking[0].kind)

    threads = [Thread(target=release) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["plan_released", "plan_released", "released"]


def test_whoever_may_only_look_releases_nothing(campaign: Session, plan: DraftPlan) -> None:
    with pytest.raises(NotAllowed):
        plan_release.release(campaign, SUPERVISOR, P001, CLOCK)
    with pytest.raises(Outdated):
        plan_release.release(campaign, ORGANIZER, P001, CLOCK, version=7)


def test_what_no_longer_fits_is_listed_and_nothing_is_booked(campaign: Session, plan: DraftPlan) -> None:
    second, fifth = plan.placements[1], plan.placements[4]
    day = f"{second.start.astimezone(planned.at('2014-08-01T08:00').tzinfo):%Y-%m-%dT%H:%M}"
    booked(campaign, day, second.people[0], "p60", kind=Kind.MEETING)
    kept(campaign, plan, *(replace(one, room=RoomId("R99")) if one == fifth else one for one in plan.placements))
    before = load.bookings(campaign)

    with pytest.raises(DoesNotFit) as no:
        plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    assert misfits(no.value) == [
        (2, [("person_taken", second.people[0])]),
        (5, [("not_there_any_more", "R99")]),
    ]
    assert load.bookings(campaign) == before
    found = load_plans.draft_plan(campaign, P001)
    assert found is not None
    assert found.status is DraftStatus.DRAFT


def test_what_fits_is_booked_when_that_is_said(campaign: Session, plan: DraftPlan) -> None:
    second = plan.placements[1]
    day = f"{second.start.astimezone(planned.at('2014-08-01T08:00').tzinfo):%Y-%m-%dT%H:%M}"
    booked(campaign, day, second.people[0], "p60", kind=Kind.MEETING)

    released = plan_release.release(campaign, ORGANIZER, P001, CLOCK, only_what_fits=True)

    assert [one.placement.number for one in released.left] == [2]
    assert [one.number for one in released.plan.placements if one.booking is None] == [2]
    assert len(released.booked) == 7
    assert released.plan.status is DraftStatus.RELEASED


def test_draft_of_which_nothing_fits_is_not_released(campaign: Session, plan: DraftPlan) -> None:
    kept(campaign, plan, replace(plan.placements[0], room=RoomId("R99")))

    with pytest.raises(DoesNotFit) as no:
        plan_release.release(campaign, ORGANIZER, P001, CLOCK, only_what_fits=True)

    assert misfits(no.value) == [(1, [("not_there_any_more", "R99")])]
    found = load_plans.draft_plan(campaign, P001)
    assert found is not None
    assert found.status is DraftStatus.DRAFT


def test_draft_without_placements_can_be_released(campaign: Session, plan: DraftPlan) -> None:
    kept(campaign, plan)

    assert plan_release.release(campaign, ORGANIZER, P001, CLOCK).booked == ()


def a_move(number: int, booking: Booking, start: str, room: str | None = None) -> DraftPlacement:
    to = RoomId(room) if room else None
    return DraftPlacement(number, booking.id, booking.people, at(start), 45, to, moves=booking.id)


def test_bookings_exchange_their_places(campaign: Session, plan: DraftPlan) -> None:
    one = booked(campaign, "2014-08-12T09:00", "p30", "p31", room="R04")
    other = booked(campaign, "2014-08-12T10:00", "p30", "p32", room="R04")
    kept(campaign, plan, a_move(1, one, "2014-08-12T10:00", "R04"), a_move(2, other, "2014-08-12T09:00", "R04"))

    released = plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    assert [(b.booking.id, b.booking.span.start, b.booking.version) for b in released.booked] == [
        (one.id, at("2014-08-12T10:00"), 2),
        (other.id, at("2014-08-12T09:00"), 2),
    ]
    with pytest.raises(Refused):
        booked(campaign, "2014-08-12T09:00", "p32", "p33")
    actions = [e.action for e in journal.recent(campaign, OPERATOR, CLOCK, noun="booking", limit=2)]
    assert actions == ["moved", "moved"]


def test_booking_that_cannot_move_stays_and_others_go_around_it(campaign: Session, plan: DraftPlan) -> None:
    """The first cannot leave, so the second cannot take its place either."""
    one = booked(campaign, "2014-08-12T09:00", "p30", "p31", room="R04")
    other = booked(campaign, "2014-08-12T10:00", "p30", "p32", room="R04")
    third = booked(campaign, "2014-08-12T14:00", "p33", "p34", room="R04")
    booked(campaign, "2014-08-13T09:00", "p31", "p60", kind=Kind.MEETING)
    kept(
        campaign,
        plan,
        a_move(1, one, "2014-08-13T09:00", "R04"),
        a_move(2, other, "2014-08-12T09:00", "R04"),
        a_move(3, third, "2014-08-12T10:00", "R05"),
    )

    released = plan_release.release(campaign, ORGANIZER, P001, CLOCK, only_what_fits=True)

    assert [(m.placement.number, [(f.kind, f.subject) for f in m.findings]) for m in released.left] == [
        (1, [("person_taken", "p31")]),
        (2, [("person_taken", "p30"), ("room_taken", "R04")]),
    ]
    assert [b.booking.id for b in released.booked] == [third.id]
    for start, who in (("2014-08-12T09:00", "p31"), ("2014-08-12T10:00", "p32"), ("2014-08-12T10:00", "p33")):
        with pytest.raises(Refused):
            booked(campaign, start, who, "p35")


def test_booking_that_stands_there_already_is_left_as_it_is(campaign: Session, plan: DraftPlan) -> None:
    one = booked(campaign, "2014-08-12T09:00", "p30", "p31", room="R04")
    kept(campaign, plan, a_move(1, one, "2014-08-12T09:00", "R04"))

    released = plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    assert [b.booking for b in released.booked] == [one]
    with pytest.raises(Refused):
        booked(campaign, "2014-08-12T09:00", "p31", "p35")


def test_booking_that_was_held_or_cancelled_meanwhile_is_not_moved(campaign: Session, plan: DraftPlan) -> None:
    held = booked(campaign, "2014-08-12T09:00", "p30", "p31")
    gone = booked(campaign, "2014-08-12T10:00", "p30", "p32")
    bookings.confirm(campaign, OPERATOR, held.id, a_clock("2014-08-12T10:00"))
    bookings.cancel(campaign, OPERATOR, gone.id, CLOCK)
    kept(campaign, plan, a_move(1, held, "2014-08-13T10:00"), a_move(2, gone, "2014-08-13T11:00"))

    with pytest.raises(DoesNotFit) as no:
        plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    assert misfits(no.value) == [(1, [("held_already", held.id)]), (2, [("not_there_any_more", gone.id)])]


def test_session_of_study_is_booked_for_its_audience(campaign: Session, plan: DraftPlan) -> None:
    session = replace(
        plan.placements[0],
        kind=Kind.STUDY_SESSION,
        title="集中学习",
        people=(PersonId("p22"),),
        audience=("leadership_team",),
        room=RoomId("R02"),
    )
    kept(campaign, plan, session)

    (released,) = plan_release.release(campaign, ORGANIZER, P001, CLOCK).booked

    assert (released.booking.kind, released.booking.title) == (Kind.STUDY_SESSION, "集中学习")
    assert released.booking.id.startswith("S")
    assert BookingId(released.booking.id) == released.booking.id
