"""Trying rules out before they are applied: what a changed document would ask for, and how much of it is held already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.coverage import report as coverage
from scheduler.core.coverage.report import Coverage
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CampaignId, GroupId, RuleSetId
from scheduler.core.rules import resolution as core
from scheduler.core.rules import selectors
from scheduler.core.rules.facts import RuleFacts
from scheduler.core.rules.requirements import Resolution
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.documents import rule_format
from scheduler.documents import rules as documents
from scheduler.services.rules import facts, sets
from scheduler.store import load

Plain = Mapping[str, Any]
SAME = ("pairing", "a", "b", "from", "to", "list", "trigger")
"""The keys by which two rules ask the same of the same people."""


@dataclass(frozen=True)
class Trial:
    """The facts of today, against which any number of documents is tried."""

    about: RuleFacts
    as_of: AsOf
    talks: tuple[Booking, ...]
    """Those that count for the rule set that is changed."""

    def resolution(self, document: Plain) -> Resolution:
        """What a document would ask for. Raises Malformed, NotFound."""
        return core.resolve(documents.spec(document), self.about)

    def coverage(self, resolution: Resolution) -> Coverage:
        """How much of it is there already."""
        return coverage.cover(resolution, self.talks, self.as_of)

    def count(self, who: object) -> int | None:
        """How many people a selector means; None: that depends on the branch or on what befell somebody."""
        meant = rule_format.selector(who)
        if selectors.needs_event(meant) or (selectors.needs_branch(meant) and self.about.branch is None):
            return None
        return len(selectors.select(meant, self.about.scene.at(self.about.branch)))


def trial(
    session: Session,
    actor: Actor,
    applied: AppliedRuleSet | None,
    branch: GroupId | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> Trial:
    """Today's facts in a campaign (None: the one that today means), and the talks that count for a rule set that was
    applied (None: those of no other).
    """
    access.require(actor, Action.EDIT_RULES)
    as_of = load.as_of(session, None, clock)
    talks = load.talks(session)
    about = replace(facts.at(session, as_of, talks, applied.campaign if applied else campaign), branch=branch)
    return Trial(about, as_of, tuple(talk for talk in talks if _counts(talk, applied, about.campaign)))


def _counts(talk: Booking, applied: AppliedRuleSet | None, campaign: Campaign | None) -> bool:
    """Whether a talk counts for a rule set, or would for a new one of a campaign."""
    return applied.takes(talk) if applied else talk.rule_set is None and choosing.holds(campaign, talk)


def applied_as(
    session: Session,
    actor: Actor,
    preset: str,
    branch: GroupId | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> AppliedRuleSet | None:
    """The rule set that applying a preset for a branch would change, in a campaign (None: the one that today means);
    None: it would be a new one.
    """
    about = load.campaign(session, load.as_of(session, None, clock).day, campaign)
    standing = sets.applied(session, actor, about.id if about else None)
    return next((row for row in standing if (row.preset, row.branch) == (preset, branch)), None)


def beginning(
    session: Session, actor: Actor, source: str, rule_set: str
) -> tuple[Plain, GroupId | None, CampaignId | None]:
    """The document to begin with: of a rule set that was applied, with its branch and campaign, or of a shipped preset.

    Raises NotFound.
    """
    access.require(actor, Action.EDIT_RULES)
    if rule_set:
        for row in sets.applied(session, actor):
            if row.id == RuleSetId(rule_set):
                return row.document, row.branch, row.campaign
        raise NotFound("rule_set", rule_set)
    return documents.carried_out(sets.shipped(), source), None, None


def more_rules(document: Plain) -> list[Plain]:
    """Rules of the shipped presets of the same kind that a document does not have: they can be ticked as well."""
    preset = preset_of(document)
    family, is_for_each = str(preset["id"]).partition(".")[0], "for_each" in preset
    meanings = {_meaning(rule) for rule in preset["rules"]}
    ids = {str(rule["id"]) for rule in preset["rules"]}
    more = []
    for shipped in sets.shipped().presets.values():
        if str(shipped["id"]).partition(".")[0] != family or ("for_each" in shipped) != is_for_each:
            continue
        for rule in shipped.get("rules", ()):
            if _meaning(rule) not in meanings and str(rule["id"]) not in ids:
                meanings.add(_meaning(rule))
                ids.add(str(rule["id"]))
                more.append(rule)
    return more


def _meaning(rule: Plain) -> str:
    """Who a rule asks to talk with whom."""
    return repr([rule.get(key) for key in SAME])


def preset_of(document: Plain) -> Plain:
    """The one preset of a document that stands by itself."""
    preset: Plain = document["presets"][0]
    return preset


def with_rules(document: Plain, rules: Iterable[Plain], **keys: object) -> dict[str, Any]:
    """The same document with these rules; `keys` of the preset are replaced, those that are None go."""
    preset = {**preset_of(document), **keys, "rules": [dict(rule) for rule in rules]}
    kept = {key: value for key, value in preset.items() if value is not None}
    left = {str(rule["id"]) for rule in kept["rules"]}
    for rule in kept["rules"]:
        after = rule.pop("after", None)
        others = [other for other in ([after] if isinstance(after, str) else after or []) if other in left]
        if others:
            rule["after"] = others
    return {**document, "presets": [kept]}
