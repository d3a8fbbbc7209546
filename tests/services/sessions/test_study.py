"""Study hours: the report, one's own."""

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.sessions import study
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns.rows import CampaignRow, MilestoneRow, PhaseRow
from tests.builders import a_clock, an_actor

CLOCK = a_clock("2014-08-01T08:00")
S09, P06 = BookingId("S09"), PersonId("p06")
MEETING, END = date(2014, 8, 20), date(2014, 11, 24)


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@on_sqlite
def test_the_hours_of_the_sample(session: Session) -> None:
    found = study.report(session, an_actor("s01", Role.SUPERVISOR), MEETING, CLOCK).first

    assert (found.asked_hours, found.offered_hours, found.met, found.of) == (49, 51.0, 6, 8)
    assert (found.people[P06].hours, found.people[P06].missing) == (48.0, 1.0)
    assert list(found.people) == [f"p{n:02}" for n in range(1, 9)]
    last = study.report(session, OPERATOR, END, CLOCK).first
    assert (last.offered_hours, last.met, last.of) == (58.5, 8, 8)


@on_sqlite
def test_the_campaign_says_how_many_days_and_since_when(session: Session) -> None:
    session.execute(update(CampaignRow).values(study_days=2, starts=date(2014, 7, 1)))
    session.commit()

    found = study.report(session, OPERATOR, MEETING, CLOCK).first

    assert (found.asked_hours, found.offered_hours) == (14, 7.5)
    before = study.report(session, OPERATOR, date(2014, 6, 30), CLOCK).first
    assert before.offered_hours == 43.5


@on_sqlite
def test_without_a_campaign_seven_days_are_asked(session: Session) -> None:
    session.execute(update(BookingRow).values(campaign_id=None))
    for row in (PhaseRow, MilestoneRow, CampaignRow):
        session.execute(delete(row))
    session.commit()

    assert study.report(session, OPERATOR, MEETING, CLOCK).first.asked_hours == 49
