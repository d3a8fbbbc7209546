"""The rule editor: rules as sentences whose words can be changed, with the numbers before anything is applied.

What stands in the form is a rule document at any moment; it is applied as an uploaded one would be.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.report import Coverage
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId, GroupId
from scheduler.core.rules.requirements import Resolution
from scheduler.documents import rules as documents
from scheduler.services.rules import sets, trying
from scheduler.services.rules.trying import Trial
from scheduler.web.coverage import squares
from scheduler.web.page import facts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed
from scheduler.web.rules import editor_rules, pages
from scheduler.web.rules.editor_rules import EditedRule, Wording
from scheduler.web.rules.sets import packed

Plain = Mapping[str, Any]
MERGED = 6
"""So many merged requirements are told by name."""
MAX_WORKDAYS, MAX_NAME = 366, 60


@dataclass(frozen=True, slots=True)
class Editing:
    """What is being changed."""

    base: Plain
    branch: GroupId | None
    trial: Trial
    names: Names
    campaign: CampaignId | None
    """In which the rules are applied, or would be."""

    @property
    def preset(self) -> Plain:
        """The preset as it stands."""
        return trying.preset_of(self.base)


@dataclass(frozen=True, slots=True)
class EditedNumbers:
    """The numbers beside the rules: after, and what was before."""

    after: Resolution
    coverage: Coverage
    before: Resolution | None
    before_covered: int
    merged: list[tuple[str, str]]
    merged_count: int


@pages.get("/rules/edit")
@edge.policy(Action.EDIT_RULES)
def edit_rules() -> ResponseReturnValue:
    """The rules of a preset, or of what is applied."""
    fields = Fields(request.args)
    return _page(_editing(fields), fields)


@pages.post("/rules/edit")
@edge.policy(Action.EDIT_RULES)
def change_rules() -> ResponseReturnValue:
    """The numbers for what was chosen; or, if that was pressed, apply it."""
    fields = Fields(request.form)
    editing = _editing(fields)
    if fields.typed("do") != "apply":
        return _page(editing, fields)
    document = _document(editing, fields)
    if fields.is_valid:
        session, actor, clock = edge.session(), edge.actor(), edge.clock()
        preset = str(editing.preset["id"])
        campaign = editing.campaign
        before = trying.applied_as(session, actor, preset, editing.branch, clock, campaign)
        try:
            done = sets.apply_document(session, actor, json.dumps(document), preset, editing.branch, clock, campaign)
        except (Malformed, NotFound) as error:
            fields.refuse("", wording.error(error, edge.lang()))
        else:
            told = _("已启用：按规则 %(items)s 项，去重后 %(talks)s 次。", items=done.preview.resolution.before_merging, talks=done.preview.resolution.distinct)  # fmt: skip
            if before:
                back = {"text": packed(json.dumps(before.document)), "source": preset, "branch": editing.branch or ""}
                undo.offer(told, url_for("rules.apply_rules", campaign=campaign), back)
            else:
                flash(told, "good")
            return redirect(url_for("coverage.home", rule_set=done.rule_set), 303)
    return _page(editing, fields), 422


def _editing(fields: Fields) -> Editing:
    """What is to be changed: a rule set that is applied, or a shipped preset for a branch."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    base, branch, campaign = trying.beginning(session, actor, fields.text("source"), fields.text("rule_set"))
    branch = branch or GroupId(fields.text("branch")) or None
    campaign = campaign or seen_campaign.id_on(facts.today())
    if branch and branch not in {group.id for group in facts.roster().branches()}:
        raise NotFound("branch", branch)
    applied = trying.applied_as(session, actor, str(trying.preset_of(base)["id"]), branch, clock, campaign)
    trial = trying.trial(session, actor, applied, branch, clock, campaign)
    return Editing(base, branch, trial, facts.names(), campaign)


def _document(editing: Editing, fields: Fields) -> Plain:
    """The document that the form says; the same as the base before anything was sent."""
    if not fields.typed("sent"):
        return editing.base
    words = Wording(editing.preset, editing.base.get("defaults") or {}, editing.trial, editing.names)
    ticked = set(fields.values.getlist("on"))
    rules = [
        editor_rules.changed(rule, fields, words)
        for rule in (*editing.preset["rules"], *trying.more_rules(editing.base))
        if rule["id"] in ticked
    ]
    if not rules:
        fields.refuse("on", _("至少勾选一条规则。"))
        return editing.base
    name = fields.text("name", most=MAX_NAME)
    kept = editing.preset.get("name")
    told = {**kept, edge.lang(): name} if isinstance(kept, Mapping) else name
    return trying.with_rules(editing.base, rules, name=told if name else kept, window=_window(editing, fields))


def _window(editing: Editing, fields: Fields) -> object:
    """When talks of the whole set count, as the form says."""
    standing = editing.preset.get("window")
    match fields.typed("window"):
        case "campaign":
            return "plan.talk_window"
        case "milestone":
            workdays = fields.number("workdays", 0, MAX_WORKDAYS) if fields.typed("workdays") else 3
            closes = {"before_milestone": "democratic_life_meeting", "workdays": workdays or 0}
            return {"opens": "plan.talk_window.opens", "closes": closes}
        case "days":
            opens, closes_on = fields.day("opens"), fields.day("closes")
            if opens and closes_on and opens > closes_on:
                fields.refuse("closes", _("不能早于第一天。"))
                return standing
            ends = {"opens": opens, "closes": closes_on}
            return {key: day.isoformat() for key, day in ends.items() if day} or standing
        case _:
            return standing


def _page(editing: Editing, fields: Fields) -> str:
    """The editor with the numbers of what stands in it."""
    document = _document(editing, fields)
    total = _sum(editing, document, fields)
    words = Wording(editing.preset, editing.base.get("defaults") or {}, editing.trial, editing.names)
    cards = editor_rules.cards(document, editing.base, words, total.after if total else None)
    preset = trying.preset_of(document)
    name = documents.names(preset.get("name"), str(preset["id"])).text(edge.lang()) or str(preset["id"])
    return render_template(
        "rules/edit.html",
        fields=fields,
        name=name,
        of_branch=editing.names.group(editing.branch) if editing.branch else "",
        branch=editing.branch or "",
        source=fields.text("source"),
        rule_set=fields.text("rule_set"),
        on=[card for card in cards if card.is_on],
        off=[card for card in cards if not card.is_on],
        total=total,
        window=_window_told(preset.get("window"), total, fields),
        is_applied=total is not None and total.before is not None,
    )


def _sum(editing: Editing, document: Plain, fields: Fields) -> EditedNumbers | None:
    """What the document asks for, beside what is applied; None when it cannot be resolved, and why stands in the form."""
    session, actor, trial, names = edge.session(), edge.actor(), editing.trial, editing.names
    preset = str(editing.preset["id"])
    applied = trying.applied_as(session, actor, preset, editing.branch, edge.clock(), editing.campaign)
    try:
        after = trial.resolution(document)
        before = trial.resolution(applied.document) if applied else None
    except (Malformed, NotFound) as error:
        fields.refuse("", wording.error(error, edge.lang()))
        return None
    spec = documents.spec(document)
    both = [requirement for requirement in after.requirements if len(requirement.rules) > 1]
    merged = [
        (squares.heading(requirement, names), listed(facts.rule_name(spec, rule) for rule in requirement.rules))
        for requirement in both[:MERGED]
    ]
    covered = trial.coverage(before).covered if before else 0
    return EditedNumbers(after, trial.coverage(after), before, covered, merged, len(both))


@dataclass(frozen=True, slots=True)
class WindowTold:
    """The window of the whole set, as the form shows it."""

    kind: str
    workdays: str
    opens: str
    closes: str
    days: str
    workday_count: int


def _window_told(window: object, total: EditedNumbers | None, fields: Fields) -> WindowTold:
    """Which kind of window it is, its numbers, and which days that means."""
    kind, workdays, opens, closes = "kept", "3", "", ""
    ends = window if isinstance(window, Mapping) else {}
    last = ends.get("closes")
    if window in (None, "plan.talk_window"):
        kind = "campaign" if window else "kept"
    elif isinstance(last, Mapping) and last.get("before_milestone") == "democratic_life_meeting":
        kind, workdays = "milestone", str(last.get("workdays", ""))
    elif ends and not isinstance(last, Mapping) and not str(last or "").startswith("plan."):
        kind, opens, closes = "days", str(ends.get("opens", "")), str(last or "")
    if fields.typed("window") == "days":
        kind, opens, closes = "days", fields.typed("opens") or opens, fields.typed("closes") or closes
    days = total.after.window if total else None
    if days is None or days.first is None or days.last is None:
        return WindowTold(kind, workdays, opens, closes, "", 0)
    told = wording.days_text(days.first, days.last, edge.lang())
    count = len(list(facts.working_time().workdays_between(days.first, days.last)))
    return WindowTold(kind, workdays, opens, closes, told, count)


__all__ = ["EditedRule", "change_rules", "edit_rules"]
