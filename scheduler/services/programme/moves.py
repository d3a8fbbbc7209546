"""A milestone is moved, and what that means for the gate and for papers is told before it is accepted."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.milestones import REPORTED, MilestoneMoved
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.papers import printed
from scheduler.core.programme.moves import GateMoved, MilestoneMove, OutdatedPaper, gate_moved
from scheduler.services.campaigns import programme as campaigns
from scheduler.services.programme import gate_facts
from scheduler.services.programme.gate_facts import Gate
from scheduler.store import load
from scheduler.store.papers import printed as kept

__all__ = ["MilestoneMove", "move_milestone"]


def move_milestone(  # noqa: PLR0913 - which one, of which campaign, whereto, and how much of it really
    session: Session,
    actor: Actor,
    key: str,
    day: date,
    clock: Clock,
    *,
    dry_run: bool = False,
    only_milestone: bool = False,
    campaign: CampaignId | None = None,
) -> MilestoneMove:
    """Move a milestone, or (`dry_run`) look at what that comes to: as `campaigns.programme.move_milestone`, with the gate of the
    nearest democratic life meeting before and after, and the papers that will be outdated. Raises as that does."""
    gates: list[Gate | None] = []

    def look() -> None:
        meeting = gates[0].booking.id if gates and gates[0] else _meeting(session, clock, campaign)
        gates.append(gate_facts.read(session, meeting, None, clock) if meeting else None)

    moved = campaigns.move_milestone(
        session, actor, key, day, clock, dry_run=dry_run, only_milestone=only_milestone, campaign=campaign, look=look
    )
    return MilestoneMove(moved, _gate(*gates[-2:]), tuple(_outdated(session, moved)))


def _gate(before: Gate | None, after: Gate | None) -> GateMoved | None:
    """What changes of the gate."""
    return gate_moved(before.booking.id, before.items, after.items) if before and after else None


def _meeting(session: Session, clock: Clock, given: CampaignId | None) -> BookingId | None:
    """The next democratic life meeting of the campaign, or the last one; None: there is none."""
    as_of = load.as_of(session, None, clock)
    campaign = load.campaign(session, as_of.day, given)
    meetings = [
        booking
        for booking in load.bookings(session, kinds=[REPORTED])
        if campaign and choosing.holds(campaign, booking) and booking.state(as_of) is not State.CANCELLED
    ]
    ahead = (booking for booking in meetings if booking.day(as_of.zone) >= as_of.day)
    chosen = next(ahead, meetings[-1] if meetings else None)
    return chosen.id if chosen else None


def _outdated(session: Session, moved: MilestoneMoved) -> Iterator[OutdatedPaper]:
    """The papers of the meetings that move along, of each kind the last that was handed out."""
    for booking in moved.moved_along:
        for paper, (version, given) in printed.latest(kept.of_booking(session, booking.id)).items():
            if given.span != booking.span:
                yield OutdatedPaper(booking.id, paper, version, given.at)
