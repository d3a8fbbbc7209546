"""What chat groups are told: what all their readers are in, once, and nothing of before."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span
from scheduler.outside.robots import RobotKind
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.mail import robots
from scheduler.services.mail.robots import NewRobot, Telling
from scheduler.wording import notices
from tests.builders import REAL, a_clock, an_actor, at, people
from tests.robot_server import SECRET, RobotServer, serving_robots


@pytest.fixture(scope="module")
def server() -> Iterator[RobotServer]:
    with serving_robots() as made:
        yield made


@pytest.fixture(autouse=True)
def _fresh(server: RobotServer) -> None:
    server.taken.clear()
    server.is_down = False


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def clock(minutes: int = 0) -> Clock:
    return a_clock("2014-08-01T08:00", REAL + timedelta(days=1, minutes=minutes))


def a_robot(session: Session, server: RobotServer, readers: str = "leadership_team") -> int:
    new = NewRobot(RobotKind.FEISHU, "班子群", server.address("feishu"), SECRET, readers)
    number = robots.add(session, OPERATOR, new, clock(), [server.host]).id
    robots.switch(session, OPERATOR, number, clock(), is_on=True)
    return number


def tell(session: Session, server: RobotServer, minutes: int) -> int:
    how = Telling([server.host], None, "zh", notices.several, notices.trial, lambda _: nullcontext())
    return robots.tell(session, how, clock(minutes))


def book(session: Session, *, audience: tuple[str, ...] = ("leadership_team",), title: str = "班子会") -> BookingId:
    span = Span(at("2014-09-03T14:30"), at("2014-09-03T15:30"))
    return bookings.book(session, OPERATOR, Draft(Kind.MEETING, span, (), audience, title=title), clock(1)).booking.id


def test_a_group_is_told_once_of_what_is_new_moved_and_cancelled(session: Session, server: RobotServer) -> None:
    a_robot(session, server)
    meeting = book(session)

    assert [tell(session, server, 2), tell(session, server, 3)] == [1, 0]
    bookings.change(session, OPERATOR, meeting, BookingChange(start=at("2014-09-04T14:30")), clock(4))
    assert tell(session, server, 5) == 1
    bookings.cancel(session, OPERATOR, meeting, clock(6))
    assert [tell(session, server, 7), tell(session, server, 8)] == [1, 0]

    assert server.taken == [
        ("feishu", "【通知】班子会\n时间：9月3日 周三 14:30–15:30"),
        ("feishu", "【改期】班子会\n时间：9月4日 周四 14:30–15:30（原定 9月3日 周三 14:30–15:30）"),
        ("feishu", "【取消】班子会\n原定时间：9月4日 周四 14:30–15:30"),
    ]


@on_sqlite
def test_what_not_all_readers_are_in_and_any_talk_is_told_to_no_group(session: Session, server: RobotServer) -> None:
    a_robot(session, server, "all_staff")
    book(session)
    talk = Draft(Kind.TALK, Span(at("2014-09-05T09:00"), at("2014-09-05T09:45")), people("p02", "p09"))
    bookings.book(session, OPERATOR, talk, clock(1))

    assert tell(session, server, 2) == 0
    assert server.taken == []


@on_sqlite
def test_what_was_there_before_and_what_comes_while_it_is_off_is_not_told(
    session: Session, server: RobotServer
) -> None:
    number = a_robot(session, server)
    robots.switch(session, OPERATOR, number, clock(), is_on=False)
    meeting = book(session)
    assert tell(session, server, 2) == 0

    robots.switch(session, OPERATOR, number, clock(3), is_on=True)
    assert tell(session, server, 4) == 0
    bookings.change(session, OPERATOR, meeting, BookingChange(start=at("2014-09-04T14:30")), clock(5))
    assert tell(session, server, 6) == 1


@on_sqlite
def test_a_robot_that_cannot_be_reached_is_tried_again_later(session: Session, server: RobotServer) -> None:
    a_robot(session, server)
    book(session)
    server.is_down = True
    assert [tell(session, server, 2), tell(session, server, 2)] == [0, 0]
    assert [robot.why for robot in robots.listing(session, OPERATOR, clock())] == ["unfetchable"]

    server.is_down = False
    assert tell(session, server, 4) == 1
    assert [robot.why for robot in robots.listing(session, OPERATOR, clock())] == [""]


@on_sqlite
def test_a_trial_says_only_that(session: Session, server: RobotServer) -> None:
    number = a_robot(session, server)
    robots.switch(session, OPERATOR, number, clock(), is_on=False)
    robots.try_out(session, OPERATOR, number, clock())

    assert [tell(session, server, 1), tell(session, server, 2)] == [1, 0]
    assert server.taken == [("feishu", notices.trial())]
    robots.remove(session, OPERATOR, number, clock())
    with pytest.raises(NotFound):
        robots.try_out(session, OPERATOR, number, clock())


@on_sqlite
@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewRobot(RobotKind.WECOM, "", "https://qyapi.weixin.qq.com/x", "", "all_staff"), "name"),
        (NewRobot(RobotKind.WECOM, "群", "http://qyapi.weixin.qq.com/x", "", "all_staff"), "address"),
        (NewRobot(RobotKind.WECOM, "群", "ftp:x", "", "all_staff"), "address"),
        (NewRobot(RobotKind.WECOM, "群", "https://qyapi.weixin.qq.com/x", "", "nobody"), "readers"),
        (NewRobot(RobotKind.WECOM, "群", "https://qyapi.weixin.qq.com/x", "s" * 300, "all_staff"), "secret"),
    ],
)
def test_what_cannot_be_a_robot_names_its_field(session: Session, new: NewRobot, field: str) -> None:
    with pytest.raises(Malformed) as error:
        robots.add(session, OPERATOR, new, clock(), [])

    assert error.value.field == field


@on_sqlite
def test_robots_are_for_those_who_arrange(session: Session) -> None:
    for role in (Role.MEMBER, Role.ADMIN, Role.PRINCIPAL):
        with pytest.raises(NotAllowed):
            robots.listing(session, an_actor("p01", role), clock())
