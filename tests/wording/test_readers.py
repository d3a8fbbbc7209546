from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import Room
from scheduler.wording import readers
from scheduler.wording.readers import Reader
from tests.builders import a_person, a_roster

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_PAST_ONE = datetime(2014, 8, 14, 5, 30, 59, tzinfo=UTC)


def test_a_moment_is_the_clock_on_the_wall() -> None:
    assert Reader("zh", SHANGHAI).local(HALF_PAST_ONE) == "2014-08-14T13:30"


def test_without_a_clock_nobody_is_told_a_moment() -> None:
    with pytest.raises(ValueError, match="clock"):
        Reader("zh").local(HALF_PAST_ONE)


def test_people_and_rooms_are_called_by_their_names() -> None:
    rooms = {RoomId("R04"): Room("R04", "谈话室", "Talk room"), RoomId("R05"): Room("R05", "小会议室")}
    roster = a_roster(a_person("p02", "陈国梁"), on=date(2014, 8, 1).isoformat())

    chinese, english = (readers.names(roster, rooms, lang) for lang in ("zh", "en"))

    assert [chinese(some_id) for some_id in ("p02", "R04", "p99")] == ["陈国梁", "谈话室", "p99"]
    assert [english(some_id) for some_id in ("R04", "R05")] == ["Talk room", "小会议室"]
    assert Reader("en").naming(roster, rooms).name_of("R04") == "Talk room"
