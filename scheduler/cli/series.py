"""arrange-sessions: a series of study sessions, symposiums or other meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.bookings import PEOPLE_HELP, kind_of, room_of
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, MINUTES, WORDS, OneOf
from scheduler.core.sessions.series import EVERY_HALF_DAY, HalfDay, Spread, half_days
from scheduler.services.ground import organisation
from scheduler.services.sessions import series as service
from scheduler.services.sessions.series import Chosen, SeriesOrder, SeriesProposal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from scheduler.core.ground.ids import BookingId

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
    **numbers: int | date | None,
) -> int:
    """Propose a series, or say why there is none; with --book it stands on the calendar."""
    the_kind = kind_of(kind, call)
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
            **numbers,  # type: ignore[arg-type]  # each by its own name and type, as the options say
        )
        proposal = service.propose(session, actor, order, call.clock)
        zone = organisation.zone(session)
        booked: list[BookingId] = []
        if books and proposal.plan.is_complete and proposal.sessions:
            chosen = [Chosen(proposed.draft.span.start, proposed.draft.room) for proposed in proposal.sessions]
            booked = [made.booking.id for made in service.book(session, actor, order, chosen, call.clock)]
        call.answer(
            lambda: shapes.sessions.SeriesModel.of(proposal, call.reader(zone)).with_booked(booked),
            lambda: _lines(proposal, booked, zone, call),
        )
        return 0 if proposal.plan.is_complete else 1


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
