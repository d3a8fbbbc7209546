"""Moving, cancelling, confirming and linking bookings: who may, and what comes of it."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Action, Role
from scheduler.core.ground.bookings import Kind, Part, Participant, Size, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.campaigns import programme
from scheduler.services.rules import sets as rules
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import REAL, a_clock, a_draft, a_span, an_actor, an_as_of, at, people
from tests.services.booked import CLOCK, MEMBER, allocations, book, prepare

AFTER = a_clock("2014-07-01T10:00")
"""When the usual talk is over."""


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


class TestChange:
    def test_move_takes_the_new_time_and_frees_the_old(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))

        moved = bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-02T14:00")), CLOCK).booking

        assert moved.span == a_span("2014-07-02T14:00")
        assert (moved.version, moved.sequence) == (2, 1)
        assert moved == load.booking(session, name)
        assert book(session, a_draft(room="R04")) == "T002"
        with pytest.raises(Refused):
            book(session, a_draft(start="2014-07-02T14:00"))

    def test_move_onto_itself_is_no_clash(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))

        moved = bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-01T09:15")), CLOCK).booking

        assert moved.span == a_span("2014-07-01T09:15")

    def test_move_onto_another_is_refused_and_all_stays(self, session: Session) -> None:
        book(session, a_draft(start="2014-07-02T09:00"))
        name = book(session)

        with pytest.raises(Refused):
            bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-02T09:00")), CLOCK)

        assert load.booking(session, name).span == a_span("2014-07-01T09:00")
        assert allocations(session)[:2] == [("T001", "p:p01"), ("T002", "p:p01")]

    def test_dry_run_says_what_would_be_and_changes_nothing(self, session: Session) -> None:
        book(session, a_draft(start="2014-07-02T09:00"))
        name = book(session)

        would = bookings.change(
            session, OPERATOR, name, BookingChange(start=at("2014-07-02T09:00")), CLOCK, dry_run=True
        )

        assert [f.subject for f in would.findings.blocking] == ["p01", "p02"]
        assert would.booking.span == a_span("2014-07-02T09:00")
        assert load.booking(session, name).version == 1

    def test_people_come_and_go(self, session: Session) -> None:
        name = book(session)

        grown = bookings.change(session, OPERATOR, name, BookingChange(add_people=people("p03")), CLOCK).booking
        assert (grown.people, grown.size) == (people("p01", "p02", "p03"), Size.GROUP)

        shrunk = bookings.change(session, OPERATOR, name, BookingChange(remove_people=people("p01")), CLOCK).booking
        assert (shrunk.people, shrunk.size) == (people("p02", "p03"), Size.ONE_TO_ONE)
        assert allocations(session) == [("T001", "p:p02"), ("T001", "p:p03")]

    def test_group_talk_of_two_stays_one_when_it_moves(self, session: Session) -> None:
        name = book(session, a_draft(size=Size.GROUP))

        moved = bookings.change(session, OPERATOR, name, BookingChange(minutes=30), CLOCK).booking

        assert (moved.people, moved.size) == (people("p01", "p02"), Size.GROUP)

    def test_room_can_be_changed_and_given_up(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))

        assert bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("R05")), CLOCK).booking.room == "R05"
        assert bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("")), CLOCK).booking.room is None
        assert allocations(session) == [("T001", "p:p01"), ("T001", "p:p02")]

    def test_audience_is_resolved_on_the_new_day(self, session: Session) -> None:
        name = book(session, a_draft(Kind.MEETING, who=["p06"], audience=["branch:B1"]))

        moved = bookings.change(
            session, OPERATOR, name, BookingChange(start=at("2014-07-03T09:00"), title="会"), CLOCK
        ).booking

        assert moved.participants == (
            Participant(PersonId("p06")),
            *(Participant(p, Part.ATTENDEE, is_named=False) for p in people("p01", "p02", "p03")),
        )

    def test_stale_version_is_outdated(self, session: Session) -> None:
        name = book(session)
        bookings.change(session, OPERATOR, name, BookingChange(minutes=30, version=1), CLOCK)

        with pytest.raises(Outdated):
            bookings.change(session, OPERATOR, name, BookingChange(minutes=60, version=1), CLOCK)
        with pytest.raises(Outdated):
            bookings.cancel(session, OPERATOR, name, CLOCK, version=1)

    def test_change_that_changes_nothing_raises_no_counter(self, session: Session) -> None:
        name = book(session)

        same = bookings.change(session, OPERATOR, name, BookingChange(minutes=45), CLOCK).booking

        assert (same.version, same.sequence, same.revised_at) == (1, 0, REAL)

    def test_cancelled_one_cannot_be_moved(self, session: Session) -> None:
        name = book(session)
        bookings.cancel(session, OPERATOR, name, CLOCK)

        with pytest.raises(Malformed) as malformed:
            bookings.change(session, OPERATOR, name, BookingChange(minutes=30), CLOCK)

        assert malformed.value.kind == "already_cancelled"

    def test_somebody_who_was_not_named_cannot_be_taken_off(self, session: Session) -> None:
        name = book(session, a_draft(Kind.MEETING, who=["p06"], audience=["branch:B1"]))

        with pytest.raises(Malformed) as malformed:
            bookings.change(session, OPERATOR, name, BookingChange(remove_people=people("p02")), CLOCK)

        assert (malformed.value.kind, malformed.value.field) == ("not_named", "remove_people")

    def test_absence_that_was_accepted_does_not_forbid_a_new_room(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))
        day = a_span().start.date()
        session.add(AbsenceRow(person_id="p02", first=day, last=day))
        session.commit()

        assert bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("R05")), CLOCK).booking.room == "R05"
        with pytest.raises(Refused):
            bookings.change(session, OPERATOR, name, BookingChange(minutes=60), CLOCK)

    def test_member_moves_an_own_talk_and_adds_nobody(self, session: Session) -> None:
        name = book(session)

        assert bookings.change(session, MEMBER, name, BookingChange(minutes=30), CLOCK).booking.version == 2
        with pytest.raises(NotAllowed):
            bookings.change(session, MEMBER, name, BookingChange(add_people=people("p03")), CLOCK)

    def test_member_knows_nothing_of_the_talk_of_others(self, session: Session) -> None:
        name = book(session)

        for verb in (
            lambda: bookings.change(session, an_actor("p05"), name, BookingChange(minutes=30), CLOCK),
            lambda: bookings.cancel(session, an_actor("p05"), name, CLOCK),
            lambda: bookings.confirm(session, an_actor("p05"), name, CLOCK),
            lambda: bookings.seen_booking(session, an_actor("p05"), name, CLOCK),
        ):
            with pytest.raises(NotFound):
                verb()

    def test_supervisor_sees_and_changes_nothing(self, session: Session) -> None:
        name = book(session)
        supervisor = an_actor("p06", Role.SUPERVISOR)

        assert bookings.seen_booking(session, supervisor, name, CLOCK).people == people("p01", "p02")
        with pytest.raises(NotAllowed):
            bookings.change(session, supervisor, name, BookingChange(minutes=30), CLOCK)
        with pytest.raises(NotAllowed):
            bookings.confirm(session, supervisor, name, CLOCK)


class TestCancel:
    def test_cancelled_one_takes_nobody_and_stays_known(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))

        cancelled = bookings.cancel(session, OPERATOR, name, CLOCK).booking

        assert (cancelled.is_cancelled, cancelled.cancelled_at) == (True, at("2014-07-01T08:00"))
        assert (cancelled.version, cancelled.sequence) == (2, 1)
        assert cancelled.people == people("p01", "p02")
        assert allocations(session) == []
        assert book(session, a_draft(room="R04")) == "T002"

    def test_held_talk_is_cancelled_by_organizers_only(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, OPERATOR, name, AFTER)

        with pytest.raises(NotAllowed):
            bookings.cancel(session, MEMBER, name, CLOCK)
        assert bookings.cancel(session, OPERATOR, name, CLOCK).booking.is_cancelled

    def test_unknown_one_is_not_found(self, session: Session) -> None:
        with pytest.raises(NotFound):
            bookings.cancel(session, OPERATOR, BookingId("T999"), CLOCK)


class TestConfirm:
    def test_one_side_makes_it_await_the_other(self, session: Session) -> None:
        name = book(session)
        after = a_clock("2014-07-01T10:00")

        talk = bookings.confirm(session, MEMBER, name, after).booking

        assert (talk.is_held, talk.is_awaiting, talk.awaiting_since) == (False, True, at("2014-07-01T10:00"))
        assert [p.confirmed_at for p in talk.participants] == [at("2014-07-01T10:00"), None]
        assert talk.state(an_as_of("2014-07-01")) is State.AWAITING_CONFIRMATION
        assert talk.sequence == 0

    def test_both_sides_make_it_held(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, AFTER)

        talk = bookings.confirm(session, an_actor("p02"), name, AFTER).booking

        assert talk.is_held
        assert talk.state(an_as_of("2014-07-01")) is State.HELD

    def test_organizer_confirms_for_all_and_the_journal_says_so(self, session: Session) -> None:
        name = book(session)

        assert bookings.confirm(session, an_actor("p06", Role.ORGANIZER), name, AFTER).booking.is_held

        line = session.scalars(select(JournalRow).where(JournalRow.action == "confirmed")).one()
        assert (line.actor, line.noun_id, line.details) == ("p06", "T001", {"by": "all"})

    def test_organizer_notes_that_one_side_confirmed(self, session: Session) -> None:
        name = book(session)

        talk = bookings.confirm(session, OPERATOR, name, AFTER, by=PersonId("p02")).booking

        assert (talk.is_held, talk.is_awaiting) == (False, True)

    def test_nobody_confirms_before_it_has_begun(self, session: Session) -> None:
        name = book(session, a_draft(start="2014-07-01T09:00"))

        for actor, by in ((OPERATOR, None), (OPERATOR, PersonId("p02")), (MEMBER, None)):
            with pytest.raises(Refused) as refused:
                bookings.confirm(session, actor, name, a_clock("2014-07-01T08:59"), by)
            assert [(finding.kind, finding.subject) for finding in refused.value.blocking] == [("not_yet_begun", name)]
        assert not load.booking(session, name).is_awaiting
        assert bookings.confirm(session, MEMBER, name, a_clock("2014-07-01T09:00")).booking.is_awaiting

    def test_move_takes_back_what_one_side_confirmed(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, AFTER)

        talk = bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-02T09:00")), CLOCK).booking

        assert (talk.is_awaiting, talk.awaiting_since) == (False, None)
        assert [p.confirmed_at for p in talk.participants] == [None, None]

    def test_correcting_the_time_of_a_held_talk_keeps_who_confirmed_and_when(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, a_clock("2014-07-01T10:00"))
        bookings.confirm(session, an_actor("p02"), name, a_clock("2014-07-01T11:00"))

        talk = bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-01T08:30")), AFTER).booking

        assert (talk.is_held, talk.span) == (True, a_span("2014-07-01T08:30"))
        assert [p.confirmed_at for p in talk.participants] == [at("2014-07-01T10:00"), at("2014-07-01T11:00")]

    def test_second_confirmation_of_one_side_keeps_the_moment_of_the_first(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, a_clock("2014-07-01T10:00"))

        talk = bookings.confirm(session, MEMBER, name, a_clock("2014-07-02T10:00")).booking

        assert (talk.is_held, talk.awaiting_since) == (False, at("2014-07-01T10:00"))
        assert [p.confirmed_at for p in talk.participants] == [at("2014-07-01T10:00"), None]

    def test_new_room_keeps_what_one_side_confirmed(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, AFTER)

        assert bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("R04")), CLOCK).booking.is_awaiting

    def test_confirming_what_is_held_notes_who_did(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, OPERATOR, name, AFTER)

        talk = bookings.confirm(session, MEMBER, name, AFTER).booking

        assert talk.is_held
        assert [p.confirmed_at is not None for p in talk.participants] == [True, False]

    def test_nobody_confirms_for_another(self, session: Session) -> None:
        name = book(session)

        with pytest.raises(NotAllowed):
            bookings.confirm(session, MEMBER, name, AFTER, by=PersonId("p02"))
        with pytest.raises(Malformed):
            bookings.confirm(session, OPERATOR, name, AFTER, by=PersonId("p05"))

    def test_only_talks_that_stand_are_confirmed(self, session: Session) -> None:
        meeting = book(session, a_draft(Kind.MEETING, "2014-07-02T09:00"))
        talk = book(session)
        bookings.cancel(session, OPERATOR, talk, CLOCK)

        for name, kind in ((meeting, "not_a_talk"), (talk, "already_cancelled")):
            with pytest.raises(Malformed) as malformed:
                bookings.confirm(session, OPERATOR, name, AFTER)
            assert malformed.value.kind == kind


class TestUnconfirm:
    def test_somebody_takes_their_own_word_back(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, MEMBER, name, AFTER)
        bookings.confirm(session, an_actor("p02"), name, a_clock("2014-07-01T11:00"))

        talk = bookings.unconfirm(session, MEMBER, name, AFTER).booking

        assert (talk.is_held, talk.is_awaiting) == (False, True)
        assert [p.confirmed_at for p in talk.participants] == [None, at("2014-07-01T11:00")]
        assert talk == load.booking(session, name)
        line = session.scalars(select(JournalRow).where(JournalRow.action == "confirmation_taken_back")).one()
        assert (line.actor, line.noun_id, line.details) == ("p01", name, {"by": "p01"})

    def test_an_organizer_takes_all_back_or_one(self, session: Session) -> None:
        name = book(session)
        bookings.confirm(session, OPERATOR, name, AFTER)

        assert not bookings.unconfirm(session, OPERATOR, name, AFTER).booking.is_held
        bookings.confirm(session, OPERATOR, name, AFTER, by=PersonId("p02"))
        assert not bookings.unconfirm(session, OPERATOR, name, AFTER, by=PersonId("p02")).booking.is_awaiting

    def test_nobody_takes_back_for_another_nor_what_nobody_said(self, session: Session) -> None:
        name = book(session)

        with pytest.raises(NotAllowed):
            bookings.unconfirm(session, MEMBER, name, AFTER, by=PersonId("p02"))
        with pytest.raises(Malformed) as malformed:
            bookings.unconfirm(session, MEMBER, name, AFTER)
        assert malformed.value.kind == "not_confirmed"


class TestMoments:
    def test_answers_tell_moments_as_they_are_kept_in_whole_seconds(self, session: Session) -> None:
        in_between = Clock(at("2014-07-01T08:00:07.9"), REAL)
        booked = bookings.book(session, OPERATOR, a_draft(), in_between).booking
        afterwards = Clock(at("2014-07-01T10:00:08.9"), REAL)
        confirmed = bookings.confirm(session, MEMBER, booked.id, afterwards).booking
        cancelled = bookings.cancel(session, OPERATOR, booked.id, afterwards).booking

        assert booked.recorded_at == at("2014-07-01T08:00:07")
        assert confirmed.awaiting_since == cancelled.cancelled_at == at("2014-07-01T10:00:08")
        assert [p.confirmed_at for p in confirmed.participants] == [at("2014-07-01T10:00:08"), None]
        assert cancelled == load.booking(session, booked.id)


class TestLink:
    def test_unknown_rule_set_is_not_found(self, session: Session) -> None:
        name = book(session)

        with pytest.raises(NotFound):
            bookings.link(session, OPERATOR, name, RuleSetId("RS9"), CLOCK)
        with pytest.raises(NotAllowed):
            bookings.link(session, MEMBER, name, RuleSetId("RS9"), CLOCK)


class TestRefusals:
    """Who says no tells what it is about, in words that a page can make a sentence of."""

    def test_what_makes_no_sense_names_the_field_and_the_value(self, session: Session) -> None:
        rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)
        meeting, gone, talk = (
            book(session, a_draft(kind, f"2014-07-0{day}T09:00"))
            for day, kind in enumerate((Kind.MEETING, Kind.TALK, Kind.TALK), 1)
        )
        bookings.cancel(session, OPERATOR, gone, CLOCK)
        verbs: list[tuple[Callable[[], object], tuple[str, str, object]]] = [
            (lambda: bookings.confirm(session, OPERATOR, meeting, AFTER), ("not_a_talk", "id", "E01")),
            (lambda: bookings.unconfirm(session, OPERATOR, meeting, AFTER), ("not_a_talk", "id", "E01")),
            (lambda: bookings.link(session, OPERATOR, meeting, RuleSetId("RS1"), CLOCK), ("not_a_talk", "id", "E01")),
            (lambda: bookings.confirm(session, OPERATOR, gone, AFTER), ("already_cancelled", "id", "T001")),
            (lambda: bookings.cancel(session, OPERATOR, gone, CLOCK), ("already_cancelled", "id", "T001")),
            (lambda: bookings.restore(session, OPERATOR, talk, CLOCK), ("not_cancelled", "id", "T002")),
            (lambda: bookings.unconfirm(session, OPERATOR, talk, AFTER), ("not_confirmed", "id", "T002")),
            (
                lambda: bookings.confirm(session, OPERATOR, talk, AFTER, by=PersonId("p05")),
                ("not_in_talk", "by", "p05"),
            ),
            (
                lambda: bookings.change(session, OPERATOR, talk, BookingChange(remove_people=people("p05")), CLOCK),
                ("not_named", "remove_people", "p05"),
            ),
        ]
        for verb, said in verbs:
            with pytest.raises(Malformed) as no:
                verb()
            assert (no.value.kind, no.value.field, no.value.details) == (*said[:2], {"value": said[2]})

    def test_what_has_changed_or_is_not_there_is_named(self, session: Session) -> None:
        name = book(session)
        bookings.change(session, OPERATOR, name, BookingChange(minutes=30), CLOCK)
        for outdated in (
            lambda: bookings.change(session, OPERATOR, name, BookingChange(minutes=60, version=1), CLOCK),
            lambda: bookings.cancel(session, OPERATOR, name, CLOCK, version=1),
            lambda: bookings.restore(session, OPERATOR, name, CLOCK, version=1),
        ):
            with pytest.raises(Outdated) as late:
                outdated()
            assert (late.value.noun, late.value.name) == ("booking", "T001")
        with pytest.raises(NotFound) as unknown:
            bookings.link(session, OPERATOR, name, RuleSetId("RS9"), CLOCK)
        assert (unknown.value.noun, unknown.value.name) == ("rule_set", "RS9")

    def test_what_one_may_not_do_is_named(self, session: Session) -> None:
        name = book(session)
        supervisor = an_actor("p06", Role.SUPERVISOR)
        for verb, action in (
            (lambda: bookings.confirm(session, MEMBER, name, AFTER, by=PersonId("p02")), Action.CONFIRM_FOR_ALL),
            (lambda: bookings.confirm(session, supervisor, name, AFTER), Action.CONFIRM_OWN),
            (lambda: bookings.cancel(session, supervisor, name, CLOCK), Action.BOOK),
            (lambda: bookings.link(session, MEMBER, name, RuleSetId("RS1"), CLOCK), Action.BOOK),
        ):
            with pytest.raises(NotAllowed) as no:
                verb()
            assert no.value.action == action


class TestJournal:
    def test_every_deed_is_one_line(self, session: Session) -> None:
        rules.apply(session, OPERATOR, "cn.four-must-talks", None, CLOCK)
        name = book(session, a_draft(room="R04"))
        bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("R05")), CLOCK)
        bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-01T08:30")), CLOCK)
        bookings.cancel(session, OPERATOR, name, CLOCK)
        bookings.restore(session, OPERATOR, name, CLOCK)
        bookings.confirm(session, MEMBER, name, AFTER)
        bookings.unconfirm(session, MEMBER, name, AFTER)
        bookings.link(session, OPERATOR, name, RuleSetId("RS1"), CLOCK)
        bookings.link(session, OPERATOR, name, RuleSetId("RS1"), CLOCK, is_linked=False)

        rows = session.scalars(select(JournalRow).where(JournalRow.noun == "booking").order_by(JournalRow.id))
        spans = [
            "2014-07-01T01:00:00+00:00/2014-07-01T01:45:00+00:00",
            "2014-07-01T00:30:00+00:00/2014-07-01T01:15:00+00:00",
        ]
        assert [(row.action, row.noun_id, row.details) for row in rows] == [
            ("booked", "T001", {"kind": "talk"}),
            ("changed", "T001", {"version": 2, "room": ["R04", "R05"]}),
            ("moved", "T001", {"version": 3, "span": spans}),
            ("cancelled", "T001", {"version": 4}),
            ("restored", "T001", {"version": 5}),
            ("confirmed", "T001", {"by": "p01"}),
            ("confirmation_taken_back", "T001", {"by": "p01"}),
            ("linked", "T001", {"rule_set": "RS1"}),
            ("unlinked", "T001", {"rule_set": "RS1"}),
        ]

    def test_warnings_go_along_with_what_was_done(self, session: Session) -> None:
        name = book(session)

        moved = bookings.change(session, OPERATOR, name, BookingChange(start=at("2014-07-05T09:00")), CLOCK)

        assert [(f.kind, f.subject) for f in moved.findings.warnings] == [("weekend", "2014-07-05")]
        bookings.cancel(session, OPERATOR, name, CLOCK)
        back = bookings.restore(session, OPERATOR, name, CLOCK)
        assert [(f.kind, f.subject) for f in back.findings.warnings] == [("weekend", "2014-07-05")]


class TestRevisions:
    def test_everybody_concerned_gets_a_new_revision(self, session: Session) -> None:
        name = book(session, a_draft(room="R04"))
        bookings.change(session, OPERATOR, name, BookingChange(room=RoomId("R05"), add_people=people("p03")), CLOCK)

        rows = session.execute(select(CalendarRevisionRow.resource, CalendarRevisionRow.revision)).all()
        assert dict(rows) == {"p:p01": 2, "p:p02": 2, "p:p03": 1, "r:R04": 2, "r:R05": 1}  # type: ignore[arg-type]

    def test_times_rise_by_a_second_when_the_clock_stands(self, session: Session) -> None:
        name = book(session)
        for minutes in (30, 60):
            talk = bookings.change(session, OPERATOR, name, BookingChange(minutes=minutes), CLOCK).booking

        changed = session.scalars(
            select(CalendarRevisionRow.changed_at).where(CalendarRevisionRow.resource == "p:p01")
        ).one()
        assert talk.revised_at is not None
        assert (talk.revised_at - REAL).total_seconds() == 2
        assert (changed - REAL).total_seconds() == 2


class TestStatedHours:
    """A study session may state its hours, and take that back."""

    def test_stated_kept_when_moved_changed_and_taken_back(self, session: Session) -> None:
        name = book(session, a_draft(Kind.STUDY_SESSION, hours=8.0))

        changes = (BookingChange(start=at("2014-07-02T14:00")), BookingChange(hours=3.5), BookingChange(hours=0.0))
        stated = [bookings.change(session, OPERATOR, name, change, CLOCK).booking.hours for change in changes]

        assert load.booking(session, name).hours is None
        assert stated == [8, 3.5, None]

    @pytest.mark.parametrize("hours", [0.0, -1.0, 24.5, float("inf"), float("nan")])
    def test_hours_that_no_session_can_have_are_named(self, session: Session, hours: float) -> None:
        with pytest.raises(Malformed) as no:
            book(session, a_draft(Kind.STUDY_SESSION, hours=hours))

        assert (no.value.kind, no.value.field, no.value.details["most"]) == ("not_hours", "hours", 24)

    def test_what_counts_no_hours_states_none(self, session: Session) -> None:
        with pytest.raises(Malformed) as no:
            book(session, a_draft(Kind.MEETING, hours=3.0))

        assert (no.value.kind, no.value.field) == ("hours_without_study", "hours")


class TestEventsOfDays:
    """What lasts several days takes people and rooms within working time, and nothing in the nights."""

    VISIT = a_draft(Kind.VISIT, "2014-07-01T09:00", 2 * 24 * 60 + 8 * 60, room="R04", title="考察")

    @pytest.mark.parametrize("start", ["2014-07-01T18:00", "2014-07-02T12:00", "2014-07-03T07:00", "2014-07-03T17:00"])
    def test_evenings_nights_and_lunches_are_free(self, session: Session, start: str) -> None:
        book(session, self.VISIT)

        book(session, a_draft(start=start, room="R04"))

    @pytest.mark.parametrize("start", ["2014-07-01T09:00", "2014-07-02T08:30", "2014-07-03T16:30", "2014-07-02T13:00"])
    def test_working_time_is_taken(self, session: Session, start: str) -> None:
        book(session, self.VISIT)

        with pytest.raises(Refused) as no:
            book(session, a_draft(start=start, room="R04"))

        assert [finding.kind for finding in no.value.blocking] == ["person_taken", "person_taken", "room_taken"]

    def test_what_stands_in_an_evening_does_not_keep_it_away_and_what_stands_in_a_morning_does(
        self, session: Session
    ) -> None:
        book(session, a_draft(start="2014-07-01T19:00"))
        visit = book(session, self.VISIT)
        bookings.cancel(session, OPERATOR, visit, CLOCK)
        book(session, a_draft(start="2014-07-02T09:00"))

        with pytest.raises(Refused):
            bookings.restore(session, OPERATOR, visit, CLOCK)

    def test_the_database_holds_the_stretches(self, session: Session) -> None:
        name = book(session, self.VISIT)

        assert allocations(session).count((name, "r:R04")) == 6
        bookings.change(session, OPERATOR, name, BookingChange(minutes=480), CLOCK)
        assert allocations(session).count((name, "r:R04")) == 1

    def test_who_can_be_had_at_certain_hours_can_be_had_at_those_of_several_days(self, session: Session) -> None:
        hours = {"only_weekdays": list(range(7)), "only_from": "08:30", "only_to": "17:30"}
        session.add(AbsenceRow(person_id="p01", first=date(2014, 7, 1), last=date(2014, 7, 31), reason="", **hours))
        session.commit()

        book(session, self.VISIT)

    def test_other_hours_of_work_take_other_stretches_but_never_what_others_hold(self, session: Session) -> None:
        visit = book(session, self.VISIT)
        evening = book(session, a_draft(start="2014-07-02T19:00", room="R04"))

        programme.edit_working_time(session, OPERATOR, ((time(9), time(21)),), None, 7, CLOCK)

        taken = load.taken_spans(session, ["r:R04"], a_span("2014-07-02T00:00", 24 * 60))["r:R04"]
        assert taken == [
            a_span("2014-07-02T09:00", 600), a_span("2014-07-02T19:00", 45), a_span("2014-07-02T19:45", 75),
        ]  # fmt: skip
        assert {name for name, _ in allocations(session)} == {visit, evening}
