"""Guests out of files: known again, brought up to date, and none into a closed campaign."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.bookings import guests
from scheduler.services.campaigns import register
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from scheduler.store import load
from tests.builders import a_clock

CLOCK = a_clock("2014-08-01T08:00")
SAMPLE = Path(__file__).parents[3] / "sample" / "programme" / "guests.csv"
HEAD = "会议,联系人,人员,姓名,单位,职务,类别\n"


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


def take(session: Session, data: str | bytes) -> ImportReport:
    upload = Upload("guests.csv", data if isinstance(data, bytes) else data.encode())
    return imports.run(session, OPERATOR, [upload], None, dry_run=False, clock=CLOCK)


def test_the_guests_of_the_sample_come_in_once(session: Session) -> None:
    first, again = take(session, SAMPLE.read_bytes()), take(session, SAMPLE.read_bytes())

    assert (first.created, first.errors) == (38, ())
    assert (again.created, again.updated, again.unchanged) == (0, 0, 38)
    counts = {name: guests.listing(session, OPERATOR, BookingId(name), CLOCK) for name in ("E04", "E05", "E06")}
    assert {name: (len(of.lines), of.outside, of.expected, of.in_room) for name, of in counts.items()} == {
        "E04": (16, 16, 8, 24),
        "E05": (10, 10, 8, 18),
        "E06": (12, 0, 8, 20),
    }


@pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
def test_a_row_brings_a_guest_up_to_date_and_others_stay(session: Session) -> None:
    take(session, f"{HEAD}E04,u01,,李志明,青石街道总工会,主席,street_town\nE04,,,王五,某厂,,\n")
    report = take(session, f"{HEAD}E04,u01,,李志明,青石街道总工会,副主席,street_town\n")

    assert (report.updated, report.created) == (1, 0)
    kept = load.booking(session, BookingId("E04")).guests
    assert [(guest.id, guest.name, guest.post) for guest in kept] == [("L01", "李志明", "副主席"), ("L02", "王五", "")]


@pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
def test_a_closed_campaign_takes_no_guests(session: Session) -> None:
    register.set_open(session, OPERATOR, CampaignId("c1"), CLOCK, is_open=False)

    report = take(session, f"{HEAD}E04,u01,,李志明,,,\n")

    assert [(error.row, error.field, error.kind) for error in report.errors] == [(2, "booking", "campaign_closed")]
    assert not load.booking(session, BookingId("E04")).guests
