"""Runs of the planner, asked for and stopped; on both databases."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.runs import RunState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import GroupId, PlanRunId, RoomId, RuleSetId
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import problem as arranging
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.runs import ListedRun
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.rules import sets as rules
from scheduler.store.arranging import load as load_plans
from tests import first_fit
from tests.builders import at
from tests.services import planned
from tests.services.planned import CLOCK, MEMBER, ORGANIZER, SECRETARY, SUPERVISOR, a_run, carried_out, later

P001, P002 = PlanRunId("P001"), PlanRunId("P002")


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    planned.a_campaign(sample_session)
    return sample_session


def actions(session: Session) -> list[tuple[str, str, str]]:
    entries = journal.recent(session, OPERATOR, CLOCK, noun="plan")
    return [(entry.actor, entry.action, entry.noun_id) for entry in entries]


def test_asking_writes_a_row_that_waits(campaign: Session) -> None:
    run = a_run(campaign, seconds=5, rooms=(RoomId("R04"),))

    assert (run.id, run.state, run.asked_by, run.rule_set) == ("P001", RunState.QUEUED, "p22", "RS1")
    assert (run.progress.placed, run.progress.of) == (0, 8)
    assert plan_runs.options_of(run) == ArrangeOptions(rule_set=RuleSetId("RS1"), seconds=5, rooms=(RoomId("R04"),))
    assert plan_runs.requested_pins(run) == ()
    assert load_plans.run(campaign, P001) == run
    assert actions(campaign) == [("p22", "asked", "P001")]


def test_asking_twice_is_asking_once_while_it_is_under_way(campaign: Session) -> None:
    first = a_run(campaign)

    assert a_run(campaign) == first
    assert a_run(campaign, seconds=7).id == "P002"
    assert a_run(campaign, OPERATOR).id == "P003"
    carried_out(campaign, first)
    assert a_run(campaign).id == "P004"


def test_asking_anew_while_the_old_one_is_being_stopped_is_another_run(campaign: Session) -> None:
    first = a_run(campaign)
    plan_attempts.claim(campaign, first.id, CLOCK)
    plan_runs.cancel(campaign, ORGANIZER, first.id, CLOCK)

    assert a_run(campaign).id == "P002"


def test_what_cannot_be_asked_is_told_at_once(campaign: Session) -> None:
    with pytest.raises(Malformed):
        a_run(campaign, rooms=(RoomId("R99"),))
    with pytest.raises(NotFound):
        a_run(campaign, rule_set=RuleSetId("RS9"))

    assert load_plans.runs(campaign) == []


def test_members_supervisors_and_other_branches_ask_for_nothing(campaign: Session) -> None:
    for actor in (MEMBER, SUPERVISOR, SECRETARY):
        with pytest.raises(NotAllowed):
            a_run(campaign, actor)


def test_branch_organizer_asks_for_the_own_branch_and_sees_only_that(campaign: Session) -> None:
    rules.apply(campaign, OPERATOR, "cn.branch-yearly", GroupId("B1"), CLOCK)
    a_run(campaign)

    own = a_run(campaign, SECRETARY, rule_set=RuleSetId("RS2"))

    assert own.id == "P002"
    assert [listed.run.id for listed in plan_runs.listed(campaign, SECRETARY, CLOCK)] == ["P002"]
    assert [listed.run.id for listed in plan_runs.listed(campaign, SUPERVISOR, CLOCK)] == ["P002", "P001"]
    assert plan_runs.listed_run(campaign, SECRETARY, P002, CLOCK).run == own
    with pytest.raises(NotFound):
        plan_runs.listed_run(campaign, SECRETARY, P001, CLOCK)
    with pytest.raises(NotFound):
        plan_runs.cancel(campaign, SECRETARY, P001, CLOCK)
    assert plan_runs.cancel(campaign, SECRETARY, P002, CLOCK).state is RunState.CANCELLED


def test_member_sees_no_runs(campaign: Session) -> None:
    a_run(campaign)

    with pytest.raises(NotAllowed):
        plan_runs.listed(campaign, MEMBER, CLOCK)
    with pytest.raises(NotAllowed):
        plan_runs.listed_run(campaign, MEMBER, P001, CLOCK)


def test_supervisor_may_look_and_stop_nothing(campaign: Session) -> None:
    a_run(campaign)

    with pytest.raises(NotAllowed):
        plan_runs.cancel(campaign, SUPERVISOR, P001, CLOCK)
    assert plan_runs.listed_run(campaign, SUPERVISOR, P001, CLOCK).run.state is RunState.QUEUED


def test_somebody_who_keeps_a_branch_and_looks_at_all_changes_only_the_branch(campaign: Session) -> None:
    both = planned.an_actor("p12", *SECRETARY.roles, *SUPERVISOR.roles, branches=["B1"], members=["p11", "p12"])
    a_run(campaign)

    with pytest.raises(NotAllowed):
        plan_runs.cancel(campaign, both, P001, CLOCK)


def test_queued_run_is_stopped_at_once(campaign: Session) -> None:
    a_run(campaign)

    stopped = plan_runs.cancel(campaign, ORGANIZER, P001, later(3))

    assert (stopped.state, stopped.finished_at) == (RunState.CANCELLED, later(3).real)
    assert plan_attempts.claim(campaign, P001, CLOCK) is None
    assert plan_runs.cancel(campaign, ORGANIZER, P001, later(4)) == stopped
    assert actions(campaign) == [("p22", "cancelled", "P001"), ("p22", "asked", "P001")]


def test_run_under_way_is_marked_and_told_at_its_next_heartbeat(campaign: Session) -> None:
    a_run(campaign)
    run = plan_attempts.claim(campaign, P001, CLOCK)
    assert run is not None
    assert plan_attempts.heartbeat(campaign, run, None, later(1))

    marked = plan_runs.cancel(campaign, ORGANIZER, P001, later(2))

    assert (marked.state, marked.is_cancelling) == (RunState.RUNNING, True)
    assert plan_runs.cancel(campaign, ORGANIZER, P001, later(2)) == marked
    assert not plan_attempts.heartbeat(campaign, run, None, later(3))
    assert len(actions(campaign)) == 2


def test_list_says_what_became_of_each_draft(campaign: Session) -> None:
    first = a_run(campaign)
    carried_out(campaign, first)
    a_run(campaign)

    listed = plan_runs.listed(campaign, ORGANIZER, CLOCK)

    assert [(one.run.id, one.run.state, one.draft) for one in listed] == [
        ("P002", RunState.QUEUED, None),
        ("P001", RunState.DONE, DraftStatus.DRAFT),
    ]
    assert plan_runs.listed_run(campaign, ORGANIZER, P001, CLOCK) == ListedRun(
        load_plans.run(campaign, P001), DraftStatus.DRAFT
    )


def test_plan_made_without_the_queue_can_be_kept(campaign: Session) -> None:
    options = ArrangeOptions(seconds=3)
    arrangement = arranging.arrangement(campaign, OPERATOR, options, CLOCK)
    plan = arranging.finished(arrangement, first_fit.plan(arrangement.problem))

    run = plan_runs.kept(campaign, OPERATOR, arrangement, plan, options, CLOCK)

    assert (run.id, run.state, run.progress.placed, run.progress.of) == ("P001", RunState.DONE, 8, 8)
    assert plan_runs.options_of(run).seconds == 3
    draft = load_plans.draft_plan(campaign, run.id)
    assert draft is not None
    assert [one.key for one in draft.placements][:2] == ["R2:p04+p08", "R2:p05+p06"]
    assert actions(campaign) == [("operator", "arranged", "P001")]
    with pytest.raises(NotAllowed):
        plan_runs.kept(campaign, SUPERVISOR, arrangement, plan, options, CLOCK)


def test_run_without_a_draft_is_run_again_as_it_was(campaign: Session) -> None:
    a_run(campaign, seconds=9)
    plan_runs.cancel(campaign, ORGANIZER, P001, CLOCK)

    again = plan_runs.run_again(campaign, ORGANIZER, P001, CLOCK)

    assert (again.id, plan_runs.options_of(again).seconds, again.request["again"]) == ("P002", 9, "P001")


def test_run_again_keeps_what_is_pinned(campaign: Session) -> None:
    carried_out(campaign, a_run(campaign))
    wanted = BookingChange(at("2014-08-13T15:30"), room=RoomId("R02"))
    draft_plans.move(campaign, ORGANIZER, P001, 3, wanted, CLOCK)
    before = draft_plans.pin(campaign, ORGANIZER, P001, [5], CLOCK).placements

    again = plan_runs.run_again(campaign, ORGANIZER, P001, CLOCK, ArrangeOptions(minutes=60))
    after = carried_out(campaign, again)

    assert plan_runs.options_of(again) == ArrangeOptions(rule_set=RuleSetId("RS1"), minutes=60)
    kept = {one.key: one for one in after.placements if one.is_pinned}
    assert set(kept) == {before[2].key, before[4].key}
    for old in (before[2], before[4]):
        assert (kept[old.key].start, kept[old.key].room, kept[old.key].people) == (old.start, old.room, old.people)
    assert (before[2].start, before[2].room) == (at("2014-08-13T15:30"), "R02")


def test_sample_has_a_plan(campaign: Session) -> None:
    draft = planned.a_draft(campaign)

    assert len(draft.placements) == 8
    assert draft.unplaced == ()
