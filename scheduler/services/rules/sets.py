"""Rule sets: the shipped presets, what one would ask for, applying one, and which leads."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import CampaignId, GroupId, RuleSetId
from scheduler.core.rules import resolution as core
from scheduler.core.rules.requirements import Resolution
from scheduler.core.rules.resolution import AppliedRuleSet, RuleName, RuleSetSpec
from scheduler.documents import rule_files
from scheduler.documents import rules as documents
from scheduler.documents.rules import RuleFile
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.rules import facts
from scheduler.store import load, writing
from scheduler.store.rules import sets as rule_sets

SHIPPED = Path(__file__).resolve().parents[3] / "sample" / "talk_rule_presets.yaml"
"""The presets that come with the program."""
_SEE_ALL = (Role.OPERATOR, Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PresetInfo:
    """A shipped preset, to choose from."""

    id: str
    name: RuleName


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preset would ask for."""

    preset: str
    resolution: Resolution
    spec: RuleSetSpec


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule set that was applied, and what it asks for today."""

    rule_set: RuleSetId
    preview: Preview


def presets() -> list[PresetInfo]:
    """The shipped presets, in the order of their file."""
    available = shipped().presets
    return [PresetInfo(preset_id, documents.names(raw.get("name"), preset_id)) for preset_id, raw in available.items()]


def shipped() -> RuleFile:
    """The file of shipped presets, read again when it was changed."""
    return _shipped(SHIPPED, SHIPPED.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _shipped(path: Path, changed: int) -> RuleFile:
    """The presets in a file as it stood when it was `changed`."""
    del changed  # it only tells one state of the file from another
    return RuleFile.of(rule_files.read(path.name, rule_files.decoded(path.name, path.read_bytes())))


def names_of(applied: AppliedRuleSet) -> tuple[str, ...]:
    """What a rule set can be called: its id, its preset, and the shipped ones that the preset extends."""
    names, presets = [str(applied.id), applied.preset], shipped().presets
    while (base := presets.get(names[-1], {}).get("extends")) and base not in names:
        names.append(str(base))
    return tuple(names)


@lru_cache(maxsize=64)
def spec_of(applied: AppliedRuleSet) -> RuleSetSpec:
    """The rules of a rule set that was applied; read once, as equal means that its document is the same word for word."""
    return documents.spec(applied.document)


def preview(  # noqa: PLR0913 - whose rules, asked of whom, in which campaign, on which day
    session: Session,
    actor: Actor,
    source: str,
    branch: GroupId | None,
    day: date | None,
    clock: Clock,
    *,
    files: bool = False,
    campaign: CampaignId | None = None,
) -> Preview:
    """What a preset would ask for on a day, in a campaign or the one that the day means.

    `source` is the id of a shipped preset; with `files=True`, for somebody who may read files on this machine, also
    the path of a file, with `#id` when several presets stand in it.
    """
    _require_sight(actor, branch)
    return _preview(session, actor, _read(source, files=files), branch, day, clock, campaign)


def preview_document(  # noqa: PLR0913 - as above
    session: Session,
    actor: Actor,
    text: str,
    preset_id: str | None,
    branch: GroupId | None,
    day: date | None,
    clock: Clock,
    *,
    campaign: CampaignId | None = None,
) -> Preview:
    """What a preset in the text of a file would ask for on a day; `preset_id` None: there is only one in it."""
    _require_sight(actor, branch)
    return _preview(session, actor, _understood("file", text, preset_id), branch, day, clock, campaign)


def apply(
    session: Session,
    actor: Actor,
    source: str,
    branch: GroupId | None,
    clock: Clock,
    *,
    files: bool = False,
    campaign: CampaignId | None = None,
) -> Applied:
    """Apply a preset in a campaign, or in today's; there the same one for the same branch is brought up to date and
    keeps its id.
    """
    access.require(actor, Action.EDIT_RULES)
    return _apply(session, actor, _read(source, files=files), branch, clock, campaign)


def apply_document(
    session: Session,
    actor: Actor,
    text: str,
    preset_id: str | None,
    branch: GroupId | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> Applied:
    """Apply a preset that stands in the text of a file."""
    access.require(actor, Action.EDIT_RULES)
    return _apply(session, actor, _understood("file", text, preset_id), branch, clock, campaign)


def applied(session: Session, actor: Actor, campaign: CampaignId | None = None) -> list[AppliedRuleSet]:
    """The rule sets applied in a campaign, or (None) in all, the first applied first."""
    access.require(actor, Action.SEE_RULES)
    return [row for row in load.rule_set_rows(session) if campaign in (None, row.campaign)]


def leading(session: Session, campaign: CampaignId | None, day: date | None, clock: Clock) -> RuleSetId | None:
    """The leading rule set of a campaign, or of the one that a day (today when None) means; None: there is none."""
    about = load.campaign(session, load.as_of(session, day, clock).day, campaign)
    meant = about.id if about else None
    return next((row.id for row in load.rule_set_rows(session) if row.is_leading and row.campaign == meant), None)


@writing.verb
def lead(session: Session, actor: Actor, rule_set_id: RuleSetId, clock: Clock) -> None:
    """Make a rule set the leading one of its campaign: its talks that were booked for none belong to it."""
    access.require(actor, Action.EDIT_RULES)
    writing.begin(session)
    rule_set = next((row for row in load.rule_set_rows(session) if row.id == rule_set_id), None)
    if rule_set is None:
        raise NotFound("rule_set", rule_set_id)
    require_open(session, rule_set.campaign)
    rule_sets.lead(session, rule_set_id)
    journal.note(session, actor, "made_leading", "rule_set", rule_set_id, clock)


def _require_sight(actor: Actor, branch: GroupId | None) -> None:
    """Raise NotAllowed unless they may know what rules ask for; branch organizers may for their own branch."""
    access.require(actor, Action.SEE_RULES)
    if not actor.has(*_SEE_ALL) and branch not in actor.branches:
        raise NotAllowed(Action.SEE_RULES)


def _read(source: str, *, files: bool) -> RuleSetSpec:
    """The rules that a source names. Raises NotFound, Malformed."""
    catalogue = shipped()
    if source in catalogue.presets:
        return documents.spec(documents.carried_out(catalogue, source))
    if not files:
        raise NotFound("preset", source)
    whole, (before, _, preset_id) = Path(source), source.rpartition("#")
    path, preset = (whole, None) if whole.is_file() else (Path(before), preset_id)
    if not path.is_file():
        raise NotFound("preset", source)
    with path.open("rb") as file:
        data = file.read(rule_files.MAX_BYTES + 1)
    return _understood(path.name, rule_files.decoded(path.name, data), preset)


def _understood(name: str, text: str, preset_id: str | None) -> RuleSetSpec:
    """The rules in the text of a file. Raises NotFound, Malformed."""
    return documents.read(rule_files.read(name, text), preset_id, shipped())


def _preview(
    session: Session,
    actor: Actor,
    spec: RuleSetSpec,
    branch: GroupId | None,
    day: date | None,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> Preview:
    """What rules ask for on a day; what befell people is left out for those who may not know of it."""
    rule_facts = replace(facts.at(session, load.as_of(session, day, clock), campaign=campaign), branch=branch)
    if not access.may(actor, Action.SEE_OCCURRENCES):
        rule_facts = replace(rule_facts, occurrences=())
    _check_milestones(spec, rule_facts.campaign)
    return Preview(spec.id, core.resolve(spec, rule_facts), spec)


def _check_milestones(spec: RuleSetSpec, campaign: Campaign | None) -> None:
    """Refuse rules whose window hangs on a milestone that the campaign does not have."""
    for milestone in spec.milestones if campaign else ():
        if campaign and milestone not in campaign.milestones:
            milestones = tuple(campaign.milestones)
            raise Malformed("unknown_choice", f"{spec.id}.window.before_milestone", value=milestone, allowed=milestones)


@writing.verb
def _apply(
    session: Session,
    actor: Actor,
    spec: RuleSetSpec,
    branch: GroupId | None,
    clock: Clock,
    given: CampaignId | None,
) -> Applied:
    """Keep a rule set, after a look at what it asks for today."""
    writing.begin(session)
    seen = _preview(session, actor, spec, branch, None, clock, given)
    campaign = load.campaign(session, load.as_of(session, None, clock).day, given)
    if campaign:
        require_open(session, campaign.id)
    kept = rule_sets.apply(session, spec.id, branch, spec.document, campaign.id if campaign else None, clock)
    details = {"preset": spec.id, **({"branch": branch} if branch else {})}
    journal.note(session, actor, "applied", "rule_set", kept.id, clock, **details)
    return Applied(kept.id, seen)
