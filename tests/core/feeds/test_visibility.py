"""What a viewer may know of a booking."""

from dataclasses import replace

import pytest

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.feeds.visibility import SeenBooking, Shown, in_feed, see
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Booking, Kind, Mode, Part, Participant, Size
from scheduler.core.ground.ids import CampaignId, FeedId, PersonId, RoomId
from tests.builders import a_booking, a_span, a_talk, an_actor, an_as_of, at
from tests.small_organisation import REAL, bookings

TALK = a_talk(
    "T001", who=["p01", Participant(PersonId("p02"), confirmed_at=at("2014-07-02T09:00"))], room="R04", version=3
)
BUSY = SeenBooking(None, "busy", "占用", a_span(), RoomId("R04"), (), "busy", is_busy=True)


def test_another_member_sees_a_busy_room_and_nothing_else() -> None:
    assert see(TALK, an_actor("p03"), an_as_of()) == BUSY


@pytest.mark.parametrize(
    "viewer",
    [
        an_actor("p01"),
        an_actor("p02"),
        an_actor("p22", Role.ORGANIZER),
        an_actor("p01", Role.PRINCIPAL),
        an_actor("s01", Role.SUPERVISOR),
        an_actor("p12", Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p02", "p12"]),
        OPERATOR,
    ],
)
def test_the_two_and_those_who_answer_for_it_see_all(viewer: object) -> None:
    seen = see(TALK, viewer, an_as_of())  # type: ignore[arg-type]

    assert (seen.id, seen.kind, seen.title, seen.state) == ("T001", "talk", "", "awaiting_confirmation")
    assert (seen.people, seen.confirmed, seen.version) == (("p01", "p02"), ("p02",), 3)


def test_a_branch_organizer_sees_no_talk_with_somebody_of_another_branch() -> None:
    organizer = an_actor("p12", Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p12"])

    assert see(TALK, organizer, an_as_of()) == BUSY


def test_somebody_without_an_account_or_an_administrator_sees_nothing() -> None:
    assert see(TALK, an_actor(None, Role.ADMIN), an_as_of()) == BUSY


def test_a_seen_meeting_tells_its_observers_audience_and_host() -> None:
    watching = Participant(PersonId("s01"), Part.OBSERVER, is_named=False)
    meeting = a_booking(
        "E01", Kind.MEETING, who=["p01", watching], audience=("observer:g",), host=PersonId("p01"), title="总结大会"
    )

    seen = see(meeting, an_actor("s01"), an_as_of())

    assert (seen.title, seen.observers, seen.audience, seen.host) == ("总结大会", ("s01",), ("observer:g",), "p01")
    assert (seen.mode, seen.size, seen.state, seen.is_busy) == (Mode.FACE_TO_FACE, Size.ONE_TO_ONE, "held", False)


class TestFeeds:
    """What of a booking stands in a feed."""

    @staticmethod
    def shown(booking: Booking, scope: Scope, of: str, **chosen: bool) -> Shown:
        return in_feed(booking, Feed(FeedId("F1"), Owner(scope, of), FeedOptions(**chosen), REAL))  # type: ignore[arg-type]

    def test_somebody_sees_what_they_are_in(self) -> None:
        meeting, talk, *_ = bookings()

        assert self.shown(meeting, Scope.PERSON, "p27") is Shown.WHOLE
        assert self.shown(talk, Scope.PERSON, "p03") is Shown.WHOLE
        assert self.shown(talk, Scope.PERSON, "p27") is Shown.NOTHING

    def test_names_in_talks_can_be_hidden(self) -> None:
        meeting, talk, *_ = bookings()

        assert self.shown(talk, Scope.PERSON, "p03", hides_names=True) is Shown.NAMELESS
        assert self.shown(meeting, Scope.PERSON, "p03", hides_names=True) is Shown.WHOLE

    def test_a_room_is_taken_and_nothing_else(self) -> None:
        meeting, talk, *_ = bookings()

        assert [self.shown(one, Scope.ROOM, "R02") for one in (meeting, talk)] == [Shown.NOTHING, Shown.BUSY]

    def test_groups_and_campaigns_see_meetings_and_no_talk(self) -> None:
        meeting, talk, *_ = bookings()
        invited = replace(meeting, audience=("branch:B1",))
        odd = replace(talk, audience=("branch:B1",))

        assert [self.shown(one, Scope.GROUP, "B1") for one in (meeting, invited, odd)] == [
            Shown.NOTHING,
            Shown.WHOLE,
            Shown.NOTHING,
        ]
        its_own = [replace(one, campaign=CampaignId("C1")) for one in (meeting, talk)]
        assert [self.shown(one, Scope.CAMPAIGN, "C1") for one in (*its_own, meeting)] == [
            Shown.WHOLE,
            Shown.NOTHING,
            Shown.NOTHING,
        ]
