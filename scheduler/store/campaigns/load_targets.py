"""Study targets, and who is exempt from them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.sessions.targets import StudyExemption, StudyTarget
from scheduler.store.campaigns.rows import StudyExemptionRow, StudyTargetRow
from scheduler.store.upserts import table_of

_TARGET, _EXEMPTION = table_of(StudyTargetRow).c, table_of(StudyExemptionRow).c


def study_targets(session: Session, campaign: CampaignId | None) -> list[StudyTarget]:
    """The targets of a campaign, with those that belong to none; by id."""
    is_of = or_(_TARGET.campaign_id.is_(None), _TARGET.campaign_id == campaign)
    query = select(
        _TARGET.id, _TARGET.hours, _TARGET.first, _TARGET.last, _TARGET.audience, _TARGET.minus, _TARGET.is_pro_rata,
        _TARGET.campaign_id,
    ).where(is_of).order_by(_TARGET.id)  # fmt: skip
    return [
        StudyTarget(key, hours, first, last, tuple(audience), tuple(minus), is_pro_rata, of)
        for key, hours, first, last, audience, minus, is_pro_rata, of in session.execute(query)
    ]


def study_exemptions(session: Session) -> list[StudyExemption]:
    """Every exemption from a target."""
    row = _EXEMPTION
    query = select(row.target_id, row.person_id, row.hours, row.reason, row.by_id, row.day)
    return [
        StudyExemption(target, PersonId(person), hours, reason, PersonId(by) if by else None, day)
        for target, person, hours, reason, by, day in session.execute(query.order_by(row.target_id, row.person_id))
    ]
