"""Meetings by frequency: the ones that are missing first, each booked by one tap; then each branch, each period of a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import GroupId
from scheduler.core.programme import frequencies as core
from scheduler.core.programme.frequencies import Duty, DutyState
from scheduler.services.programme import frequencies as service
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, when
from scheduler.web.programme import pages
from scheduler.wording.programme import DUTY_STATES
from scheduler.wording.texts import say

FIRST_YEAR, LAST_YEAR = 1900, 2199
DUTY_TONES = {
    DutyState.HELD: ("covered", "✓"),
    DutyState.BOOKED: ("booked", "●"),
    DutyState.DUE: ("awaiting_confirmation", "◐"),
    DutyState.LATE: ("bad", "!"),
    DutyState.NOT_YET: ("", "·"),
    DutyState.EXEMPT: ("na", ""),
}


@dataclass(frozen=True, slots=True)
class DutyCell:
    """What became of a period, for a branch."""

    state: str
    tone: str
    sign: str
    says: str
    """All of it in words."""
    href: str
    """The meeting that stands for it."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A branch in the table of a rule: held of those periods that have begun."""

    name: str
    cells: list[DutyCell]
    held: int
    begun: int


@dataclass(frozen=True, slots=True)
class DutyTable:
    """A rule with its periods as columns."""

    name: str
    periods: list[str]
    rows: list[DutyRow]


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A meeting that is missing, or a period that is not asked."""

    name: str
    branch: str
    period: str
    until: str
    action: str
    """Where its buttons are sent."""
    form: str
    """The form of a booking, as it would be filled in by hand."""
    reason: str
    says: str
    """All of it in words, for what is read aloud."""


@pages.get("/frequencies")
@edge.policy(Action.SEE_PROGRAMME, Action.BOOK_IN_BRANCH)
def frequencies() -> ResponseReturnValue:
    """Meetings by frequency: each branch, each period of a year."""
    fields, today = Fields(request.args), facts.today()
    year, day = fields.number("year", FIRST_YEAR, LAST_YEAR), fields.day("as_of")
    year = year or (day or today).year
    duties = service.duties(edge.session(), edge.actor(), year, day, edge.clock())
    rules = {duty.rule.id: duty.rule for duty in duties}
    roster, by_day = facts.names().roster, sorted(duties, key=lambda duty: duty.due)
    return render_template(
        "programme/frequencies.html",
        year=year,
        as_of=day or today,
        is_today=day in (None, today),
        tables=[_table(rule.name, [duty for duty in duties if duty.rule.id == rule.id]) for rule in rules.values()],
        missing=[_open(duty) for duty in by_day if duty.state is DutyState.DUE],
        late=[_open(duty) for duty in by_day if duty.state is DutyState.LATE],
        exempt=[_open(duty) for duty in duties if duty.reason],
        branches=[(b.id, b.name) for b in roster.branches() if any(d.subject == b.id for d in duties)],
        may_exempt=service.may_exempt(edge.actor()),
    )


@pages.post("/frequencies/<rule>/<subject>/<period>")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def act_on_duty(rule: str, subject: str, period: str) -> ResponseReturnValue:
    """Book the meeting that a period lacks, say why it is not asked, or that it is asked again."""
    session, actor, clock, key = edge.session(), edge.actor(), edge.clock(), (rule, subject, period)
    fields = Fields(request.form)
    try:
        match fields.typed("act"):
            case "book":
                booked = service.book(session, actor, key, clock).booking
                told = _("已排定：%(title)s，%(when)s。", title=booked.title, when=when(booked.span))
                back = {"next": url_for("programme.frequencies", year=period[:4])}
                undo.offer(told, url_for("bookings.cancel_booking", booking_id=booked.id), back)
            case "exempt":
                service.exempt(session, actor, key, fields.typed("reason"), clock)
                undo.offer(_("已免：这一期不再要求。"), request.path, {"act": "ask"})
            case "ask":
                service.exempt(session, actor, key, None, clock)
                flash(_("已恢复要求。"), "good")
            case other:
                raise Malformed("unknown_choice", "act", value=other[:20])
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    return redirect(url_for("programme.frequencies", year=period[:4]), 303)


def _table(name: str, duties: Sequence[Duty]) -> DutyTable:
    periods = {duty.period.label or "": _period(duty) for duty in duties}
    by_subject = {
        subject: {duty.period.label: duty for duty in duties if duty.subject == subject}
        for subject in dict.fromkeys(duty.subject for duty in duties)
    }
    return DutyTable(
        name, list(periods.values()), [_row(subject, list(told.values())) for subject, told in by_subject.items()]
    )


def _row(subject: str, duties: Sequence[Duty]) -> DutyRow:
    today = facts.today()
    begun = [duty for duty in duties if duty.has_begun and (duty.period.days.first or today) <= today]
    held = sum(duty.state is DutyState.HELD for duty in begun)
    return DutyRow(_branch(subject), [_cell(duty) for duty in duties], held, len(begun))


def _cell(duty: Duty) -> DutyCell:
    state, meetings = say(DUTY_STATES[duty.state], edge.lang()), duty.meetings
    words = listed((_branch(duty.subject), duty.rule.name, _period(duty), state, duty.reason, *meetings))
    href = url_for("bookings.booking", booking_id=meetings[0]) if meetings else ""
    return DutyCell(state, *DUTY_TONES[duty.state], words, href)


def _open(duty: Duty) -> OpenDuty:
    rule, subject, period = duty.key
    day = duty.due if duty.state is DutyState.LATE else None
    return OpenDuty(
        duty.rule.name,
        _branch(subject),
        _period(duty),
        wording.day_text(duty.due, edge.lang()),
        url_for("programme.act_on_duty", rule=rule, subject=subject, period=period),
        url_for(
            "bookings.new_booking",
            kind=duty.rule.kind,
            audience=core.selector(duty.rule, subject),
            title=duty.rule.name,
            day=day.isoformat() if day else None,
        ),
        duty.reason,
        listed((_branch(subject), duty.rule.name, _period(duty))),
    )


def _branch(subject: str) -> str:
    """A branch or a group by its name; another audience as it is called."""
    names = facts.names()
    return names.group(GroupId(subject)) if GroupId(subject) in names.roster.groups else names.audience(subject)


def _period(duty: Duty) -> str:
    """A period by its name within the year: 8月, 三季度, 上半年, 全年."""
    label, first = duty.period.label or "", duty.period.days.first
    named = {
        "Q1": _("一季度"),
        "Q2": _("二季度"),
        "Q3": _("三季度"),
        "Q4": _("四季度"),
        "H1": _("上半年"),
        "H2": _("下半年"),
    }
    if label[5:] in named:
        return named[label[5:]]
    return wording.month_text(first, edge.lang()) if first and label[5:] else _("全年")
