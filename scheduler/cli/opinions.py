"""opinions list, receive, waive, tally."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY
from scheduler.services.programme import opinions as service
from scheduler.services.programme.opinions import OpinionsOverview
from scheduler.wording.programme import SOURCES
from scheduler.wording.texts import say


@click.group("opinions", cls=CommandGroup, help="征求意见（只记数，不存内容）")
def opinions() -> None:
    """Opinions asked in writing, and how many came in."""


@opinions.command("list", cls=Command, help="书面征求：发出、收回、迟收")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def list_(call: Call, as_of: date | None) -> None:
    """Who was asked, and who has answered."""
    with call.opened() as (session, actor):
        overview = service.overview(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
    _tell(call, overview)


@opinions.command("tally", cls=Command, help="意见条数：按来源、按领域")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def tally(call: Call, as_of: date | None) -> None:
    """How many opinions from where on what."""
    with call.opened() as (session, actor):
        overview = service.overview(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
    call.answer(lambda: shapes.programme.OpinionsModel.of(overview, call.reader()), lambda: _tally(call, overview))


@opinions.command("receive", cls=Command, help="登记收回")
@click.argument("opinion", metavar="OPINION")
@option("--on", type=ADAY, default=None, help="哪一天（缺省：今天）")
@click.pass_obj
def receive(call: Call, opinion: str, on: date | None) -> None:
    """An answer came in."""
    with call.opened() as (session, actor):
        service.receive(session, actor, opinion, call.clock, on)
        overview = service.overview(session, actor, None, call.clock, call.campaign(session))
    _tell(call, overview)


@opinions.command("waive", cls=Command, help="不再征求（列出，不计数）")
@click.argument("opinion", metavar="OPINION")
@option("--on", type=ADAY, default=None, help="哪一天（缺省：今天）")
@click.pass_obj
def waive(call: Call, opinion: str, on: date | None) -> None:
    """Somebody is no longer asked."""
    with call.opened() as (session, actor):
        service.waive(session, actor, opinion, call.clock, on)
        overview = service.overview(session, actor, None, call.clock, call.campaign(session))
    _tell(call, overview)


def _tell(call: Call, overview: OpinionsOverview) -> None:
    call.answer(lambda: shapes.programme.OpinionsModel.of(overview, call.reader()), lambda: _lines(call, overview))


def _lines(call: Call, overview: OpinionsOverview) -> Iterator[str]:
    requests = overview.requests
    rate = "—" if requests.rate is None else f"{requests.rate} %"
    text = "发出 %(total)s 份，收回 %(received)s 份（%(rate)s）"
    yield call.say(text, total=requests.total, received=requests.received_total, rate=rate)
    if requests.late:
        yield call.say("迟收或逾期：%(ids)s", ids=call.joined(requests.late))
    if requests.waived:
        yield call.say("不再征求：%(ids)s", ids=call.joined(requests.waived))
    yield ""
    yield from printing.table(
        call.heads("编号 | 单位 | 发出 | 截止 | 收回"),
        [
            (
                request.id,
                request.contact,
                request.sent_on,
                request.due or "—",
                request.received_on if request.is_received(overview.day) else "—",
            )
            for request in requests.requests
        ],
    )


def _tally(call: Call, overview: OpinionsOverview) -> Iterator[str]:
    tallied = overview.tally
    yield call.say("共 %(items)s 条，%(areas)s 个领域", items=tallied.items, areas=tallied.areas)
    for finding in tallied.findings:
        yield wording.text(finding, call.lang)
    yield ""
    sources = [(say(SOURCES[source], call.lang), number) for source, number in tallied.by_source.items()]
    yield from printing.table(call.heads("来源 | 条数"), sources)
    yield ""
    yield from printing.table(call.heads("领域 | 条数"), tallied.by_area.items())
