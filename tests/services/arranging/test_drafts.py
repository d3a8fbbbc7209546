"""Draft plans: looked at, changed by hand, discarded; on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId, RoomId
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import release as plan_release
from scheduler.services.arranging import rights as plan_rights
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.organisation import occurrences
from scheduler.services.rules import sets as rules
from scheduler.store import load
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from scheduler.store.arranging.rows import PlanRunRow
from tests.builders import a_draft as a_booking_draft
from tests.builders import an_actor, at
from tests.services import planned
from tests.services.planned import CLOCK, MEMBER, ORGANIZER, SECRETARY, SUPERVISOR

P001 = PlanRunId("P001")


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    planned.a_campaign(sample_session)
    return sample_session


@pytest.fixture
def plan(campaign: Session) -> DraftPlan:
    return planned.a_draft(campaign)


def with_a_move(session: Session, plan: DraftPlan, start: str) -> DraftPlan:
    """The draft with a booking of the first placement's people that it would move to that placement's time."""
    first = plan.placements[0]
    booked = bookings.book(session, OPERATOR, a_booking_draft(start=start, who=first.people, room="R04"), CLOCK).booking
    changed = replace(plan, placements=(replace(first, moves=booked.id), *plan.placements[1:]))
    save_plans.draft_plan(session, changed)
    session.commit()
    return changed


def actions(session: Session) -> list[str]:
    return [entry.action for entry in journal.recent(session, OPERATOR, CLOCK, noun="plan")]


def test_draft_is_shown_with_names_beside_the_calendar(campaign: Session, plan: DraftPlan) -> None:
    plan = with_a_move(campaign, plan, "2014-08-12T09:00")

    shown = draft_plans.shown(campaign, SUPERVISOR, P001, CLOCK)

    assert (shown.plan, shown.run.id) == (plan, "P001")
    assert [one.placement.number for one in shown.moved] == [1]
    assert [one.placement.number for one in shown.new] == [2, 3, 4, 5, 6, 7, 8]
    before = shown.differences[0].before
    assert before is not None
    assert before.span.start == at("2014-08-12T09:00")
    assert shown.roster.name(PersonId("p22")) == "刘向东"
    assert shown.rooms[RoomId("R04")].use == "talk"
    assert all(not one.findings.blocking for one in shown.differences)


def test_draft_is_checked_as_its_release_would_do(campaign: Session, plan: DraftPlan) -> None:
    first = plan.placements[0]
    bookings.book(campaign, OPERATOR, a_booking_draft(start="2014-09-20T09:00", who=[first.people[0], "p40"]), CLOCK)
    clash = replace(first, start=at("2014-09-20T09:15"), room=RoomId("R04"))
    gone = replace(plan.placements[1], room=RoomId("R99"))
    save_plans.draft_plan(campaign, replace(plan, placements=(clash, gone, *plan.placements[2:])))

    shown = draft_plans.shown(campaign, ORGANIZER, P001, CLOCK, with_findings=True)

    blocking = [[(f.kind, f.subject) for f in one.findings.blocking] for one in shown.differences]
    assert blocking[:3] == [[("person_taken", first.people[0])], [("not_there_any_more", "R99")], []]


def test_placements_are_held_against_each_other(campaign: Session, plan: DraftPlan) -> None:
    first, second = plan.placements[:2]
    together = replace(second, start=first.start, room=first.room)
    save_plans.draft_plan(campaign, replace(plan, placements=(first, together, *plan.placements[2:])))

    shown = draft_plans.shown(campaign, ORGANIZER, P001, CLOCK, with_findings=True)

    assert [[f.kind for f in one.findings.blocking] for one in shown.differences[:2]] == [
        ["room_taken"],
        ["room_taken"],
    ]


def test_only_those_who_oversee_see_drafts(campaign: Session, plan: DraftPlan) -> None:
    with pytest.raises(NotAllowed):
        draft_plans.shown(campaign, MEMBER, P001, CLOCK)
    with pytest.raises(NotFound):
        draft_plans.shown(campaign, SECRETARY, P001, CLOCK)
    with pytest.raises(NotFound):
        draft_plans.shown(campaign, ORGANIZER, PlanRunId("P002"), CLOCK)
    for verb in (draft_plans.discard, plan_rights.changeable):
        with pytest.raises(NotAllowed):
            verb(campaign, SUPERVISOR, P001, *([CLOCK] if verb is draft_plans.discard else []))  # type: ignore[operator]


def test_run_that_is_not_done_has_nothing_to_show(campaign: Session) -> None:
    planned.a_run(campaign)

    with pytest.raises(Refused) as no:
        draft_plans.shown(campaign, ORGANIZER, P001, CLOCK)
    assert [(f.kind, f.subject) for f in no.value.blocking] == [("plan_not_ready", "P001")]


def test_placements_are_pinned_and_let_go(campaign: Session, plan: DraftPlan) -> None:
    pinned = draft_plans.pin(campaign, ORGANIZER, P001, [2, 4], CLOCK)
    same = draft_plans.pin(campaign, ORGANIZER, P001, [2], CLOCK)
    freed = draft_plans.pin(campaign, ORGANIZER, P001, [2], CLOCK, is_pinned=False)

    assert [one.number for one in pinned.placements if one.is_pinned] == [2, 4]
    assert (pinned.version, same, freed.version) == (2, pinned, 3)
    assert [one.number for one in freed.placements if one.is_pinned] == [4]
    assert load_plans.draft_plan(campaign, P001) == freed
    assert actions(campaign)[:2] == ["unpinned", "pinned"]
    with pytest.raises(NotFound):
        draft_plans.pin(campaign, ORGANIZER, P001, [9], CLOCK)


def test_stale_change_is_refused(campaign: Session, plan: DraftPlan) -> None:
    draft_plans.pin(campaign, ORGANIZER, P001, [2], CLOCK, version=1)

    with pytest.raises(Outdated):
        draft_plans.pin(campaign, ORGANIZER, P001, [3], CLOCK, version=1)
    with pytest.raises(Outdated):
        draft_plans.move(campaign, ORGANIZER, P001, 3, BookingChange(minutes=30, version=1), CLOCK)


def test_placement_is_moved_by_hand_and_pinned_there(campaign: Session, plan: DraftPlan) -> None:
    wanted = BookingChange(at("2014-08-13T14:00"), 50, RoomId("R05"))

    moved = draft_plans.move(campaign, ORGANIZER, P001, 1, wanted, CLOCK)

    first = moved.plan.placements[0]
    assert (first.start, first.minutes, first.room, first.is_pinned) == (at("2014-08-13T14:00"), 50, "R05", True)
    assert moved.plan == load_plans.draft_plan(campaign, P001)
    assert moved.plan.placements[1:] == plan.placements[1:]
    assert (moved.findings.blocking, moved.plan.version) == ((), 2)
    assert actions(campaign)[0] == "moved"


def test_placement_can_be_moved_out_of_its_room(campaign: Session, plan: DraftPlan) -> None:
    moved = draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(room=RoomId("")), CLOCK)
    assert moved.plan.placements[0].room is None
    assert [finding.kind for finding in moved.findings.hints] == ["no_room"]

    outside = draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(room=OFF_SITE), CLOCK)
    assert outside.plan.placements[0].room == OFF_SITE


def test_placement_cannot_be_moved_onto_the_calendar_nor_onto_another(campaign: Session, plan: DraftPlan) -> None:
    first, second = plan.placements[:2]
    bookings.book(campaign, OPERATOR, a_booking_draft(start="2014-08-13T09:00", who=[first.people[0], "p40"]), CLOCK)

    with pytest.raises(Refused) as taken:
        draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(at("2014-08-13T09:30")), CLOCK)
    with pytest.raises(Refused) as full:
        draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(second.start, room=second.room), CLOCK)

    assert [(f.kind, f.subject) for f in taken.value.blocking] == [("person_taken", first.people[0])]
    assert [(f.kind, f.subject) for f in full.value.blocking] == [("room_taken", second.room)]
    assert load_plans.draft_plan(campaign, P001) == plan


def test_booking_that_the_draft_moves_away_is_in_nobodys_way(campaign: Session, plan: DraftPlan) -> None:
    plan = with_a_move(campaign, plan, "2014-08-12T09:00")
    third: DraftPlacement = plan.placements[2]

    moved = draft_plans.move(
        campaign, ORGANIZER, P001, 3, BookingChange(at("2014-08-12T09:00"), room=RoomId("R04")), CLOCK
    )

    assert moved.plan.placements[2].key == third.key


@pytest.mark.parametrize(
    "wanted",
    [BookingChange(minutes=0), BookingChange(at("1814-08-12T09:00")), BookingChange(minutes=99999999)],
    ids=str,
)
def test_place_that_is_none_is_malformed(campaign: Session, plan: DraftPlan, wanted: BookingChange) -> None:
    with pytest.raises(Malformed):
        draft_plans.move(campaign, ORGANIZER, P001, 1, wanted, CLOCK)


def test_room_that_there_is_none_of_is_refused(campaign: Session, plan: DraftPlan) -> None:
    with pytest.raises(Refused) as no:
        draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(room=RoomId("R99")), CLOCK)
    assert [(f.kind, f.subject) for f in no.value.blocking] == [("not_there_any_more", "R99")]


def test_draft_is_discarded_once(campaign: Session, plan: DraftPlan) -> None:
    gone = draft_plans.discard(campaign, ORGANIZER, P001, CLOCK)

    assert (gone.status, gone.decided_by, gone.decided_at) == (DraftStatus.DISCARDED, "p22", CLOCK.real)
    assert draft_plans.discard(campaign, ORGANIZER, P001, CLOCK) == gone
    assert actions(campaign)[0] == "discarded"
    with pytest.raises(Refused) as no:
        draft_plans.pin(campaign, ORGANIZER, P001, [1], CLOCK)
    assert [(f.kind, f.subject) for f in no.value.blocking] == [("plan_discarded", "P001")]


def test_discarded_draft_is_taken_up_again(campaign: Session, plan: DraftPlan) -> None:
    draft_plans.discard(campaign, ORGANIZER, P001, CLOCK)

    back = draft_plans.restore(campaign, ORGANIZER, P001, CLOCK)

    assert (back.status, back.decided_by, back.decided_at) == (DraftStatus.DRAFT, "", None)
    assert back.placements == plan.placements
    assert actions(campaign)[0] == "restored"
    assert draft_plans.restore(campaign, ORGANIZER, P001, CLOCK) == back


def test_released_draft_is_not_taken_up_again(campaign: Session, plan: DraftPlan) -> None:
    plan_release.release(campaign, ORGANIZER, P001, CLOCK)

    with pytest.raises(Refused) as no:
        draft_plans.restore(campaign, ORGANIZER, P001, CLOCK)
    assert [f.kind for f in no.value.blocking] == ["plan_released"]


def test_drafts_are_not_on_the_calendar(campaign: Session) -> None:
    before = load.bookings(campaign)

    planned.a_draft(campaign)

    assert load.bookings(campaign) == before


def test_booking_that_is_gone_is_named() -> None:
    placement = DraftPlacement(3, "t3", (), at("2014-08-13T14:00"), 45, moves=BookingId("T009"))

    finding = draft_plans.unbookable(placement, Malformed("already_cancelled", "id"))

    assert (finding.kind, finding.subject, finding.details) == ("not_there_any_more", "T009", {"number": 3})


def test_which_occurrence_a_talk_follows_from_is_told_to_organizers_and_its_people(sample_session: Session) -> None:
    applied = rules.apply(sample_session, OPERATOR, "cn.five-must-talks-events", None, CLOCK)
    for person in ("p30", "p31"):
        occurrences.add_occurrence(sample_session, OPERATOR, "discipline", PersonId(person), date(2014, 7, 30), CLOCK)
    planned.a_draft(sample_session)
    one_of_the_two = an_actor("p31", Role.SUPERVISOR)

    def told(viewer: Actor) -> list[tuple[str, ...]]:
        return [one.rules for one in draft_plans.shown(sample_session, viewer, P001, CLOCK).plan.placements]

    assert told(ORGANIZER) == [("V1",), ("V1",)]
    assert told(SUPERVISOR) == [("event",), ("event",)]
    assert sorted(told(one_of_the_two)) == [("V1",), ("event",)]
    sample_session.execute(update(PlanRunRow).values(rule_set_id=None))
    assert (applied.rule_set, told(SUPERVISOR)) == ("RS1", [("event",), ("event",)])
