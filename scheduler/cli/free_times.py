"""find-time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.bookings import PEOPLE_HELP, kind_of
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, MINUTES, WORDS, OneOf
from scheduler.core.bookings.free_times import MAX_OFFERED
from scheduler.core.ground.bookings import OFF_SITE, Kind
from scheduler.core.ground.ids import RoomId, RuleSetId
from scheduler.services.bookings import free_times as service
from scheduler.services.bookings.free_times import FreeTime, TimeQuery
from scheduler.services.ground import organisation

USES = ("talk", "meeting", "all")


@click.command("find-time", cls=Command, help="给一些人和场地找时间，好的在前")
@option("--people", type=WORDS, default=(), help=PEOPLE_HELP)
@option("--audience", type=WORDS, default=(), help="范围，如 all_staff、branch:B1")
@option("--minutes", type=MINUTES, default=45, show_default=True, help="分钟数")
@option("--kind", default=Kind.TALK.value, help="类型（缺省：谈心谈话）")
@option("--room", default=None, help="场地编号；none 不需要；不写则任一合适的")
@option("--use", type=OneOf(USES), default=None, help="任一此用途的场地")
@option("--from", "first", type=ADAY, default=None, help="自某日起（缺省：提前通知的时间之后）")
@option("--to", "last", type=ADAY, default=None, help="至某日止（缺省：三周后）")
@option("--limit", type=click.IntRange(1, MAX_OFFERED), default=10, show_default=True, help="最多几个")
@option("--rule-set", default=None, help="为哪个谈话方案而谈")
@click.pass_obj
def find_time(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    people: tuple[str, ...],
    audience: tuple[str, ...],
    minutes: int,
    kind: str,
    room: str | None,
    use: str | None,
    first: date | None,
    last: date | None,
    limit: int,
    rule_set: str | None,
) -> int:
    """Tell the best times at which they and a room are free; 1 if there is none."""
    if not people and not audience:
        raise Misused(call.say("缺少 --people 或 --audience。"))
    if first and last and first > last:
        raise Misused(call.say("--from 晚于 --to。"))
    the_kind = kind_of(kind, call)
    with call.opened() as (session, actor):
        query = TimeQuery(
            the_kind,
            minutes,
            call.people(session, people),
            audience,
            RoomId(room) if room and room != "none" else None,
            use or "",
            needs_room=room not in ("none", OFF_SITE),
            first=first,
            last=last,
            rule_set=RuleSetId(rule_set) if rule_set else None,
            campaign=call.campaign(session),
        )
        times = service.find(session, actor, query, call.clock, limit=limit)
        zone = organisation.zone(session)
        call.answer(
            lambda: shapes.bookings.FreeTimeListModel.of({"free_times": times}, call.reader(zone)),
            lambda: _lines(times, zone, call),
        )
        return 0 if times else 1


def _lines(times: list[FreeTime], zone: ZoneInfo, call: Call) -> Iterator[str]:
    """The times as a table."""
    if not times:
        yield call.say("这段日子里没有大家和场地都有空的时间。")
        return
    rows = []
    for time in times:
        start, end = time.span.start.astimezone(zone), time.span.end.astimezone(zone)
        remarks = call.joined(wording.text(warning, call.lang) for warning in time.warnings)
        when = f"{start:%H:%M}–{end:%H:%M}"
        weekday = wording.weekday_text(start.date(), call.lang)
        rows.append((f"{start:%Y-%m-%d}", weekday, when, time.room or "", time.missing or "", remarks))
    yield from printing.table(call.heads("日期 | 星期 | 时间 | 场地 | 缺席 | 提醒"), rows)
