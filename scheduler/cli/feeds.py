"""feeds issue, list, show, reach, rotate, revoke; evidence stands in `feed_evidence`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from config import LANGUAGES
from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.ids import FeedId, PersonId
from scheduler.services.campaigns import register
from scheduler.services.feeds import addresses as service
from scheduler.services.feeds import handing_out, subscriptions
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.organisation import people as organisation_people


@click.group("feeds", cls=CommandGroup, help="订阅日历")
def feeds() -> None:
    """Secret addresses of calendars, each shown once."""


@feeds.command("issue", cls=Command, help="新开一个订阅，地址只显示这一次")
@option("--person", default=None, help="某人的日程")
@option("--room", default=None, help="某场地的占用")
@option("--group", default=None, help="某小组、支部受邀的会议（不含谈话）")
@option("--campaign", default=None, help="某次活动的全部会议（不含谈话）；与前三项之一同用时，只含这次活动的")
@option("--language", type=click.Choice(LANGUAGES), default=None, help="日历的语言")
@option("--alarm", type=int, default=None, metavar="N", help="提前 N 分钟提醒（缺省不提醒）")
@option("--hide-names", "hides_names", is_flag=True, help="隐去谈话对方姓名")
@option("--back", type=int, default=None, metavar="N", help="往前 N 天（缺省本次活动全程）")
@option("--ahead", type=int, default=None, metavar="N", help="往后 N 天（缺省全部）")
@option("--device", default="", metavar="NAME", help="给某设备开日历账户（CalDAV），密码只显示这一次")
@click.pass_obj
def issue(call: Call, /, **given: Any) -> None:
    """Issue a feed."""
    given["campaign"] = given["campaign"] or call.given.campaign or None  # which may stand anywhere
    named = {scope: given[scope.value] for scope in Scope if given[scope.value] is not None}
    limit = named.pop(Scope.CAMPAIGN) if len(named) > 1 and Scope.CAMPAIGN in named else ""
    if len(named) != 1:
        raise Misused(call.say("--person、--room、--group 须且只能写一个，或只写 --campaign。"))
    options = FeedOptions(
        given["language"] or call.lang, given["alarm"], given["hides_names"], given["back"], given["ahead"]
    )
    with call.opened() as (session, actor):
        (scope, name), *_ = named.items()
        if limit:
            options = replace(options, campaign=register.named(session, limit).id)
        owner = Owner(scope, call.person(session, name) if scope is Scope.PERSON else name)
        feed, secret = service.issue(session, actor, call.clock, owner, options, given["device"])
    _tell(call, feed, secret)


@feeds.command(
    "hand-outs", cls=Command, help="给还没有订阅页面的人各生成一个，列出地址；--again 全部再列一次，已发出的照样能用"
)
@option("--again", is_flag=True, help="已有的再列一次")
@click.pass_obj
def hand_outs(call: Call, *, again: bool) -> None:
    """Pages for everybody who has none, with their addresses; told on standard error how far it is."""
    if call.config.is_loopback:
        raise Misused(call.say("BASE_URL 只能在本机打开，发出去没有用：请先设好 BASE_URL。"))
    key, lost = call.config.signing_key, list[PersonId]()

    def progress(done: int, of: int) -> None:
        click.echo(f"{done} / {of}", err=True)

    with call.opened() as (session, actor):
        roster = organisation_people.roster(session, actor, None, call.clock)
        people = roster.in_rank_order(set(roster.people))
        if again:
            pages, lost = subscriptions.again(session, actor, call.clock, people, key)
        else:
            options = FeedOptions(call.lang)
            pages = handing_out.issue_all(session, actor, call.clock, people, options, key, progress)
    told = [
        {"person": person, "name": str(roster.name(person)), "address": f"{call.config.base_url}/subscribe/{token}"}
        for person, token in pages
    ]
    document = {"pages": told, "lost": lost}
    call.answer(
        document, lambda: printing.table(call.heads("人员 | 姓名 | 地址"), [tuple(line.values()) for line in told])
    )


@feeds.command("list", cls=Command, help="全部订阅（不含地址）")
@option("--person", default=None, help="某人的")
@click.pass_obj
def list_(call: Call, person: str | None) -> None:
    """All feeds, revoked ones included."""
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else None
        listed = service.listing(session, actor, call.clock, person=someone)
        left_out = feed_joining.left_out(session, listed)

    def lines() -> Iterator[str]:
        rows = [
            (
                feed.id,
                _kind(feed, call),
                feed.owner.id,
                f"{feed.created_at:%Y-%m-%d}",
                _state(feed, left_out[feed.id], call),
            )
            for feed in listed
        ]
        yield from printing.table(call.heads("编号 | 类别 | 所属 | 开通 | 状态"), rows)

    call.answer(lambda: shapes.feeds.FeedModel.listed(listed, left_out), lines)


@feeds.command("show", cls=Command, help="一个订阅的设置（不含地址）")
@click.argument("feed_id", metavar="ID")
@click.pass_obj
def show(call: Call, feed_id: str) -> None:
    """Show a feed."""
    with call.opened() as (session, actor):
        feed = service.show(session, actor, FeedId(feed_id), call.clock)
        [shown] = shapes.feeds.FeedModel.listed([feed], feed_joining.left_out(session, [feed]))

    def lines() -> Iterator[str]:
        for name, value in shown.document().items():
            if value not in (None, False):
                yield f"{name}: {value}"

    call.answer(shown, lines)


@feeds.command("reach", cls=Command, help="改往前往后的天数，地址不变")
@click.argument("feed_id", metavar="ID")
@option("--back", type=int, default=None, metavar="N", help="往前 N 天（缺省本次活动全程）")
@option("--ahead", type=int, default=None, metavar="N", help="往后 N 天（缺省全部）")
@click.pass_obj
def reach(call: Call, feed_id: str, back: int | None, ahead: int | None) -> None:
    """Let a feed show so many days."""
    with call.opened() as (session, actor):
        feed = service.reach_to(session, actor, FeedId(feed_id), back, ahead, call.clock)
    call.answer(lambda: shapes.feeds.FeedModel.of(feed), lambda: [call.say("%(id)s 已保存。", id=feed.id)])


@feeds.command("rotate", cls=Command, help="更换地址（或设备的密码），旧的立即失效")
@click.argument("feed_id", metavar="ID")
@click.pass_obj
def rotate(call: Call, feed_id: str) -> None:
    """Give a feed a new address, or a device a new password."""
    with call.opened() as (session, actor):
        feed, secret = service.rotate(session, actor, FeedId(feed_id), call.clock)
    _tell(call, feed, secret)


@feeds.command("revoke", cls=Command, help="停用")
@click.argument("feed_id", metavar="ID")
@click.pass_obj
def revoke(call: Call, feed_id: str) -> None:
    """Let a feed's address stop working."""
    with call.opened() as (session, actor):
        feed = service.revoke(session, actor, FeedId(feed_id), call.clock)
    call.answer(lambda: shapes.feeds.FeedModel.of(feed), lambda: [call.say("%(id)s 已停用。", id=feed.id)])


def _tell(call: Call, feed: Feed, secret: str) -> None:
    """Print what opens a feed, this once."""
    if feed.device:
        _tell_account(call, feed, secret)
    else:
        _tell_address(call, feed, secret)


def _tell_account(call: Call, feed: Feed, password: str) -> None:
    """Print what a device is told: server, name, password."""
    server = f"{call.config.base_url}/dav/"

    def lines() -> Iterator[str]:
        yield call.say("%(id)s 是“%(device)s”的日历账户（密码只显示这一次）：", id=feed.id, device=feed.device)
        yield call.say("服务器  %(server)s", server=server)
        yield call.say("用户名  %(id)s", id=feed.owner.id)
        yield call.say("密码    %(password)s", password=password)

    call.answer(lambda: shapes.feeds.FeedModel.opening(feed, server, password), lines)


def _tell_address(call: Call, feed: Feed, token: str) -> None:
    """Print the address, this once."""
    address = f"{call.config.base_url}/feeds/{token}.ics"
    call.answer(
        lambda: shapes.feeds.FeedModel.opening(feed, address),
        lambda: [call.say("%(id)s 的地址（只显示这一次，请勿转给他人）：", id=feed.id), address],
    )


def _kind(feed: Feed, call: Call) -> str:
    """Whose calendar it is."""
    return {
        Scope.PERSON: call.say("人员"),
        Scope.ROOM: call.say("场地"),
        Scope.GROUP: call.say("小组"),
        Scope.CAMPAIGN: call.say("活动"),
    }[feed.owner.scope]


def _state(feed: Feed, left_out: int, call: Call) -> str:
    """Whether a feed works, and all of it."""
    if feed.revoked_at:
        return call.say("已停用")
    if left_out:
        return call.say("有效（最早的 %(left_out)s 项放不下）", left_out=left_out)
    return call.say("有效")
