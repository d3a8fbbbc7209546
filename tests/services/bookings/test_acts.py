"""Putting bookings on the calendar: who may, what is refused, and what then stands."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Kind, Size
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import proposals
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import REAL, a_draft, a_span, an_actor, at, people
from tests.services.booked import CLOCK, MEMBER, SECRETARY, allocations, book, prepare


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


class TestBook:
    def test_booking_stands_with_its_people_and_room(self, session: Session) -> None:
        booked = bookings.book(session, OPERATOR, a_draft(room="R04"), CLOCK)

        assert booked.booking == load.booking(session, BookingId("T001"))
        assert booked.booking.people == people("p01", "p02")
        assert booked.booking.recorded_at == at("2014-07-01T08:00")
        assert booked.booking.created_at == booked.booking.revised_at == REAL
        assert allocations(session) == [("T001", "p:p01"), ("T001", "p:p02"), ("T001", "r:R04")]
        assert session.info == {journal.CHANGED: True}

    def test_ids_count_on_within_their_letter(self, session: Session) -> None:
        ids = [
            book(session, a_draft(kind, f"2014-07-0{day}T09:00"))
            for day, kind in enumerate([Kind.TALK, Kind.TALK, Kind.STUDY_SESSION, Kind.MEETING, Kind.VISIT], 1)
        ]

        assert ids == ["T001", "T002", "S01", "E01", "E02"]

    def test_several_are_put_in_one_transaction_and_none_stays_if_one_is_refused(self, session: Session) -> None:
        writing.begin(session)
        first = bookings.put(session, OPERATOR, a_draft(), CLOCK)

        assert first.booking.id == "T001"
        with pytest.raises(Refused):
            bookings.put(session, OPERATOR, a_draft(start="2014-07-01T09:30"), CLOCK)
        with pytest.raises(NotAllowed):
            bookings.put(session, MEMBER, a_draft(Kind.MEETING), CLOCK)
        session.rollback()
        assert allocations(session) == []

    def test_clash_is_refused_and_names_who_and_where(self, session: Session) -> None:
        book(session, a_draft(room="R04"))

        with pytest.raises(Refused) as refused:
            book(session, a_draft(start="2014-07-01T09:30", who=["p02", "p03"], room="R04"))

        assert [(f.kind, f.subject) for f in refused.value.blocking] == [("person_taken", "p02"), ("room_taken", "R04")]
        assert refused.value.blocking[0].details["start"] == at("2014-07-01T09:30")

    def test_touching_ends_do_not_clash(self, session: Session) -> None:
        book(session, a_draft(room="R04"))

        assert book(session, a_draft(start="2014-07-01T09:45", room="R04")) == "T002"

    def test_refusal_leaves_nothing_behind(self, session: Session) -> None:
        book(session)
        with pytest.raises(Refused):
            book(session)

        assert [b.id for b in load.bookings(session)] == ["T001"]
        assert book(session, a_draft(start="2014-07-02T09:00")) == "T002"

    def test_member_is_not_told_when_or_why(self, session: Session) -> None:
        book(session, a_draft(who=["p02", "p03"], room="R04"))

        with pytest.raises(Refused) as refused:
            proposals.book(session, MEMBER, a_draft(room="R04"), CLOCK)

        assert [(f.kind, f.subject, f.details) for f in refused.value.blocking] == [
            ("person_unavailable", "p02", {"name": "人p02", "is_private": True}),
            ("room_taken", "R04", {"name": load.rooms(session)[RoomId("R04")], "is_private": True}),
        ]

    def test_new_booking_does_not_push_another_away(self, session: Session) -> None:
        book(session)

        with pytest.raises(Refused):
            book(session, a_draft(replaces="T001"))

    def test_absence_refuses_those_named_and_warns_of_those_in_a_group(self, session: Session) -> None:
        day = a_span().start.date()
        session.add(AbsenceRow(person_id="p02", first=day, last=day, reason="出差"))
        session.commit()

        with pytest.raises(Refused) as refused:
            book(session)
        booked = bookings.book(session, OPERATOR, a_draft(Kind.MEETING, who=[], audience=["branch:B1"]), CLOCK)

        assert [(f.kind, f.subject) for f in refused.value.blocking] == [("absence", "p02")]
        assert [(f.kind, f.subject) for f in booked.findings.warnings] == [("attendee_unavailable", "p02")]
        assert booked.booking.people == people("p01", "p02", "p03")

    def test_talk_keeps_no_title(self, session: Session) -> None:
        booked = bookings.book(session, OPERATOR, a_draft(title="谈谈缺点", room="R04"), CLOCK)

        assert booked.booking.title == ""
        assert "title_dropped" in [f.kind for f in booked.findings.hints]

    def test_booking_lasts_two_weeks_at_most(self, session: Session) -> None:
        booked = bookings.book(session, OPERATOR, a_draft(Kind.MEETING, minutes=14 * 24 * 60), CLOCK).booking

        assert booked.span == Span(at("2014-07-01T09:00"), at("2014-07-15T09:00"))

    def test_title_is_cleaned(self, session: Session) -> None:
        draft = a_draft(Kind.MEETING, title=" 学\x00习\r\n会\u202e ")

        assert bookings.book(session, OPERATOR, draft, CLOCK).booking.title == "学习 会"

    def test_three_people_are_a_group_talk(self, session: Session) -> None:
        booked = bookings.book(session, OPERATOR, a_draft(who=["p01", "p02", "p03"]), CLOCK)

        assert booked.booking.size is Size.GROUP

    def test_talk_outside_the_window_is_warned_of(self, session: Session) -> None:
        booked = bookings.book(session, OPERATOR, a_draft(start="2014-08-19T09:00"), CLOCK)

        assert [f.kind for f in booked.findings.warnings] == ["outside_window"]

    @pytest.mark.parametrize(
        ("draft", "field", "kind"),
        [
            (a_draft(who=["p01"]), "people", "too_few"),
            (a_draft(who=["p01", "p01"]), "people", "too_few"),
            (a_draft(who=["p01", "p99"]), "people", "unknown"),
            (a_draft(Kind.MEETING, who=[]), "people", "missing"),
            (a_draft(room="R99"), "room", "unknown"),
            (a_draft(Kind.MEETING, audience=["branch:B9"]), "audience", "unknown"),
            (a_draft(Kind.MEETING, audience=["ext:nobody"]), "audience", "unknown"),
            (a_draft(Kind.MEETING, title="长" * 201), "title", "too_long"),
            (a_draft(minutes=14 * 24 * 60 + 1), "minutes", "out_of_range"),
            (a_draft(start="2014-07-01T09:00:30"), "start", "not_a_time"),
            (a_draft(rule_set="RS9"), "rule_set", "unknown"),
            (
                replace(a_draft(), span=Span(at("2014-07-01T09:00"), at("2014-07-01T09:00:30"))),
                "minutes",
                "not_a_number",
            ),
            (replace(a_draft(), host=PersonId("p99")), "host", "unknown"),
        ],
    )
    def test_words_that_mean_nothing_are_named(self, session: Session, draft: object, field: str, kind: str) -> None:
        with pytest.raises(Malformed) as malformed:
            book(session, draft)

        assert (malformed.value.field, malformed.value.kind) == (field, kind)

    def test_journal_says_who_and_what(self, session: Session) -> None:
        book(session, a_draft(), SECRETARY)

        line = session.scalars(select(JournalRow).where(JournalRow.noun == "booking")).one()
        assert (line.actor, line.action, line.noun, line.noun_id, line.at) == ("p01", "booked", "booking", "T001", REAL)

    def test_what_the_caller_keeps_is_in_the_same_transaction(self, session: Session) -> None:
        def fails(_: object) -> None:
            raise RuntimeError

        with pytest.raises(RuntimeError):
            bookings.book(session, OPERATOR, a_draft(), CLOCK, keep=fails)

        assert load.bookings(session) == []


class TestWhoMayBook:
    @pytest.mark.parametrize(
        ("actor", "draft"),
        [
            (an_actor("p06", Role.ORGANIZER), a_draft(Kind.MEETING, audience=["all_staff"])),
            (SECRETARY, a_draft(who=["p02", "p03"])),
            (SECRETARY, a_draft(Kind.MEETING, who=[], audience=["branch:B1"])),
            (SECRETARY, a_draft(Kind.COMMITTEE_MEETING, who=["p03"], audience=["committee:B1"])),
        ],
    )
    def test_those_who_may(self, session: Session, actor: object, draft: object) -> None:
        assert book(session, draft, actor)

    @pytest.mark.parametrize(
        ("actor", "draft"),
        [
            (MEMBER, a_draft(who=["p02", "p03"])),
            (MEMBER, a_draft(who=["p01", "p02", "p03"])),
            (MEMBER, a_draft(Kind.MEETING)),
            (MEMBER, a_draft(audience=["branch:B1"])),
            (SECRETARY, a_draft(who=["p02", "p06"])),
            (SECRETARY, a_draft(Kind.MEETING, who=[], audience=["all_staff"])),
            (SECRETARY, a_draft(Kind.MEETING, who=["p02"], audience=["branch:B2"])),
            (an_actor("p01", Role.SUPERVISOR), a_draft()),
            (an_actor(None, Role.ADMIN), a_draft()),
            (an_actor(None), a_draft()),
        ],
    )
    def test_those_who_may_not(self, session: Session, actor: object, draft: object) -> None:
        with pytest.raises(NotAllowed):
            book(session, draft, actor)
        with pytest.raises(NotAllowed):
            bookings.check(session, actor, draft, CLOCK)  # type: ignore[arg-type]

        assert load.bookings(session) == []


class TestCheck:
    def test_check_says_the_same_and_writes_nothing(self, session: Session) -> None:
        book(session)

        found = bookings.check(session, OPERATOR, a_draft(), CLOCK)

        assert [(f.kind, f.subject) for f in found.blocking] == [("person_taken", "p01"), ("person_taken", "p02")]
        assert len(load.bookings(session)) == 1

    def test_draft_that_replaces_a_booking_does_not_clash_with_it(self, session: Session) -> None:
        book(session, a_draft(room="R04"))

        found = bookings.check(session, OPERATOR, a_draft(start="2014-07-01T09:15", room="R04", replaces="T001"), CLOCK)

        assert found.blocking == ()
