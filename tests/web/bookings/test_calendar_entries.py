"""Entries as the calendar draws them."""

from datetime import datetime

from flask import Flask

from scheduler import edge
from scheduler.core.arranging.drafts import DraftPlacement
from scheduler.core.ground.access import Role
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.web.bookings.calendar_entries import proposed, wall, walls
from scheduler.web.page import facts
from tests.builders import a_span, an_actor, at, people


def test_moments_are_told_by_the_wall_clock_without_an_offset(site_app: Flask) -> None:
    with site_app.test_request_context():
        assert wall(datetime.fromisoformat("2014-08-05T01:00+00:00")) == "2014-08-05T09:00"
        assert walls(a_span("2014-08-05T23:30", 60)) == ("2014-08-05T23:30", "2014-08-06T00:30")


def test_placement_that_moves_a_booking_asks_what_that_booking_would(site_app: Flask) -> None:
    placement = DraftPlacement(3, "k", people("p03", "p07"), at("2014-08-05T09:00"), 45, RoomId("R04"))

    with site_app.test_request_context():
        edge.act_as(an_actor("p22", Role.ORGANIZER))
        new = proposed(PlanRunId("P001"), placement, 4, facts.names(), may_change=True)
        fixed = proposed(PlanRunId("P001"), placement, 4, facts.names(), may_change=False)

    assert (new["id"], new["action"], new["version"]) == ("P001-3", "/plans/P001/talks/3", 4)
    assert (new["taken"], new["asks"]) == ("/bookings/taken", ["p03", "p07"])
    assert (new["name"], new["where"], new["word"]) == ("文静、邓永昌", "谈话室A", "草案")
    assert (fixed["href"], fixed["action"]) == ("", "")
