import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Room
from scheduler.services.organisation import rooms
from tests.builders import a_clock, a_room

CLOCK = a_clock()
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))


def test_rooms_are_seen_by_everybody_who_signs_in(sample_session: Session) -> None:
    assert [room.id for room in rooms.rooms(sample_session, MEMBER, CLOCK)] == [f"R0{n}" for n in range(1, 8)]
    with pytest.raises(NotAllowed):
        rooms.rooms(sample_session, NOBODY, CLOCK)


def test_a_new_room_gets_the_next_id(sample_session: Session) -> None:
    added = rooms.add_room(sample_session, OPERATOR, Room("", "新会议室", capacity=8), CLOCK)

    assert added == Room("R08", "新会议室", "", 8, "all")
    assert rooms.rooms(sample_session, OPERATOR, CLOCK)[-1] == added


def test_a_room_is_edited(sample_session: Session) -> None:
    rooms.edit_room(sample_session, OPERATOR, Room("R04", "谈话室", "Talks", 3, "meeting"), CLOCK)

    assert Room("R04", "谈话室", "Talks", 3, "meeting") in rooms.rooms(sample_session, OPERATOR, CLOCK)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        rooms.edit_room(session, OPERATOR, a_room("R99"), CLOCK)
    for odd in (Room("", " "), Room("", "甲", use="party"), Room("", "甲", capacity=-1), Room("EXT", "甲")):
        with pytest.raises(Malformed):
            rooms.add_room(session, OPERATOR, odd, CLOCK)
    with pytest.raises(NotAllowed):
        rooms.add_room(session, MEMBER, a_room(), CLOCK)
