"""guests: who from outside comes to a booking."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.bookings import tell
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId
from scheduler.services.bookings import acts
from scheduler.services.bookings import guests as service
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.bookings.guests import GuestList


@click.group("guests", cls=CommandGroup, help="来宾")
def guests() -> None:
    """Guests of a booking."""


@guests.command("list", cls=Command, help="某项日程的来宾")
@click.argument("booking_id", metavar="BOOKING")
@click.pass_obj
def list_(call: Call, booking_id: str) -> None:
    """The guests of a booking, how they were there, and how many sit in the room."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, BookingId(booking_id), call.clock)
    call.answer(lambda: shapes.bookings.GuestListModel.of(listed), lambda: _lines(call, listed))


@guests.command("add", cls=Command, help="增加来宾")
@click.argument("booking_id", metavar="BOOKING")
@click.argument("who", metavar="GUEST", nargs=-1)
@option("--name", default="", help="姓名")
@option("--unit", default="", help="单位")
@option("--post", default="", help="职务")
@option("--kind", default="", help="类别；只写类别则加入该类别的全部外部联系人")
@option("--contact", default="", help="由哪个外部联系人派来")
@click.pass_obj
def add(  # noqa: PLR0913 - one argument per option
    call: Call, *, booking_id: str, who: tuple[str, ...], name: str, unit: str, post: str, kind: str, contact: str
) -> int:
    """Invite guests: by words, by category, or one by name with unit and post."""
    words = (*who, *((f"ext:{kind.removeprefix('ext:')}",) if kind and not name else ()))
    if not words and not name:
        raise Misused(call.say("要写 GUEST，或 --name、--kind。"))
    if (unit or post or contact) and not name:
        raise Misused(call.say("--unit、--post、--contact 要与 --name 同用。"))
    with call.opened() as (session, actor):
        invited = service.read(session, actor, words, call.clock)
        if name:
            invited = (*invited, Guest(GuestId(""), name, unit, post, kind, contact))
        change = BookingChange(add_guests=invited)
        try:
            done = acts.change(session, actor, BookingId(booking_id), change, call.clock)
        except Refused as no:
            return tell(call, BookingId(booking_id), no)
    line = call.say("%(booking)s 现有来宾 %(count)s 人。", booking=booking_id, count=len(done.booking.guests))
    return tell(call, BookingId(booking_id), done.findings, line)


@guests.command("remove", cls=Command, help="去掉来宾")
@click.argument("booking_id", metavar="BOOKING")
@click.argument("who", metavar="GUEST", nargs=-1, required=True)
@click.pass_obj
def remove(call: Call, booking_id: str, who: tuple[str, ...]) -> int:
    """Take guests off again."""
    with call.opened() as (session, actor):
        gone = tuple(service.named(session, actor, BookingId(booking_id), text).id for text in who)
        try:
            done = acts.change(session, actor, BookingId(booking_id), BookingChange(remove_guests=gone), call.clock)
        except Refused as no:
            return tell(call, BookingId(booking_id), no)
    line = call.say("%(booking)s 现有来宾 %(count)s 人。", booking=booking_id, count=len(done.booking.guests))
    return tell(call, BookingId(booking_id), done.findings, line)


def _lines(call: Call, listed: GuestList) -> Iterator[str]:
    """Guests as a table, and what they come to."""
    rows = []
    for line in listed.lines:
        guest = line.guest
        kind = wording.label(f"ext:{guest.kind}", call.lang) if guest.kind else ""
        status = wording.label(line.status, call.lang) if line.status else ""
        rows.append((guest.id, guest.name, guest.unit, guest.post, kind, guest.contact or guest.person or "", status))
    yield from printing.table(call.heads("编号 | 姓名 | 单位 | 职务 | 类别 | 联系人或人员 | 出勤"), rows)
    yield call.say(
        "来宾 %(count)s 人，场内共 %(in_room)s 人，其中应到 %(expected)s 人。",
        count=len(listed.lines),
        in_room=listed.in_room,
        expected=listed.expected,
    )
