"""What no paper may say, planted and looked for in every paper of every role, zips and workbooks opened."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Absence, Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.people import Room
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts
from scheduler.services.ground import actors
from scheduler.services.imports import run as imports
from scheduler.services.organisation import absences, occurrences, rooms
from scheduler.services.papers import bundles, exports, own_templates
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.rules import sets as rules
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from scheduler.store import engine as engines
from scheduler.store import writing
from scheduler.store.mail.rows import MailContactRow
from tests.builders import a_clock, a_draft
from tests.conftest import import_sample
from tests.databases import Databases

CLOCK = a_clock("2014-09-01T08:00")
RULE, NAME, KIND = "canary-rule-5e21", "canary-name-0b7c", "canary_kind_93aa"
REASON, ABSENCE, ADDRESS, PLACE = (
    "canary-reason-44",
    "canary-absence-17",
    "canary-mail-3c@example.org",
    "canary-place-88",
)
FORMULA = "=HYPERLINK(1)"
PRESET = f"""
id: one.talk-after-something
name: {{zh: 情形, en: Events}}
rules:
- {{id: {RULE}, name: {{zh: {NAME}, en: {NAME}}}, pairing: event, trigger: {{event: {KIND}, within_days: 30}}, a: {{role: principal}}, b: event.person}}
"""
NOBODYS = {REASON, ABSENCE, ADDRESS}
"""What stands in no paper whatever."""
BEFELL = {RULE, NAME, KIND}
"""What befell somebody: for organizers and the two."""
NEVER = {
    "organizer": NOBODYS,
    "principal": NOBODYS,
    "supervisor": NOBODYS | BEFELL,
    "branch": NOBODYS | BEFELL | {PLACE},
    "member": NOBODYS | BEFELL | {PLACE},
    "admin": NOBODYS | BEFELL | {PLACE},
}
"""By role; the place is where two others talk."""
SUBJECTS = {
    "record-form": ("T051", "T052", "T001"), "itinerary": ("", "p09:2014", "p30:2014", "p04:2014"), "branch-record": ("B1:2014", "B2:2014"),
    "life-meeting": ("", "E10"), "week": ("2014-08-27", "2014-08-04"), "report": ("2014",), "chronology": ("2014",),
    "arrangement": ("RS1", "RS2"), "ledger": ("RS1", "RS2"), "matrix": ("RS1", "RS2"), "record-forms": ("2014-08",), "study-plan": ("2014",),
}  # fmt: skip
"""What the papers are of; those of bookings of two meetings, the rest of nothing."""


@pytest.fixture(scope="module")
def office(databases: Databases) -> Iterator[Session]:
    """The sample with its programme, in which every canary is planted."""
    address = databases.make("sqlite", import_sample)
    engine = engines.make(address)
    with Session(engine, expire_on_commit=False) as session:
        plant(session)
        yield session
    engine.dispose()
    databases.drop(address)


def plant(session: Session) -> None:
    folder = ROOT / "sample" / "programme"
    uploads = [
        imports.Upload(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix != ".md"
    ]
    assert not imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=CLOCK).errors
    rules.apply(session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    rules.apply_document(session, OPERATOR, PRESET, None, GroupId("B1"), CLOCK)
    occurrences.add_occurrence(session, OPERATOR, KIND, PersonId("p30"), date(2014, 7, 30), CLOCK)
    room = rooms.add_room(session, OPERATOR, Room(RoomId(""), PLACE), CLOCK)
    after = a_draft(Kind.TALK, "2014-08-15T16:00", who=("p01", "p30"), room="R05", rule_set=RuleSetId("RS2"))
    theirs = a_draft(Kind.TALK, "2014-08-07T16:00", who=("p09", "p45"), room=room.id, rule_set=RuleSetId("RS1"))
    for draft in (after, theirs, a_draft(Kind.MEETING, "2014-08-05T16:00", who=("p22", "p30"), title=FORMULA)):
        acts.put(session, OPERATOR, draft, CLOCK)
    session.commit()
    leave = GivenAttendance(Attended.ON_LEAVE, reason=REASON)
    attendance.attend(session, OPERATOR, BookingId("E12"), PersonId("p04"), leave, CLOCK)
    gone = Absence(0, PersonId("p05"), date(2014, 8, 27), date(2014, 8, 27), ABSENCE)
    absences.add_absence(session, OPERATOR, gone, CLOCK)
    writing.begin(session)
    session.add(MailContactRow(person_id="p30", address=ADDRESS))
    session.commit()


def actor_of(session: Session, role: str) -> Actor:
    person = {"organizer": "p22", "principal": "p01", "supervisor": "s01", "branch": "p19", "member": "p46"}.get(role)
    given = Role.ADMIN if role == "admin" else None
    return actors.actor_of(session, PersonId(person) if person else None, given, CLOCK)


def papers_of(session: Session, role: str) -> dict[tuple[str, str], str]:
    """Everything that every paper says that a role is given, and what a template may say of it; no format adds to it."""
    made: dict[tuple[str, str], str] = {}
    actor = actor_of(session, role)
    for name, kind in exports.KINDS.items():
        for subject in SUBJECTS.get(name, ("E12", "E04") if name in (*exports.OF_A_BOOKING, "correction") else ("",)):
            with suppress(Malformed, NotAllowed, NotFound, Refused):
                desk = WritingDesk(session, actor, CLOCK, "zh")
                paper = kind.write(desk, subject)
                made[name, subject] = f"{paper!r} {own_templates.fields_of(desk, name, subject, paper)!r}"
    return made


def words_in(data: bytes) -> str:
    """Everything that a file says: what is within it is opened, and what is within that."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(f"{name}\n{words_in(archive.read(name))}" for name in archive.namelist())


@pytest.mark.parametrize("role", NEVER)
def test_no_paper_says_what_its_reader_may_not_know(office: Session, role: str) -> None:
    papers = papers_of(office, role)

    assert {(key, word) for key, text in papers.items() for word in NEVER[role] if word in text} == set()


@pytest.mark.parametrize("role", ["supervisor", "member"])
def test_no_file_within_a_bundle_says_it(office: Session, role: str) -> None:
    desk = WritingDesk(office, actor_of(office, role), CLOCK, "zh", date(2014, 11, 24))

    told = words_in(bundles.bundle(desk).data)

    assert "word/document.xml" in told
    assert {word for word in NEVER[role] if word in told} == set()


def test_the_canaries_are_where_they_can_be_found(office: Session) -> None:
    papers = papers_of(office, "organizer")
    told = "\n".join(papers.values())

    assert {name for name, _ in papers} == exports.KINDS.keys() - {"correction"}
    assert [word for word in (NAME, PLACE, FORMULA) if word not in told] == []


def test_no_square_of_a_workbook_is_a_formula(office: Session) -> None:
    desk = WritingDesk(office, OPERATOR, CLOCK, "zh")
    for name, subject in (
        ("week", "2014-08-05"),
        ("itinerary", "p30:2014-08"),
        ("chronology", "2014-08"),
        ("branch-record", "B1:2014"),
    ):
        book = load_workbook(io.BytesIO(exports.export(desk, name, subject, exports.PaperFormat.XLSX).data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert name in ("branch-record", "chronology") or FORMULA in [cell.value for cell in cells]
