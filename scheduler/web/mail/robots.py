"""Robots of chat groups: added, tried, switched, removed."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import audiences
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.outside.robots import RobotKind
from scheduler.services.mail import robots as service
from scheduler.services.mail.robots import ChatRobot, NewRobot
from scheduler.web.mail import pages
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.wording.notices import robot_failure

WIDE = ("all_staff", "all_party", "unit_heads")
"""Who reads a group, besides branches and groups by name."""


@dataclass(frozen=True, slots=True)
class RobotLine:
    """A robot as the list prints it."""

    number: int
    name: str
    kind: str
    readers: str
    is_on: bool
    sent: str
    why: str


@pages.get("/mail/robots")
@edge.policy(Action.EDIT_FEEDS)
def chat_robots() -> str:
    """The robots, and the form of a new one."""
    return _page(Fields({}))


def _page(fields: Fields) -> str:
    names = facts.names()
    robots = service.listing(edge.session(), edge.actor(), edge.clock())
    return render_template(
        "mail/robots.html",
        fields=fields,
        lines=[_line(robot, names) for robot in robots],
        kinds=[(kind.value, wording.label(f"robot:{kind.value}", edge.lang())) for kind in RobotKind],
        readers=_readers(names),
    )


def _line(robot: ChatRobot, names: Names) -> RobotLine:
    sent = wording.stamp_text(robot.sent_at.astimezone(edge.zone()), edge.lang()) if robot.sent_at else ""
    why = robot_failure(robot.why, edge.lang()) if robot.why else ""
    kind = wording.label(f"robot:{robot.kind.value}", edge.lang())
    return RobotLine(robot.id, robot.name, kind, names.audience(robot.readers), robot.is_on, sent, why)


def _readers(names: Names) -> list[Choice]:
    """Everybody a group can be of."""
    groups = names.roster.groups.values()
    words = [*WIDE, *(f"{audiences.BRANCH}{g.id}" if g.kind == "branch" else g.id for g in groups)]
    return [(word, names.audience(word)) for word in words if audiences.select(word, names.roster)]


@pages.post("/mail/robots")
@edge.policy(Action.EDIT_FEEDS)
@once
def add_robot() -> ResponseReturnValue:
    """Add a robot; it is off."""
    fields = Fields(request.form)
    kind = fields.choice("kind", RobotKind) or RobotKind.WECOM
    new = NewRobot(
        kind,
        fields.text("name", required=True),
        fields.typed("address").strip(),
        fields.typed("secret").strip(),
        fields.typed("readers"),
    )
    if fields.is_valid:
        try:
            service.add(edge.session(), edge.actor(), new, edge.clock(), edge.settings().fetch_allow)
            flash(_("已添加。先试发一条，再开启。"), "good")
            return redirect(url_for("mail.chat_robots"), 303)
        except Malformed as error:
            fields.take(error, "name")
    return _page(fields), 422


@pages.post("/mail/robots/<int:number>")
@edge.policy(Action.EDIT_FEEDS)
def change_robot(number: int) -> ResponseReturnValue:
    """Switch a robot, try it, or remove it."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    match request.form.get("act", ""):
        case "try":
            service.try_out(session, actor, number, clock)
            flash(_("一分钟内会试发一条。"), "good")
        case "on" | "off" as act:
            service.switch(session, actor, number, clock, is_on=act == "on")
            flash(_("已开启：以后的变动会发到群里。") if act == "on" else _("已关闭。"), "good")
        case "remove":
            service.remove(session, actor, number, clock)
            flash(_("已删除，地址和密钥不再保存。"), "good")
        case _:
            raise Malformed("unknown_choice", "act", value=request.form.get("act", ""))
    return redirect(url_for("mail.chat_robots"), 303)
