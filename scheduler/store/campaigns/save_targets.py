"""Study targets and exemptions from them, written one by one."""

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.targets import StudyExemption, StudyTarget
from scheduler.store.campaigns.rows import StudyExemptionRow, StudyTargetRow


def next_target_id(session: Session) -> str:
    """The id that counts on: ST3 after ST2."""
    numbers = (re.fullmatch(r"ST(\d{1,9})", key) for key in session.scalars(select(StudyTargetRow.id)))
    return f"ST{max((int(number[1]) for number in numbers if number), default=0) + 1}"


def target(session: Session, new: StudyTarget) -> None:
    """Write a target as it shall stand."""
    session.merge(
        StudyTargetRow(
            id=new.id, campaign_id=new.campaign, audience=list(new.audience), minus=list(new.minus), hours=new.hours,
            first=new.first, last=new.last, is_pro_rata=new.is_pro_rata,
        )
    )  # fmt: skip
    session.flush()


def exemption(session: Session, new: StudyExemption) -> None:
    """Write an exemption; one person has one of each target."""
    session.merge(
        StudyExemptionRow(
            target_id=new.target, person_id=new.person, hours=new.hours, reason=new.reason, by_id=new.by, day=new.day
        )
    )
    session.flush()


def remove_target(session: Session, key: str) -> None:
    """Take a target away, with the exemptions from it."""
    session.execute(delete(StudyExemptionRow).where(StudyExemptionRow.target_id == key))
    session.execute(delete(StudyTargetRow).where(StudyTargetRow.id == key))


def remove_exemption(session: Session, key: str, person: PersonId) -> None:
    """Ask the whole of a target of somebody again."""
    row = StudyExemptionRow
    session.execute(delete(row).where(row.target_id == key, row.person_id == person))
