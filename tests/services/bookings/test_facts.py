"""What the rules say of a talk that somebody wants to book, on the sample organisation."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind, Mode
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import BookingId, GroupId, RuleSetId
from scheduler.core.ground.spans import DayRange
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import facts as booking_facts
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.rules import sets as rules
from scheduler.store import load, writing
from scheduler.store.rules.rows import RuleSetRow
from tests.builders import a_clock, a_draft, at, people

CLOCK = a_clock("2014-08-01T08:00")


@pytest.fixture
def session(sample_session: Session) -> Session:
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks", None, CLOCK)
    return sample_session


def said(session: Session, draft: Draft) -> list[str]:
    found = bookings.check(session, OPERATOR, draft, CLOCK)
    return [f.kind for f in (*found.blocking, *found.warnings, *found.hints)]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (a_draft(start="2014-08-04T09:00", who=["p05", "p06"], room="R04"), []),
        (a_draft(start="2014-08-04T09:00", who=["p02", "p07"], room="R04"), ["already_covered"]),
        (a_draft(start="2014-08-04T09:00", who=["p30", "p31"], room="R04"), ["extra"]),
        (a_draft(start="2014-08-05T14:00", who=["p07", "p08", "s02"], room="R04"), ["group_talk"]),
        (a_draft(start="2014-08-04T09:00", who=["p07", "p08"], mode=Mode.PHONE), ["mode_not_allowed"]),
        (a_draft(start="2014-08-19T09:00", who=["p02", "p07"], room="R04"), ["outside_window", "already_covered"]),
        (
            a_draft(start="2014-08-20T09:00", who=["p02", "p07"], room="R04"),
            ["person_taken", "person_taken", "outside_window", "already_covered"],
        ),
        (a_draft(start="2014-07-08T09:00", who=["p02", "p04"], room="R04"), ["absence", "already_covered"]),
    ],
)
def test_talk_is_held_against_the_rules(session: Session, draft: Draft, expected: list[str]) -> None:
    assert said(session, draft) == expected


def test_moving_the_talk_that_covers_it_is_no_second_one(session: Session) -> None:
    talk = next(b for b in load.talks(session) if set(b.people) == {"p02", "p07"})
    change = BookingChange(start=at("2014-08-04T09:00"))

    moved = bookings.change(session, OPERATOR, talk.id, change, CLOCK, dry_run=True)

    assert [f.kind for f in moved.findings.hints] == []


def test_rule_set_that_is_named_is_the_one_that_counts(session: Session) -> None:
    rules.apply(session, OPERATOR, "cn.branch-yearly", GroupId("B1"), CLOCK)
    draft = a_draft(start="2014-10-13T09:00", who=["p12", "p22"], room="R04", rule_set="RS2")

    booked = bookings.book(session, OPERATOR, draft, CLOCK)

    assert booked.booking.rule_set == "RS2"
    assert booked.findings.hints == ()
    with pytest.raises(Malformed):
        said(session, a_draft(rule_set="RS3"))


def test_talk_is_linked_to_a_further_rule_set_and_no_more(session: Session) -> None:
    talk = BookingId("T001")

    assert bookings.link(session, OPERATOR, talk, RuleSetId("RS1"), CLOCK).booking.linked == ("RS1",)
    assert load.booking(session, talk).linked == ("RS1",)
    assert bookings.link(session, OPERATOR, talk, RuleSetId("RS1"), CLOCK, is_linked=False).booking.linked == ()
    with pytest.raises(Malformed):
        bookings.link(session, OPERATOR, BookingId("E01"), RuleSetId("RS1"), CLOCK)


def test_branch_that_is_not_there_yet_asks_nothing(session: Session) -> None:
    writing.begin(session)
    session.get_one(RuleSetRow, "RS1").branch = "B9"
    session.commit()

    assert said(session, a_draft(start="2014-08-04T09:00", who=["p02", "p07"], room="R04")) == []


def test_two_reasons_are_told_when_people_and_room_are_taken(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        bookings.book(session, OPERATOR, a_draft(start="2014-08-20T09:00", who=people("p02", "p07"), room="R02"), CLOCK)

    assert [(f.kind, f.subject) for f in refused.value.blocking] == [
        ("person_taken", "p02"),
        ("person_taken", "p07"),
        ("room_taken", "R02"),
    ]


FIRST_TALKS = """
presets:
- id: first-talks
  name: {zh: 初次谈话, en: First talks}
  rules:
  - {id: F1, pairing: all_pairs, a: {group: leadership_team}, exclude: [already_met], name: {zh: 班子, en: Team}}
"""


def test_rule_that_leaves_out_who_has_met_knows_who_has(session: Session) -> None:
    rule_set = rules.apply_document(session, OPERATOR, FIRST_TALKS, None, None, CLOCK).rule_set
    met, not_met = (
        a_draft(start="2014-08-04T09:00", who=["p05", p], room="R04", rule_set=rule_set) for p in ("p06", "p07")
    )
    early = a_draft(start="2014-03-03T14:00", who=["p05", "p06"])

    bookings.confirm(session, OPERATOR, bookings.book(session, OPERATOR, early, CLOCK).booking.id, CLOCK)

    assert said(session, met) == ["extra"]
    assert said(session, not_met) == []


EARLY_TALKS = """
presets:
- id: early-talks
  name: {zh: 提前谈话, en: Early talks}
  rules:
  - {id: F1, pairing: all_pairs, a: {group: leadership_team}, window: {opens: 2014-06-16, closes: 2014-07-15}, name: {zh: 班子, en: Team}}
"""


def test_talk_after_the_window_of_its_only_rule_is_told_that_window(session: Session) -> None:
    rule_set = rules.apply_document(session, OPERATOR, EARLY_TALKS, None, None, CLOCK).rule_set
    draft = a_draft(start="2014-08-04T09:00", who=["p05", "p06"], room="R04", rule_set=rule_set)

    (outside,) = bookings.check(session, OPERATOR, draft, CLOCK).warnings

    days = {"first": date(2014, 6, 16), "last": date(2014, 7, 15), "day": date(2014, 8, 4)}
    assert (outside.kind, outside.subject, outside.details) == ("outside_window", rule_set, days)


def test_windows_of_a_talk_are_told(session: Session) -> None:
    usual = DayRange(date(2014, 6, 16), date(2014, 8, 15))

    asked = booking_facts.talk_windows(session, a_draft(start="2014-08-04T09:00", who=["p02", "p07"]), CLOCK)
    extra = booking_facts.talk_windows(session, a_draft(start="2014-08-04T09:00", who=["p30", "p31"]), CLOCK)
    meeting = booking_facts.talk_windows(session, a_draft(Kind.MEETING, "2014-08-04T09:00"), CLOCK)

    assert (asked, extra, meeting) == (((usual,), "RS1"), ((usual,), "RS1"), ((), ""))


def test_windows_of_a_branch_that_is_not_there_are_none(session: Session) -> None:
    rules.apply(session, OPERATOR, "cn.branch-yearly", GroupId("B1"), CLOCK)
    session.query(RuleSetRow).filter_by(id="RS2").update({"branch": "B9"})
    session.flush()

    told = booking_facts.talk_windows(session, a_draft(start="2014-08-04T09:00", rule_set="RS2"), CLOCK)

    assert told == ((), "")
