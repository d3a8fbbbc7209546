"""Where repairs lead."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from scheduler import edge
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.core.plans.placements import Repair
from scheduler.web.arranging.draft_repairs import RepairContext, Way, way
from scheduler.web.page import facts
from tests.builders import an_actor

SIXTH = {"day": date(2014, 8, 6)}


def led(site_app: Flask, repair: Repair, *, who: object = OPERATOR, **here: object) -> Way:
    with site_app.test_request_context():
        edge.act_as(who)  # type: ignore[arg-type]
        usual = RepairContext(
            PlanRunId("P001"), ArrangeOptions(last=date(2014, 8, 5)), date(2014, 8, 15), facts.names(), may_arrange=True
        )
        return way(repair, replace(usual, **here), str)  # type: ignore[arg-type]


def test_a_later_day_changes_the_question(site_app: Flask) -> None:
    found = led(site_app, Repair("later_day", SIXTH))

    assert (found.text, found.note) == ("延至8月6日", "改期限，再排一次")
    assert found.href == "/plans/new?again=P001&to=2014-08-06"
    assert found.fields == (
        ("from", ""),
        ("to", "2014-08-06"),
        ("minutes", "45"),
        ("grid", "30"),
        ("max_talks_per_half_day", ""),
        ("max_talks_per_day", ""),
        ("max_talks_per_week", ""),
        ("seconds", "20"),
        ("optional", ""),
        ("fewest_changes", ""),
        ("only", ""),
        ("rooms", "R04"),
        ("rooms", "R05"),
        ("rooms", "R07"),
        ("rule_set", ""),
        ("again", "P001"),
    )


@pytest.mark.parametrize("here", [{"window_closes": date(2014, 8, 5)}, {"options": ArrangeOptions()}])
def test_beyond_the_window_the_milestone_has_to_move(site_app: Flask, here: dict[str, object]) -> None:
    assert led(site_app, Repair("later_day", SIXTH), **here).href == "/programme"
    member = led(site_app, Repair("later_day", SIXTH), who=an_actor("p40"), **here)
    assert (member.href, member.note) == ("", "超出谈话窗口期")


def test_one_more_room_is_the_one_that_suits_best(site_app: Flask) -> None:
    usual = led(site_app, Repair("more_rooms", {"count": 1}))
    few = led(site_app, Repair("more_rooms", {"count": 1}), options=ArrangeOptions(rooms=(RoomId("R04"),)))

    assert (usual.text, usual.note) == ("再增加 1 个场地", "加上一层多功能厅，再排一次")
    assert usual.href == "/plans/new?again=P001&rooms=R04&rooms=R05&rooms=R07&rooms=R01"
    assert few.href == "/plans/new?again=P001&rooms=R04&rooms=R05"


def test_when_every_room_is_used_one_has_to_be_made(site_app: Flask) -> None:
    every = ArrangeOptions(rooms=tuple(RoomId(f"R0{number}") for number in range(1, 8)))

    assert led(site_app, Repair("more_rooms", {"count": 1}), options=every).href == "/rooms/new"
    assert led(site_app, Repair("more_rooms", {"count": 1}), options=every, who=an_actor("p40")).href == ""


def test_one_talk_a_day_more_is_asked_for_everybody(site_app: Flask) -> None:
    found = led(site_app, Repair("lift_day_maximum", {"name": "p07", "limit": 4}))

    assert (found.href, found.note) == ("/plans/new?again=P001&max_talks_per_day=4", "每人每天最多 4 次，再排一次")


@pytest.mark.parametrize(("part", "words"), [("half_day", "每半天"), ("week", "每周")])
def test_a_maximum_of_half_days_or_weeks_is_lifted_for_all(site_app: Flask, part: str, words: str) -> None:
    found = led(site_app, Repair(f"lift_{part}_maximum", {"name": "p07", "limit": 2}))

    assert (found.href, found.note) == (
        f"/plans/new?again=P001&max_talks_per_{part}=2",
        f"每人{words}最多 2 次，再排一次",
    )


def test_more_time_shows_what_stands_in_the_way(site_app: Flask) -> None:
    found = led(site_app, Repair("more_time", {"name": "p07", **SIXTH, "minutes": 60}))

    assert found.href == "/bookings?person=p07&day=2014-08-06"


def test_what_cannot_be_gone_can_be_read(site_app: Flask) -> None:
    assert led(site_app, Repair("unfix", {"talk": "R4:p07"})) == Way("松开固定的安排：R4:p07")
    assert led(site_app, Repair("later_day")).href == ""
    assert led(site_app, Repair("more_time", {"name": "p07"})).href == ""
    assert led(site_app, Repair("later_day", SIXTH), may_arrange=False) == Way("延至8月6日")
