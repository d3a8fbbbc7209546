"""All campaigns side by side: how each stands, switching to one, which leads, which are closed."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.rollup import CampaignLine
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import CampaignId
from scheduler.services.campaigns import register
from scheduler.services.campaigns import rollup as service
from scheduler.web.campaigns import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A campaign as the page prints it."""

    line: CampaignLine
    days: str
    is_now: bool
    ahead: str
    """The milestone that comes next."""
    ahead_day: date | None

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.line.campaign


@pages.get("/campaigns")
@edge.policy(Action.SEE_COVERAGE)
def campaigns() -> ResponseReturnValue:
    """Each campaign on a line, and what they come to together."""
    fields = Fields(request.args)
    told = service.roll_up(edge.session(), edge.actor(), fields.day("as_of"), edge.clock())
    lines = [_line(line, told.as_of) for line in told.lines]
    is_today = told.as_of == facts.today()
    return render_template(
        "campaigns/overview.html", fields=fields, lines=lines, total=told.total, as_of=told.as_of, is_today=is_today
    )


def _line(line: CampaignLine, on: date) -> OverviewLine:
    campaign, ahead = line.campaign, line.next_milestone
    first, last = (wording.date_text(day, edge.lang()) for day in (campaign.starts, campaign.ends))
    return OverviewLine(
        line,
        _("%(first)s—%(last)s", first=first, last=last),
        campaign.covers(on),
        wording.label(ahead.key, edge.lang()) if ahead else "",
        ahead.day if ahead else None,
    )


@pages.post("/campaigns/<campaign>/lead")
@edge.policy(Action.EDIT_PROGRAMME)
def lead_campaign(campaign: str) -> ResponseReturnValue:
    """Let a campaign lead."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    before = next((each for each in register.listing(session, actor, clock) if each.is_leading), None)
    led = register.lead(session, actor, CampaignId(campaign), clock)
    told = _("已设为主活动：%(name)s", name=led.name)
    if before and before.id != led.id:
        undo.offer(told, url_for("campaigns.lead_campaign", campaign=before.id))
    else:
        flash(told, "good")
    return redirect(url_for("campaigns.campaigns"), 303)


@pages.post("/campaigns/<campaign>/close")
@edge.policy(Action.EDIT_PROGRAMME)
def close_campaign(campaign: str) -> ResponseReturnValue:
    """Close a campaign."""
    closed = register.set_open(edge.session(), edge.actor(), CampaignId(campaign), edge.clock(), is_open=False)
    undo.offer(
        _("已归档，只能查看：%(name)s", name=closed.name), url_for("campaigns.reopen_campaign", campaign=closed.id)
    )
    return redirect(url_for("campaigns.campaigns"), 303)


@pages.post("/campaigns/<campaign>/reopen")
@edge.policy(Action.EDIT_PROGRAMME)
def reopen_campaign(campaign: str) -> ResponseReturnValue:
    """Open a campaign again."""
    opened = register.set_open(edge.session(), edge.actor(), CampaignId(campaign), edge.clock(), is_open=True)
    undo.offer(_("已重新开放：%(name)s", name=opened.name), url_for("campaigns.close_campaign", campaign=opened.id))
    return redirect(url_for("campaigns.campaigns"), 303)
