"""Robots of chat groups: what each platform asks for, against a server that checks it."""

from collections.abc import Iterator

import pytest

from scheduler.outside import robots
from scheduler.outside.errors import Unfetchable
from scheduler.outside.robots import RobotKind
from tests.builders import REAL
from tests.robot_server import SECRET, RobotServer, serving_robots


@pytest.fixture(scope="module")
def server() -> Iterator[RobotServer]:
    with serving_robots() as made:
        yield made


@pytest.mark.parametrize("kind", list(RobotKind))
def test_each_platform_takes_a_text_that_is_signed_as_it_documents(server: RobotServer, kind: RobotKind) -> None:
    robots.send(kind, server.address(kind.value), SECRET, "会议改期", REAL, [server.host])

    assert server.taken[-1] == (kind.value, "会议改期")


@pytest.mark.parametrize("kind", [RobotKind.DINGTALK, RobotKind.FEISHU])
@pytest.mark.parametrize("secret", ["another", ""])
def test_a_wrong_secret_is_told_as_a_refusal(server: RobotServer, kind: RobotKind, secret: str) -> None:
    with pytest.raises(Unfetchable) as error:
        robots.send(kind, server.address(kind.value), secret, "会议改期", REAL, [server.host])

    assert error.value.kind == "refused"


def test_robots_are_reached_by_the_guarded_fetch_only(server: RobotServer) -> None:
    with pytest.raises(Unfetchable):
        robots.send(RobotKind.WECOM, server.address("wecom"), "", "会议改期", REAL)


def test_a_long_text_is_cut_at_a_line() -> None:
    text = robots.shortened("\n".join("会议" * 20 for _ in range(40)))

    assert len(text.encode()) <= robots.MAX_OCTETS + 10
    assert set(text.splitlines()) == {"会议" * 20, "……"}
    assert robots.shortened("短") == "短"
