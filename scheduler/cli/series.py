"""arrange-sessions: a series of study sessions, symposiums or other meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.bookings import PEOPLE_HELP, kind_of, room_of
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, CLOCK, MINUTES, NTH, WORDS, OneOf
from scheduler.core.sessions.rhythms import MAX_WEEKS, DayOff, Rhythm, Round
from scheduler.core.sessions.series import EVERY_HALF_DAY, WEEKDAYS, HalfDay, Spread, half_days
from scheduler.services.ground import organisation
from scheduler.services.sessions import series as service
from scheduler.services.sessions.series import Chosen, RegularSeries, SeriesOrder, SeriesProposal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from scheduler.core.ground.access import Actor
    from scheduler.core.ground.ids import BookingId
    from scheduler.services.ground.schema import Session

HELP = "成批安排集中学习、座谈会等：先看，加 --book 再排定"
AUDIENCE_HELP = "范围，如 leadership_team、branch:B1"
TITLE_HELP = "名称，{n} 处填次序；缺省“第{n}次…”"
ROOM_HELP = "场地；缺省任一够大的；EXT 外出，none 不设"


@click.command("arrange-sessions", cls=Command, help=HELP)
@click.argument("kind")
@option("--audience", type=WORDS, default=(), help=AUDIENCE_HELP)
@option("--people", type=WORDS, default=(), help=PEOPLE_HELP)
@option("--must", type=WORDS, default=(), help="范围内必须到会的人")
@option("--count", type=click.INT, default=None, help="次数")
@option("--reach-by", type=ADAY, default=None, help="或：够学时为止，至某日")
@option("--minutes", type=MINUTES, required=True, help="每次分钟数")
@option("--from", "first", type=ADAY, required=True, help="自某日起")
@option("--to", "last", type=ADAY, required=True, help="至某日止（含）")
@option("--apart", type=click.INT, default=1, help="至少间隔天数")
@option("--per-week", type=click.INT, default=None, help="每周至多次数")
@option("--half-days", type=WORDS, default=(), help="只在这些半天，如 Wed-pm,Fri")
@option("--spread", type=OneOf(Spread), default=Spread.SOONEST.value, help="尽早或均匀")
@option("--room", default=None, help=ROOM_HELP)
@option("--title", default=None, help=TITLE_HELP)
@option("--at", type=CLOCK, default=None, help="按固定规律：几点开始，如 09:00；以下几项说明规律")
@option("--on", "weekdays", type=WORDS, default=(), help="周几，如 Wed 或 Mon,Thu")
@option("--every", type=click.IntRange(1, MAX_WEEKS), default=1, help="每几周一次")
@option("--nth", type=NTH, default=None, help="每月第几个 --on 的日子；last 最后一个")
@option("--workday", type=NTH, default=None, help="每月第几个工作日；last 最后一个")
@option("--day-off", type=OneOf(DayOff), default=DayOff.SKIP.value, help="遇休息日：跳过、顺延或照排")
@option("--host", default=None, help="主持人")
@option("--book", "books", is_flag=True, help="全部排定（只要有一次排不下就不排）")
@click.pass_obj
def arrange_sessions(  # noqa: PLR0913 - one argument per option
    call: Call,
    /,
    *,
    kind: str,
    audience: tuple[str, ...],
    people: tuple[str, ...],
    must: tuple[str, ...],
    books: bool,
    half_days: tuple[str, ...],
    spread: str,
    room: str | None,
    title: str | None,
    host: str | None,
    at: time | None,
    weekdays: tuple[str, ...],
    every: int,
    nth: int | None,
    workday: int | None,
    day_off: str,
    **numbers: int | date | None,
) -> int:
    """Propose a series, or say why there is none; with --book it stands on the calendar."""
    the_kind = kind_of(kind, call)
    rhythm = _rhythm(weekdays, every, nth, workday, day_off, call)
    if (rhythm is None) != (at is None):
        raise Misused(call.say("按固定规律要写 --at，再写 --on 或 --workday。"))
    with call.opened() as (session, actor):
        order = SeriesOrder(
            kind=the_kind,
            people=call.people(session, people),
            audience=audience,
            must_come=call.people(session, must),
            half_days=_half_days(half_days, call),
            spread=Spread(spread),
            room=room_of(room),
            title=wording.series_title(the_kind) if title is None else title,
            campaign=call.campaign(session),
            host=call.person(session, host) if host else None,
            **numbers,  # type: ignore[arg-type]  # each by its own name and type, as the options say
        )
        zone = organisation.zone(session)
        if rhythm and at:
            return _regular(
                call, session, actor, service.regular(session, actor, order, rhythm, at, call.clock), books, zone
            )
        proposal = service.propose(session, actor, order, call.clock)
        booked: list[BookingId] = []
        if books and proposal.plan.is_complete and proposal.sessions:
            chosen = [Chosen(proposed.draft.span.start, proposed.draft.room) for proposed in proposal.sessions]
            booked = [made.booking.id for made in service.book(session, actor, order, chosen, call.clock)]
        call.answer(
            lambda: shapes.sessions.SeriesModel.of(proposal, call.reader(zone)).with_booked(booked),
            lambda: _lines(proposal, booked, zone, call),
        )
        return 0 if proposal.plan.is_complete else 1


def _rhythm(
    weekdays: tuple[str, ...], every: int, nth: int | None, workday: int | None, day_off: str, call: Call
) -> Rhythm | None:
    """How the meetings come round; None if nothing was said of it."""
    names = [day.casefold() for day in WEEKDAYS]
    if strange := [word for word in weekdays if word.casefold() not in names]:
        raise Misused(call.say("--on：“%(word)s”不是周几，应如 Wed。", word=strange[0]))
    days = tuple(sorted({names.index(word.casefold()) for word in weekdays}))
    if workday is not None:
        if days or nth is not None:
            raise Misused(call.say("--workday 不能与 --on、--nth 同用。"))
        return Rhythm(Round.WORKDAY, nth=workday, day_off=DayOff(day_off))
    if nth is not None and not days:
        raise Misused(call.say("--nth 要与 --on 同用。"))
    if not days:
        return None
    by = Round.WEEKS if nth is None else Round.WEEKDAY
    return Rhythm(by, every, days, nth or 1, DayOff(day_off))


def _regular(call: Call, session: Session, actor: Actor, series: RegularSeries, books: bool, zone: ZoneInfo) -> int:
    """The meetings as they come round; booked if that was asked and all of them can be."""
    is_free = not any(findings.blocking for _, findings in series.sessions)
    booked: list[BookingId] = []
    if books and is_free:
        chosen = [Chosen(draft.span.start, draft.room) for draft, _ in series.sessions]
        booked = [made.booking.id for made in service.book(session, actor, series.order, chosen, call.clock)]

    def lines() -> Iterator[str]:
        rows = []
        for draft, findings in series.sessions:
            start, end = (moment.astimezone(zone) for moment in (draft.span.start, draft.span.end))
            why = "；".join(wording.text(finding, call.lang) for finding in (*findings.blocking, *findings.warnings))
            rows.append((draft.title, wording.span_text(start, end, call.lang), draft.room or "", why))
        yield from printing.table(call.heads("名称 | 时间 | 场地 | 要留意"), rows)
        if booked:
            yield call.say("已排定：%(names)s", names=call.joined(booked))

    call.answer(lambda: shapes.sessions.RegularSeriesModel.of(series, call.reader(zone)).with_booked(booked), lines)
    return 0 if is_free else 1


def _half_days(words: tuple[str, ...], call: Call) -> frozenset[HalfDay]:
    """The half-days that were written; all of them when none were."""
    chosen: frozenset[HalfDay] = frozenset()
    for word in words:
        if not (some := half_days(word)):
            raise Misused(call.say("--half-days：“%(word)s”不是半天，应如 Wed-pm 或 Fri。", word=word))
        chosen |= some
    return chosen or EVERY_HALF_DAY


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines(proposal: SeriesProposal, booked: list[BookingId], zone: ZoneInfo, call: Call) -> Iterator[str]:
    """What the hours need, the sessions, then why not all, and what would help."""
    plan = proposal.plan
    if proposal.need:
        yield _need(proposal, call)
    if plan.requested:
        yield call.say(
            "可排 %(placed)s/%(asked)s 次，缺席 %(missed)s 人次（已是最少）",
            placed=plan.placed,
            asked=plan.requested,
            missed=plan.missed,
        )
        yield ""
        yield from _table(proposal, zone, call)
    for reason in plan.reasons:
        yield call.say("原因：%(what)s", what=wording.text(reason, call.lang))
    for repair in plan.repairs:
        yield call.say("可改：%(what)s", what=wording.repair_text(repair, call.lang))
    if booked:
        yield call.say("已排定：%(names)s", names=call.joined(booked))


def _need(proposal: SeriesProposal, call: Call) -> str:
    """What the study hours still need."""
    need = proposal.need
    assert need is not None  # noqa: S101 - asked by the caller
    day = wording.day_text(need.by, call.lang)
    most = max(need.lacking.values(), default=0)
    return call.say(
        "到%(day)s要求 %(asked_hours)s 学时：%(count)s 人未够，最多差 %(most)s 学时，还需 %(sessions)s 次",
        day=day,
        asked_hours=f"{need.asked_hours:g}",
        count=len(need.lacking),
        most=f"{most:g}",
        sessions=need.sessions,
    )


def _table(proposal: SeriesProposal, zone: ZoneInfo, call: Call) -> list[str]:
    """One line for each session."""
    rows = []
    for proposed in proposal.sessions:
        start, end = (moment.astimezone(zone) for moment in (proposed.draft.span.start, proposed.draft.span.end))
        missing = "；".join(wording.text(finding, call.lang) for finding in proposed.missing)
        when = wording.span_text(start, end, call.lang)
        rows.append((proposed.draft.title, when, proposed.draft.room or "", proposed.placed.attending, missing))
    return printing.table(call.heads("名称 | 时间 | 场地 | 到会 | 不能到会"), rows)
