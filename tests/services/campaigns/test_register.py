"""Several campaigns in one database: added, led, closed; none of them changes what is said of another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, CampaignId, RuleSetId
from scheduler.services.bookings import acts as bookings
from scheduler.services.campaigns import programme, register
from scheduler.services.campaigns.rollup import roll_up
from scheduler.services.coverage import report as coverage
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from scheduler.services.sessions import study
from scheduler.store import load
from tests.builders import a_clock, a_draft, an_actor
from tests.services.importing import run, table

CLOCK = a_clock("2014-08-01T08:00")
AUGUST = date(2014, 8, 1)
C1, C2, BRANCHES = CampaignId("c1"), CampaignId("c2"), CampaignId("b2014")


def an_activity(name: str = "次年活动", first: str = "2015-03-01", last: str = "2015-09-30", key: str = "") -> Upload:
    given_id = f"id: {key}, " if key else ""
    meeting = f"milestones: {{democratic_life_meeting: '{last}'}}"
    days = f"starts: '{first}', ends: '{last}', {meeting}"
    return table(f"activity: {{{given_id}name_zh: {name}, {days}}}", f"{key or name}.yaml")


@pytest.fixture
def session(sample_session: Session) -> Session:
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    return sample_session


@pytest.fixture
def fresh(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


def ids(session: Session) -> list[str]:
    return [campaign.id for campaign in register.listing(session, OPERATOR, CLOCK)]


def answers(session: Session, day: date, campaign: CampaignId | None = C1) -> list[object]:
    """All that is said of a campaign as of a day."""
    report = coverage.report(session, OPERATOR, None, day, CLOCK, campaign)
    ledger = coverage.ledger(session, OPERATOR, None, day, CLOCK, campaign)
    hours = study.report(session, OPERATOR, day, CLOCK, campaign)
    states = [(standing.requirement, standing.state) for standing in report.coverage.requirements]
    return [states, ledger, hours, programme.campaign(session, OPERATOR, day, CLOCK, campaign)]


def first_line(session: Session, day: date) -> object:
    """What is said of the first campaign where all stand side by side."""
    return next(line for line in roll_up(session, OPERATOR, day, CLOCK).lines if line.campaign.id == C1)


def test_next_years_campaign_is_a_new_one_and_changes_nothing_of_the_first(session: Session) -> None:
    before = answers(session, AUGUST, None)

    report = run(session, an_activity("党的群众路线教育实践活动"))

    assert (report.created, report.updated, report.errors) == (1, 0, ())
    assert [(hint.kind, hint.subject) for hint in report.told] == [("new_campaign", "c2")]
    assert ids(session) == ["c1", "c2"]
    assert answers(session, AUGUST, None) == before


def test_the_same_campaign_with_other_days_is_brought_up_to_date(session: Session) -> None:
    report = run(session, an_activity("党的群众路线教育实践活动", "2014-02-26", "2014-12-05"))

    assert (report.created, report.updated) == (0, 1)
    assert [(told.kind, told.subject) for told in report.told] == [("meeting_follows", "E10")]
    assert [campaign.ends for campaign in register.listing(session, OPERATOR, CLOCK)] == [date(2014, 12, 5)]


def test_an_id_never_becomes_another_campaigns(session: Session) -> None:
    report = run(session, an_activity(key="c1"))

    assert [(error.field, error.kind) for error in report.errors] == [("activity.id", "another_campaign")]
    assert ids(session) == ["c1"]


def test_a_campaign_without_an_id_gets_one_that_no_file_gives(session: Session) -> None:
    run(session, an_activity("甲", key="c2"), an_activity("乙", "2016-01-01", "2016-02-01"))

    assert {campaign.name: campaign.id for campaign in register.listing(session, OPERATOR, CLOCK)} == {
        "党的群众路线教育实践活动": "c1",
        "甲": "c2",
        "乙": "c3",
    }


def test_the_organisations_own_campaign_leads_in_whatever_order_files_come(fresh: Session) -> None:
    own = table(
        "organisation: {name_zh: 某单位}\nactivity: {name_zh: 自己的, starts: 2014-02-01, ends: 2014-11-01}", "z.yaml"
    )

    run(fresh, an_activity("全年", "2014-01-01", "2014-12-31", "a2014"), own)

    assert [(c.id, c.is_leading) for c in register.listing(fresh, OPERATOR, CLOCK)] == [("a2014", False), ("c1", True)]
    chosen = register.chosen(fresh, AUGUST, CLOCK)
    assert chosen is not None
    assert (chosen.campaign.id, [other.id for other in chosen.others]) == ("c1", ["a2014"])


def test_another_organisations_file_is_refused_whole(session: Session) -> None:
    report = run(session, table("organisation: {name_zh: 西山市总工会}\nrooms: [{id: R99, zh: 新室}]", "org.yaml"))

    assert [(error.field, error.kind) for error in report.errors] == [("organisation.name_zh", "another_organisation")]
    assert load.organisation(session).name == "东麓市澜桥区总工会"


def test_that_it_is_another_organisations_is_said_before_what_follows_from_it(session: Session) -> None:
    report = run(
        session, table("organisation: {name_zh: 西山市总工会}\ngroups: {leadership_team: [x1, x2]}", "org.yaml")
    )

    assert [error.kind for error in report.errors] == ["another_organisation", "unknown_person", "unknown_person"]


def test_bookings_belong_to_the_campaign_of_their_day_unless_one_is_named(session: Session) -> None:
    run(session, an_activity("支部工作", "2014-01-01", "2014-12-31", "b2014"), an_activity(key="c2"))

    def booked(start: str, campaign: CampaignId | None = None) -> str | None:
        draft = replace(a_draft(Kind.MEETING, start=start, title="会"), campaign=campaign)
        return bookings.book(session, OPERATOR, draft, CLOCK).booking.campaign

    assert booked("2014-09-01T09:00") == "c1"
    assert booked("2014-12-01T09:00") == "b2014"
    assert booked("2015-03-02T09:00") == "c2"
    assert booked("2016-03-02T09:00") is None
    assert booked("2014-09-02T09:00", campaign=BRANCHES) == "b2014"
    with pytest.raises(NotFound):
        booked("2014-09-03T09:00", campaign=CampaignId("c9"))


def test_a_talk_is_credited_to_its_rule_set_else_to_the_leading_one_of_its_campaign(session: Session) -> None:
    run(session, an_activity("支部工作", "2014-01-01", "2014-12-31", "b2014"))
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK, campaign=BRANCHES)

    def counted(campaign: CampaignId) -> set[str]:
        return {line.id for line in coverage.ledger(session, OPERATOR, None, None, CLOCK, campaign)}

    assert len(counted(C1)) == 50
    assert counted(BRANCHES) == set()
    talk = a_draft(Kind.TALK, start="2014-08-04T09:00", who=("p02", "p03"))
    booked = bookings.book(session, OPERATOR, replace(talk, campaign=BRANCHES), CLOCK).booking
    assert counted(BRANCHES) == {booked.id}
    assert len(counted(C1)) == 50
    named = a_draft(Kind.TALK, start="2014-08-04T10:00", who=("p02", "p03"), rule_set="RS2")
    assert bookings.book(session, OPERATOR, named, CLOCK).booking.campaign == "b2014"
    with pytest.raises(Malformed):
        bookings.book(session, OPERATOR, replace(named, campaign=C1), CLOCK)


def test_naming_a_rule_set_names_its_campaign(session: Session) -> None:
    run(session, an_activity("支部工作", "2014-01-01", "2014-12-31", "b2014"))
    rules.apply(session, OPERATOR, "cn.branch-yearly", None, CLOCK, campaign=BRANCHES)

    report = coverage.report(session, OPERATOR, RuleSetId("RS2"), AUGUST, CLOCK)

    assert report.campaign is not None
    assert report.campaign.id == "b2014"
    with pytest.raises(NotFound):
        coverage.report(session, OPERATOR, RuleSetId("RS2"), AUGUST, CLOCK, C1)


def test_the_leading_campaign_can_be_another_and_own_talks_are_asked_in_all(session: Session) -> None:
    run(session, an_activity("支部工作", "2014-01-01", "2014-12-31", "b2014"))
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK, campaign=BRANCHES)
    before = answers(session, AUGUST)[:3]

    led = register.lead(session, OPERATOR, BRANCHES, CLOCK)

    assert led.is_leading
    assert answers(session, AUGUST)[:3] == before
    chosen = register.chosen(session, AUGUST, CLOCK)
    assert chosen is not None
    assert chosen.campaign.id == "b2014"
    own = coverage.own_row(session, an_actor("p03"), AUGUST, CLOCK)
    assert {report.rule_set.campaign for report in own} == {"b2014", "c1"}
    assert {report.rule_set.campaign for report in coverage.own_row(session, an_actor("p03"), None, CLOCK, C1)} == {
        "c1"
    }


def test_a_closed_campaign_refuses_changes_until_it_is_opened_again(session: Session) -> None:
    register.set_open(session, OPERATOR, C1, CLOCK, is_open=False)

    def refused(act: object) -> str:
        with pytest.raises(Refused) as no:
            act()  # type: ignore[operator]
        session.rollback()
        return no.value.blocking[0].kind

    talk = BookingId("T049")
    assert {
        refused(lambda: bookings.book(session, OPERATOR, a_draft(Kind.TALK, start="2014-08-04T09:00"), CLOCK)),
        refused(lambda: bookings.cancel(session, OPERATOR, talk, CLOCK)),
        refused(lambda: bookings.change(session, OPERATOR, talk, bookings.BookingChange(minutes=30), CLOCK)),
        refused(lambda: bookings.confirm(session, OPERATOR, BookingId("T001"), CLOCK)),
        refused(lambda: bookings.unconfirm(session, OPERATOR, BookingId("T001"), CLOCK)),
        refused(lambda: bookings.link(session, OPERATOR, talk, RuleSetId("RS1"), CLOCK)),
        refused(lambda: rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)),
        refused(lambda: rules.lead(session, OPERATOR, RuleSetId("RS1"), CLOCK)),
        refused(
            lambda: programme.move_milestone(session, OPERATOR, "democratic_life_meeting", date(2014, 8, 21), CLOCK)
        ),
    } == {"campaign_closed"}
    meeting = bookings.book(session, OPERATOR, a_draft(Kind.MEETING, title="会", start="2014-08-04T09:00"), CLOCK)
    assert meeting.booking.campaign is None
    report = run(session, an_activity("党的群众路线教育实践活动", "2014-02-26", "2014-12-05"))
    assert [error.kind for error in report.errors] == ["campaign_closed"]
    assert coverage.report(session, OPERATOR, None, AUGUST, CLOCK).coverage.covered == 37

    register.set_open(session, OPERATOR, C1, CLOCK, is_open=True)
    assert bookings.cancel(session, OPERATOR, talk, CLOCK).booking.is_cancelled


def test_who_may_lead_and_close(session: Session) -> None:
    for role in (Role.MEMBER, Role.SUPERVISOR):
        with pytest.raises(NotAllowed):
            register.lead(session, an_actor("s01", role), C1, CLOCK)
        with pytest.raises(NotAllowed):
            register.set_open(session, an_actor("s01", role), C1, CLOCK, is_open=False)
    with pytest.raises(NotFound):
        register.lead(session, OPERATOR, C2, CLOCK)


def test_a_campaign_is_named_by_its_id_or_its_name(session: Session) -> None:
    run(session, an_activity("同名", key="x1"), an_activity("同名", "2016-01-01", "2016-02-01", "x2"))

    assert register.named(session, "党的群众路线教育实践活动").id == "c1"
    assert register.named(session, "x2").id == "x2"
    with pytest.raises(Malformed):
        register.named(session, "同名")


def test_rules_and_bookings_from_before_the_first_campaign_become_its_own(fresh: Session) -> None:
    run(fresh, table("编号 id,姓名 name,部门 unit,职务排序 rank\np01,甲,LT,1\np02,乙,LT,2\n"))
    meeting = bookings.book(fresh, OPERATOR, a_draft(Kind.MEETING, title="会", start="2014-08-04T09:00"), CLOCK)
    rules.apply(fresh, OPERATOR, "intl.mentoring", None, CLOCK)

    run(fresh, an_activity("第一个", "2014-01-01", "2014-12-31"))

    assert load.booking(fresh, meeting.booking.id).campaign == "c1"
    assert [row.campaign for row in load.rule_set_rows(fresh)] == ["c1"]


@given(
    first=st.integers(-400, 400),
    length=st.integers(0, 500),
    day=st.dates(date(2014, 2, 26), date(2014, 11, 24)),
    later=st.integers(1, 200),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_a_campaign_or_a_later_fact_changes_no_answer_of_an_earlier_day(
    session: Session, first: int, length: int, day: date, later: int
) -> None:
    starts = AUGUST + timedelta(days=first)
    before = answers(session, day), answers(session, day, None), first_line(session, day)
    number = len(ids(session))
    report = run(session, an_activity(f"活动{number}", str(starts), str(starts + timedelta(days=length)), f"x{number}"))
    assert report.errors == ()
    rules.apply(session, OPERATOR, "cn.three-must-talks", None, CLOCK, campaign=CampaignId(f"x{number}"))
    then = day + timedelta(days=later)
    who = "编号 id,姓名 name,部门 unit,职务排序 rank,类别 category,标签 tags\np27,白雪,D02,35,leader,leadership_team\n"
    run(session, table(who), valid_from=str(then))

    assert (answers(session, day), answers(session, day, None), first_line(session, day)) == before


def test_states_stay_what_they_were(session: Session) -> None:
    run(session, an_activity(key="c2"))

    talks = load.talks(session)
    assert {talk.campaign for talk in talks} == {"c1"}
    assert {talk.state(load.as_of(session, AUGUST, CLOCK)) for talk in talks} >= {State.HELD, State.BOOKED}
