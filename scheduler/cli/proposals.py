"""proposals list, accept, decline, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup
from scheduler.core.bookings.proposals import TalkProposal
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import ProposalId
from scheduler.core.ground.people import Roster
from scheduler.services.bookings import proposals as service
from scheduler.services.ground import organisation
from scheduler.services.organisation import people as people_service

if TYPE_CHECKING:
    from scheduler.core.ground.access import Actor
    from scheduler.core.ground.clock import Clock
    from scheduler.services.ground.schema import Session

    Answer = Callable[[Session, Actor, ProposalId, Clock], TalkProposal]


@click.group("proposals", cls=CommandGroup, help="本人约谈的提议：对方同意后才排定")
def proposals() -> None:
    """Talks that one of two people proposed."""


@proposals.command("list", cls=Command, help="等答复的提议：自己提出的和等自己答复的；组织者看全部")
@click.pass_obj
def list_(call: Call) -> None:
    """The proposals that can be answered."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, call.clock)
        zone = organisation.zone(session)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(
        lambda: shapes.bookings.TalkProposalListModel.of({"proposals": listed}, call.reader(zone)),
        lambda: _table(listed, roster, zone, call),
    )


@proposals.command("accept", cls=Command, help="同意，随即排定")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.pass_obj
def accept(call: Call, number: int) -> None:
    """Agree to a talk that was proposed."""
    _answer(call, number, service.accept)


@proposals.command("decline", cls=Command, help="不同意；组织者可以代为答复")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.pass_obj
def decline(call: Call, number: int) -> None:
    """Say no to a talk that was proposed."""
    _answer(call, number, service.decline)


@proposals.command("withdraw", cls=Command, help="撤回自己的提议")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.pass_obj
def withdraw(call: Call, number: int) -> None:
    """Take one's own proposal back."""
    _answer(call, number, service.withdraw)


def _answer(call: Call, number: int, verb: Answer) -> None:
    """Answer a proposal, and tell what became of it."""
    with call.opened() as (session, actor):
        done = verb(session, actor, ProposalId(number), call.clock)
        zone = organisation.zone(session)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(
        lambda: shapes.bookings.TalkProposalModel.of(done, call.reader(zone)),
        lambda: _table([done], roster, zone, call),
    )


def _table(listed: list[TalkProposal], roster: Roster, zone: ZoneInfo, call: Call) -> Iterator[str]:
    """The proposals as a table."""
    rows = [
        (
            str(proposal.id),
            roster.name(proposal.proposer),
            roster.name(proposal.other),
            f"{proposal.span.start.astimezone(zone):%Y-%m-%d %H:%M}",
            proposal.room or "",
            wording.label(f"proposal:{proposal.state}", call.lang),
            proposal.booking or "",
        )
        for proposal in listed
    ]
    if not rows:
        yield call.say("没有等答复的提议。")
        return
    yield from printing.table(call.heads("编号 | 提议人 | 对方 | 时间 | 场地 | 状态 | 日程"), rows)
