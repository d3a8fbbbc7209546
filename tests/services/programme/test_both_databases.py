"""The programme on both databases: what is imported is read back, and every verb writes what the next reading tells."""

from datetime import date

from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.tasks import TaskState
from scheduler.services.imports import run as imports
from scheduler.services.programme import batches, frequencies, gates, lanes, materials, opinions, own_duties, tasks
from scheduler.services.programme.batches import BatchPerson
from scheduler.services.programme.gates import AfterMeeting
from scheduler.services.programme.tasks import TaskEntry
from tests.builders import a_clock, an_actor


def test_what_is_imported_is_read_and_written(sample_session: Session) -> None:
    session, clock = sample_session, a_clock()
    tables = sorted((ROOT / "sample" / "programme").glob("*.csv"))
    uploads = [imports.Upload(table.name, table.read_bytes()) for table in tables]
    assert not imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=clock).errors
    again = imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=clock)
    assert (again.created, again.updated) == (0, 0)

    done = tasks.set_state(session, OPERATOR, "Z03", TaskEntry(TaskState.DONE), clock)
    assert done.state is TaskState.DONE
    assert materials.take_step(session, OPERATOR, "M04", MaterialState.SUBMITTED, clock).state == "submitted"
    assert opinions.waive(session, OPERATOR, "O01", clock).waived_on == date(2014, 8, 1)
    assert opinions.receive(session, OPERATOR, "O01", clock).waived_on is None
    assert batches.put(session, OPERATOR, "B01", [BatchPerson("m01")], clock).left == 0
    meeting = BookingId("E10")
    assert gates.tick(session, OPERATOR, meeting, "c6", clock).items[5].ok
    assert gates.confirm(session, OPERATOR, meeting, clock, "急").state == "overridden"
    assert gates.withdraw(session, OPERATOR, meeting, clock).state == "open"
    later = a_clock("2014-08-21T08:00")
    assert gates.after(session, OPERATOR, meeting, AfterMeeting(items=25, present=8), later).state == "held"
    assert len(frequencies.duties(session, OPERATOR, 2014, None, clock)) == 3 * (10 + 3 + 1 + 3)
    key = ("F1", "B3", "2014-08")
    assert frequencies.exempt(session, OPERATOR, key, "换届", clock).reason == "换届"
    assert frequencies.exempt(session, OPERATOR, key, "又一次换届", clock).state == "exempt"
    assert frequencies.exempt(session, OPERATOR, key, None, clock).state == "due"
    assert frequencies.book(session, OPERATOR, key, clock).booking.kind is Kind.COMMITTEE_MEETING
    own = own_duties.own(session, an_actor("p07"), a_clock("2014-11-05T08:00"))
    assert ("tasks", "Z07") in {(step.what, step.subject) for step in own}
    assert {step.subject for step in own if step.what == "tasks"} == {"Z07"}
    told = lanes.programme(session, OPERATOR, None, clock)
    assert {lane.key: lane.facts.done for lane in told.lanes}["batches"] == 89
