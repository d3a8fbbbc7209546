"""Rule sets: those applied, the shipped ones to choose from, and a look at what one would ask before it is applied."""

import base64
import zlib
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId, GroupId, RuleSetId
from scheduler.core.rules.requirements import Resolution, Severity
from scheduler.services.coverage import links
from scheduler.services.rules import sets as service
from scheduler.services.rules.sets import Preview
from scheduler.web.coverage import squares
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed
from scheduler.web.rules import choices, pages

MAX_FILE_BYTES = 256 * 1024
LISTED = 400
"""So many requirements are listed in a preview; the counts are of all."""


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """A rule set that was applied."""

    id: RuleSetId
    name: str
    preset: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule would ask."""

    id: str
    name: str
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One requirement of a preview."""

    who: str
    rules: str
    until: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a rule set would ask."""

    name: str
    resolution: Resolution
    rules: list[RuleLine]
    requirements: list[AskedLine]
    left_out: int
    source: str
    branch: str
    text: str
    """The file that was uploaded, packed, to be sent again when it is applied; empty for a shipped preset."""


@pages.get("/rules")
@edge.policy(Action.SEE_RULES)
def rules() -> ResponseReturnValue:
    """What is applied, and what could be."""
    return _page(Fields({}))


def _page(fields: Fields) -> str:
    names, lang = facts.names(), edge.lang()
    applied = [
        AppliedLine(rule_set.id, facts.rule_set_name(rule_set, names), rule_set.preset, rule_set.is_leading)
        for rule_set in service.applied(edge.session(), edge.actor(), _campaign())
    ]
    in_use = {rule_set.preset for rule_set in applied}
    return render_template(
        "rules/rules.html",
        fields=fields,
        applied=applied,
        presets=[(p.id, p.name.text(lang), choices.asks_text(p.id), p.id in in_use) for p in service.presets()],
        branches=_branches(names),
    )


def _campaign(day: date | None = None) -> CampaignId | None:
    """The campaign whose rules the page is about."""
    return seen_campaign.id_on(day or facts.today())


def _branches(names: Names) -> list[Choice]:
    """The branches that a rule set may be applied for."""
    actor = edge.actor()
    only = None if actor.arranges_all or access.may(actor, Action.SEE_STUDY) else actor.branches
    return [(b.id, names.group(b.id)) for b in names.roster.branches() if only is None or b.id in only]


@pages.get("/rules/preview")
@edge.policy(Action.SEE_RULES)
def preview_rules() -> ResponseReturnValue:
    """What a shipped preset would ask."""
    fields = Fields(request.args)
    source, branch = fields.text("source"), fields.text("branch")
    try:
        preview = service.preview(
            edge.session(),
            edge.actor(),
            source,
            GroupId(branch) if branch else None,
            fields.day("as_of"),
            edge.clock(),
            campaign=_campaign(fields.day("as_of")),
        )
    except (Malformed, NotFound) as error:
        fields.refuse("source", wording.error(error, edge.lang()))
        return _page(fields), 422
    return _preview(preview, source, branch, "")


@pages.post("/rules/preview")
@edge.policy(Action.EDIT_RULES)
@edge.takes_files
def preview_file() -> ResponseReturnValue:
    """What the rules in an uploaded file would ask."""
    fields = Fields(request.form)
    upload = request.files.get("file")
    data = upload.read(MAX_FILE_BYTES + 1) if upload else b""
    branch, preset = fields.text("branch"), fields.text("preset")
    if not data or len(data) > MAX_FILE_BYTES:
        fields.refuse("file", _("请选一个规则文件（yaml，不超过 256 KB）。"))
        return _page(fields), 422
    try:
        text = data.decode("utf-8-sig")
        preview = service.preview_document(
            edge.session(),
            edge.actor(),
            text,
            preset or None,
            GroupId(branch) if branch else None,
            None,
            edge.clock(),
            campaign=_campaign(),
        )
    except UnicodeDecodeError:
        fields.refuse("file", _("文件不是 UTF-8 编码的文本。"))
    except (Malformed, NotFound) as error:
        fields.refuse("file", wording.error(error, edge.lang()))
    else:
        return _preview(preview, preset, branch, packed(text))
    return _page(fields), 422


def _preview(preview: Preview, source: str, branch: str, text: str) -> str:
    names, lang, resolution = facts.names(), edge.lang(), preview.resolution
    name = preview.spec.name.text(lang) or preview.preset
    page = PreviewPage(
        name=names.remarked(name, names.group(branch)) if branch else name,
        resolution=resolution,
        rules=[
            RuleLine(rule, facts.rule_name(preview.spec, rule), resolution.severity_of[rule], count)
            for rule, count in resolution.by_rule.items()
        ],
        requirements=[
            AskedLine(
                squares.heading(state, names),
                listed(facts.rule_name(preview.spec, rule) for rule in state.rules),
                squares.window_text(state),
                state.severity,
            )
            for state in resolution.requirements[:LISTED]
        ],
        left_out=max(0, len(resolution.requirements) - LISTED),
        source=source,
        branch=branch,
        text=text,
    )
    return render_template("rules/preview.html", page=page, branches=_branches(names))


@pages.post("/rules")
@edge.policy(Action.EDIT_RULES)
def apply_rules() -> ResponseReturnValue:
    """Apply a rule set that was looked at."""
    fields = Fields(request.form)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    source, branch = fields.text("source"), GroupId(fields.text("branch")) or None
    try:
        if fields.typed("text"):
            done = service.apply_document(
                session, actor, unpacked(fields.typed("text")), source or None, branch, clock, _campaign()
            )
        else:
            done = service.apply(session, actor, source, branch, clock, campaign=_campaign())
    except (Malformed, NotFound) as error:
        fields.refuse("source", wording.error(error, edge.lang()))
        return _page(fields), 422
    resolution = done.preview.resolution
    text = _(
        "已启用：按规则 %(items)s 项，去重后 %(talks)s 次。", items=resolution.before_merging, talks=resolution.distinct
    )
    flash(text, "good")
    return redirect(url_for("coverage.home", rule_set=done.rule_set), 303)


@pages.post("/rules/<rule_set>/lead")
@edge.policy(Action.EDIT_RULES)
def lead_rules(rule_set: str) -> ResponseReturnValue:
    """Make a rule set the leading one."""
    service.lead(edge.session(), edge.actor(), RuleSetId(rule_set), edge.clock())
    flash(_("已设为主方案，首页先显示它。"), "good")
    return redirect(url_for("rules.rules"), 303)


@pages.post("/rules/<rule_set>/link-all")
@edge.policy(Action.EDIT_RULES)
def link_talks(rule_set: str) -> ResponseReturnValue:
    """Let all talks in the window count for a rule set that it asks for and that were booked for another."""
    linked = links.link_all_in_window(edge.session(), edge.actor(), RuleSetId(rule_set), edge.clock())
    flash(_("已计入 %(count)s 次谈话。", count=len(linked.talks)), "good")
    return redirect(url_for("coverage.home", rule_set=rule_set), 303)


def packed(text: str) -> str:
    """A text as a form field carries it from one page to the next."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode())).decode("ascii")


def unpacked(field: str) -> str:
    """The text again; Malformed if it is none that we packed."""
    try:
        worker = zlib.decompressobj()
        data = worker.decompress(base64.urlsafe_b64decode(field), MAX_FILE_BYTES)
        return data.decode()
    except (ValueError, zlib.error) as error:
        raise Malformed("not_a_file", "text") from error
