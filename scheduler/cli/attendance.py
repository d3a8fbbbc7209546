"""attend: who was at a booking, recorded and shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TextIO

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Part
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import guests as guest_service
from scheduler.services.organisation import people as people_service
from scheduler.services.sessions import attendance as service
from scheduler.services.sessions.attendance import AttendanceSheet, AttendedSession, GivenAttendance
from scheduler.wording.roll_calls import miscount, oddities

ATTEND_HELP = (
    "登记某人（或来宾）在某项日程（会议、集中学习等）的出勤；只写 BOOKING 则列出出勤和法定人数。"
    "STATUS：attended 出席、observer 列席、on_leave 请假、absent 缺席、late 迟到、left_early 早退、made_up 补课。"
)


@click.command("attend", cls=Command, help=ATTEND_HELP)
@click.argument("booking_id", metavar="BOOKING")
@click.argument("person", required=False)
@click.argument("status", type=OneOf(Attended), metavar="STATUS", required=False)
@option("--makeup", type=ADAY, default=None, help="补课日期")
@option("--reason", default="", help="请假事由（如 病假），只有组织者和本人看得到")
@option(
    "--roll-call",
    "roll_call",
    type=click.File(encoding="utf-8-sig"),
    default=None,
    help="读点名文字（- 为标准输入），全部识别才登记",
)
@option("--dry-run", is_flag=True, help="只看认出了谁")
@click.pass_obj
def attend(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    booking_id: str,
    person: str | None,
    status: str | None,
    makeup: date | None,
    reason: str,
    roll_call: TextIO | None,
    dry_run: bool,
) -> int:
    """Record attendance, or show it; a make-up may lie ahead and counts from its day on."""
    if roll_call:
        if person or status or makeup or reason:
            raise Misused(call.say("--roll-call 不能与人名、STATUS、--makeup、--reason 同用。"))
        return _roll_call(call, BookingId(booking_id), _text(roll_call, call), is_dry=dry_run)
    if not (person or makeup or reason or dry_run):
        return _show(call, BookingId(booking_id))
    if not person or not status or dry_run:
        raise Misused(call.say("要写 PERSON 和 STATUS，或 --roll-call。"))
    with call.opened() as (session, actor):
        guest = guest_service.named_if_any(session, actor, BookingId(booking_id), person)
        if guest and guest.is_from_outside:
            if makeup or reason:
                raise Misused(call.say("来宾不填 --makeup、--reason。"))
            the_status = Attended(status)
            guest_service.attend(session, actor, BookingId(booking_id), {guest.id: the_status}, call.clock)
            return _tell(call, AttendedSession(BookingId(booking_id), PersonId(guest.id), the_status, None, 0.0))
        someone = guest.person if guest and guest.person else call.person(session, person)
        given = GivenAttendance(Attended(status), makeup, reason)
        done = service.attend(session, actor, BookingId(booking_id), someone, given, call.clock)
    return _tell(call, done)


def _tell(call: Call, done: AttendedSession) -> int:
    """What was recorded of one."""
    status_text, hours = wording.label(done.status, call.lang), f"{done.hours:g}"
    text = "%(session)s %(person)s %(status)s，计 %(hours)s 学时"
    if done.makeup_date:
        text = "%(session)s %(person)s %(status)s，补课 %(makeup)s，计 %(hours)s 学时"
    values = {"session": done.session, "person": done.person, "makeup": done.makeup_date}
    call.answer(
        lambda: shapes.sessions.AttendedModel.of(done),
        lambda: [call.say(text, status=status_text, hours=hours, **values)],
    )
    return 0


def _show(call: Call, booking_id: BookingId) -> int:
    """Who was there, and whether that is a quorum."""
    with call.opened() as (session, actor):
        sheet = service.sheet(session, actor, booking_id, call.clock)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(lambda: shapes.sessions.AttendanceModel.of(sheet), lambda: _lines(sheet, roster, call))
    return 0


def _lines(sheet: AttendanceSheet, roster: Roster, call: Call) -> Iterator[str]:
    """The numbers, then everybody."""
    turnout = sheet.turnout
    numbers = {"expected": turnout.expected, "present": turnout.present, "needed": turnout.needed}
    text = "应到 %(expected)s 人，实到 %(present)s 人；法定 %(needed)s 人，未达到"
    if turnout.is_quorate:
        text = "应到 %(expected)s 人，实到 %(present)s 人；法定 %(needed)s 人，已达到"
    yield call.say(text, **numbers)
    yield ""
    rows: list[tuple[object, ...]] = [
        (
            person,
            roster.name(person),
            wording.label(line.status or line.part, call.lang) if line.status or line.part != "attendee" else "",
            line.makeup_date or "",
            line.reason or "",
        )
        for person, line in sheet.lines.items()
    ]
    for line in sheet.guests:
        status = wording.label(line.status or Part.GUEST, call.lang)
        rows.append((line.guest.id, line.guest.name, status, "", ""))
    yield from printing.table(call.heads("编号 | 姓名 | 出勤 | 补课 | 事由"), rows)


def _text(file: TextIO, call: Call) -> str:
    """What stands in a file."""
    try:
        return file.read(service.MAX_ROLL_CALL_LENGTH + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(call.say("点名文件读不出来，应为 UTF-8 文本。")) from error


def _roll_call(call: Call, booking_id: BookingId, text: str, *, is_dry: bool) -> int:
    """Record a roll call if all of it is clear; else say what is not, and record nothing."""
    with call.opened() as (session, actor):
        roll_call = service.roll_call(session, actor, booking_id, text, call.clock)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
        is_recorded = roll_call.is_clear and not is_dry
        if is_recorded:
            given = {
                person: GivenAttendance(status, reason=roll_call.reasons.get(person, ""))
                for person, status in roll_call.statuses.items()
            }
            service.attend_all(session, actor, booking_id, given, call.clock)
    odd = [
        *(miscount(number, call.lang) for number in roll_call.miscounts),
        *oddities(roll_call, lambda person: f"{roster.name(person)} {person}", call.lang),
    ]
    told = shapes.sessions.RollCallModel.of(roll_call, call.reader()).document()
    document = {"session": booking_id, "recorded": is_recorded, "found": dict(roll_call.statuses), "odd": odd, **told}

    def lines() -> Iterator[str]:
        rows = [(p, roster.name(p), wording.label(status, call.lang)) for p, status in roll_call.statuses.items()]
        yield from printing.table(call.heads("编号 | 姓名 | 出勤"), rows)
        yield from odd
        yield call.say("已登记 %(count)s 人。", count=len(rows)) if is_recorded else call.say("什么也没有登记。")

    call.answer(document, lines)
    return 0 if roll_call.is_clear or is_dry else 1
