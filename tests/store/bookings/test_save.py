"""Bookings, written and read back; their counters; what of them is found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import OFF_SITE, Booking, Kind, Mode, Part, Participant, Size
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.core.sessions.study import Attendance, Attended
from scheduler.store import load, save, upserts
from scheduler.store.bookings import load as load_bookings
from scheduler.store.bookings.rows import AllocationRow
from scheduler.store.counters import CounterRow
from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.rules.rows import RuleSetRow
from tests.builders import REAL, a_booking, a_clock, a_span, a_talk, at, people
from tests.seeds import an_organisation

CLOCK = a_clock()


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session, people=90)
    session.add(RuleSetRow(id="RS1", preset="cn.four-must-talks", document={}, applied_at=REAL))
    session.add(RuleSetRow(id="RS2", preset="cn.branch", document={}, applied_at=REAL))
    session.commit()
    return session


def later(seconds: int) -> object:
    return a_clock(real=REAL + timedelta(seconds=seconds))


FULL = a_booking(
    "E01",
    Kind.DEMOCRATIC_LIFE_MEETING,
    who=[
        "p03",
        Participant(PersonId("p01"), is_named=False),
        Participant(PersonId("p02"), Part.OBSERVER, is_named=False),
    ],
    room="R02",
    title="民主生活会",
    audience=("leadership_team", "observer:supervision_group"),
    host=PersonId("p01"),
    mode=Mode.VIDEO,
    uid="0d6f6a52-8a4f-4b83-9d35-40ab9a0fb6a5",
    recorded_at=at("2014-06-01T10:00"),
)
TALK = a_talk(
    "T001",
    "2014-07-02T09:00",
    who=[Participant(PersonId("p02"), confirmed_at=at("2014-07-02T10:00")), "p01"],
    rule_set=RuleSetId("RS1"),
    linked=(RuleSetId("RS2"),),
    is_awaiting=True,
    awaiting_since=at("2014-07-02T10:00"),
)
CANCELLED = a_talk(
    "T002", "2014-07-03T09:00", size=Size.GROUP, is_cancelled=True, cancelled_at=at("2014-07-01T10:00"), is_held=True
)
OUTSIDE = a_booking("E02", Kind.VISIT, "2014-07-04T09:00", who=["p01"], room=OFF_SITE)


@pytest.mark.parametrize("booking", [FULL, TALK, CANCELLED, OUTSIDE], ids=lambda booking: booking.id)
def test_booking_comes_back_as_it_was_written(session: Session, booking: Booking) -> None:
    saved = save.booking(session, booking, CLOCK)
    session.commit()

    loaded = load.booking(session, booking.id)

    assert loaded == saved
    assert loaded == replace(
        booking, uid=loaded.uid, created_at=REAL, revised_at=REAL, shown_revised_at=REAL, busy_revised_at=REAL
    )
    assert len(loaded.uid) == 36


class TestCounters:
    def test_visible_change_raises_version_and_sequence(self, session: Session) -> None:
        talk = save.booking(session, TALK, CLOCK)

        for changed in (
            replace(talk, span=a_span("2014-07-02T10:00")),
            replace(talk, room=RoomId("R04")),
            replace(talk, is_cancelled=True, cancelled_at=REAL),
            replace(talk, participants=(*talk.participants, Participant(PersonId("p05")))),
        ):
            before = load.booking(session, talk.id)
            after = save.booking(session, changed, CLOCK)
            assert (after.version, after.sequence) == (before.version + 1, before.sequence + 1)
            assert after == load.booking(session, talk.id)

    def test_confirming_raises_the_version_alone(self, session: Session) -> None:
        talk = save.booking(session, TALK, CLOCK)

        held = save.booking(session, replace(talk, is_held=True), CLOCK)

        assert (held.version, held.sequence) == (2, 0)

    def test_writing_the_same_again_changes_nothing(self, session: Session) -> None:
        talk = save.booking(session, TALK, CLOCK)

        assert save.booking(session, TALK, later(60)) == talk  # type: ignore[arg-type]
        assert revisions(session)["p:p01"] == (1, 0)

    def test_revision_times_follow_the_clock_and_never_stand_still(self, session: Session) -> None:
        talk = save.booking(session, TALK, CLOCK)
        one = save.booking(session, replace(talk, room=RoomId("R04")), CLOCK)
        two = save.booking(session, replace(talk, room=RoomId("R05")), a_clock(real=REAL - timedelta(days=1)))
        three = save.booking(session, replace(talk, room=None), later(60))  # type: ignore[arg-type]

        assert [b.revised_at for b in (talk, one, two, three)] == [
            REAL + timedelta(seconds=seconds) for seconds in (0, 1, 2, 60)
        ]
        assert revisions(session) == {"p:p01": (4, 60), "p:p02": (4, 60), "r:R04": (2, 1), "r:R05": (2, 60)}


def revisions(session: Session) -> dict[str, tuple[int, int]]:
    """Each calendar's revision, and how many seconds after REAL it changed last."""
    row = CalendarRevisionRow
    found = session.execute(select(row.resource, row.revision, row.changed_at))
    return {name: (number, int((changed - REAL).total_seconds())) for name, number, changed in found}


class TestAllocations:
    def test_everybody_and_the_room_are_taken(self, session: Session) -> None:
        save.booking(session, FULL, CLOCK)

        row = AllocationRow
        found = session.execute(select(row.resource, row.starts_at, row.ends_at).order_by(row.resource)).all()
        start = int(at("2014-07-01T09:00").timestamp())
        assert [tuple(r) for r in found] == [
            (name, start, start + 45 * 60) for name in ("p:p01", "p:p02", "p:p03", "r:R02")
        ]

    def test_off_site_takes_no_room(self, session: Session) -> None:
        save.booking(session, OUTSIDE, CLOCK)
        save.booking(session, replace(OUTSIDE, id=BookingId("E03"), participants=()), CLOCK)

        assert session.scalars(select(AllocationRow.resource)).all() == ["p:p01"]

    def test_two_bookings_may_change_places_at_once(self, session: Session) -> None:
        one, two = save.bookings(
            session, [a_talk("T001", "2014-07-01T09:00"), a_talk("T002", "2014-07-01T10:00")], CLOCK
        )

        save.bookings(session, [replace(one, span=two.span), replace(two, span=one.span)], CLOCK)

        assert [b.id for b in load.bookings(session)] == ["T002", "T001"]

    def test_double_booking_is_refused_by_the_database(self, session: Session) -> None:
        with pytest.raises(IntegrityError, match="allocation_never_twice"):
            save.bookings(session, [a_talk("T001"), a_talk("T002", "2014-07-01T09:30")], CLOCK)

    def test_cancelled_one_takes_nothing(self, session: Session) -> None:
        save.bookings(session, [a_talk("T001"), a_talk("T002", is_cancelled=True)], CLOCK)

        assert session.scalars(select(AllocationRow.booking_id).distinct()).all() == ["T001"]


class TestStatements:
    """How many are sent does not depend on how many people there are, nor on how many bookings."""

    @pytest.fixture
    def sent(self, engine: Engine) -> list[str]:
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
        return statements

    def test_saving(self, session: Session, sent: list[str]) -> None:
        counts = []
        load.rooms(session)  # begins the transaction
        for number, size in ((1, 2), (2, 80)):
            sent.clear()
            who = [f"p{n:02d}" for n in range(1, size + 1)]
            save.booking(
                session, a_booking(f"E0{number}", start=f"2014-07-0{number}T09:00", who=who, room="R02"), CLOCK
            )
            counts.append(len(sent))

        assert counts == [6, 6]

    def test_loading(self, session: Session, sent: list[str]) -> None:
        counts = []
        for number in range(1, 4):
            save.booking(session, a_talk(f"T00{number}", f"2014-07-0{number}T09:00"), CLOCK)
            sent.clear()
            assert len(load.bookings(session)) == number
            counts.append(len(sent))

        assert counts == [3, 3, 3]


class TestFound:
    @pytest.fixture
    def session(self, session: Session) -> Session:
        save.bookings(session, [FULL, TALK, CANCELLED, OUTSIDE], CLOCK)
        session.commit()
        return session

    def ids(self, found: list[Booking]) -> list[str]:
        return [b.id for b in found]

    def test_all_by_start(self, session: Session) -> None:
        assert self.ids(load.bookings(session)) == ["E01", "T001", "T002", "E02"]

    def test_by_person(self, session: Session) -> None:
        assert self.ids(load.bookings(session, people=people("p03"))) == ["E01"]

    def test_by_room(self, session: Session) -> None:
        assert self.ids(load.bookings(session, room=RoomId("R02"))) == ["E01"]
        assert self.ids(load.bookings(session, room=OFF_SITE)) == ["E02"]

    def test_by_kind(self, session: Session) -> None:
        assert self.ids(load.bookings(session, kinds=[Kind.VISIT, Kind.MEETING])) == ["E02"]
        assert self.ids(load.talks(session)) == ["T001", "T002"]

    @pytest.mark.parametrize(
        ("start", "minutes", "expected"),
        [
            ("2014-07-01T09:30", 10, ["E01"]),
            ("2014-07-01T09:45", 60, []),
            ("2014-07-01T08:00", 60, []),
            ("2014-07-01T08:00", 3 * 24 * 60, ["E01", "T001", "T002"]),
        ],
    )
    def test_by_time(self, session: Session, start: str, minutes: int, expected: list[str]) -> None:
        assert self.ids(load.bookings(session, span=a_span(start, minutes))) == expected

    def test_long_ones_are_found_at_their_last_moment(self, session: Session) -> None:
        long = a_booking("E03", start="2014-07-05T09:00", minutes=14 * 24 * 60, who=["p09"])
        save.booking(session, long, CLOCK)
        last = a_span("2014-07-19T08:59", 1)

        assert self.ids(load.bookings(session, span=last)) == ["E03"]
        assert self.ids(load.taken(session, people("p09"), None, last)) == ["E03"]
        assert load.taken_spans(session, ["p:p09", "r:R02"], last) == {
            "p:p09": [a_span("2014-07-19T08:30", 30)],
            "r:R02": [],
        }

    def test_taken_names_standing_ones_of_these_people_and_this_room(self, session: Session) -> None:
        week = a_span("2014-07-01T00:00", 7 * 24 * 60)

        assert self.ids(load.taken(session, people("p01"), None, week)) == ["E01", "T001", "E02"]
        assert self.ids(load.talks_among(session, people("p01"), week, 1)) == ["T001"]
        assert self.ids(load.talks_among(session, people("p01", "p02"), week, 2)) == ["T001"]
        assert self.ids(load.talks_among(session, people("p01", "p03"), week, 2)) == []
        assert self.ids(load.taken(session, (), RoomId("R02"), week)) == ["E01"]
        assert load.taken(session, (), OFF_SITE, week) == []

    def test_more_ids_than_fit_into_one_statement_are_found_in_order(
        self, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upserts, "MANY", 2)
        monkeypatch.setattr(load_bookings, "MANY", 2)

        found = load.bookings(session, ids=[BookingId(name) for name in ("E02", "T001", "T999", "E01", "T002")])

        assert self.ids(found) == ["E01", "T001", "T002", "E02"]

    def test_unknown_one_is_not_found(self, session: Session) -> None:
        with pytest.raises(NotFound):
            load.booking(session, BookingId("T999"))


class TestIds:
    @pytest.mark.parametrize(
        ("prefix", "ids"),
        [
            ("T", ["T001", "T002"]),
            ("E", ["E01", "E02"]),
            ("p", ["p01", "p02"]),
            ("RS", ["RS1", "RS2"]),
            ("F", ["F1", "F2"]),
        ],
    )
    def test_ids_count_on(self, session: Session, prefix: str, ids: list[str]) -> None:
        assert [save.next_id(session, prefix) for _ in range(2)] == ids

    def test_new_ids_follow_the_highest_that_came_in(self, session: Session) -> None:
        save.ids_given(session, ["T050", "T007", "S26", "E14", "p96", "s04", "odd"])
        save.ids_given(session, ["T003"])

        assert save.next_booking_id(session, Kind.TALK) == "T051"
        assert save.next_booking_id(session, Kind.STUDY_SESSION) == "S27"
        assert save.next_booking_id(session, Kind.MEETING) == "E15"
        assert save.next_id(session, "p") == "p97"
        assert sorted(session.scalars(select(CounterRow.prefix))) == ["E", "S", "T", "p", "s"]

    def test_no_ids_are_no_counters(self, session: Session) -> None:
        save.ids_given(session, ["odd"])

        assert session.scalars(select(CounterRow.prefix)).all() == []


def test_attendance_is_replaced_per_person(session: Session) -> None:
    save.booking(session, a_booking("S01", Kind.STUDY_SESSION), CLOCK)
    study = BookingId("S01")
    save.attendance(session, [Attendance(study, p, Attended.ABSENT) for p in people("p01", "p02")], CLOCK)
    made_up = Attendance(study, PersonId("p02"), Attended.MADE_UP, date(2014, 8, 11))

    save.attendance(session, [made_up], CLOCK)

    assert load.attendance(session) == [Attendance(study, PersonId("p01"), Attended.ABSENT), made_up]
    assert load.attendance(session, BookingId("S02")) == []
