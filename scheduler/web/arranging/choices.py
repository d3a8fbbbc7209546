"""What is arranged: all that is open, or what is ticked of it."""

from collections.abc import Collection
from dataclasses import dataclass

from scheduler import edge, wording
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground.ids import RuleId
from scheduler.core.rules.requirements import Requirement, Severity
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import squares
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _

MAX_CHOICES = 400
"""With more of them nobody ticks one by one; then rule sets and squares of the matrix are the way."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One talk that is open."""

    key: str
    text: str
    until: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The open talks of one rule."""

    name: str
    choices: list[Choice]


def groups(report: Report, names: Names, ticked: Collection[str] | None) -> list[ChoiceGroup]:
    """What is open and not merely optional, by the first rule that asks for it; `ticked` None: all."""
    by_rule: dict[RuleId, list[Choice]] = {}
    open_now = usual(report)
    for requirement in open_now if len(open_now) <= MAX_CHOICES else ():
        last = requirement.window.last
        choice = Choice(
            requirement.key,
            squares.heading(requirement, names),
            wording.day_text(last, edge.lang()) if last and last != report.resolution.window.last else "",
            ticked is None or requirement.key in ticked,
        )
        by_rule.setdefault(requirement.rules[0], []).append(choice)
    return [ChoiceGroup(facts.rule_name(report.spec, rule), choices) for rule, choices in by_rule.items()]


def usual(report: Report) -> list[Requirement]:
    """What is arranged when nobody says otherwise."""
    return [requirement for requirement in still_open(report) if requirement.severity is not Severity.OPTIONAL]


def still_open(report: Report) -> list[Requirement]:
    """What waits to be arranged, of every weight."""
    return [state.requirement for state in report.coverage.requirements if state.state is CoverageState.OPEN]


def chosen(fields: Fields, report: Report) -> tuple[str, ...]:
    """The keys of what alone is arranged; empty: all that is open."""
    if single := tuple(filter(None, fields.typed("only").split(","))):
        return single
    if fields.typed("picking") != "1":
        return ()
    all_of_them = [requirement.key for requirement in usual(report)]
    picked = fields.several_of("pick", all_of_them)
    if all_of_them and not picked:
        fields.refuse("pick", _("请至少选一项。"))
    if len(picked) == len(all_of_them):
        return ()
    with_optional = fields.typed("optional") == "1"
    optional = [
        requirement.key
        for requirement in still_open(report)
        if with_optional and requirement.severity is Severity.OPTIONAL
    ]
    return (*picked, *optional)
