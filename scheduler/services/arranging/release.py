"""Releasing a draft plan: every placement is checked again and booked like one made by hand; all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus
from scheduler.core.arranging.runs import PlanRun
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PlanRunId, RoomId
from scheduler.services.arranging import drafts
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import Booked, BookingChange
from scheduler.store import load, save, writing
from scheduler.store.mail import save as save_mail


@dataclass(frozen=True, slots=True)
class Misfit:
    """A placement that does not fit on today's calendar, and why."""

    placement: DraftPlacement
    findings: tuple[Finding, ...]


class DoesNotFit(Refused):
    """Not everything in a draft fits any more; nothing was booked."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__([finding for misfit in misfits for finding in misfit.findings])
        self.misfits = tuple(misfits)


@dataclass(frozen=True, slots=True)
class Release:
    """What a release put on the calendar."""

    plan: DraftPlan
    booked: tuple[Booked, ...]
    """In the order of the placements."""
    left: tuple[Misfit, ...]
    """What did not fit, and was left out since the organizer said so."""


@writing.verb
def release(
    session: Session,
    actor: Actor,
    run_id: PlanRunId,
    clock: Clock,
    *,
    only_what_fits: bool = False,
    version: int | None = None,
) -> Release:
    """Put a draft on the calendar. Raises DoesNotFit with all that does not fit: then nothing is booked.

    With `only_what_fits` the rest is booked, if there is any. A draft that was decided already raises Refused.
    """
    writing.begin(session)
    run, plan = drafts.opened(session, actor, run_id, version)
    with save_mail.one_release(session, run.id):
        booked, left = _Releasing(session, actor, run, clock).all(plan.placements, only_what_fits=only_what_fits)
    over = replace(
        plan,
        status=DraftStatus.RELEASED,
        placements=tuple(
            replace(placement, booking=booked[placement.number].booking.id) if placement.number in booked else placement
            for placement in plan.placements
        ),
        decided_by=journal.name_of(actor),
        decided_at=clock.real.replace(microsecond=0),
    )
    released = drafts.saved(session, actor, plan, over, "released", clock)
    return Release(released, tuple(booked.values()), tuple(left))


class _Releasing:
    """The placements of one draft, on their way to the calendar."""

    def __init__(self, session: Session, actor: Actor, run: PlanRun, clock: Clock) -> None:
        self.session, self.actor, self.run, self.clock = session, actor, run, clock

    def all(
        self, placements: Sequence[DraftPlacement], *, only_what_fits: bool
    ) -> tuple[dict[int, Booked], list[Misfit]]:
        """What was booked, by the numbers of the placements, and what does not fit.

        A booking that cannot move stays, and may be in the way of others: so whoever does not fit is left out, and all
        others are tried anew.
        """
        left: list[Misfit] = []
        while True:
            going = [
                placement
                for placement in placements
                if placement.number not in {misfit.placement.number for misfit in left}
            ]
            with self.session.begin_nested() as savepoint:
                booked, misfits = self._round(going)
                if misfits:
                    savepoint.rollback()
            left += misfits
            if not misfits and (booked or not left):
                return booked, left
            if not only_what_fits or not misfits:
                raise DoesNotFit(left)

    def _round(self, placements: Sequence[DraftPlacement]) -> tuple[dict[int, Booked], list[Misfit]]:
        """Try to book these, all of those that move out of the way of each other first."""
        save.let_go(self.session, self._leaving(placements))
        booked: dict[int, Booked] = {}
        misfits = []
        for placement in placements:
            try:
                booked[placement.number] = self._put(placement)
            except Refused as no:
                misfits.append(Misfit(placement, no.blocking))
            except Malformed as no:
                misfits.append(Misfit(placement, (drafts.unbookable(placement, no),)))
        return booked, misfits

    def _put(self, placement: DraftPlacement) -> Booked:
        """Book one, the way it is done by hand."""
        if placement.moves is None:
            return bookings.put(self.session, self.actor, drafts.as_draft(self.run, placement), self.clock)
        if load.booking(self.session, placement.moves).is_held:
            raise Refused([Finding("held_already", placement.moves)])
        change = BookingChange(placement.start, placement.minutes, placement.room or RoomId(""))
        return bookings.put_change(self.session, self.actor, placement.moves, change, self.clock)

    def _leaving(self, placements: Sequence[DraftPlacement]) -> list[BookingId]:
        """The bookings that are going to stand elsewhere."""
        placement_by_booking = {placement.moves: placement for placement in placements if placement.moves}
        moving = load.bookings(self.session, ids=list(placement_by_booking)) if placement_by_booking else []
        return [booking.id for booking in moving if _leaves(booking, placement_by_booking[booking.id])]


def _leaves(booking: Booking, placement: DraftPlacement) -> bool:
    """Whether a booking would take another time or place than it does."""
    return (booking.span, booking.room) != (placement.span, placement.room)
