"""What a member finds out about the time of others: whether it can be, by half hours, of few people, and noted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.errors import Refused
from scheduler.services.bookings import acts, asking, free_times, taken_times
from scheduler.services.bookings.free_times import TimeQuery
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.rules import sets as rule_sets
from scheduler.store import save
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import ZONE, a_clock, a_draft, a_talk, an_actor, people
from tests.services.booked import CLOCK, MEMBER, book, prepare

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
RULES = "id: all\nrules:\n- {id: R1, pairing: each_each, a: {where: {id: [p01]}}, b: {where: {id: [p02, p03, p04]}}}\n"
DAY = date(2014, 7, 2)
PRINCIPAL = an_actor("p01", Role.MEMBER, Role.PRINCIPAL)


@pytest.fixture
def session(session: Session) -> Session:
    prepare(session)
    rule_sets.apply_document(session, OPERATOR, RULES, None, None, CLOCK)
    save.bookings(session, [a_talk("T001", "2014-07-02T09:05", who=["p02", "p05"], minutes=40)], CLOCK)
    session.add(AbsenceRow(person_id="p03", first=DAY, last=DAY, reason="病假"))
    session.commit()
    return session


def kinds(session: Session, draft: Draft) -> list[tuple[str, str]]:
    return [(f.kind, f.subject) for f in acts.check(session, MEMBER, draft, CLOCK).blocking]


def noted(session: Session) -> list[str]:
    return list(session.scalars(select(JournalRow.noun_id).where(JournalRow.action == asking.ASKED)))


def taken(session: Session, who: str = "p02", by: object = MEMBER) -> list[str]:
    spans = taken_times.for_talk(session, by, people("p01", who), DAY, DAY, CLOCK).people  # type: ignore[arg-type]
    return [f"{span.start.astimezone(ZONE):%H:%M}–{span.end.astimezone(ZONE):%H:%M}" for span in spans]


def test_taken_and_away_are_one_and_the_same(session: Session) -> None:
    assert kinds(session, a_draft(start="2014-07-02T09:00")) == [("person_unavailable", "p02")]
    assert kinds(session, a_draft(start="2014-07-02T09:00", who=["p01", "p03"])) == [("person_unavailable", "p03")]


def test_from_when_to_when_others_are_taken_is_told_by_half_hours(session: Session) -> None:
    assert taken(session) == ["09:00–10:00"]
    assert taken(session, by=PRINCIPAL) == ["09:05–09:45"]
    assert kinds(session, a_draft(start="2014-07-02T09:45")) == [("person_unavailable", "p02")]
    assert kinds(session, a_draft(start="2014-07-02T10:00")) == []
    short = TimeQuery(Kind.TALK, 5, people("p01", "p02"), first=DAY, last=DAY)
    starts = [f"{t.span.start.astimezone(ZONE):%H:%M}" for t in free_times.find(session, MEMBER, short, CLOCK)]
    assert starts[:2] == ["08:30", "10:00"]


def test_ones_own_time_is_told_as_it_is(session: Session) -> None:
    save.bookings(session, [a_talk("T002", "2014-07-02T14:00", who=["p01", "p05"], minutes=45)], CLOCK)
    session.commit()

    [finding] = acts.check(session, MEMBER, a_draft(start="2014-07-02T14:00", who=["p01", "p04"]), CLOCK).blocking

    assert (finding.kind, "start" in finding.details) == ("person_taken", True)
    assert kinds(session, a_draft(start="2014-07-02T14:45", who=["p01", "p04"], minutes=30)) == []


def test_times_are_told_of_people_whom_a_rule_asks_for_only(session: Session) -> None:
    with pytest.raises(Refused) as no:
        taken(session, "p06")
    assert [finding.kind for finding in no.value.blocking] == ["own_talk_not_asked"]
    with pytest.raises(Refused):
        free_times.free_times(session, MEMBER, people("p01", "p06"), 45, CLOCK, DAY, DAY)


def test_ones_own_talk_tells_nothing_of_others_who_would_come_instead(session: Session) -> None:
    talk = book(session, a_draft(start="2014-07-02T10:00"))
    instead = BookingChange(add_people=people("p06"), remove_people=people("p02"))

    with pytest.raises(Refused) as no:
        acts.change(session, MEMBER, talk, instead, CLOCK, dry_run=True)

    assert [finding.kind for finding in no.value.blocking] == ["own_talk_not_asked"]


def test_whose_time_was_asked_for_is_noted_once_an_hour(session: Session) -> None:
    for start in ("2014-07-02T09:00", "2014-07-02T09:30"):
        acts.check(session, MEMBER, a_draft(start=start), CLOCK)
    taken(session)
    taken(session, "p03")
    taken(session, "p04", PRINCIPAL)

    assert noted(session) == ["p02", "p03"]
    later = a_clock("2014-07-01T10:00", real=CLOCK.real + timedelta(hours=1, seconds=1))
    acts.check(session, MEMBER, a_draft(start="2014-07-02T09:00"), later)
    assert noted(session) == ["p02", "p03", "p02"]


def test_of_so_many_people_an_hour_only(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_PEOPLE", 2)
    taken(session)
    taken(session, "p03")

    with pytest.raises(Refused) as no:
        taken(session, "p04")
    assert [finding.kind for finding in no.value.blocking] == ["asked_of_many"]
    assert taken(session) == ["09:00–10:00"]
