"""The form of what no table brings: the campaign's name and dates, who leads and who supervises, and the first rooms for talks."""

from dataclasses import replace
from datetime import date

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.campaigns import drafts as campaign_drafts
from scheduler.core.campaigns.drafts import MAX_WORKDAYS, CampaignDraft
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, SUPERVISION_GROUP, Group, Room, Roster
from scheduler.core.organisation import team_guesses
from scheduler.core.organisation.chart import ROLE, TEAM
from scheduler.core.organisation.chart_changes import GROUP_NAMES
from scheduler.services.campaigns import programme
from scheduler.services.campaigns import writing as campaign_writing
from scheduler.services.ground import organisation
from scheduler.services.organisation import people
from scheduler.web.campaigns import pages
from scheduler.web.campaigns.first_steps import onward
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields, words
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _

MAX_ROOMS = 30
MAX_NAME_LENGTH = 60
DAYS = ("starts", "ends", "opens", "meeting")


@pages.get("/programme/edit")
@edge.policy(Action.EDIT_PROGRAMME)
def edit_programme() -> ResponseReturnValue:
    """The form as things stand, or filled in with what is usual."""
    return _page(Fields(_standing()))


@pages.post("/programme/edit")
@edge.policy(Action.EDIT_PROGRAMME)
def change_programme() -> ResponseReturnValue:
    """Write all of it, once everything in the form can be understood."""
    fields, roster = Fields(request.form), facts.roster()
    draft = _draft(fields)
    groups = _groups(fields, roster)
    rooms = _rooms(fields)
    if draft and fields.is_valid:
        try:
            campaign_drafts.check(draft)
            _write(draft, fields.text("organisation"), groups, rooms)
        except Malformed as error:
            fields.take(error, "name")
        except (NotFound, Refused) as error:
            is_meeting = isinstance(error, Refused) and error.blocking[0].kind == "meeting_cannot_follow"
            fields.refuse("meeting" if is_meeting else "members", wording.error(error, edge.lang()))
    if not fields.is_valid or draft is None:
        return _page(fields), 422
    flash(_("已保存。"), "good")
    return onward("campaigns.programme")


def _page(fields: Fields) -> str:
    names = facts.names()
    return render_template(
        "campaigns/edit.html",
        fields=fields,
        is_new=_campaign() is None,
        offers_rooms=not facts.rooms(),
        offers_workdays=_draft_standing().closes_workdays is not None,
        people=facts.person_options(names),
    )


def _campaign() -> programme.CampaignView | None:
    return programme.campaign(edge.session(), edge.actor(), None, edge.clock(), seen_campaign.named())


def _draft_standing() -> CampaignDraft:
    """The campaign as it stands, or as it usually would be."""
    view = _campaign()
    if view:
        return campaign_drafts.drafted(view.campaign)
    return campaign_drafts.usual(_("民主生活会前谈心谈话"), facts.today(), facts.working_time())


def _standing() -> dict[str, str]:
    """What the form begins with."""
    draft, names = _draft_standing(), facts.names()
    team = team_guesses.team_of(names.roster)
    days = {name: _day(getattr(draft, name)) for name in DAYS}
    return {
        "organisation": organisation.current(edge.session()).name,
        "name": draft.name,
        **days,
        "closes_workdays": "" if draft.closes_workdays is None else str(draft.closes_workdays),
        "principal": _people(names, (team.principal,) if team.principal else ()),
        "members": _people(names, team.members),
        "supervision": _people(names, team.supervision),
        "rooms": "",
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _people(names: Names, people: tuple[PersonId, ...]) -> str:
    return "、".join(facts.person_text(names, person) for person in people)


def _draft(fields: Fields) -> CampaignDraft | None:
    """What the form says of the campaign."""
    name = fields.text("name", required=True, most=MAX_NAME_LENGTH)
    starts, ends = fields.day("starts", required=True), fields.day("ends", required=True)
    opens, meeting = fields.day("opens"), fields.day("meeting")
    workdays = fields.number("closes_workdays", 0, MAX_WORKDAYS)
    return CampaignDraft(name, starts, ends, opens, meeting, workdays) if starts and ends else None


def _groups(fields: Fields, roster: Roster) -> list[Group]:
    """The groups that the form would change."""
    principal = fields.person("principal", roster)
    members = fields.people("members", roster)
    if principal and members and principal not in members:
        members = (principal, *members)
    filled = (
        (PRINCIPAL, ROLE, (principal,) if principal else ()),
        (LEADERSHIP_TEAM, TEAM, members),
        (SUPERVISION_GROUP, TEAM, fields.people("supervision", roster)),
    )
    return [
        replace(roster.groups.get(group, Group(group, GROUP_NAMES[group], kind)), members=people)
        for group, kind, people in filled
        if set(people) != set(roster.members(group)) or (group == SUPERVISION_GROUP and group not in roster.groups)
    ]


def _rooms(fields: Fields) -> list[str]:
    """The names of the rooms that the form adds."""
    names = list(dict.fromkeys(words([fields.typed("rooms")])))
    if any(len(name) > MAX_NAME_LENGTH for name in names):
        fields.refuse("rooms", _("最多 %(most)s 个字。", most=MAX_NAME_LENGTH))
    if len(names) > MAX_ROOMS:
        fields.refuse("rooms", _("一次最多 %(count)s 处。", count=MAX_ROOMS))
    return names


def _write(draft: CampaignDraft, organisation: str, groups: list[Group], rooms: list[str]) -> None:
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    campaign_writing.edit_campaign(session, actor, draft, organisation, clock, seen_campaign.named())
    for group in groups:
        people.edit_group(session, actor, group, None, clock)
    existing = {room.name for room in facts.rooms().values()}
    for name in rooms:
        if name not in existing:
            people.add_room(session, actor, Room("", name, use="talk"), clock)
