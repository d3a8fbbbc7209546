"""Asking for an arrangement: the form filled in with what is usual, or with what was asked before; then off it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.arranging.options import MAX_MINUTES, MAX_SECONDS, MAX_TALKS_A_DAY, MAX_TALKS_A_WEEK, ArrangeOptions
from scheduler.core.arranging.wishes import usual_talks_a_day
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import State
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PlanRunId, RoomId, RuleSetId
from scheduler.core.rules.requirements import Requirement, Severity
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.services.arranging import problem as arranging
from scheduler.services.arranging import queue as plan_queue
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import Report
from scheduler.web.arranging import choices, pages
from scheduler.web.bookings.choices import Ticked
from scheduler.web.coverage import squares
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local

GRIDS = (5, 10, 15, 20, 30, 60)
FOR_TALKS = "talk"


@dataclass(frozen=True, slots=True)
class SetLink:
    """A rule set that may be arranged instead."""

    href: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ArrangingForm:
    """What the form prints besides the values of its fields."""

    rule_set: RuleSetId
    rule_sets: list[SetLink]
    window: str
    is_over: bool
    open: int
    """So many talks wait to be arranged."""
    optional: int
    booked: int
    """So many stand already, and lie ahead."""
    rooms: list[Ticked]
    grids: list[Choice]
    again: str
    pinned: int
    """So many stay where the draft has them."""
    only: str
    """The key of the one requirement that is arranged; empty: all that is open."""
    only_name: str
    groups: list[choices.ChoiceGroup]
    """What may be ticked; empty if there is nothing to choose, or too much."""
    picked: int


@pages.get("/plans/new")
@edge.policy(Action.ARRANGE)
def new_plan() -> ResponseReturnValue:
    """The form, with sensible values in it."""
    fields, names = Fields(request.args), facts.names()
    report = _report(fields)
    if report is None:
        return render_template("arranging/none.html", has_rules=bool(facts.rule_sets()))
    _begin(fields, report, names)
    return _page(fields, report, names)


@pages.post("/plans")
@edge.policy(Action.ARRANGE)
@once
def ask_for_plan() -> ResponseReturnValue:
    """Ask the planner, and go on to where its run is watched; show the form again if it cannot be asked so."""
    fields, names = Fields(request.form), facts.names()
    report = _report(fields)
    if report is None:
        raise NotFound("rule_set", "")
    options, again = _options(fields, report, names), fields.text("again")
    if options is None:
        return _page(fields, report, names), 422
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    if again:
        return begun(plan_runs.run_again(session, actor, PlanRunId(again), clock, options).id)
    return begun(plan_runs.ask(session, actor, options, clock).id)


def begun(run_id: PlanRunId) -> ResponseReturnValue:
    """Tell the background process of a run, and go to its page."""
    plan_queue.send(edge.settings().queue, run_id)
    return redirect(url_for("arranging.plan", run_id=run_id), 303)


def talk_rooms(names: Names) -> tuple[RoomId, ...]:
    """The rooms that are used if nobody says which."""
    return tuple(RoomId(room.id) for room in names.rooms.values() if room.use == FOR_TALKS)


# ── What is arranged ─────────────────────────────────────────────────────────────────────────────────────────────────
def _report(fields: Fields) -> Report | None:
    """Where the rule set stands that the address names, or that was asked before; else the first that one may arrange."""
    before = fields.text("again")
    chosen = fields.text("rule_set")
    if before and not chosen:
        chosen = plan_runs.listed_run(edge.session(), edge.actor(), PlanRunId(before), edge.clock()).run.rule_set or ""
    if not chosen:
        chosen = next((rule_set.id for rule_set in _arrangeable()), "")
    if not chosen:
        return None
    report = coverage.report(edge.session(), edge.actor(), RuleSetId(chosen), None, edge.clock())
    seen_campaign.show(report.rule_set.campaign)
    arranging.require_arrange(edge.actor(), report.rule_set)
    return report


def _arrangeable() -> list[AppliedRuleSet]:
    """The rule sets of the campaign that the visitor may arrange, the leading one first."""
    applied = facts.rule_sets_of(seen_campaign.id_on(facts.today()))
    return sorted(filter(facts.may_arrange, applied), key=lambda rule_set: not rule_set.is_leading)


def _begin(fields: Fields, report: Report, names: Names) -> None:
    """Fill in what the address does not say: what was asked before, or what is usual."""
    before = fields.text("again")
    if before:
        run = plan_runs.listed_run(edge.session(), edge.actor(), PlanRunId(before), edge.clock()).run
        options = plan_runs.options_of(run)
    else:
        options = ArrangeOptions(first=_first(report), last=_last(report))
    if options.max_talks_per_day is None:
        usual = usual_talks_a_day(state.requirement for state in report.coverage.requirements)
        options = replace(options, max_talks_per_day=usual)
    for name, value in values_of(options).items():
        fields.values.setdefault(name, value)
    if len(options.only) > 1 and "only" not in request.args:
        fields.values["only"] = ""
        fields.values.setlist("pick", list(options.only))
        fields.values["picking"] = "1"
    if "rooms" not in fields.values:
        is_repair = fields.typed("fewest_changes") == "1"
        rooms = options.rooms if options.rooms is not None else _rooms(report, names, is_repair=is_repair)
        fields.values.setlist("rooms", [room for room in rooms if room != fields.typed("without")])


def values_of(options: ArrangeOptions) -> dict[str, str]:
    """What was asked as the values of the form; its rooms apart."""
    return {
        "from": options.first.isoformat() if options.first else "",
        "to": options.last.isoformat() if options.last else "",
        "minutes": str(options.minutes),
        "grid": str(options.grid),
        "max_talks_per_half_day": str(options.max_talks_per_half_day or ""),
        "max_talks_per_day": str(options.max_talks_per_day or ""),
        "max_talks_per_week": str(options.max_talks_per_week or ""),
        "seconds": str(options.seconds),
        "optional": "1" if options.with_optional else "",
        "fewest_changes": "1" if options.fewest_changes else "",
        "only": ",".join(options.only),
    }


def _first(report: Report) -> date:
    """The first day that leaves notice enough; never before the window opens."""
    opens = report.resolution.window.first
    day = local(arranging.earliest(edge.session(), report.rule_set.campaign, edge.clock())).date()
    return max(day, opens) if opens else day


def _last(report: Report) -> date | None:
    """The end of the latest window of what is open; None if there is none, or it is over."""
    ends = [state.requirement.window.last for state in report.coverage.requirements if _is_asked(state.state)]
    dated = [end for end in (*ends, report.resolution.window.last) if end]
    last = max(dated, default=None)
    return last if last and last >= _first(report) else None


def _rooms(report: Report, names: Names, *, is_repair: bool) -> Iterable[RoomId]:
    """The rooms for talks; when few are to move, also those in which talks stand."""
    stand = {talk.room for talk in report.coverage.talks if talk.state(report.as_of) is State.BOOKED}
    usual = set(talk_rooms(names))
    return [room for room in names.rooms if room in usual or (is_repair and room in stand)]


def _is_asked(state: CoverageState) -> bool:
    return state is CoverageState.OPEN


# ── What is asked ────────────────────────────────────────────────────────────────────────────────────────────────────
def _options(fields: Fields, report: Report, names: Names) -> ArrangeOptions | None:
    """What the form asks; None if something could not be read."""
    first, last = fields.day("from"), fields.day("to")
    minutes = fields.number("minutes", 1, MAX_MINUTES, required=True)
    grid = fields.one_of("grid", [str(grid) for grid in GRIDS], required=True)
    most = fields.number("max_talks_per_day", 1, MAX_TALKS_A_DAY)
    most_per_half_day = fields.number("max_talks_per_half_day", 1, MAX_TALKS_A_DAY)
    most_per_week = fields.number("max_talks_per_week", 1, MAX_TALKS_A_WEEK)
    seconds = fields.number("seconds", 1, MAX_SECONDS, required=True)
    rooms = fields.several_of("rooms", names.rooms)
    if names.rooms and not rooms:
        fields.refuse("rooms", _("请至少选一个场地。"))
    only = choices.chosen(fields, report)
    if not fields.is_valid or minutes is None or seconds is None:
        return None
    is_usual = set(rooms) == set(talk_rooms(names))
    try:
        return ArrangeOptions(
            rule_set=report.rule_set.id,
            first=first,
            last=last,
            grid=int(grid),
            minutes=minutes,
            rooms=None if is_usual else tuple(map(RoomId, rooms)),
            with_optional=fields.typed("optional") == "1",
            fewest_changes=fields.typed("fewest_changes") == "1",
            max_talks_per_day=most,
            max_talks_per_half_day=most_per_half_day,
            max_talks_per_week=most_per_week,
            seconds=seconds,
            only=only,
        )
    except Malformed as error:
        fields.take(error, "to")
        return None


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _page(fields: Fields, report: Report, names: Names) -> str:
    progress, today = report.coverage, report.as_of.day
    window, again = report.resolution.window, fields.text("again")
    only = fields.typed("only")
    only_these, is_picking = _only(report, only), fields.typed("picking") == "1"
    picked = fields.values.getlist("pick") if is_picking else None
    groups = choices.groups(report, names, picked) if not only else []
    placeable = [
        state.requirement
        for state in progress.requirements
        if _is_asked(state.state) and (not only_these or state.requirement.key in only_these)
    ]
    optional = sum(requirement.severity is Severity.OPTIONAL for requirement in placeable)
    talks = progress.talks
    form = ArrangingForm(
        rule_set=report.rule_set.id,
        rule_sets=_set_links(report.rule_set.id, names) if not again and not only else [],
        window=wording.days_text(window.first, window.last, edge.lang()) if window.first and window.last else "",
        is_over=bool(window.last and window.last < today),
        open=len(placeable) if only_these else len(placeable) - optional,
        optional=0 if only_these else optional,
        booked=sum(talk.state(report.as_of) is State.BOOKED and talk.span.start >= edge.clock().now for talk in talks),
        rooms=[(room, names.room(room), _use(names, room)) for room in _in_order(names)],
        grids=[(str(grid), _("%(count)s 分钟", count=grid)) for grid in GRIDS],
        again=again,
        pinned=_pinned(PlanRunId(again)) if again else 0,
        only=only,
        only_name=listed(squares.heading(requirement, names) for requirement in only_these.values()),
        groups=groups,
        picked=sum(choice.is_ticked for group in groups for choice in group.choices),
    )
    return render_template(
        "arranging/new.html", fields=fields, form=form, name=facts.rule_set_name(report.rule_set, names), names=names
    )


def _only(report: Report, only: str) -> dict[str, Requirement]:
    """The requirements that alone are to be arranged, by their keys. Raises NotFound if one is not asked for."""
    keys = [key for key in only.split(",") if key]
    by_key = {state.requirement.key: state.requirement for state in report.coverage.requirements} if keys else {}
    for key in keys:
        if key not in by_key:
            raise NotFound("requirement", key)
    return {key: by_key[key] for key in keys}


def _set_links(chosen: RuleSetId, names: Names) -> list[SetLink]:
    """The rule sets that one may choose from, if there are several."""
    rule_sets, few = _arrangeable(), request.values.get("fewest_changes") or None
    links = [
        SetLink(
            url_for("arranging.new_plan", rule_set=rule_set.id, fewest_changes=few),
            facts.rule_set_name(rule_set, names),
            rule_set.id == chosen,
        )
        for rule_set in rule_sets
    ]
    return links if len(links) > 1 else []


def _in_order(names: Names) -> list[RoomId]:
    """All rooms, those for talks first."""
    return sorted(names.rooms, key=lambda room: names.rooms[room].use != FOR_TALKS)


def _use(names: Names, room: RoomId) -> str:
    """What a room is meant for, where it is not talks."""
    use = names.rooms[room].use
    return "" if use == FOR_TALKS else wording.label(f"room:{use}", edge.lang())


def _pinned(run_id: PlanRunId) -> int:
    """How many are pinned in the draft of a run, if it has one."""
    return plan_runs.pinned_count(edge.session(), edge.actor(), run_id, edge.clock())
