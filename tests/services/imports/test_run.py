"""The sample, whole and table by table; all or nothing; who may; what is kept."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Kind, Mode, Size, State
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, UnitId
from scheduler.core.organisation.facts import Became, Subject
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import journal
from scheduler.services.rules import sets as rules
from scheduler.services.sessions import attendance
from scheduler.store import load, save, writing
from scheduler.store.base import Base
from scheduler.store.bookings.rows import BookingRow
from scheduler.wording.findings import text
from tests.builders import ZONE, a_clock, a_talk, an_as_of
from tests.documents.test_workbooks import a_workbook
from tests.services.importing import PEOPLE, Upload, counts, errors, run, sample, table, without_details

A01 = ("roster.csv", "units.csv", "rooms.csv")
TODAY = date(2014, 8, 1)


def test_a_branch_without_a_committee_is_named(session: Session) -> None:
    roster = Upload("roster.csv", "编号,姓名,党支部\np01,陈国梁,第一支部\np02,文静,第一支部\n".encode())

    report = run(session, roster)

    (finding,) = (told for told in report.told if told.kind == "no_committee")
    assert text(finding) == "第一支部：没有登记支委会成员"


def test_roster_units_and_rooms_of_the_sample(session: Session) -> None:
    report = run(session, *sample(*A01))

    assert (report.people, report.units, report.rooms) == (100, 18, 7)
    assert dict(report.branches) == {"B1": 34, "B2": 22, "B3": 9}
    assert counts(report) == (125, 0, 0)
    assert without_details(report) == [("in_charge_is_head", "D07"), ("head_vacant", "I05")]
    assert report.hints == ()


def test_the_same_files_again_change_nothing(session: Session) -> None:
    run(session, *sample(*A01))

    assert counts(run(session, *sample(*A01))) == (0, 0, 125)
    again = run(session, *sample("roster_gb18030.csv"))

    assert counts(again) == (0, 0, 100)
    assert (again.people, without_details(again)) == (100, [])
    assert load.roster(session, TODAY).people[PersonId("p03")].name == "文静"


def test_the_whole_folder_at_once_and_again(session: Session) -> None:
    report = run(session, *sample())

    assert (report.people, report.units, report.rooms) == (100, 18, 7)
    assert (report.updated, report.unchanged, report.errors, report.hints) == (0, 0, (), ())
    assert without_details(report) == [("in_charge_is_head", "D07"), ("head_vacant", "I05")]
    again = run(session, *sample())
    assert counts(again) == (0, 0, report.created)
    assert again.changes == ()


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        ("roster.csv", 100),
        ("roster_gb18030.csv", 100),
        ("units.csv", 18),
        ("rooms.csv", 7),
        ("events.csv", 40),
        ("talk_log.csv", 50),
        ("attendance.csv", 208),
        ("unavailability.csv", 8),
        ("calendar_2014.csv", 278),
        ("external_contacts.csv", 34),
        ("talk_rule_presets.yaml", 0),
        ("meeting_rule_presets.yaml", 1),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_table_alone_after_the_folder_changes_nothing(session: Session, file: str, facts: int) -> None:
    run(session, *sample())

    assert counts(run(session, *sample(file))) == (0, 0, facts)


def test_the_sample_as_it_stands_afterwards(sample_session: Session) -> None:
    roster = load.roster(sample_session, TODAY)
    assert roster.principal == "p01"
    assert roster.members("organizers") == ("p22", "p41")
    assert roster.members("supervisors") == ("s01", "s02", "s03", "s04")
    assert roster.groups[GroupId("B1")].name == "机关党支部"
    assert roster.groups[GroupId("B2")].committee == ("p19", "p21", "p44", "p60", "p72")
    assert roster.groups[GroupId("B3")].secretary == "p85"
    assert roster.units[UnitId("I01")].in_charge == ("p04", "p08")
    assert roster.units[UnitId("I03")].acting_head == "p20"
    campaign = load.campaign(sample_session, TODAY)
    assert campaign is not None
    assert campaign.lists["extended_talks"][0] == ("p01", "p09")
    assert (campaign.report_before_days, campaign.study_days) == (15, 7)
    assert len(load.absences(sample_session, None, date(2014, 1, 1), None)) == 8
    assert len(load.contacts(sample_session)) == 34


def test_bookings_of_the_sample_have_their_kinds_and_people(sample_session: Session) -> None:
    found = {b.id: b for b in load.bookings(sample_session)}

    assert len(found) == 90
    assert [found[BookingId(i)].kind for i in ("E01", "E02", "E09", "E11", "E13")] == [
        Kind.MEETING,
        Kind.PARTY_LECTURE,
        Kind.EXCHANGE_MEETING,
        Kind.COMMITTEE_MEETING,
        Kind.ORGANIZATIONAL_LIFE_MEETING,
    ]
    assert [len(found[BookingId(i)].participants) for i in ("E01", "E03", "E08", "E12")] == [88, 84, 56, 34]
    assert found[BookingId("E02")].room == "EXT"
    assert found[BookingId("T044")].mode is Mode.PHONE
    assert found[BookingId("T043")].size is Size.GROUP
    states = {i: found[BookingId(i)].state(an_as_of()) for i in ("T001", "T040", "T041", "T045")}
    assert states == {
        "T001": State.HELD,
        "T040": State.CANCELLED,
        "T041": State.BOOKED,
        "T045": State.AWAITING_CONFIRMATION,
    }
    assert all(b.recorded_at is None and b.uid and b.revised_at for b in found.values())


def test_feeds_of_the_sample_hold_what_the_people_are_in(sample_session: Session) -> None:
    def numbers(person: str) -> tuple[int, int]:
        theirs = load.bookings(sample_session, people=[PersonId(person)])
        return sum(not b.is_talk for b in theirs), sum(b.is_talk for b in theirs)

    assert [numbers(p) for p in ("p03", "p08", "p27")] == [(38, 11), (38, 10), (3, 1)]


def test_new_ids_count_on_after_the_imported_ones(sample_session: Session) -> None:
    kinds = (Kind.TALK, Kind.STUDY_SESSION, Kind.SYMPOSIUM)
    assert [save.next_booking_id(sample_session, kind) for kind in kinds] == ["T051", "S27", "E15"]
    assert (save.next_id(sample_session, "p"), save.next_id(sample_session, "R")) == ("p97", "R08")


def test_dry_run_says_the_same_and_keeps_nothing(session: Session) -> None:
    preview = run(session, *sample(), dry_run=True)

    tables = [t for t in Base.metadata.sorted_tables if session.scalar(select(func.count()).select_from(t))]
    assert tables == []
    assert replace(run(session, *sample()), id=None) == preview


def test_preview_tells_what_would_change(sample_session: Session) -> None:
    report = run(sample_session, "id,name,rank,position\np27,白雪,36,科员\np97,新人,99,科员\n", dry_run=True)

    assert counts(report) == (1, 1, 0)
    first, second = report.changes
    assert (first.subject, first.key, first.became) == (Subject.PERSON, "p27", Became.UPDATED)
    assert [(f.name, f.before, f.after) for f in first.fields] == [("rank", 35, 36)]
    assert (second.key, second.became, second.fields) == ("p97", Became.CREATED, ())
    assert report.people == 101


def test_one_error_and_nothing_is_imported(session: Session) -> None:
    report = run(session, PEOPLE, "id,name,capacity\nR01,会议室,many\n")

    assert errors(report) == [("table2.csv", 2, "capacity", "not_a_number")]
    assert (report.people, counts(report)) == (0, (0, 0, 0))
    assert load.roster(session, TODAY).people == {}


def test_import_is_for_those_who_arrange(session: Session) -> None:
    for role in (Role.MEMBER, Role.PRINCIPAL, Role.SUPERVISOR, Role.BRANCH_ORGANIZER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            run(session, PEOPLE, actor=Actor(PersonId("p01"), frozenset({role})))

    assert run(session, PEOPLE, actor=Actor(PersonId("p22"), frozenset({Role.ORGANIZER}))).created == 4


def test_import_is_noted_without_names(session: Session) -> None:
    run(session, table(PEOPLE, "roster.csv"))

    [entry] = journal.recent(session, OPERATOR, a_clock())
    assert (entry.action, entry.noun) == ("imported", "file")
    assert entry.details == {"files": ["roster.csv"], "created": 4, "updated": 0, "unchanged": 0}


def test_a_file_that_is_no_table_is_set_aside_by_name_beside_others(session: Session) -> None:
    report = run(session, PEOPLE, table("a,b\n1,2\n", "odd.csv"))

    assert [(row.file, row.row, row.why) for row in report.set_aside] == [("odd.csv", None, "table_unknown")]
    assert [told.subject for told in report.told if told.kind == "table_unknown"] == ["odd.csv"]
    assert report.created == 4


def test_a_file_alone_that_is_no_table_is_refused(session: Session) -> None:
    with pytest.raises(Malformed) as refused:
        run(session, table("a,b\n1,2\n", "odd.csv"))

    assert (refused.value.kind, refused.value.field) == ("unknown_table", "odd.csv")


def test_xlsx_and_csv_are_one_table(session: Session) -> None:
    rows = [line.split(",") for line in PEOPLE.splitlines()]
    typed = [[int(cell) if cell.isdecimal() else cell for cell in row] for row in rows]

    assert counts(run(session, Upload("roster.xlsx", a_workbook(*typed)))) == (4, 0, 0)
    assert counts(run(session, PEOPLE)) == (0, 0, 4)


def test_columns_that_are_left_aside_are_told(session: Session) -> None:
    report = run(session, table("id,name,unit,电话\np01,甲,D01,123\n", "roster.csv"))

    assert [(h.kind, h.subject, h.details) for h in report.hints] == [
        ("unknown_column", "roster.csv", {"columns": ("电话",)})
    ]


# ── What stood before, and what the system did since ─────────────────────────────────────────────────────────────────
def test_files_again_after_the_system_was_used_change_nothing(sample_session: Session) -> None:
    session, clock = sample_session, a_clock()
    rules.apply(session, OPERATOR, "cn.four-must-talks", None, clock)
    bookings.confirm(session, OPERATOR, BookingId("T045"), clock, None)
    bookings.cancel(session, OPERATOR, BookingId("T041"), clock)
    made_up = attendance.GivenAttendance(Attended.MADE_UP, TODAY)
    attendance.attend(session, OPERATOR, BookingId("S09"), PersonId("p06"), made_up, clock)

    report = run(session, *sample())

    assert (report.created, report.updated) == (0, 0)
    assert load.booking(session, BookingId("T041")).is_cancelled
    assert load.booking(session, BookingId("T045")).is_held


def test_a_changed_file_moves_the_booking(sample_session: Session) -> None:
    before = load.booking(sample_session, BookingId("T041"))
    head = "id,date,start,end,room,participants,mode,status"

    report = run(sample_session, f"{head}\nT041,2014-08-06,10:00,10:45,R05,p03;p07,面谈,已预约\n")

    after = load.booking(sample_session, BookingId("T041"))
    assert counts(report) == (0, 1, 0)
    assert after.span.start.astimezone(ZONE).isoformat() == "2014-08-06T10:00:00+08:00"
    assert (after.room, after.uid, after.sequence) == ("R05", before.uid, before.sequence + 1)


def test_talks_that_change_places_in_one_file_do_not_clash(sample_session: Session) -> None:
    head = "id,date,start,end,room,participants,mode,status"
    swapped = f"{head}\nT001,2014-06-16,09:00,09:45,R04,p01;p02,面谈,已完成\nT002,2014-06-18,09:00,09:45,R04,p01;p03,面谈,已完成\n"

    assert counts(run(sample_session, swapped)) == (0, 2, 0)


def test_people_who_enter_a_group_enter_its_meetings_from_that_day_on(sample_session: Session) -> None:
    run(sample_session, "id,name,tags\np27,白雪,leadership_team\n", valid_from="2014-08-15")

    theirs = {b.id for b in load.bookings(sample_session, people=[PersonId("p27")])}
    assert {"E10", "S22"} <= theirs
    assert not {"S21", "E09"} & theirs


def test_entering_a_group_whose_meeting_clashes_is_refused_with_the_row(sample_session: Session) -> None:
    run(
        sample_session,
        "id,date,start,end,room,participants\nT060,2014-08-20,10:00,10:45,R05,p27;p28\n",
    )

    report = run(sample_session, "id,name,tags\np27,白雪,leadership_team\n", valid_from="2014-08-15")

    assert [(e.kind, e.details["person"], e.details["booking"], e.details["other"]) for e in report.errors] == [
        ("person_taken", "p27", "E10", "T060")
    ]
    assert "p27" not in load.roster(sample_session, date(2014, 8, 16)).members("leadership_team")


# ── Days from which facts hold ───────────────────────────────────────────────────────────────────────────────────────
def test_facts_from_a_day_on_leave_the_days_before_alone(sample_session: Session) -> None:
    head = "id,name,branch,tags"

    report = run(sample_session, f"{head}\np08,林秀芝,B2,\n", valid_from="2014-07-15")

    before, after = (load.roster(sample_session, date(2014, 7, day)) for day in (14, 15))
    assert counts(report) == (0, 1, 0)
    assert (len(before.members("leadership_team")), len(after.members("leadership_team"))) == (8, 7)
    assert (len(before.members("B1")), len(after.members("B1")), len(after.members("B2"))) == (34, 33, 23)
    assert dict(report.branches) == {"B1": 33, "B2": 23, "B3": 9}
    again = run(sample_session, f"{head}\np08,林秀芝,B2,\n", valid_from="2014-07-15")
    assert counts(again) == (0, 0, 1)


def test_report_of_facts_that_begin_later_tells_that_day(sample_session: Session) -> None:
    report = run(sample_session, "id,name,branch\np08,林秀芝,B2\n", valid_from="2014-09-01")

    assert dict(report.branches) == {"B1": 33, "B2": 23, "B3": 9}
    assert len(load.roster(sample_session, TODAY).members("B1")) == 34


def test_a_new_head_from_a_day_on(sample_session: Session) -> None:
    head = "id,name,kind,in_charge,head,acting_head"

    report = run(sample_session, f"{head}\nI05,困难职工帮扶中心（筹）,institution,p06,p47,\n", valid_from="2014-07-15")

    units = [load.roster(sample_session, date(2014, 7, day)).units[UnitId("I05")] for day in (14, 15)]
    assert [unit.head for unit in units] == [None, "p47"]
    assert without_details(report) == []


def test_a_row_that_is_missing_deletes_nothing(sample_session: Session) -> None:
    run(sample_session, "id,name,unit\np01,沈维岳,LT\n")

    assert len(load.roster(sample_session, TODAY).people) == 100


def test_unknown_rooms_are_told_once_and_leave_the_booking_without(session: Session) -> None:
    run(session, PEOPLE)
    head = "编号,类型,名称,日期,开始,结束,地点,范围,主持"

    report = run(
        session,
        f"{head}\nE01,动员大会,大会,2014-08-04,09:00,10:00,R99,leadership_team,p01\n"
        "E02,总结大会,大会,2014-08-05,09:00,10:00,R99,nobody;ext:nowhere,p01\n",
    )

    assert without_details(report) == [("room_unknown", "R99")]
    assert [(h.kind, h.subject) for h in report.hints] == [
        ("audience_unknown", "ext:nowhere"),
        ("audience_unknown", "nobody"),
    ]
    assert load.booking(session, BookingId("E01")).room is None
    assert session.get(BookingRow, "E01").title == "大会"  # type: ignore[union-attr]


def test_rooms_that_become_known_are_taken(session: Session) -> None:
    talk = "id,date,start,end,room,participants\nT001,2014-08-04,09:00,09:45,谈话室A,p01;p02\n"
    run(session, PEOPLE, talk)

    report = run(session, talk, "编号,名称,容量\nR04,谈话室A,4\n")

    assert load.booking(session, BookingId("T001")).room == RoomId("R04")
    assert (counts(report), without_details(report)) == ((1, 1, 0), [])


def test_lists_for_rules_need_a_campaign(session: Session) -> None:
    report = run(session, PEOPLE, table("extended_talks: [[p01, p02]]", "org.yaml"))

    assert errors(report) == [("org.yaml", None, "activity", "no_campaign")]


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_whoever_books_while_an_import_runs_becomes_an_error_of_a_row(session: Session, engine: Engine) -> None:
    run(session, PEOPLE)
    session.rollback()
    row = "id,date,start,end,participants\nT007,2014-08-04,09:00,09:45,p01;p02\n"
    writing.begin(session)
    save.bookings(session, [a_talk("T001", "2014-08-04T09:30", ["p02", "p03"])], a_clock())

    def wait_and_commit() -> None:
        time.sleep(1)
        session.commit()

    with Session(engine) as other, ThreadPoolExecutor() as pool:
        pool.submit(wait_and_commit)
        report = run(other, row)

    assert [(e.row, e.kind, e.details["other"]) for e in report.errors] == [(2, "person_taken", "T001")]


def test_a_meeting_of_nobody_is_an_error_of_its_row(session: Session) -> None:
    meetings = """编号,类型,名称,日期,开始,结束,范围
E01,会议,老干部会,2014-08-20,09:00,10:00,retired
E02,会议,全体会,2014-08-21,09:00,10:00,all_staff;retired
"""
    report = run(session, PEOPLE, meetings)

    assert errors(report) == [("table2.csv", 2, "audience", "empty_audience")]


AWAY = "人员 person,起 from,止 to,原因类别 reason,规则 rule\np03,2014-08-04,2014-08-15,出差,\n"


def test_an_absence_that_hits_a_booking_is_a_warning_once(session: Session) -> None:
    run(session, *sample())

    preview = run(session, table(AWAY, "unavailability.csv"), dry_run=True)
    first = run(session, table(AWAY, "unavailability.csv"))
    again = run(session, table(AWAY, "unavailability.csv"))

    assert without_details(preview) == without_details(first) == [("absence_hits", "T041")]
    assert without_details(again) == []


def test_an_absence_that_hits_nothing_is_no_warning(session: Session) -> None:
    run(session, *sample())

    assert without_details(run(session, table(AWAY.replace("2014-08-04", "2014-08-13"), "unavailability.csv"))) == []
    assert without_details(run(session, table(AWAY.replace("2014-08", "2014-06"), "unavailability.csv"))) == []


def test_records_without_ids_count_on_and_are_known_again(session: Session) -> None:
    run(session, PEOPLE)
    of_two = table("id,kind,person,date,step\n,个人,p01,,\n,班子,,,\n", "materials.csv")
    batch = table("batch,name,start,end,place,cap\n,第一期,2014-09-01,,,30\n", "batches.csv")

    first, again = (run(session, of_two, batch) for _ in range(2))
    other = run(session, table("batch,name,start,end,place,cap\n,第二期,2014-10-08,,,30\n", "batches.csv"))

    assert (first.created, again.unchanged, other.created, other.updated) == (3, 3, 1, 0)
