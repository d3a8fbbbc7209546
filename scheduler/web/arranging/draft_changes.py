"""Changing a draft by hand: pin, move, release, discard."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.options import MAX_MINUTES
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.errors import NotFound, Outdated, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import release as plan_release
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.drafts import PlacementDifference
from scheduler.services.arranging.release import DoesNotFit
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.web.arranging import draft_weeks, pages
from scheduler.web.arranging.drafts import Notices, draft_page
from scheduler.web.bookings import calendar_answers
from scheduler.web.bookings.calendar_entries import Entry
from scheduler.web.bookings.choices import room_groups
from scheduler.web.bookings.versions import wanted_text
from scheduler.web.page import facts, scripts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when

MAX_VERSION = 10**9
MAX_DIGITS = 9
"""Digits."""


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """What the page of one placement prints."""

    run: PlanRunId
    number: int
    version: int
    people: str
    stands: str
    """Where the draft has it."""
    before: str
    """When the booking is now that would move; empty for a new one."""
    is_pinned: bool
    rooms: list[tuple[str, list[Choice]]]


# ── Pinned, moved ────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.post("/plans/<run_id>/pins")
@edge.policy(Action.ARRANGE)
@once
def pin_placements(run_id: str) -> ResponseReturnValue:
    """Keep placements where they are when it is arranged again, or let them go."""
    fields = Fields(request.form)
    is_pinned = fields.typed("pinned") == "1"
    ticked = fields.values.getlist("number")
    numbers = [int(text) for text in ticked if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS]
    draft_plans.pin(edge.session(), edge.actor(), PlanRunId(run_id), numbers, edge.clock(), is_pinned=is_pinned)
    flash(_("已固定，再排时不动。") if is_pinned else _("已松开，再排时可以动。"), "good")
    return redirect(url_for("arranging.plan", run_id=run_id), 303)


@pages.get("/plans/<run_id>/talks/<int:number>")
@edge.policy(Action.ARRANGE)
def placement(run_id: str, number: int) -> ResponseReturnValue:
    """One placement of a draft, with the form that moves it."""
    page, difference = _placement(run_id, number)
    return _form(page, Fields(_values_of(difference)))


@pages.post("/plans/<run_id>/talks/<int:number>")
@edge.policy(Action.ARRANGE)
@once
def move_placement(run_id: str, number: int) -> ResponseReturnValue:
    """Move a placement, and pin it there; show the form again with what speaks against it."""
    page, difference = _placement(run_id, number)
    fields = Fields(request.form)
    change = _change(fields)
    if change is None:
        return _refused(page, fields, 422)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    try:
        moved = draft_plans.move(session, actor, PlanRunId(run_id), number, change, clock)
    except Refused as no:
        return _refused(page, fields, 409, Findings(no.blocking, no.warnings, no.hints))
    except Outdated:
        return _outdated(run_id, number, change, fields)
    if scripts.are_wanted():
        return calendar_answers.done(_("已移动，并固定在那里。"), _entry(run_id, number), moved.findings)
    back = {**_values_of(difference), "version": moved.plan.version}
    undo.offer(_("已移动，并固定在那里。"), url_for("arranging.move_placement", run_id=run_id, number=number), back)
    for finding in (*moved.findings.warnings, *moved.findings.hints):
        flash(wording.text(finding, edge.lang()), "warn")
    return redirect(url_for("arranging.plan", run_id=run_id), 303)


def _refused(page: PlacementPage, fields: Fields, status: int, findings: Findings | None = None) -> ResponseReturnValue:
    """The form again, or the reasons for a script."""
    if scripts.are_wanted():
        return calendar_answers.no(status, findings, fields)
    return _form(page, fields, findings), status


def _outdated(run_id: str, number: int, change: BookingChange, fields: Fields) -> ResponseReturnValue:
    """The form with the newer draft; a script is told both versions."""
    page, _found = _placement(run_id, number)
    if scripts.are_wanted():
        names = Names(facts.roster(), edge.lang(), facts.rooms())
        return calendar_answers.outdated(_entry(run_id, number), wanted_text(change, names))
    return _form(page, fields, is_outdated=True), 409


def _entry(run_id: str, number: int) -> Entry:
    """The placement as it stands now, for the calendar."""
    shown = draft_plans.open_draft(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    return draft_weeks.placement_entry(shown, number, Names(shown.roster, edge.lang(), facts.rooms()))


def _placement(run_id: str, number: int) -> tuple[PlacementPage, PlacementDifference]:
    """A placement that the visitor may change. Raises NotFound, Refused while or when there is no draft."""
    shown = draft_plans.open_draft(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    difference = next((difference for difference in shown.differences if difference.placement.number == number), None)
    if difference is None:
        raise NotFound("placement", str(number))
    names = Names(shown.roster, edge.lang(), facts.rooms())
    room = names.room(difference.placement.room)
    page = PlacementPage(
        PlanRunId(run_id),
        number,
        shown.plan.version,
        names.people(difference.placement.people),
        " · ".join(filter(None, (when(difference.placement.span), room))),
        when(difference.before.span) if difference.before else "",
        difference.placement.is_pinned,
        room_groups(names),
    )
    return page, difference


def _values_of(difference: PlacementDifference) -> dict[str, str]:
    """A placement as the values of the form."""
    start = local(difference.placement.start)
    return {
        "day": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "minutes": str(difference.placement.minutes),
        "room": difference.placement.room or "",
    }


def _change(fields: Fields) -> BookingChange | None:
    """Where the form wants a placement; None if something could not be read."""
    start = fields.moment("day", "start", edge.zone())
    minutes = fields.number("minutes", 1, MAX_MINUTES, required=True)
    room = fields.one_of("room", {*facts.rooms(), OFF_SITE})
    version = fields.number("version", 0, MAX_VERSION)
    if not fields.is_valid or start is None or minutes is None:
        return None
    return BookingChange(start, minutes, RoomId(room), version=version)


def _form(page: PlacementPage, fields: Fields, findings: Findings | None = None, *, is_outdated: bool = False) -> str:
    return render_template(
        "arranging/placement.html", page=page, fields=fields, found=findings, is_outdated=is_outdated
    )


# ── Released, discarded ──────────────────────────────────────────────────────────────────────────────────────────────
@pages.post("/plans/<run_id>/release")
@edge.policy(Action.ARRANGE)
@once
def release_plan(run_id: str) -> ResponseReturnValue:
    """Put a draft on the calendar; or show what no longer fits. One that was released already is shown as it is."""
    the_id, fields = PlanRunId(run_id), Fields(request.form)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    only_what_fits = fields.typed("only_what_fits") == "1"
    version = fields.number("version", 0, MAX_VERSION)
    try:
        done = plan_release.release(session, actor, the_id, clock, only_what_fits=only_what_fits, version=version)
    except DoesNotFit as no:
        return draft_page(plan_runs.listed_run(session, actor, the_id, clock), Notices(no.misfits)), 409
    except Outdated:
        return draft_page(plan_runs.listed_run(session, actor, the_id, clock), Notices(is_outdated=True)), 409
    except Refused:
        if plan_runs.listed_run(session, actor, the_id, clock).draft is not DraftStatus.RELEASED:
            raise
        return redirect(url_for("arranging.plan", run_id=run_id), 303)
    said = _("已发布，%(count)s 项写入日程。参加人的日历会自动更新。", count=len(done.booked))
    if done.left:
        said += _("有 %(count)s 项没有写入。", count=len(done.left))
    flash(said, "good")
    return redirect(url_for("arranging.plan", run_id=run_id), 303)


@pages.post("/plans/<run_id>/discard")
@edge.policy(Action.ARRANGE)
@once
def discard_plan(run_id: str) -> ResponseReturnValue:
    """Put a draft aside."""
    draft_plans.discard(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    undo.offer(_("草案已放弃，日程没有变动。"), url_for("arranging.restore_plan", run_id=run_id), button=_("恢复草案"))
    return redirect(url_for("arranging.plans"), 303)


@pages.post("/plans/<run_id>/restore")
@edge.policy(Action.ARRANGE)
@once
def restore_plan(run_id: str) -> ResponseReturnValue:
    """Take up a draft again that was put aside."""
    draft_plans.restore(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    flash(_("草案又在了。"), "good")
    return redirect(url_for("arranging.plan", run_id=run_id), 303)
