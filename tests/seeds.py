"""Small organisations put straight into a database, for tests that are not about how facts come in."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground.people import Group
from scheduler.store import load
from scheduler.store.campaigns import save as save_campaigns
from scheduler.store.campaigns.rows import CampaignRow, MilestoneRow
from scheduler.store.organisation.rows import (
    GroupRow,
    GroupVersionRow,
    MembershipRow,
    OrganisationRow,
    PersonRow,
    PersonVersionRow,
    RoomRow,
    WorkdayYearRow,
)


def an_organisation(
    session: Session, *, people: int = 6, rooms: Collection[str] = ("R02", "R04", "R05"), groups: Collection[Group] = ()
) -> None:
    """People p01 …, ranked in that order; R02 for meetings, R04 and R05 for talks; 2014 is published. Not committed."""
    session.add(
        OrganisationRow(id=1, name="某单位", blocks=[["08:30", "11:30"], ["13:30", "17:30"]], lunch=["11:30", "13:30"])
    )
    session.add(WorkdayYearRow(year=2014, source="test"))
    ids = [f"p{number:02d}" for number in range(1, people + 1)]
    session.add_all([PersonRow(id=name) for name in ids])
    session.add_all([RoomRow(id=r, name=f"场地{r}", use="meeting" if r == "R02" else "talk") for r in rooms])
    session.add_all([GroupRow(id=group.id) for group in groups])
    session.flush()
    session.add_all(
        [
            PersonVersionRow(person_id=name, name=f"人{name}", rank=rank, category="staff", party_status="正式党员")
            for rank, name in enumerate(ids, 1)
        ]
    )
    for group in groups:
        _add_group(session, group)
    session.flush()


def a_campaign(session: Session, first: str = "2014-06-16", last: str = "2014-08-15") -> None:
    """A campaign of 2014 with a talk window of fixed days, and the milestone that the shipped rules hang on."""
    window = {"opens": {"day": first}, "closes": {"day": last}}
    session.add(
        CampaignRow(id="c1", name="活动", starts=date(2014, 2, 26), ends=date(2014, 11, 24), talk_window=window)
    )
    session.flush()
    session.add(MilestoneRow(campaign_id="c1", key="democratic_life_meeting", day=date(2014, 8, 20)))
    session.flush()
    save_campaigns.take_up(session, load.campaigns(session), load.organisation(session).zone)


def _add_group(session: Session, group: Group) -> None:
    session.add(GroupVersionRow(group_id=group.id, name=group.name, kind=group.kind))
    parts = [("member", group.members), ("committee", group.committee)]
    parts.append(("secretary", (group.secretary,) if group.secretary else ()))
    session.add_all(
        [
            MembershipRow(group_id=group.id, person_id=person, part=part, place=place)
            for part, people in parts
            for place, person in enumerate(people)
        ]
    )
