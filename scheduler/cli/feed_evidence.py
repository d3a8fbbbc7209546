"""feeds evidence: which revision was fetched when, and whom a change has reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.feeds import feeds
from scheduler.cli.parsing import WALLTIME, moment
from scheduler.core.feeds.definitions import MAX_DAYS
from scheduler.core.ground.ids import BookingId
from scheduler.services.feeds import evidence as service
from scheduler.services.feeds.evidence import Delivery, Fetched
from scheduler.services.ground import organisation


@feeds.command("evidence", cls=Command, help="谁的日历何时取过哪一版；某日程的变动送达了谁")
@option("--since", type=WALLTIME, default=None, help="自此刻起")
@option("--booking", default=None, metavar="ID", help="这项日程最近的变动送达了谁")
@option("--silent", type=click.IntRange(1, MAX_DAYS), default=None, metavar="N", help="N 天没有来取的订阅")
@click.pass_obj
def evidence(call: Call, since: datetime | None, booking: str | None, silent: int | None) -> None:
    """What is known of fetches."""
    with call.opened() as (session, actor):
        if booking is not None:
            _tell_delivery(call, service.delivery(session, actor, BookingId(booking), call.clock))
        elif silent is not None:
            silent_feeds = service.silent(session, actor, call.clock, silent)
            call.answer(
                lambda: [shapes.feeds.FeedModel.of(feed) for feed in silent_feeds],
                lambda: [str(feed.id) for feed in silent_feeds],
            )
        else:
            start = moment(since, organisation.zone(session), "--since", call.lang) if since else None
            _tell_fetches(call, service.fetches(session, actor, call.clock, since=start))


def _tell_fetches(call: Call, fetches: list[Fetched]) -> None:
    """What was fetched, the latest first."""

    def lines() -> Iterator[str]:
        head = call.heads("订阅 | 版次 | 程序 | 末次 | 次数")
        rows = [
            (fetched.feed, fetched.revision, fetched.client, f"{fetched.last_at:%Y-%m-%d %H:%M:%S}Z", fetched.fetches)
            for fetched in fetches
        ]
        yield from printing.table(head, rows)

    call.answer(lambda: [shapes.feeds.FetchedModel.of(fetched) for fetched in fetches], lines)


def _tell_delivery(call: Call, delivery: Delivery) -> None:
    """Whom a change has reached, and whom not."""

    def lines() -> Iterator[str]:
        count, pending = f"{delivery.delivered}/{len(delivery.reached)}", len(delivery.pending)
        yield call.say("已送达 %(count)s，未取 %(pending)s 人", count=count, pending=pending)
        for recipient in delivery.pending:
            last = f"{recipient.last_at:%Y-%m-%d %H:%M}Z" if recipient.last_at else call.say("从未取过")
            yield f"{recipient.person}  {last}"

    call.answer(lambda: shapes.feeds.DeliveryModel.of(delivery), lines)
