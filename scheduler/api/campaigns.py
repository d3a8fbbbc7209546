"""Campaigns: which there are, what one looks like, what holds in it, and its milestones moved."""

from typing import Annotated

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignName, Day, DayQuery, Taken
from scheduler.api.reading import campaign as named
from scheduler.api.reading import day, the_day
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.services.campaigns import programme, register, rollup
from scheduler.services.programme import moves
from scheduler.shapes.campaigns import CampaignListModel, CampaignViewModel, MilestoneMovedModel, RollUpModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class MilestoneQuery(Taken):
    """Of which campaign (left out: today's), and whether only to look."""

    campaign: CampaignName | None = None
    dry_run: bool = False
    lang: Language | None = None


class MilestoneBody(Taken):
    """Whereto a milestone moves."""

    day: Day
    only_milestone: bool = Field(False, description="Leave its meeting where it is")


class TermsBody(Taken):
    """What holds in a campaign; whatever is left out stays."""

    quorum: Annotated[str, Field(max_length=20)] | None = Field(
        None, description="The share of those expected", examples=["2/3"]
    )
    notice_workdays: Annotated[int, Field(ge=0, le=MAX_NOTICE, strict=True)] | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/campaigns")
@api.output(CampaignListModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_campaigns() -> Response:
    """All campaigns, by the day they start."""
    listed = register.listing(edge.session(), edge.actor(), edge.clock())
    return document(CampaignListModel.of({"campaigns": listed}))


@api.get("/campaigns/rollup")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(RollUpModel)
@edge.policy(Action.SEE_COVERAGE)
def roll_up_campaigns(query: DayQuery) -> Response:
    """All campaigns side by side on a day: dates, state, coverage, study, bookings, what comes next; and their total."""
    told = rollup.roll_up(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock())
    return document(RollUpModel.of(told, reader()))


@api.get("/campaigns/<campaign>")
@api.output(CampaignViewModel)
@edge.policy(Action.SEE_ORGANISATION)
def show_campaign(campaign: str) -> Response:
    """One campaign with its milestones and windows."""
    view = programme.campaign(edge.session(), edge.actor(), None, edge.clock(), named(campaign))
    if view is None:
        raise NotFound("campaign", campaign)
    return document(CampaignViewModel.of(view, reader()))


@api.patch("/campaigns/<campaign>")
@api.input(TermsBody, arg_name="body")
@api.output(CampaignViewModel)
@edge.policy(Action.EDIT_PROGRAMME)
def change_campaign(campaign: str, body: TermsBody) -> Response:
    """Say what makes a quorum at its meetings, and how many workdays of notice people have; what is left out stays."""
    share = None if body.quorum is None else written.share(body.quorum)
    if body.quorum is not None and share is None:
        raise Malformed("not_a_share", "quorum", value=body.quorum)
    the_id = register.named(edge.session(), campaign).id
    register.set_terms(
        edge.session(), edge.actor(), the_id, edge.clock(), quorum=share, notice_workdays=body.notice_workdays
    )
    return show_campaign(the_id)


@api.put("/milestones/<key>")
@api.input(MilestoneQuery, location="query", arg_name="query")
@api.input(MilestoneBody, arg_name="body")
@api.output(MilestoneMovedModel)
@edge.policy(Action.EDIT_PROGRAMME)
def move_milestone(key: str, query: MilestoneQuery, body: MilestoneBody) -> Response:
    """Move a milestone of a campaign, and its meeting with it; windows and due dates follow.

    A day outside the campaign, and one on which the meeting cannot be, are refused (409). With `dry_run=true` nothing
    is kept, and `blocking` says what would refuse it. `gate` and `printed` say what becomes of the meeting's conditions and papers.
    """
    moved = moves.move_milestone(
        edge.session(),
        edge.actor(),
        key,
        the_day(body.day, "day"),
        edge.clock(),
        dry_run=query.dry_run,
        only_milestone=body.only_milestone,
        campaign=named(query.campaign),
    )
    return document(MilestoneMovedModel.of(moved, reader()))
