"""occur; occurrences list, choose, undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY
from scheduler.core.coverage.after_occurrences import FollowedOccurrence
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.people import Roster
from scheduler.services.campaigns import occurrences as service
from scheduler.services.organisation import people as entering


@click.command("occur", cls=Command, help="登记一项情形（表彰、调动……），情形类规则据此要求谈话")
@click.argument("kind")
@click.argument("person")
@click.argument("day", metavar="DATE", type=ADAY)
@option("--with", "partner", metavar="PERSON", default=None, help="由谁来谈（缺省：按规则）")
@click.pass_obj
def occur(call: Call, kind: str, person: str, day: date, partner: str | None) -> None:
    """Record what befell a person; organizers and the two people of the talk alone see it."""
    with call.opened() as (session, actor):
        someone, other = call.person(session, person), call.person(session, partner) if partner else None
        done = entering.add_occurrence(session, actor, kind, someone, day, call.clock, other)
        followed = service.one(session, actor, done.id, call.clock, call.campaign(session))
        roster = entering.roster(session, OPERATOR, None, call.clock)
    _tell(call, followed, roster, "已登记：%(day)s %(person)s %(kind)s")


@click.group("occurrences", cls=CommandGroup, help="情形（表彰、调动……）")
def occurrences() -> None:
    """What befell people, and the talks that follow from it."""


@occurrences.command("list", cls=Command, help="全部情形：应当谈话的双方、截至哪天，哪些人还没有谈话人")
@option("--person", default=None, help="只看某人的")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def list_(call: Call, person: str | None, as_of: date | None) -> None:
    """All of them, by day."""
    with call.opened() as (session, actor):
        someone, campaign = call.person(session, person) if person else None, call.campaign(session)
        listed = service.listing(session, actor, call.clock, person=someone, campaign=campaign, day=as_of)
        roster = entering.roster(session, OPERATOR, as_of, call.clock)
    call.answer(
        lambda: [shapes.campaigns.OccurrenceModel.of(followed, call.reader()).document() for followed in listed],
        lambda: _table(call, listed, roster),
    )


@occurrences.command("choose", cls=Command, help="指定由谁来谈；不写 PERSON 就按规则")
@click.argument("number", metavar="ID", type=int)
@click.argument("partner", metavar="[PERSON]", required=False)
@click.pass_obj
def choose(call: Call, number: int, partner: str | None) -> None:
    """Choose who talks with whom something befell."""
    with call.opened() as (session, actor):
        chosen = call.person(session, partner) if partner else None
        entering.choose_partner(session, actor, number, chosen, call.clock)
        followed = service.one(session, actor, number, call.clock, call.campaign(session))
        roster = entering.roster(session, OPERATOR, None, call.clock)
    _tell(call, followed, roster, "已改：%(day)s %(person)s %(kind)s")


@occurrences.command("undo", cls=Command, help="撤销登记；已经约好的谈话不动")
@click.argument("number", metavar="ID", type=int)
@click.pass_obj
def undo(call: Call, number: int) -> None:
    """Take one back; talks that were booked because of it stay, and are named."""
    with call.opened() as (session, actor):
        undone = service.undo(session, actor, number, call.clock)

    def lines() -> Iterator[str]:
        yield call.say("已撤销情形 %(id)s。", id=undone.id)
        if undone.talks:
            yield call.say("为此约好的谈话还在：%(talks)s", talks=call.joined(undone.talks))

    call.answer(lambda: shapes.campaigns.UndoneOccurrenceModel.of(undone), lines)


def _tell(call: Call, followed: FollowedOccurrence, roster: Roster, done: str) -> None:
    """What was done to one, and what follows from it."""
    occurrence = followed.occurrence

    def lines() -> Iterator[str]:
        kind = wording.label(occurrence.kind, call.lang)
        yield call.say(done, day=occurrence.day, person=occurrence.person, kind=kind)
        yield from (f"  {line}" for line in _what_follows(call, followed, roster))

    call.answer(lambda: shapes.campaigns.OccurrenceModel.of(followed, call.reader()), lines)


def _table(call: Call, listed: Iterable[FollowedOccurrence], roster: Roster) -> Iterator[str]:
    """A row for each, with what follows from it."""
    yield from printing.table(
        call.heads("编号 | 日期 | 人员 | 情形 | 要求的谈话"),
        [
            (
                followed.occurrence.id,
                followed.occurrence.day,
                f"{followed.occurrence.person} {roster.name(followed.occurrence.person)}",
                wording.label(followed.occurrence.kind, call.lang),
                call.joined(_what_follows(call, followed, roster)),
            )
            for followed in listed
        ],
    )


def _what_follows(call: Call, followed: FollowedOccurrence, roster: Roster) -> Iterator[str]:
    """The talks that are required, and who cannot be found."""
    for talk in followed.talks:
        people = " – ".join(f"{person} {roster.name(person)}" for person in talk.required.requirement.bearers)
        state = wording.label(talk.required.state, call.lang)
        rules = call.joined(map(str, talk.rules))
        yield call.say(
            "%(people)s，%(due)s 前（%(rules)s，%(state)s）", people=people, due=talk.due, rules=rules, state=state
        )
    yield from (wording.text(finding, call.lang) for finding in followed.findings)
