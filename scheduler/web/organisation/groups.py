"""Branches with their committees, the team, the supervision group and other groups: the list, and their forms."""

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, SUPERVISION_GROUP, Group
from scheduler.core.organisation.chart import BRANCH, ROLE, TEAM
from scheduler.core.organisation.chart_changes import GROUP_NAMES
from scheduler.services.organisation import people as service
from scheduler.services.organisation import removal
from scheduler.services.organisation.removal import Removable
from scheduler.web.campaigns.first_steps import onward
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _

USUAL = {PRINCIPAL: ROLE, LEADERSHIP_TEAM: TEAM, SUPERVISION_GROUP: TEAM}
"""Groups that rules look to, whether anybody has entered them yet or not."""
NONE = "none"
"""What the form sends for “we have none”."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group as the list prints it."""

    id: GroupId
    name: str
    people: str
    count: int
    secretary: str
    is_said: bool
    """Whether anybody has said who is in it, or that there is none."""


@pages.get("/groups")
@edge.policy(Action.SEE_ORGANISATION)
def groups() -> str:
    """Those that rules look to, the branches, and other teams."""
    names = facts.names()
    usual = [_line(_standing(group, names), names, is_said=group in names.roster.groups) for group in USUAL]
    teams = [g for g in names.roster.groups.values() if g.kind == TEAM and g.id not in USUAL]
    return render_template(
        "organisation/groups.html",
        usual=usual,
        branches=[_line(branch, names) for branch in names.roster.branches()],
        teams=[_line(team, names) for team in teams],
        none_can_be=SUPERVISION_GROUP,
    )


def _line(group: Group, names: Names, *, is_said: bool = True) -> GroupLine:
    shown = group.committee if group.kind == BRANCH else names.roster.in_rank_order(group.members)
    return GroupLine(
        group.id, names.group(group.id), names.people(shown), len(group.members), names.person(group.secretary), is_said
    )


def _standing(group: GroupId, names: Names) -> Group:
    """A group as it is, or as a usual one begins."""
    if group in names.roster.groups:
        return names.roster.groups[group]
    if group in USUAL:
        return Group(group, GROUP_NAMES[group], USUAL[group])
    raise NotFound("group", group)


@pages.get("/groups/new")
@edge.policy(Action.EDIT_ORGANISATION)
def new_group() -> str:
    """The form of a new branch, or of another group."""
    kind = BRANCH if request.args.get("kind") == BRANCH else TEAM
    return _form(Group(GroupId(""), "", kind), Fields({"kind": kind}))


@pages.post("/groups")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def add_group() -> ResponseReturnValue:
    """Enter a new branch or group."""
    names, fields = facts.names(), Fields(request.form)
    kind = fields.one_of("kind", (BRANCH, TEAM)) or TEAM
    entered = _read(Group(GroupId(""), "", kind), fields, names)
    if any(group.name == entered.name and group.kind == kind for group in names.roster.groups.values()):
        fields.refuse("name", _("已经有“%(name)s”了，请换个名称。", name=entered.name))
    if fields.is_valid:
        try:
            group = service.add_group(edge.session(), edge.actor(), entered, edge.clock())
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("name", wording.error(error, edge.lang()))
        else:
            flash(_("已添加：%(name)s。", name=entered.name), "good")
            return redirect(url_for("organisation.groups") + f"#group-{group}", 303)
    return _form(Group(GroupId(""), "", kind), fields), 422


@pages.get("/groups/<group_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
def edit_group(group_id: str) -> str:
    """The form of a group."""
    names = facts.names()
    group = _standing(GroupId(group_id), names)
    return _form(group, Fields(_values(group, names)))


def _values(group: Group, names: Names) -> dict[str, str]:
    """What the form of a group begins with."""
    return {
        "name": group.name,
        "secretary": facts.person_text(names, group.secretary) if group.secretary else "",
        "committee": _listed(group.committee, names),
        "members": _listed(names.roster.in_rank_order(group.members), names),
    }


def _listed(people: tuple[PersonId, ...], names: Names) -> str:
    return "、".join(facts.person_text(names, person) for person in people)


@pages.post("/groups/<group_id>/edit")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def change_group(group_id: str) -> ResponseReturnValue:
    """Write who is in a group, or that there is none."""
    names, fields = facts.names(), Fields(request.form)
    before = _standing(GroupId(group_id), names)
    is_none = fields.typed("none") == NONE and before.id == SUPERVISION_GROUP
    changed = replace(before, members=()) if is_none else _read(before, fields, names)
    if before.id in USUAL and not changed.members and not is_none:
        fields.refuse("members", _("请至少填一位。"))
    valid_from = fields.day("valid_from")
    if fields.is_valid:
        try:
            service.edit_group(edge.session(), edge.actor(), changed, valid_from, edge.clock())
        except (Malformed, NotFound, Refused) as error:
            fields.refuse("members", wording.error(error, edge.lang()))
        else:
            _told(before, changed, names, is_none=is_none, is_dated=valid_from is not None)
            return onward("organisation.groups")
    return _form(before, fields), 422


def _told(before: Group, changed: Group, names: Names, *, is_none: bool, is_dated: bool) -> None:
    """Say what was saved, with the way back where there is one."""
    told = _("记下了：没有%(name)s。", name=names.group(changed.id)) if is_none else _("已保存。")
    if is_dated or before.id not in names.roster.groups or not (before.members or before.id == SUPERVISION_GROUP):
        flash(told, "good")
        return
    back = {"none": NONE} if before.id == SUPERVISION_GROUP and not before.members else _values(before, names)
    undo.offer(told, url_for("organisation.change_group", group_id=before.id), back)


@pages.post("/groups/<group_id>/remove")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def remove_group(group_id: str) -> ResponseReturnValue:
    """Remove a group that nobody is in and no rule names."""
    names = facts.names()
    group = names.roster.groups.get(GroupId(group_id))
    if group is None:
        raise NotFound("group", group_id)
    try:
        removal.remove(edge.session(), edge.actor(), Removable.GROUP, group_id, edge.clock())
    except Refused as refused:
        there = url_for("organisation.edit_group", group_id=group_id)
        page = render_template(
            "organisation/still_used.html",
            noun="group", key=group_id, name=names.group(group.id), there=there, hanging=refused.blocking,
        )  # fmt: skip
        return page, 422
    back = {"kind": group.kind, "name": group.name}
    undo.offer(_("已删除：%(name)s。", name=group.name), url_for("organisation.add_group"), back)
    return redirect(url_for("organisation.groups"), 303)


def _read(before: Group, fields: Fields, names: Names) -> Group:
    """What the form says of a group; the secretary is on the committee, and the committee is of the branch."""
    roster = names.roster
    name = before.name if before.id in USUAL else fields.text("name", required=True)
    members = fields.people("members", roster)
    if before.kind != BRANCH:
        return replace(before, name=name, members=members)
    secretary, committee = fields.person("secretary", roster), fields.people("committee", roster)
    committee = tuple(dict.fromkeys([*([secretary] if secretary else []), *committee]))
    return replace(
        before,
        name=name,
        secretary=secretary,
        committee=committee,
        members=tuple(dict.fromkeys([*members, *committee])),
    )


def _form(group: Group, fields: Fields) -> str:
    names = facts.names()
    return render_template(
        "organisation/edit_group.html",
        group=group,
        name=names.group(group.id) if group.id else "",
        fields=fields,
        is_branch=group.kind == BRANCH,
        is_usual=group.id in USUAL,
        is_one=group.id == PRINCIPAL,
        can_be_none=group.id == SUPERVISION_GROUP,
        people=facts.person_options(names),
    )
