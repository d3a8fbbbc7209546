"""load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.core.bookings.meeting_load import MAX_CEILING
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import meeting_load as service
from scheduler.services.bookings.meeting_load import LoadQuery, MeetingLoad
from scheduler.services.organisation import people as people_service


@click.command("load", cls=Command, help="每人每周的会议时间，哪些超过上限，哪些会可以合开")
@option("--person", default=None, help="只看某人（缺省：组织者看全体，其他人看本人）")
@option("--from", "first", type=ADAY, default=None, help="自某日所在的周（缺省：本周）")
@option("--to", "last", type=ADAY, default=None, help="至某日所在的周（缺省：共四周）")
@option("--ceiling", type=click.IntRange(1, MAX_CEILING), default=None, help="每周上限，小时（缺省：MEETING_HOURS）")
@click.pass_obj
def load(call: Call, person: str | None, first: date | None, last: date | None, ceiling: int | None) -> None:
    """How many hours of bookings people have in each week."""
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else None
        query = LoadQuery(someone, first, last, ceiling or call.config.meeting_hours)
        told = service.meeting_load(session, actor, query, call.clock)
        name = people_service.roster(session, OPERATOR, told.last, call.clock).name if told.person is None else str
    call.answer(lambda: shapes.bookings.MeetingLoadModel.of(told), lambda: _lines(told, name, call))


def _lines(told: MeetingLoad, name: Callable[[PersonId], str], call: Call) -> Iterator[str]:
    """A line for each person and week, then what could be one meeting."""
    rows = [
        (
            week.person,
            name(week.person) if told.person is None else "",
            week.monday.isoformat(),
            f"{week.hours:g}",
            len(week.bookings),
            call.say("超过上限") if week.is_over(told.ceiling) else "",
        )
        for week in told.weeks
    ]
    yield call.say(
        "%(first)s 至 %(last)s，每周上限 %(hours)s 小时，超过的有 %(count)s 人周",
        first=told.first,
        last=told.last,
        hours=told.ceiling,
        count=len(told.over),
    )
    yield from (
        printing.table(call.heads("编号 | 姓名 | 周一 | 小时 | 项数 | 说明"), rows)
        if rows
        else [call.say("这几周没有日程。")]
    )
    for pair in told.joinable:
        yield call.say(
            "%(later)s 可与 %(earlier)s 合开（同样的 %(count)s 人）",
            later=pair.later,
            earlier=pair.earlier,
            count=len(pair.people),
        )
