"""Milestones that an import moves: their meetings follow, as by hand."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.bookings import acts
from scheduler.services.campaigns import programme as campaigns
from scheduler.store import load
from scheduler.wording.findings import text
from tests.builders import ZONE, a_clock, a_draft
from tests.services.importing import Upload, run, sample

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def with_meeting_on(day: str) -> Upload:
    """The sample's organisation with its democratic life meeting on another day than 20 August."""
    text_of_file = (ROOT / "sample" / "org.yaml").read_text("utf-8")
    moved = text_of_file.replace("democratic_life_meeting: '2014-08-20'", f"democratic_life_meeting: '{day}'")
    assert moved != text_of_file
    return Upload("org.yaml", moved.encode())


def of_meetings(report: ImportReport) -> list[str]:
    return [
        text(f) for f in (*report.told, *report.warnings) if f.kind.startswith("meeting_") or f.kind == "room_taken"
    ]


def test_a_meeting_follows_the_milestone_that_an_import_moves(sample_session: Session) -> None:
    told = ["时间节点“民主生活会”由8月20日 周三改到9月1日 周一，日程 E10 一同移到那天"]
    preview = run(sample_session, with_meeting_on("2014-09-01"), dry_run=True)
    assert load.booking(sample_session, BookingId("E10")).day(ZONE) == date(2014, 8, 20)
    report = run(sample_session, with_meeting_on("2014-09-01"))

    assert of_meetings(preview) == of_meetings(report) == told
    meeting = load.booking(sample_session, BookingId("E10"))
    assert meeting.span.start.astimezone(ZONE) == datetime(2014, 9, 1, 8, 30, tzinfo=ZONE)
    assert of_meetings(run(sample_session, with_meeting_on("2014-09-01"))) == []


def test_a_meeting_that_was_parted_or_that_the_files_place_stays(sample_session: Session) -> None:
    campaigns.move_milestone(
        sample_session, OPERATOR, "democratic_life_meeting", date(2014, 8, 25), a_clock(), only_milestone=True
    )
    assert of_meetings(run(sample_session, with_meeting_on("2014-09-02"))) == []
    assert load.booking(sample_session, BookingId("E10")).day(ZONE) == date(2014, 8, 20)

    run(sample_session, *sample())
    assert of_meetings(run(sample_session, with_meeting_on("2014-09-02"), *sample("events.csv"))) == [
        "时间节点“民主生活会”改到9月2日 周二，日程 E10 仍在8月20日 周三，请另排"
    ]


def test_a_meeting_that_cannot_follow_is_named_with_what_is_in_its_way(sample_session: Session) -> None:
    meeting = load.booking(sample_session, BookingId("E10"))
    acts.book(sample_session, OPERATOR, a_draft(start="2014-09-03T10:00", room=meeting.room), a_clock())

    first, *others = of_meetings(run(sample_session, with_meeting_on("2014-09-03")))

    assert first == "时间节点“民主生活会”改到9月3日 周三，日程 E10 仍在8月20日 周三，请另排"
    assert any("10:00" in other for other in others)
    assert load.booking(sample_session, BookingId("E10")).day(ZONE) == date(2014, 8, 20)
