"""Rules as they were written and applied: presets, their rules, and the rule sets of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.core.campaigns.windows import EveryDays, Per, Window
from scheduler.core.ground.bookings import Booking, Mode
from scheduler.core.ground.ids import CampaignId, GroupId, RuleId, RuleSetId
from scheduler.core.rules.identities import Terms
from scheduler.core.rules.pairings import Pairing
from scheduler.core.rules.requirements import Severity


@dataclass(frozen=True, slots=True)
class AppliedRuleSet:
    """Rules that were applied: the preset's id, the branch named by `--for`, and the document (extends carried out)."""

    id: RuleSetId
    preset: str
    branch: GroupId | None
    document: Mapping[str, Any] = field(hash=False)
    is_leading: bool
    """Whether it leads in its campaign: talks of the campaign that were booked for no rule set are credited to it."""
    campaign: CampaignId | None = None
    takes_rest: bool = False
    """Whether talks of no campaign are credited to it as well: it leads, and its campaign leads all others."""

    def takes(self, talk: Booking) -> bool:
        """Whether a talk counts for it: booked for it, linked to it, or booked for none while it leads in its campaign."""
        if talk.rule_set == self.id or self.id in talk.linked:
            return True
        if talk.rule_set is not None or not self.is_leading:
            return False
        return talk.campaign == self.campaign if talk.campaign else self.takes_rest


@dataclass(frozen=True, slots=True)
class RuleName:
    """What a preset or a rule is called; empty when the file does not say."""

    zh: str = ""
    en: str = ""

    def text(self, lang: str) -> str:
        """The name in a language; in the other one if that is all there is."""
        return {"zh": self.zh}.get(lang, self.en) or self.zh or self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a rule set, everything that it leaves unsaid filled in from the preset and the defaults."""

    id: RuleId
    pairing: Pairing
    name: RuleName = RuleName()
    severity: Severity = Severity.MUST
    min_count: int = 1
    per: Per | EveryDays = Per.WINDOW
    modes: frozenset[Mode] = frozenset({Mode.FACE_TO_FACE})
    group_ok: bool = False
    window: Window | None = None
    """The rule's own; None: that of the rule set."""
    exclude: frozenset[str] = frozenset()
    order: int | None = None
    """Smaller is arranged first."""
    extras: Mapping[str, object] = field(default_factory=dict, hash=False)
    """What only the planner needs, as the file writes it: `after`, `initiator`, `limits`, `location` …"""

    @property
    def terms(self) -> Terms:
        """On what terms it asks."""
        return Terms(self.severity, self.min_count, self.modes, self.group_ok)


@dataclass(frozen=True, slots=True)
class RuleSetSpec:
    """A preset, read and understood, with `extends` carried out."""

    id: str
    rules: tuple[Rule, ...]
    name: RuleName = RuleName()
    window: Window | None = None
    """None: the campaign's talk window, or its dates when a talk is asked for once a year."""
    per: Per | EveryDays = Per.WINDOW
    modes: frozenset[Mode] = frozenset({Mode.FACE_TO_FACE})
    group_ok: bool = False
    for_each_branch: bool = False
    document: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """The plain form, which reads as this again."""

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that its windows hang on, each once."""
        own_windows = [w for w in (self.window, *(rule.window for rule in self.rules)) if w]
        return tuple(dict.fromkeys(name for window in own_windows for name in window.milestones))
