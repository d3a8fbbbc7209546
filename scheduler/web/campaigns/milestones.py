"""Moving a milestone: first what would follow from it, then, once accepted, really."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.services.campaigns import programme as service
from scheduler.services.campaigns.programme import CampaignView
from scheduler.services.programme import moves
from scheduler.services.programme.moves import MilestoneMove
from scheduler.web.campaigns import pages
from scheduler.web.campaigns import programme as programme_page
from scheduler.web.page import facts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import when
from scheduler.wording.papers import HANDED_OUT
from scheduler.wording.programme import CONDITIONS
from scheduler.wording.texts import say

TOGETHER, ALONE = "1", "only"
"""How a move is accepted: with its meeting, or without."""


@pages.post("/programme/milestones/<key>")
@edge.policy(Action.EDIT_PROGRAMME)
def move_milestone(key: str) -> ResponseReturnValue:
    """Look at what moving a milestone comes to; once that is accepted, move it."""
    fields, accepted = Fields(request.form), request.form.get("accept")
    day = fields.day("day", required=True)
    if day is None:
        return programme_page.page(fields, key), 422
    alone = accepted == ALONE
    try:
        look = _move(key, day, alone=alone, dry_run=True)
    except Malformed as error:
        fields.take(error, "day")
        return programme_page.page(fields, key), 422
    except Refused as no:
        fields.refuse("day", wording.error(no, edge.lang()))
        return programme_page.page(fields, key), 409
    stands = service.campaign(edge.session(), edge.actor(), None, edge.clock(), seen_campaign.named())
    if accepted not in (TOGETHER, ALONE) or look.moved.findings.blocking or stands is None:
        return _preview(key, day, look, stands), 409 if accepted else 200
    _move(key, day, alone=alone)
    _offer_back(key, day, stands.campaign.milestones[key], alone=alone)
    return redirect(url_for("campaigns.programme"), 303)


def _move(key: str, day: date, *, alone: bool, dry_run: bool = False) -> MilestoneMove:
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    campaign = seen_campaign.named()
    return moves.move_milestone(
        session, actor, key, day, clock, dry_run=dry_run, only_milestone=alone, campaign=campaign
    )


def _offer_back(key: str, day: date, stood: date, *, alone: bool) -> None:
    """Say that it has moved, and offer to move it back in the same way."""
    text = _(
        "“%(name)s”已移到%(day)s，窗口期和期限随之移动。排好的谈话落在外面，就按“重新排期（改动最少）”。",
        name=wording.label(key, edge.lang()),
        day=wording.date_text(day, edge.lang()),
    )
    back = {"day": stood.isoformat(), "accept": ALONE if alone else TOGETHER}
    undo.offer(text, url_for("campaigns.move_milestone", key=key), back)


def _preview(key: str, day: date, move: MilestoneMove, stands: CampaignView | None) -> str:
    """What would follow, beside how things stand."""
    moved, lang = move.moved, edge.lang()
    return render_template(
        "campaigns/milestone.html",
        key=key,
        name=wording.label(key, edge.lang()),
        day=day,
        today=facts.today(),
        stands=stands,
        moved=moved,
        along=[_line(booking) for booking in moved.moved_along],
        outside=[_line(booking) for booking in moved.left_outside],
        gate=move.gate,
        conditions=[(c.name or say(CONDITIONS[c.what], lang), c) for c in move.gate.conditions] if move.gate else [],
        printed=[(paper, say(HANDED_OUT[paper.paper], lang)) for paper in move.printed],
        may_part=bool(moved.moved_along or moved.findings.blocking),
    )


def _line(booking: Booking) -> tuple[str, str, str]:
    """Id, time and what it is."""
    names = facts.names()
    what = (
        names.people(booking.people) if booking.is_talk else booking.title or wording.label(booking.kind, edge.lang())
    )
    return booking.id, when(booking.span), what
