"""feeds issue, list, rotate, revoke."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, Group, option
from scheduler.core.ids import FeedId, RoomId
from scheduler.services import feeds as service
from scheduler.services.feeds import Feed


@click.group("feeds", cls=Group, help="订阅日历 | Calendar feeds")
def feeds() -> None:
    """Secret addresses of calendars, each shown once."""


@feeds.command(
    "issue",
    cls=Command,
    help="为某人或某场地新开一个订阅，地址只显示这一次 | A new feed of a person or a room; its address is shown this once",
)
@option("--person", default=None, help="某人的日程 | Of a person")
@option("--room", default=None, help="某场地的占用 | Of a room: when it is taken")
@click.pass_obj
def issue(call: Call, person: str | None, room: str | None) -> None:
    """Issue a feed."""
    if (person is None) == (room is None):
        raise Misused(call.say("--person 与 --room 须且只能写一个。", "Give either --person or --room."))
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else None
        feed, token = service.issue(
            session, actor, call.clock, person=someone, room=RoomId(room) if room else None, language=call.lang
        )
    _tell_address(call, feed, token)


@feeds.command("list", cls=Command, help="全部订阅（不含地址） | All feeds, without their addresses")
@option("--person", default=None, help="某人的 | Of a person")
@click.pass_obj
def list_(call: Call, person: str | None) -> None:
    """All feeds, revoked ones included."""
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else None
        found = service.listing(session, actor, call.clock, person=someone)

    def lines() -> Iterator[str]:
        rows = [(feed.id, feed.person, feed.room, f"{feed.created_at:%Y-%m-%d}", _state(feed, call)) for feed in found]
        yield from printing.table(call.say("编号 人员 场地 开通 状态", "Id Person Room Issued State").split(), rows)

    call.answer([shapes.feed(feed) for feed in found], lines)


@feeds.command(
    "rotate", cls=Command, help="更换地址，旧地址立即失效 | A new address; the old one stops working at once"
)
@click.argument("feed_id", metavar="ID")
@click.pass_obj
def rotate(call: Call, feed_id: str) -> None:
    """Give a feed a new address."""
    with call.opened() as (session, actor):
        feed, token = service.rotate(session, actor, FeedId(feed_id), call.clock)
    _tell_address(call, feed, token)


@feeds.command("revoke", cls=Command, help="停用 | Stop a feed for good")
@click.argument("feed_id", metavar="ID")
@click.pass_obj
def revoke(call: Call, feed_id: str) -> None:
    """Let a feed's address stop working."""
    with call.opened() as (session, actor):
        feed = service.revoke(session, actor, FeedId(feed_id), call.clock)
    call.answer(shapes.feed(feed), lambda: [call.say(f"{feed.id} 已停用。", f"{feed.id} is revoked.")])


def _tell_address(call: Call, feed: Feed, token: str) -> None:
    """Print the address, this once."""
    address = f"{call.config.base_url}/feeds/{token}.ics"
    call.answer(
        shapes.feed(feed, address),
        lambda: [
            call.say(
                f"{feed.id} 的地址（只显示这一次，请勿转给他人）：",
                f"The address of {feed.id} (shown this once, keep it secret):",
            ),
            address,
        ],
    )


def _state(feed: Feed, call: Call) -> str:
    """Whether a feed works."""
    return call.say("已停用", "revoked") if feed.revoked_at else call.say("有效", "works")
