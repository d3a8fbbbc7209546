"""Comparison materials: where each stands between its writer, its reviewer and the signing group. Nothing of what they say is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.access import Action, Actor, may
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.people import SUPERVISION_GROUP, Roster


class MaterialKind(StrEnum):
    """Whose a material is."""

    TEAM = "team"
    PERSONAL = "personal"


class MaterialState(StrEnum):
    """Where a material stands: its last step, or `missing` before the first."""

    MISSING = "missing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    SIGNED_OFF = "signed_off"


STEPS = (MaterialState.SUBMITTED, MaterialState.RETURNED, MaterialState.REVIEWED, MaterialState.SIGNED_OFF)
"""What can be done with one."""
_AFTER: Mapping[MaterialState, tuple[MaterialState, ...]] = {
    MaterialState.SUBMITTED: tuple(MaterialState),
    MaterialState.RETURNED: (MaterialState.SUBMITTED, MaterialState.REVIEWED, MaterialState.SIGNED_OFF),
    MaterialState.REVIEWED: (MaterialState.SUBMITTED,),
    MaterialState.SIGNED_OFF: (MaterialState.REVIEWED,),
}
"""Where a material must stand for a step."""


@dataclass(frozen=True, slots=True)
class MaterialStep:
    """One step: on which day, by whom; `place` orders those of one day."""

    day: date
    step: MaterialState
    by: PersonId | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """A material with all its steps, in order."""

    id: str
    kind: MaterialKind
    person: PersonId | None = None
    """Whose it is; None: the team's."""
    steps: tuple[MaterialStep, ...] = ()
    campaign: CampaignId | None = None

    def until(self, day: date) -> tuple[MaterialStep, ...]:
        """Its steps on or before a day."""
        return tuple(step for step in self.steps if step.day <= day)


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A material as it stood on a day."""

    material: Material
    state: MaterialState
    rounds: int
    """How often it was submitted."""
    last_step: MaterialStep | None

    @property
    def last(self) -> date | None:
        """When its last step was."""
        return self.last_step.day if self.last_step else None


def on(material: Material, day: date) -> MaterialLine:
    """A material as it stood on a day: a later submission or return undoes review and signature."""
    steps = material.until(day)
    last = steps[-1] if steps else None
    rounds = sum(step.step is MaterialState.SUBMITTED for step in steps)
    return MaterialLine(material, last.step if last else MaterialState.MISSING, rounds, last)


def listing(materials: Iterable[Material], day: date) -> tuple[MaterialLine, ...]:
    """All materials as they stood on a day, in the order of their ids."""
    return tuple(on(material, day) for material in sorted(materials, key=lambda m: (len(m.id), m.id)))


# ── Who does what ────────────────────────────────────────────────────────────────────────────────────────────────────
def signing_group(campaign: Campaign | None, roster: Roster) -> tuple[PersonId, ...]:
    """Any of these signs: the group that the campaign names, else the supervision group; its head comes first."""
    return roster.members((campaign.signed_off_by if campaign else "") or SUPERVISION_GROUP)


def reviewer(material: Material, signers: tuple[PersonId, ...], roster: Roster) -> PersonId | None:
    """Who reviews a material: the principal; the principal's own and the team's, the head of the signing group."""
    is_principals = material.person is None or material.person == roster.principal
    return next(iter(signers), None) if is_principals else roster.principal


def may_see(actor: Actor, material: Material) -> bool:
    """Whether a material is shown to somebody: to all who look after the campaign, and to whose it is."""
    return may(actor, Action.SEE_PROGRAMME) or (actor.person is not None and actor.person == material.person)


def may_step(
    actor: Actor, line: MaterialLine, step: MaterialState, signers: tuple[PersonId, ...], roster: Roster
) -> bool:
    """Whether a step is somebody's to take. The operator enters what others did."""
    if actor.person is None:
        return may(actor, Action.EDIT_PROGRAMME)
    reviews = actor.person == reviewer(line.material, signers, roster)
    match step:
        case MaterialState.SUBMITTED:
            return actor.person == line.material.person or may(actor, Action.EDIT_PROGRAMME)
        case MaterialState.RETURNED:
            return reviews or actor.person == roster.principal or actor.person in signers
        case MaterialState.REVIEWED:
            return reviews
        case _:
            return actor.person in signers


def objection(line: MaterialLine, step: MaterialState) -> Finding | None:
    """Why a step cannot follow where a material stands; None: it can."""
    if line.state not in _AFTER[step]:
        return Finding("material_not_there_yet", line.material.id, {"state": line.state, "step": step})
    return None


def offered(
    actor: Actor, line: MaterialLine, signers: tuple[PersonId, ...], roster: Roster
) -> tuple[MaterialState, ...]:
    """The steps that somebody could take now."""
    return tuple(
        step
        for step in STEPS
        if line.state in _AFTER[step] and step is not line.state and may_step(actor, line, step, signers, roster)
    )
