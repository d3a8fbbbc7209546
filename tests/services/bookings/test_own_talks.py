"""One's own talks, and saying that one will be there."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.bookings.own_talks import Step
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import answers, own_talks
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.feeds import changes as feed_changes
from tests.builders import an_actor, at
from tests.small_organisation import CLOCK, later

WEN, TALK = an_actor("p03", Role.MEMBER), BookingId("T002")


def told(session: Session, clock: Clock = CLOCK) -> list[tuple[set[Step], bool]]:
    found = [one for one in own_talks.pressing(session, WEN, clock) if one.talk.id == TALK]
    return [(set(one.steps), one.comes) for one in found]


def test_saying_that_one_comes_is_kept_until_the_talk_changes(organisation: Session) -> None:
    assert told(organisation) == [({Step.COME, Step.PROPOSE}, False)]

    own_talks.come(organisation, WEN, TALK, CLOCK)

    assert told(organisation) == [({Step.PROPOSE}, True)]
    assert answers.of(organisation, OPERATOR, TALK) == {"p03": "accepted"}
    moved = BookingChange(start=at("2014-08-06T15:00"))
    bookings.change(organisation, OPERATOR, TALK, moved, later(60))
    assert told(organisation) == [({Step.COME, Step.PROPOSE}, False)]
    assert answers.of(organisation, OPERATOR, TALK) == {}


def test_saying_that_one_comes_outlives_a_name_that_is_corrected(organisation: Session) -> None:
    own_talks.come(organisation, WEN, TALK, CLOCK)

    feed_changes.organisation_changed(organisation, later(60), people=[PersonId("p01")])
    organisation.commit()

    assert told(organisation) == [({Step.PROPOSE}, True)]
    assert answers.of(organisation, OPERATOR, TALK) == {"p03": "accepted"}


def test_once_it_has_begun_it_waits_to_be_confirmed(organisation: Session) -> None:
    after = Clock(at("2014-08-06T09:30"), CLOCK.real)

    assert told(organisation, after) == [({Step.HELD}, False)]
    with pytest.raises(Refused) as refused:
        own_talks.come(organisation, WEN, TALK, after)
    assert [(f.kind, f.subject) for f in refused.value.blocking] == [("swap_over", TALK)]


def test_what_nobody_confirmed_for_three_months_presses_no_more(organisation: Session) -> None:
    assert told(organisation, Clock(at("2014-11-06T12:00"), CLOCK.real)) == [({Step.HELD}, False)]
    assert told(organisation, Clock(at("2014-11-07T12:00"), CLOCK.real)) == []


def test_nobody_comes_to_talks_of_others_and_to_meetings_one_just_goes(organisation: Session) -> None:
    for actor in (an_actor("p02", Role.MEMBER), an_actor("s01", Role.SUPERVISOR)):
        with pytest.raises(NotFound) as unknown:
            own_talks.come(organisation, actor, TALK, CLOCK)
        assert (unknown.value.noun, unknown.value.name) == ("booking", TALK)
    with pytest.raises(Malformed) as no:
        own_talks.come(organisation, WEN, BookingId("E01"), CLOCK)
    assert (no.value.kind, no.value.field, no.value.details) == ("not_a_talk", "id", {"value": "E01"})
    with pytest.raises(NotAllowed):
        own_talks.come(organisation, OPERATOR, TALK, CLOCK)
