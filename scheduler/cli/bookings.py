"""book, move, cancel, confirm, unconfirm, bookings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, HOURS, HOURS_OR_NONE, MINUTES, WALLTIME, WORDS, OneOf, moment
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import Booking, Draft, Kind, Mode, Size
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import acts as service
from scheduler.services.bookings import guests as guest_service
from scheduler.services.bookings import held_talks, many, meetings, proposals
from scheduler.services.bookings.many import ManyDone
from scheduler.services.ground import organisation
from scheduler.services.organisation import people as people_service
from scheduler.services.sessions import series_changes
from scheduler.services.sessions.series_changes import SeriesScope

if TYPE_CHECKING:
    from scheduler.core.ground.access import Actor
    from scheduler.services.ground.schema import Session

ROOM_HELP = "场地编号；EXT 外出，none 不设"
FEW = 6
"""More people than this are counted, not named."""
SCOPE_HELP = "系列里的日程：只这一次、这次及以后、还没开始的全部"
DRY_HELP = "只检查，不保存"
PEOPLE_HELP = "人员，编号或姓名，逗号分隔"
AGENDA_HELP = "议程的一项，如 传达文件/刘向东/20（事项/发言人/分钟）；可以写多次"
GUESTS_HELP = "来宾，逗号分隔：外部联系人编号或类别（如 street_town）、花名册编号，或 姓名（单位 职务）"


def kind_of(text: str, call: Call) -> Kind:
    """A kind by its code or its Chinese word."""
    for kind in Kind:
        if text in (kind.value, wording.label(kind.value)):
            return kind
    allowed = call.joined(
        call.say("%(code)s（%(word)s）", code=kind.value, word=wording.label(kind.value)) for kind in Kind
    )
    raise Misused(call.say("KIND：没有“%(text)s”这一类，可用：%(known)s。", text=text, known=allowed))


def span_of(start: datetime, minutes: int, zone: ZoneInfo, call: Call) -> Span:
    """From a start on the wall clock, so many minutes."""
    return service.span_of(moment(start, zone, "--start", call.lang), minutes)


def room_of(text: str | None) -> RoomId | None:
    """A room's id; `none` for no room, None if nothing was said."""
    return None if text is None else RoomId("" if text == "none" else text)


@click.command("book", cls=Command, help="排定一项日程")
@click.argument("kind")
@option("--people", type=WORDS, default=(), help=PEOPLE_HELP)
@option("--audience", type=WORDS, default=(), help="范围，如 all_staff、branch:B1")
@option("--guests", type=WORDS, default=(), help=GUESTS_HELP)
@option("--start", type=WALLTIME, required=True, help="开始，如 2014-08-20T09:00")
@option("--minutes", type=MINUTES, required=True, help="分钟数")
@option("--room", default=None, help=ROOM_HELP)
@option("--title", default="", help="名称（谈话不记录）")
@option("--host", default=None, help="主持人")
@option("--agenda", multiple=True, help=AGENDA_HELP)
@option("--remark", default="", help="通知里的备注")
@option("--link", default="", help="视频会议网址")
@option("--mode", type=OneOf(Mode), default=Mode.FACE_TO_FACE.value, help="方式")
@option("--group", is_flag=True, help="集体谈话（一对多）")
@option("--hours", type=HOURS, default=None, help="学时（集中学习），不写按时间计")
@option("--rule-set", default=None, help="为哪个谈话方案而谈")
@option("--held", is_flag=True, help="已经谈过：直接登记为已谈")
@option("--dry-run", is_flag=True, help=DRY_HELP)
@click.pass_obj
def book(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    kind: str,
    people: tuple[str, ...],
    audience: tuple[str, ...],
    guests: tuple[str, ...],
    start: datetime,
    minutes: int,
    room: str | None,
    title: str,
    host: str | None,
    agenda: tuple[str, ...],
    remark: str,
    link: str,
    mode: str,
    group: bool,
    hours: float | None,
    rule_set: str | None,
    held: bool,
    dry_run: bool,
) -> int:
    """Book something, or say why it cannot be."""
    if not people and not audience:
        raise Misused(call.say("缺少 --people 或 --audience。"))
    the_kind = kind_of(kind, call)
    if held and the_kind is not Kind.TALK:
        raise Misused(call.say("只有谈心谈话可以登记为已谈（--held）。"))
    with call.opened() as (session, actor):
        draft = Draft(
            kind=the_kind,
            span=span_of(start, minutes, organisation.zone(session), call),
            people=call.people(session, people),
            audience=audience,
            room=room_of(room) or None,
            title=title,
            mode=Mode(mode),
            size=Size.GROUP if group else Size.ONE_TO_ONE,
            rule_set=RuleSetId(rule_set) if rule_set else None,
            host=call.person(session, host) if host else None,
            campaign=call.campaign(session),
            hours=hours,
            guests=guest_service.read(session, actor, guests, call.clock) if guests else (),
            agenda=_agenda(session, agenda, call),
            remark=remark,
            link=link,
        )
        if dry_run:
            return tell(call, None, service.check(session, actor, draft, call.clock))
        try:
            done = (held_talks.record if held else proposals.book)(session, actor, draft, call.clock)
        except Refused as no:
            return tell(call, None, no)
        if isinstance(done, proposals.Proposed):
            return _tell_proposed(call, done)
        return tell(call, done.booking.id, done.findings, _line_of(session, done.booking, call))


@click.command("move", cls=Command, help="改期、换场地、改名称、主持、议程，增减人员；不写的不变")
@click.argument("booking_id", metavar="ID")
@option("--start", type=WALLTIME, default=None, help="新的开始时间")
@option("--minutes", type=MINUTES, default=None, help="新的分钟数")
@option("--room", default=None, help=ROOM_HELP)
@option("--title", default=None, help="新的名称")
@option("--host", default=None, help="主持人；none 不设")
@option("--agenda", multiple=True, help=AGENDA_HELP)
@option("--remark", default=None, help="通知里的备注")
@option("--link", default=None, help="视频会议网址")
@option("--hours", type=HOURS_OR_NONE, default=None, help="新的学时；none 按时间计")
@option("--add-people", type=WORDS, default=(), help=PEOPLE_HELP)
@option("--remove-people", type=WORDS, default=(), help=PEOPLE_HELP)
@option("--only-booking", is_flag=True, help="只改这项日程，它的时间节点不动")
@option("--scope", type=OneOf(SeriesScope), default=SeriesScope.ONE.value, help=SCOPE_HELP)
@option("--dry-run", is_flag=True, help=DRY_HELP)
@click.pass_obj
def move(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    booking_id: str,
    start: datetime | None,
    minutes: int | None,
    room: str | None,
    title: str | None,
    host: str | None,
    agenda: tuple[str, ...],
    remark: str | None,
    link: str | None,
    hours: float | None,
    add_people: tuple[str, ...],
    remove_people: tuple[str, ...],
    only_booking: bool,
    scope: str,
    dry_run: bool,
) -> int:
    """Give a booking another shape, or say why it cannot be."""
    the_id = BookingId(booking_id)
    if dry_run and scope != SeriesScope.ONE:
        raise Misused(call.say("--dry-run 只检查一项日程，不能与 --scope 同用。"))
    with call.opened() as (session, actor):
        zone = organisation.zone(session)
        change = service.BookingChange(
            start=moment(start, zone, "--start", call.lang) if start else None,
            minutes=minutes,
            room=room_of(room),
            title=title,
            host=PersonId("") if host == "none" else call.person(session, host) if host else None,
            agenda=_agenda(session, () if agenda == ("none",) else agenda, call) if agenda else None,
            remark=remark,
            link=link,
            add_people=call.people(session, add_people),
            remove_people=call.people(session, remove_people),
            campaign=call.campaign(session),
            hours=hours,
            only_booking=only_booking,
        )
        try:
            if scope != SeriesScope.ONE:
                all_done = series_changes.change(session, actor, the_id, change, SeriesScope(scope), call.clock)
                return _tell_many(call, ManyDone({done.booking.id: done for done in all_done}, {}))
            done = service.change(session, actor, the_id, change, call.clock, dry_run=dry_run)
        except Refused as no:
            return tell(call, the_id, no)
        return tell(call, the_id, done.findings, "" if dry_run else _line_of(session, done.booking, call))


@click.command("cancel", cls=Command, help="取消一项日程")
@click.argument("booking_ids", metavar="ID…", nargs=-1, required=True)
@option("--scope", type=OneOf(SeriesScope), default=SeriesScope.ONE.value, help=SCOPE_HELP)
@click.pass_obj
def cancel(call: Call, booking_ids: tuple[str, ...], scope: str) -> int:
    """Cancel; the booking stays in the ledger and, as cancelled, in calendars."""
    booking_id, *more = booking_ids
    if more and scope != SeriesScope.ONE:
        raise Misused(call.say("--scope 一次只能写一项日程。"))
    with call.opened() as (session, actor):
        if more:
            return _tell_many(call, many.cancel(session, actor, [*map(BookingId, booking_ids)], call.clock))
        if scope != SeriesScope.ONE:
            gone = series_changes.cancel(session, actor, BookingId(booking_id), SeriesScope(scope), call.clock)
            return _tell_many(call, ManyDone({done.booking.id: done for done in gone}, {}))
        done = service.cancel(session, actor, BookingId(booking_id), call.clock)
        return tell(call, BookingId(booking_id), done.findings, _line_of(session, done.booking, call))


@click.command("confirm", cls=Command, help="确认谈话已谈")
@click.argument("booking_ids", metavar="ID…", nargs=-1, required=True)
@option("--by", default=None, help="代谁确认；不写则由组织者确认双方")
@click.pass_obj
def confirm(call: Call, booking_ids: tuple[str, ...], by: str | None) -> int:
    """Confirm for one side, or as an organizer for both; of several each for itself."""
    booking_id, *more = booking_ids
    if more and by:
        raise Misused(call.say("--by 只能确认一次谈话。"))
    with call.opened() as (session, actor):
        if more:
            return _tell_many(call, many.confirm(session, actor, [*map(BookingId, booking_ids)], call.clock))
        person = call.person(session, by) if by else None
        try:
            done = service.confirm(session, actor, BookingId(booking_id), call.clock, person)
        except Refused as no:
            return tell(call, None, no)
        return tell(call, BookingId(booking_id), done.findings, _line_of(session, done.booking, call))


@click.command("unconfirm", cls=Command, help="撤回已谈的确认")
@click.argument("booking_id", metavar="ID")
@option("--by", default=None, help="撤回谁的确认；不写则由组织者全部撤回")
@click.pass_obj
def unconfirm(call: Call, booking_id: str, by: str | None) -> int:
    """Take back one side's confirmation, or as an organizer all of them."""
    with call.opened() as (session, actor):
        person = call.person(session, by) if by else None
        done = service.unconfirm(session, actor, BookingId(booking_id), call.clock, person)
        return tell(call, BookingId(booking_id), done.findings, _line_of(session, done.booking, call))


@click.command("bookings", cls=Command, help="查看日程，只到查看者可见的程度")
@option("--person", default=None, help="某人的日程")
@option("--room", default=None, help="某场地的日程")
@option("--kind", default=None, help="类型")
@option("--on", type=ADAY, default=None, help="某一天")
@option("--from", "first", type=ADAY, default=None, help="自某日起")
@option("--to", "last", type=ADAY, default=None, help="至某日止（含）")
@click.pass_obj
def bookings(
    call: Call,
    *,
    person: str | None,
    room: str | None,
    kind: str | None,
    on: date | None,
    first: date | None,
    last: date | None,
) -> None:
    """List what stands on the calendar."""
    if on and (first or last):
        raise Misused(call.say("--on 不能与 --from、--to 同用。"))
    if first and last and first > last:
        raise Misused(call.say("--from 晚于 --to。"))
    with call.opened() as (session, actor):
        query = service.Query(
            person=call.person(session, person) if person else None,
            room=RoomId(room) if room else None,
            kind=kind_of(kind, call) if kind else None,
            first=on or first,
            last=on or last,
            campaign=call.campaign(session),
        )
        listed = service.listing(session, actor, query, call.clock)
        zone = organisation.zone(session)
        call.answer(
            lambda: [shapes.bookings.BookingModel.of(seen, call.reader(zone)) for seen in listed],
            lambda: _listing(session, actor, listed, zone, call),
        )


def _agenda(session: Session, lines: tuple[str, ...], call: Call) -> tuple[AgendaItem, ...]:
    """The points of an agenda, in their order."""
    if not lines:
        return ()
    roster = people_service.roster(session, OPERATOR, None, call.clock)
    return meetings.points(lines, lambda name: meetings.speaking(name, roster))


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def tell(call: Call, booking_id: BookingId | None, findings: Findings | Refused, line: str = "") -> int:
    """Print how it went, and give the exit status."""
    call.answer(
        lambda: shapes.bookings.BookedModel.told(findings, call.reader(), booking_id),
        lambda: _findings(call, findings, line),
    )
    return 1 if findings.blocking else 0


def _tell_proposed(call: Call, done: proposals.Proposed) -> int:
    """A talk of one's own waits for the other one."""
    line = call.say("已提议（%(number)s），等对方同意后排定。", number=done.proposal.id)
    call.answer(
        lambda: shapes.bookings.BookedModel.made(done, call.reader()), lambda: _findings(call, done.findings, line)
    )
    return 0


def _tell_many(call: Call, done: ManyDone) -> int:
    """What became of each, and why of those that stay as they are."""
    told = [(name, True, "") for name in done.done]
    told += [(name, False, wording.error(no, call.lang)) for name, no in done.refused.items()]
    call.answer(
        [{"id": name, "ok": is_done, "text": text} for name, is_done, text in told],
        lambda: ["  ".join((name, call.say("已办") if is_done else text)) for name, is_done, text in told],
    )
    return 1 if done.refused else 0


def _findings(call: Call, findings: Findings | Refused, line: str) -> Iterator[str]:
    """What happened, then what is to be said about it, by weight."""
    if line:
        yield line
    for text, some in (
        ("不能排定：%(what)s", findings.blocking),
        ("提醒：%(what)s", findings.warnings),
        ("提示：%(what)s", findings.hints),
    ):
        for finding in some:
            yield call.say(text, what=wording.text(finding, call.lang))
    if not line and not findings.blocking:
        yield call.say("可以排定（未保存）。")


def _line_of(session: Session, booking: Booking, call: Call) -> str:
    """A booking on one line."""
    zone = organisation.zone(session)
    start, end = booking.span.start.astimezone(zone), booking.span.end.astimezone(zone)
    roster = people_service.roster(session, OPERATOR, start.date(), call.clock)
    title = booking.title or wording.label(booking.kind, call.lang)
    parts = [
        booking.id,
        title,
        wording.span_text(start, end, call.lang),
        booking.room or "",
        _people(booking.people, roster, call, booking.guests),
    ]
    return "  ".join(part for part in parts if part)


def _people(people: tuple[PersonId, ...], roster: Roster, call: Call, guests: Collection[Guest] = ()) -> str:
    """A few names, or how many there are; guests besides."""
    names = [*map(roster.name, people), *(guest.name for guest in guests if guest.person not in people)]
    return call.say("%(count)s 人", count=len(names)) if len(names) > FEW else call.joined(names)


def _listing(session: Session, actor: Actor, listed: list[SeenBooking], zone: ZoneInfo, call: Call) -> Iterator[str]:
    """Bookings as a table."""
    roster = people_service.roster(session, OPERATOR, None, call.clock)
    del actor
    rows = []
    for seen in listed:
        start, end = seen.span.start.astimezone(zone), seen.span.end.astimezone(zone)
        rows.append(
            (
                seen.id or "",
                f"{start:%Y-%m-%d}",
                wording.weekday_text(start.date(), call.lang),
                f"{start:%H:%M}–{end:%H:%M}" if start.date() == end.date() else f"{start:%H:%M}–{end:%m-%d %H:%M}",
                seen.room or "",
                wording.label(seen.kind, call.lang),
                seen.title if not seen.is_busy else "",
                _people(seen.people, roster, call, seen.guests),
                "" if seen.is_busy else wording.label(seen.state, call.lang),
            )
        )
    head = call.heads("编号 | 日期 | 星期 | 时间 | 场地 | 类型 | 名称 | 人员 | 状态")
    yield from printing.table(head, rows)
    yield call.say("共 %(count)s 项。", count=len(rows))
