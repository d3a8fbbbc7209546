"""calendars import, list, refresh, switch, remove: calendars that people keep elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.core.feeds.outside_calendars import BusyTimes, OutsideCalendar
from scheduler.core.ground.access import Actor
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.services.feeds import outside_calendars as service
from scheduler.services.feeds.outside_calendars import Fetching
from scheduler.services.ground import organisation
from scheduler.wording import calendars as words
from scheduler.wording.readers import local

if TYPE_CHECKING:
    from scheduler.services.ground.schema import Session

MAX_OCTETS = 21 * 1024 * 1024
"""Of a file; what is larger than a calendar may be is refused by the service."""


@click.group("calendars", cls=CommandGroup, help="其他日历")
def calendars() -> None:
    """When people are busy elsewhere."""


@calendars.command("import", cls=Command, help="加入一个日历（.ics 文件或地址），只留下忙碌时间")
@click.argument("source", metavar="FILE|URL")
@option("--person", default=None, help="谁的日历；省略为 --as 本人")
@option("--name", default="", help="名称，只有本人看得到")
@option("--dry-run", is_flag=True, help="只预览，不保存")
@click.pass_obj
def import_(call: Call, source: str, person: str | None, name: str, dry_run: bool) -> None:
    """Add a calendar, or show what it would tell."""
    fetching = _fetching(call)
    with call.opened() as (session, actor):
        someone = _person(call, session, actor, person)
        given = source if "://" in source else _octets(source, call)
        calendar: OutsideCalendar | None = None
        if dry_run:
            busy_times = service.preview(session, actor, someone, given, call.clock, fetching)
        elif isinstance(given, str):
            calendar, busy_times = service.add(session, actor, someone, given, name, call.clock, fetching)
        else:
            calendar, busy_times = service.upload(session, actor, someone, given, name, call.clock)
        zone = organisation.zone(session)
    kept = {"id": calendar.id} if calendar else {}
    call.answer({**kept, **_busy(busy_times, zone)}, lambda: _busy_lines(busy_times, zone, call, is_kept=not dry_run))


@calendars.command("list", cls=Command, help="列出（不含地址）")
@option("--person", default=None, help="某人的")
@click.pass_obj
def list_(call: Call, person: str | None) -> None:
    """All calendars, or those of a person."""
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else actor.person
        listed = service.listing(session, actor, someone, call.clock)

    def lines() -> Iterator[str]:
        rows = [
            (
                calendar.id,
                calendar.person,
                calendar.name or calendar.host,
                _state(calendar, call),
                _moment(calendar.good_at),
            )
            for calendar in listed
        ]
        yield from printing.table(call.heads("编号 | 人员 | 名称 | 状态 | 上次读到"), rows)

    call.answer([_document(calendar) for calendar in listed], lines)


@calendars.command("refresh", cls=Command, help="现在就取一次")
@click.argument("calendar_id", metavar="ID", type=int)
@click.pass_obj
def refresh(call: Call, calendar_id: int) -> int:
    """Fetch a calendar."""
    with call.opened() as (session, actor):
        calendar = service.refresh(session, actor, CalendarId(calendar_id), call.clock, _fetching(call))
    call.answer(_document(calendar), lambda: [f"{calendar.id}  {_state(calendar, call)}"])
    return 1 if calendar.error else 0


@calendars.command("switch", cls=Command, help="计入或不计入")
@click.argument("calendar_id", metavar="ID", type=int)
@click.argument("state", metavar="on|off", type=click.Choice(["on", "off"]))
@click.pass_obj
def switch(call: Call, calendar_id: int, state: str) -> None:
    """Switch a calendar on or off."""
    with call.opened() as (session, actor):
        calendar = service.switch(session, actor, CalendarId(calendar_id), call.clock, is_on=state == "on")
    call.answer(_document(calendar), lambda: [f"{calendar.id}  {_state(calendar, call)}"])


@calendars.command("remove", cls=Command, help="删除")
@click.argument("calendar_id", metavar="ID", type=int)
@click.pass_obj
def remove(call: Call, calendar_id: int) -> None:
    """Forget a calendar."""
    with call.opened() as (session, actor):
        service.remove(session, actor, CalendarId(calendar_id), call.clock)
    call.answer({"removed": calendar_id}, lambda: [call.say("%(calendar_id)s 已删除。", calendar_id=calendar_id)])


def _fetching(call: Call) -> Fetching:
    return Fetching(call.config.fetch_allow, call.config.calendar_every)


def _person(call: Call, session: Session, actor: Actor, text: str | None) -> PersonId:
    """Whose calendar it is."""
    if text:
        return call.person(session, text)
    if actor.person is None:
        raise Misused(call.say("请用 --person 写明是谁的日历。"))
    return actor.person


def _octets(source: str, call: Call) -> bytes:
    """A file's content, as much of it as may be a calendar."""
    try:
        with Path(source).open("rb") as file:
            return file.read(MAX_OCTETS)
    except (OSError, ValueError):
        raise Misused(call.say("读不了文件 %(source)s。", source=source)) from None


def _busy(busy_times: BusyTimes, zone: ZoneInfo) -> dict[str, object]:
    """What a calendar tells."""
    return {
        "busy": [[local(span.start, zone), local(span.end, zone)] for span in busy_times.busy],
        "skipped": [{"reason": skipped.reason, "count": skipped.count} for skipped in busy_times.skipped],
        "zone_guesses": [{"name": guess.name, "zone": guess.zone} for guess in busy_times.zone_guesses],
    }


def _busy_lines(busy_times: BusyTimes, zone: ZoneInfo, call: Call, *, is_kept: bool) -> Iterator[str]:
    for span in busy_times.busy:
        yield f"{local(span.start, zone)} — {local(span.end, zone)}"
    yield call.say("忙碌时段 %(count)s 个。", count=len(busy_times.busy))
    for skipped in busy_times.skipped:
        yield call.say(
            "未计入：%(reason)s × %(count)s", reason=words.skipped_text(skipped.reason, call.lang), count=skipped.count
        )
    for guess in busy_times.zone_guesses:
        name = guess.name or call.say("（未写时区）")
        yield call.say("时区“%(name)s”按 %(zone)s 处理。", name=name, zone=guess.zone)
    if not is_kept:
        yield call.say("这是预览，什么也没有保存。")


def _document(calendar: OutsideCalendar) -> dict[str, object]:
    return {
        "id": calendar.id,
        "person": calendar.person,
        "name": calendar.name,
        "host": calendar.host,
        "on": calendar.is_on,
        "good_at": _iso(calendar.good_at),
        "next_at": _iso(calendar.next_at),
        "error": calendar.error or None,
    }


def _state(calendar: OutsideCalendar, call: Call) -> str:
    """Whether a calendar counts and could be read."""
    if calendar.error:
        return words.error_text(calendar.error, call.lang)
    return call.say("计入") if calendar.is_on else call.say("不计入")


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
