"""A draft plan as a page: how near to the limit it is, what it changes, what has no place and why; as a list or as a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template

from scheduler import edge, wording
from scheduler.core.arranging.drafts import DraftStatus, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.bookings import State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, RuleId
from scheduler.core.plans.placements import TOGETHER, parts_of, together
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.drafts import PlacementDifference, ShownPlan
from scheduler.services.arranging.release import Misfit
from scheduler.services.arranging.runs import ListedRun
from scheduler.services.coverage import report as coverage
from scheduler.web.arranging import draft_weeks, lines
from scheduler.web.arranging.draft_repairs import RepairContext, Way, way
from scheduler.web.arranging.gauges import Gauge, gauges
from scheduler.web.bookings import copies
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.words import listed, local, when
from scheduler.wording.arranging import reason_text
from scheduler.wording.plan_quality import Quality
from scheduler.wording.plan_reasons import repair_text
from scheduler.wording.readers import names


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """A placement as the list prints it."""

    number: int
    people: str
    when: str
    where: str
    rules: str
    before: str
    """When the booking is now that would move; empty for a new one."""
    before_where: str
    is_pinned: bool
    booking: BookingId | None
    """What it became when the draft was released."""
    findings: tuple[Finding, ...]
    """Why it does not fit any more, once it was tried."""


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """What has no place, why, and the ways out."""

    people: str
    rules: str
    reasons: list[str]
    ways: list[Way]
    are_verified: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """What is to be said after something was tried."""

    misfits: tuple[Misfit, ...] = ()
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything the page of a draft prints."""

    line: lines.RunLine
    version: int
    status: DraftStatus
    run_state: RunState
    error: str
    said: list[Gauge]
    binding: str
    is_touched: bool
    """Changed by hand since it was arranged: what was said of it may hold no more."""
    pinned_asked: int
    """So many were pinned before it was arranged."""
    ends: str
    unchanged: int
    moved: list[PlacementLine]
    elsewhere: list[PlacementLine]
    """At the time they had, in another room."""
    new: list[PlacementLine]
    unplaced: list[UnplacedLine]
    together: list[str]
    """What gives all of them a place at once."""
    misfits: int
    is_outdated: bool
    pinned: int
    week: draft_weeks.WeekView | None
    first_day: date
    release_text: str
    """What can be copied into a chat once it is released."""
    may_change: bool

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status is DraftStatus.DRAFT

    @property
    def count(self) -> int:
        """How many would be written."""
        return len(self.moved) + len(self.elsewhere) + len(self.new)

    @property
    def fitting(self) -> int:
        """How many still can be, after some could not."""
        return self.count - self.misfits


def draft_page(listed_run: ListedRun, notices: Notices | None = None) -> str:
    """The page of a draft."""
    notices = notices or Notices()
    return render_template("arranging/draft.html", page=_DraftDrawing(listed_run, notices).page(), today=facts.today())


class _DraftDrawing:
    """Draws one draft."""

    def __init__(self, listed_run: ListedRun, notices: Notices) -> None:
        session, actor, clock = edge.session(), edge.actor(), edge.clock()
        self.shown: ShownPlan = draft_plans.shown(session, actor, listed_run.run.id, clock)
        self.listed, self.notices = listed_run, notices
        self.run: PlanRun = listed_run.run
        self.names = Names(self.shown.roster, edge.lang(), facts.rooms())
        self.name_of = names(self.shown.roster, self.shown.rooms, edge.lang())
        self.report = coverage.report(session, actor, self.run.rule_set, None, clock)
        self.may_change = lines.may_change(self.run)
        self.why_not = {misfit.placement.number: misfit.findings for misfit in notices.misfits}

    def page(self) -> DraftPage:
        """All of it."""
        shown, plan = self.shown, self.shown.plan
        moved = [
            difference
            for difference in shown.moved
            if difference.before and difference.before.span.start != difference.placement.start
        ]
        elsewhere = [difference for difference in shown.moved if difference not in moved]
        starts = [difference.placement.start for difference in moved or shown.differences]
        first = min((local(start).date() for start in starts), default=facts.today())
        return DraftPage(
            line=lines.line_of(self.listed, self.names),
            version=plan.version,
            status=plan.status,
            run_state=self.run.state,
            error=wording.label(f"run:{self.run.error}", edge.lang()) if self.run.error else "",
            said=gauges(self._quality()),
            binding=reason_text(plan.binding, self.name_of, edge.lang()) if plan.binding else "",
            is_touched=plan.version > 1 and any(placement.is_pinned for placement in plan.placements),
            pinned_asked=len(plan_runs.requested_pins(self.run)),
            ends=self._ends(),
            unchanged=self._unchanged(),
            moved=self._lines(moved),
            elsewhere=self._lines(elsewhere),
            new=self._lines(shown.new),
            unplaced=[self._unplaced(unplaced) for unplaced in plan.unplaced],
            together=self._together(),
            misfits=len(self.why_not),
            is_outdated=self.notices.is_outdated,
            pinned=sum(placement.is_pinned for placement in plan.placements),
            week=draft_weeks.week(shown, self.names, first, may_change=self.may_change),
            first_day=first,
            release_text=self._release_text(),
            may_change=self.may_change,
        )

    def _release_text(self) -> str:
        if self.shown.plan.status is not DraftStatus.RELEASED:
            return ""
        return copies.release_text([local(difference.placement.start).date() for difference in self.shown.differences])

    def _quality(self) -> Quality:
        plan, options = self.shown.plan, plan_runs.options_of(self.run)
        return Quality(plan.of, len(plan.unplaced), plan.values, plan.bounds, lines.blocks(), options.grid)

    def _ends(self) -> str:
        """When the last of what would be written is over."""
        last = max((placement.span.end for placement in self.shown.plan.placements), default=None)
        return wording.moment_text(local(last), edge.lang()) if last else ""

    def _unchanged(self) -> int:
        """The talks that lie ahead and stay where they are."""
        if self.shown.plan.status is not DraftStatus.DRAFT:
            return 0
        plan, as_of = self.shown.plan, self.report.as_of
        touched = {
            *(placement.moves for placement in plan.placements),
            *(unplaced.booking for unplaced in plan.unplaced),
        }
        talks = self.report.coverage.talks
        return sum(talk.state(as_of) is State.BOOKED and talk.id not in touched for talk in talks)

    def _lines(self, differences: Sequence[PlacementDifference]) -> list[PlacementLine]:
        """By time."""
        return [
            self._line(difference)
            for difference in sorted(differences, key=lambda difference: difference.placement.start)
        ]

    def _line(self, difference: PlacementDifference) -> PlacementLine:
        placement, before = difference.placement, difference.before
        return PlacementLine(
            placement.number,
            self.names.people(placement.people),
            when(placement.span),
            self.names.room(placement.room),
            self._rules(placement.rules),
            when(before.span) if before else "",
            self.names.room(before.room) if before else "",
            placement.is_pinned,
            placement.booking,
            self.why_not.get(placement.number, ()),
        )

    def _rules(self, rules: Sequence[RuleId]) -> str:
        """What asks for it, each once."""
        return listed(dict.fromkeys(facts.rule_name(self.report.spec, rule) for rule in rules))

    def _together(self) -> list[str]:
        joint = together(repair for unplaced in self.shown.plan.unplaced for repair in unplaced.repairs)
        return [repair_text(part, self.name_of, edge.lang()) for part in parts_of(joint)] if joint else []

    def _unplaced(self, unplaced: DraftUnplaced) -> UnplacedLine:
        closes = self.report.resolution.window.last
        here = RepairContext(
            self.run.id,
            plan_runs.options_of(self.run),
            closes,
            self.names,
            self.may_change and self.shown.plan.status is DraftStatus.DRAFT,
        )
        return UnplacedLine(
            self.names.people(unplaced.people),
            self._rules(unplaced.rules),
            [reason_text(reason, self.name_of, edge.lang()) for reason in unplaced.reasons],
            [way(repair, here, self.name_of) for repair in unplaced.repairs if repair.kind != TOGETHER],
            all(repair.is_verified for repair in unplaced.repairs),
        )
