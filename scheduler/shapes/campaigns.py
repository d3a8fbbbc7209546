"""Milestones of a campaign."""

from scheduler.core.campaigns.milestones import MilestoneMoved
from scheduler.core.ground.bookings import Booking
from scheduler.shapes.ground import Day, LocalTime, Shape, at


class StartModel(Shape[Booking]):
    """A booking by its id and start only."""

    id: str
    start: LocalTime = at("span", "start")


class MilestoneMovedModel(Shape[MilestoneMoved]):
    """What moves with a milestone, and which bookings lie outside now."""

    window_opens: Day | None
    window_closes: Day | None
    report_due: Day | None
    bookings_outside: list[StartModel]
