"""occur."""

from __future__ import annotations

from datetime import date

import click

from scheduler import wording
from scheduler.cli.call import Call
from scheduler.cli.command import Command
from scheduler.cli.parsing import ADAY
from scheduler.services.organisation import people as service


@click.command("occur", cls=Command, help="登记一项情形（表彰、调动……），情形类规则据此要求谈话")
@click.argument("kind")
@click.argument("person")
@click.argument("day", metavar="DATE", type=ADAY)
@click.pass_obj
def occur(call: Call, kind: str, person: str, day: date) -> None:
    """Record what befell a person; organizers and the two people of the talk alone see it."""
    with call.opened() as (session, actor):
        someone = call.person(session, person)
        done = service.add_occurrence(session, actor, kind, someone, day, call.clock)
    call.answer(
        {"id": done.id, "kind": done.kind, "person": done.person, "date": done.day.isoformat()},
        lambda: [
            call.say(
                "已登记：%(day)s %(person)s %(kind)s",
                day=done.day,
                person=done.person,
                kind=wording.label(done.kind, call.lang),
            )
        ],
    )
