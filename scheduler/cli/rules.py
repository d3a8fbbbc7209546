"""rules list, preview, apply, lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY
from scheduler.core.ground.ids import GroupId, RuleSetId
from scheduler.core.rules.requirements import Resolution, Severity
from scheduler.services.coverage import report
from scheduler.services.rules import sets as service

FOR_HELP = "用于哪个党支部，如 B1"


@click.group("rules", cls=CommandGroup, help="谈话方案")
def rules() -> None:
    """Rule sets: the shipped presets, and those that were applied."""


@rules.command("list", cls=Command, help="可用的预设与已应用的方案")
@click.pass_obj
def list_(call: Call) -> None:
    """Presets and applied rule sets."""
    with call.opened() as (session, actor):
        presets = service.presets()
        applied = service.applied(session, actor, call.campaign(session))
    document = {
        "presets": [{"id": preset.id, "name": preset.name.text(call.lang)} for preset in presets],
        "applied": [shapes.coverage.RuleSetModel.of(row).document() for row in applied],
    }

    def lines() -> Iterator[str]:
        yield from printing.table(
            call.heads("预设 | 名称"), [(preset.id, preset.name.text(call.lang)) for preset in presets]
        )
        yield ""
        yield from printing.table(
            call.heads("方案 | 预设 | 用于 | 主方案 | 活动"),
            [
                (row.id, row.preset, row.branch, call.say("是") if row.is_leading else "", row.campaign or "")
                for row in applied
            ],
        )

    call.answer(document, lines)


@rules.command("preview", cls=Command, help="预览：会要求哪些谈话（不保存）")
@click.argument("source", metavar="PRESET|FILE[#id]")
@option("--for", "branch", default=None, help=FOR_HELP)
@option("--as-of", type=ADAY, default=None, help="按某日的组织机构（缺省：今天）")
@click.pass_obj
def preview(call: Call, source: str, branch: str | None, as_of: date | None) -> None:
    """What a preset or file would require."""
    with call.opened() as (session, actor):
        campaign, group = call.campaign_on(session, as_of), GroupId(branch) if branch else None
        preview = service.preview(session, actor, source, group, as_of, call.clock, files=True, campaign=campaign)
    call.answer(
        lambda: shapes.coverage.PreviewModel.of(preview, call.reader()),
        lambda: _lines(preview.preset, preview.resolution, call),
    )


@rules.command("apply", cls=Command, help="应用；第一个应用的为主方案")
@click.argument("source", metavar="PRESET|FILE[#id]")
@option("--for", "branch", default=None, help=FOR_HELP)
@click.pass_obj
def apply(call: Call, source: str, branch: str | None) -> None:
    """Apply a preset or file; again with the same branch, it is updated and keeps its id."""
    with call.opened() as (session, actor):
        campaign, group = call.campaign_on(session), GroupId(branch) if branch else None
        done = service.apply(session, actor, source, group, call.clock, files=True, campaign=campaign)
        linkable = report.report(session, actor, done.rule_set, None, call.clock).linkable
    preset, resolution = done.preview.preset, done.preview.resolution

    def lines() -> Iterator[str]:
        yield call.say("已应用，方案编号 %(rule_set)s。", rule_set=done.rule_set)
        yield from _lines(preset, resolution, call)
        if linkable:
            yield call.say(
                "窗口内已有 %(count)s 次谈话也符合这套方案，但计在其他方案里。一并计入：link %(rule_set)s --all-in-window",
                count=len(linkable),
                rule_set=done.rule_set,
            )

    call.answer(lambda: shapes.coverage.PreviewModel.applied(done, linkable, call.reader()), lines)


@rules.command("lead", cls=Command, help="设为主方案")
@click.argument("rule_set", metavar="ID")
@click.pass_obj
def lead(call: Call, rule_set: str) -> None:
    """Make a rule set the leading one: talks without one of their own belong to it."""
    with call.opened() as (session, actor):
        service.lead(session, actor, RuleSetId(rule_set), call.clock)
    call.answer(
        {"rule_set": rule_set, "leading": True}, lambda: [call.say("%(rule_set)s 已设为主方案。", rule_set=rule_set)]
    )


def _lines(preset: str, resolution: Resolution, call: Call) -> Iterator[str]:
    """How much is required, by rule and after merging."""
    text = "%(preset)s：按规则 %(rows)s 项，去重后 %(distinct)s 次"
    if resolution.optional:
        text = "%(preset)s：按规则 %(rows)s 项，去重后 %(distinct)s 次，另有可选 %(optional)s 次"
    counts = {"rows": resolution.before_merging, "distinct": resolution.distinct, "optional": resolution.optional}
    yield call.say(text, preset=preset, **counts)
    yield ""
    weights = resolution.severity_of
    yield from printing.table(
        call.heads("规则 | 项数 | 要求"),
        [
            (rule, count, wording.label(weights.get(rule, Severity.MUST), call.lang))
            for rule, count in resolution.by_rule.items()
        ],
    )
    for finding in resolution.unresolved:
        yield call.say("未能确定：%(what)s", what=wording.text(finding, call.lang))
