"""What a square of the matrix says when it is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.coverage.matrix import pool_name
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.coverage.verdicts import Verdict, verdicts
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, Mode, State
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.rules.requirements import Reason, Requirement
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import FreeTime
from scheduler.services.coverage.report import Report
from scheduler.services.organisation import people
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.names import Names
from scheduler.web.page.paging import kept_args
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local, told, when

MINUTES = 45
CONFIRMABLE = (State.BOOKED, State.AWAITING_CONFIRMATION)
FREE_SHOWN, LOOKED_AT = 3, 40
AFTERWARDS = timedelta(days=14)
"""When the window is over or open-ended, times are looked for so long from today."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: the rule, and what on the org chart made it apply."""

    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A talk of these people: when, where, what became of it, and why it does not count."""

    id: BookingId
    href: str
    when: str
    where: str
    who: str
    state: str
    counts: bool
    why_not: str
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Free:
    """A time at which everybody and a room are free; `value` is what the form sends."""

    value: str
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class SquarePage:
    """Everything the panel prints."""

    key: str
    heading: str
    state: CoverageState
    is_overdue: bool
    severity: str
    needed: int
    have: int
    reasons: list[Why]
    pool: str
    window: str
    form: str
    hindrances: list[str]
    talks: list[TalkLine]
    back: str
    """The matrix with this square open."""
    away: str
    """The matrix without it."""
    rule_set: str
    may_book: bool
    looked: bool
    book_people: list[PersonId]
    free: list[Free]
    minutes: int
    new_href: str
    arrange_href: str
    """Where the planner is asked for this one alone; empty for those who may not."""
    held: "HeldForm | None"
    """What putting down a held talk asks; None for those who may not, and where nothing is missing."""
    is_recording: bool = False
    """Whether that form is open."""


@dataclass(frozen=True, slots=True)
class HeldForm:
    """The form that puts down a talk which was held."""

    action: str
    day: date
    today: date
    modes: list[Choice]
    """Ways to choose from; none if there is only one."""
    partners: list[Choice]
    """Of a pool: with whom."""


def square_page(report: Report, state: RequirementState, names: Names, back: str, away: str) -> SquarePage:
    """The panel of one requirement."""
    requirement, rule_set = state.requirement, report.rule_set
    is_offered = state.state is CoverageState.OPEN and may_book(requirement)
    return SquarePage(
        key=requirement.key,
        heading=heading(requirement, names),
        state=state.state,
        is_overdue=state.is_overdue,
        severity=requirement.severity,
        needed=requirement.needed,
        have=state.have,
        reasons=[
            Why(facts.rule_name(report.spec, r.rule), _because(r, requirement, names)) for r in requirement.reasons
        ],
        pool=names.people(names.roster.in_rank_order(requirement.pool)),
        window=window_text(requirement),
        form=_form(requirement),
        hindrances=_hindrances(requirement, names),
        talks=_talk_lines(report, requirement, names),
        back=back,
        away=away,
        rule_set=rule_set.id,
        may_book=is_offered,
        looked=is_offered,
        book_people=list(requirement.bearers),
        free=_free_times(requirement, names) if is_offered else [],
        minutes=MINUTES,
        new_href=url_for(
            "bookings.new_booking", kind="talk", people=requirement.bearers, rule_set=rule_set.id, next=back
        ),
        arrange_href=_arrange_href(report, state),
        held=_held_form(requirement, names) if state.state is CoverageState.OPEN else None,
    )


def first_mode(requirement: Requirement) -> Mode:
    """The way in which it is held unless somebody says otherwise."""
    return next(mode for mode in Mode if mode in requirement.modes)


def _arrange_href(report: Report, state: RequirementState) -> str:
    """Where the planner is asked for this one alone, where it is missing and one may ask."""
    if state.state is not CoverageState.OPEN or not facts.may_arrange(report.rule_set):
        return ""
    return url_for("arranging.new_plan", rule_set=report.rule_set.id, only=state.requirement.key)


def _held_form(requirement: Requirement, names: Names) -> HeldForm | None:
    """What putting down a held talk asks, for those who may."""
    if not access.may(edge.actor(), Action.CONFIRM_FOR_ALL):
        return None
    today, last = facts.today(), requirement.window.last
    modes = [(mode.value, wording.label(mode, edge.lang())) for mode in Mode if mode in requirement.modes]
    pool = names.roster.in_rank_order(set(requirement.pool) - {requirement.subject})
    return HeldForm(
        action=url_for("coverage.record_held", key=requirement.key, **kept_args()),
        day=min(today, last) if last else today,
        today=today,
        modes=modes if len(modes) > 1 else [],
        partners=[(person, names.person(person)) for person in pool],
    )


def heading(requirement: Requirement, names: Names) -> str:
    """林秀芝 × 高富; 林秀芝 × 督导组 任一."""
    if requirement.pair:
        return " × ".join(names.person(person) for person in requirement.pair)
    return f"{names.person(requirement.subject)} × {pool_text(requirement, names)}"


def pool_text(requirement: Requirement, names: Names) -> str:
    """A pool by the name of the group that it is, or by its people."""
    group = pool_name(requirement.pool, requirement.subject, names.roster)
    name = (
        names.group(group) if group else names.people(requirement.pool[:2]) + ("…" if len(requirement.pool) > 2 else "")
    )
    return wording.pool_text(name, requirement.k, names.lang)


def other_side(requirement: Requirement, person: PersonId, names: Names) -> str:
    """With whom, seen from one of the two."""
    if requirement.pair:
        return names.person(next(other for other in requirement.pair if other != person))
    return pool_text(requirement, names)


def window_text(requirement: Requirement) -> str:
    """Until when: 8月15日（周五）前; the period before it, if there is one."""
    first, last = requirement.window.first, requirement.window.last
    period = wording.period_text(requirement.period, edge.lang())
    if last is None:
        return period
    day, weekday = wording.day_text(last, edge.lang()), wording.weekday_text(last, edge.lang())
    until = _("%(day)s（%(weekday)s）前", day=day, weekday=weekday)
    if first and first > facts.today():
        until = wording.days_text(first, last, edge.lang())
    return f"{period} · {until}" if period and requirement.period and "/" not in requirement.period else until


def _form(requirement: Requirement) -> str:
    """In which ways it may be held, if there is something to say about it."""
    modes = [wording.label(mode, edge.lang()) for mode in Mode if mode in requirement.modes]
    size = "" if requirement.group_ok else _("一对一")
    return told((listed(modes), size))


def _because(reason: Reason, requirement: Requirement, names: Names) -> str:
    """What on the org chart made a rule apply: 林秀芝分管职工服务中心，高富任负责人."""
    if reason.unit and requirement.pair:
        unit = names.roster.units.get(reason.unit)
        leaders = unit.in_charge if unit else ()
        leader, head = requirement.pair if requirement.pair[0] in leaders else requirement.pair[::-1]
        told = {"leader": names.person(leader), "unit": names.unit(reason.unit), "head": names.person(head)}
        if reason.is_acting:
            return _("%(leader)s分管%(unit)s，%(head)s主持工作", **told)
        return _("%(leader)s分管%(unit)s，%(head)s任负责人", **told)
    if reason.occurrence is not None:
        return _("因登记的一项情形")
    return names.group(reason.branch) if reason.branch else ""


def may_book(requirement: Requirement) -> bool:
    """Whether to offer booking it; the service decides again when it is done."""
    people = requirement.pair or (*requirement.bearers, *requirement.pool[:1])
    return booking_rights.may_arrange(edge.actor(), Kind.TALK, people, ())


def _days(requirement: Requirement) -> tuple[date, date]:
    """The days in which a time is looked for."""
    today, window = facts.today(), requirement.window
    last = window.last if window.last and window.last >= today else today + AFTERWARDS
    return max(today, window.first or today), last


def _hindrances(requirement: Requirement, names: Names) -> list[str]:
    """When the people cannot be had within the window, for those who may know."""
    if not access.may(edge.actor(), Action.SEE_ABSENCES):
        return []
    first, last = _days(requirement)
    away = people.absences(
        edge.session(), edge.actor(), edge.clock(), people=requirement.bearers, first=first, last=last
    )
    return [f"{names.person(absence.person)} {facts.absence_text(absence)}" for absence in away]


def _free_times(requirement: Requirement, names: Names) -> list[Free]:
    """A few times at which the people and a room are free; out of a pool, with the first members who can."""
    first, last = _days(requirement)
    tomorrow = facts.today() + timedelta(days=1)
    first = tomorrow if first < tomorrow <= last else first
    partners: Sequence[PersonId | None] = [None]
    if not requirement.pair:
        partners = names.roster.in_rank_order(requirement.pool)[:FREE_SHOWN]
    free_times: list[Free] = []
    for partner in partners:
        together = (*requirement.bearers, *((partner,) if partner else ()))
        times = bookings.free_times(
            edge.session(), edge.actor(), together, MINUTES, edge.clock(), first=first, last=last, limit=LOOKED_AT
        )
        chosen = facts.spread(times, 1)[: FREE_SHOWN if partner is None else 1]
        free_times += [_free(free, partner, names) for free in chosen]
    return free_times


def _free(free: FreeTime, partner: PersonId | None, names: Names) -> Free:
    where = " · ".join(filter(None, (names.person(partner), names.room(free.room))))
    told = wording.moment_text(local(free.span.start), edge.lang())
    return Free(facts.words_of_free(free, partner), told, where)


def _talk_lines(report: Report, requirement: Requirement, names: Names) -> list[TalkLine]:
    """All talks of these people that the viewer may know, with the reason why one does not count."""
    return [
        _talk_line(verdict, requirement, names)
        for verdict in verdicts(report.coverage, report.earlier)
        if _concerns(verdict.talk.people, requirement) and access.may_see_booking(edge.actor(), verdict.talk)
    ]


def _concerns(people: Iterable[PersonId], requirement: Requirement) -> bool:
    """Whether a talk was one of these people, in this matter or another."""
    present = set(people)
    if requirement.pair:
        return present.issuperset(requirement.pair)
    return requirement.subject in present and not present.isdisjoint(set(requirement.partners) - {requirement.subject})


def _talk_line(verdict: Verdict, requirement: Requirement, names: Names) -> TalkLine:
    talk = verdict.talk
    others = [person for person in talk.people if person not in requirement.bearers]
    mode = "" if talk.mode is Mode.FACE_TO_FACE else wording.label(talk.mode, edge.lang())
    return TalkLine(
        id=talk.id,
        href=url_for("bookings.booking", booking_id=talk.id),
        when=when(talk.span),
        where=" · ".join(filter(None, (names.room(talk.room), mode))),
        who=names.people(others),
        state=verdict.state,
        counts=verdict.counts,
        why_not=verdict.why_not if verdict.why_not and verdict.state is State.HELD else "",
        may_confirm=verdict.state in CONFIRMABLE and access.may(edge.actor(), Action.CONFIRM_FOR_ALL),
    )
