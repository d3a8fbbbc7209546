"""What a meeting has besides its time and people: host, agenda, remark, link."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import acts, meetings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.organisation import people as people_service
from scheduler.store import load
from tests.builders import a_draft, people
from tests.services.booked import CLOCK, book, prepare

AGENDA = (AgendaItem("传达文件", PersonId("p02"), minutes=20), AgendaItem("  讨论  ", speaker="督导组"))
MEETING = a_draft(Kind.MEETING, who=("p01",), title="例会")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


def change(session: Session, booking: Booking, **changes: object) -> Booking:
    return acts.change(session, OPERATOR, booking.id, BookingChange(**changes), CLOCK).booking  # type: ignore[arg-type]


def test_all_that_is_said_of_a_meeting_is_kept_and_changed(session: Session) -> None:
    draft = replace(
        MEETING,
        host=PersonId("p03"),
        agenda=AGENDA,
        remark=" 着正装。 \n\n带材料 ",
        link=" https://meet.example.org/1 ",
    )
    made = acts.book(session, OPERATOR, draft, CLOCK).booking

    assert load.booking(session, made.id) == made
    assert made.agenda == (AGENDA[0], AgendaItem("讨论", speaker="督导组"))
    assert (made.remark, made.link) == ("着正装。\n带材料", "https://meet.example.org/1")
    assert made.people == people("p01", "p03")  # who leads it is there

    less = change(session, made, agenda=(), remark="", link="", host=PersonId("p04"))
    assert (less.agenda, less.remark, less.link, less.host) == ((), "", "", "p04")
    assert less.people == people("p01", "p03", "p04")
    assert less.shown_sequence > made.shown_sequence  # calendars show it
    assert change(session, less, host=PersonId("")).host is None


@on_sqlite
def test_a_host_who_is_taken_off_leads_no_more(session: Session) -> None:
    made = acts.book(session, OPERATOR, replace(MEETING, host=PersonId("p03")), CLOCK).booking

    assert change(session, made, remove_people=people("p03")).host is None


@on_sqlite
def test_a_host_has_to_be_free(session: Session) -> None:
    book(session, a_draft(who=("p03", "p04")))

    with pytest.raises(Refused, match="person_taken p03"):
        acts.book(session, OPERATOR, replace(MEETING, host=PersonId("p03")), CLOCK)


@on_sqlite
def test_a_talk_keeps_no_agenda_and_no_remark_but_a_link(session: Session) -> None:
    draft = replace(a_draft(), agenda=AGENDA, remark="谈什么", link="https://meet.example.org/1")
    done = acts.book(session, OPERATOR, draft, CLOCK)

    assert (done.booking.agenda, done.booking.remark) == ((), "")
    assert done.booking.link == "https://meet.example.org/1"
    assert "remark_dropped" in {finding.kind for finding in done.findings.hints}


@on_sqlite
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("agenda_title", {"agenda": (AgendaItem(" "),)}),
        ("agenda_title", {"agenda": (AgendaItem("长" * 201),)}),
        ("agenda_speaker", {"agenda": (AgendaItem("讨论", speaker="长" * 201),)}),
        ("agenda_minutes", {"agenda": (AgendaItem("讨论", minutes=0),)}),
        ("agenda", {"agenda": (AgendaItem("讨论", PersonId("p99")),)}),
        ("agenda", {"agenda": (AgendaItem("讨论"),) * 51}),
        ("remark", {"remark": "长" * 501}),
        ("link", {"link": "ftp://example.org"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "https://"}),
        ("link", {"link": "https://some body@example.org"}),
        ("link", {"link": "https://[example.org"}),
        ("link", {"link": "https://example.org/" + "x" * 500}),
    ],
)
def test_what_is_wrong_names_the_field(session: Session, field: str, said: dict[str, object]) -> None:
    with pytest.raises(Malformed) as error:
        acts.book(session, OPERATOR, replace(MEETING, **said), CLOCK)  # type: ignore[arg-type]
    assert error.value.field == field


@on_sqlite
def test_an_agenda_from_lines(session: Session) -> None:
    roster = people_service.roster(session, OPERATOR, None, CLOCK)

    def speaking(name: str) -> PersonId | None:
        return meetings.speaking(name, roster)

    assert meetings.points(["传达文件/人p02/20分钟", "", "讨论／督导组", "小结//5", "总结/p03"], speaking) == (
        AgendaItem("传达文件", PersonId("p02"), minutes=20),
        AgendaItem("讨论", speaker="督导组"),
        AgendaItem("小结", minutes=5),
        AgendaItem("总结", PersonId("p03")),
    )
    with pytest.raises(Malformed, match="agenda"):
        meetings.points(["讨论//很久"], speaking)
