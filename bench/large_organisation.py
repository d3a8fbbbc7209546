"""Processor time of pages and API calls in an organisation of 5,000 people, and in one ten times as large.

Twenty people to a unit and to a branch, talks between leaders and heads, and one of everybody with somebody out of the
branch's committee. What concerns everybody may take ten times as long in the larger one, and a little more for sorting; a
thing that takes much longer hides a loop within a loop.

`--people N…` names other sizes, `--only PART` the pages whose name holds that part.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL
from scheduler.services.accounts import register as accounts
from scheduler.services.rules import sets as rules
from scheduler.store.base import Base
from scheduler.store.organisation import rows
from scheduler.store.upserts import table_of
from tests.browser.site import PASSWORD, a_config
from tests.databases import Databases
from tests.seeds import a_campaign, an_organisation
from tests.web.visiting import signed_in

SIZES = (5_000, 50_000)
TOGETHER = 20
"""So many people to a unit and to a branch."""
LEADERS = 9
SOMEBODY, UNIT = "p01234", "D0061"
PAGES = {
    "people": "/people",
    "people of a unit": f"/people?unit={UNIT}",
    "a person": f"/people/{SOMEBODY}",
    "a person's form": f"/people/{SOMEBODY}/edit",
    "leaving": f"/people/{SOMEBODY}/leave",
    "units": "/units",
    "a unit's form": f"/units/{UNIT}/edit",
    "absences": "/absences",
    "matrix": "/",
    "matrix of pools": "/?rule_set=RS2",
    "a person's row": f"/?rule_set=RS2&person={SOMEBODY}",
    "open talks": "/bookings/open?rule_set=RS2",
    "booking form": "/bookings/new",
    "calendar": "/bookings",
    "calendar of three": f"/bookings?people={SOMEBODY}&people=p00001&people=p00002",
    "programme": "/programme/edit",
    "rules": "/rules",
    "preview of rules": "/rules/preview?source=cn.four-must-talks",
    "subscriptions": "/subscriptions",
    "study": "/study",
    "arranging": "/plans/new",
    "me": "/me",
    "API: people": "/api/v1/people",
    "API: a person": f"/api/v1/people/{SOMEBODY}",
    "API: coverage": "/api/v1/coverage",
    "API: requirements": "/api/v1/requirements?rule_set=RS2",
    "API: bookings": "/api/v1/bookings",
}


def run(options: list[str] | None = None) -> list[dict[str, Any]]:
    """Seconds of processor time for each page at each size, and how much longer the largest takes than the smallest."""
    chosen = _parser().parse_args(options or [])
    pages = {name: path for name, path in PAGES.items() if chosen.only in name}
    times = [seconds(people, pages) for people in chosen.people]
    return [
        {
            "page": name,
            **{f"{people:,}": f"{taken[name]:.3f}" for people, taken in zip(chosen.people, times, strict=True)},
            "ratio": f"{times[-1][name] / times[0][name]:.1f}",
        }
        for name in pages
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench large_organisation")
    parser.add_argument("--people", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", default="")
    return parser


def seconds(people: int, pages: dict[str, str]) -> dict[str, float]:
    """Seconds that each page takes, visited for the second time."""
    from scheduler.app import create_app

    with tempfile.TemporaryDirectory(prefix="tanxin-bench-") as folder:
        address = Databases(Path(folder)).make("sqlite", lambda session: fill(session, people))
        client = signed_in(create_app(a_config(Path(folder), address)), "organizer")
        return {name: timed(client, path) for name, path in pages.items()}


def timed(client: FlaskClient, path: str) -> float:
    """Processor time of one visit; the first one, in which templates are compiled, does not count if it was short."""
    for _ in range(2):
        gc.collect()
        began = time.process_time()
        status = client.get(path).status_code
        taken = time.process_time() - began
        assert status == 200, f"{path}: {status}"
        if taken > 5:
            break
    return taken


def fill(session: Session, people: int) -> None:
    """So many people in units and branches, two rule sets, and an organizer's account."""
    an_organisation(session, people=0)
    a_campaign(session)
    names = [f"p{number:05}" for number in range(people)]
    places = range(0, people, TOGETHER)
    units, branches = [f"D{n // TOGETHER:04}" for n in places], [f"B{n // TOGETHER:04}" for n in places]
    _insert(session, rows.PersonRow, ({"id": name} for name in names))
    _insert(session, rows.UnitRow, ({"id": unit} for unit in units))
    _insert(session, rows.GroupRow, ({"id": group} for group in (*branches, LEADERSHIP_TEAM, PRINCIPAL)))
    _insert(session, rows.PersonVersionRow, (_person(name, n) for n, name in enumerate(names)))
    _insert(session, rows.UnitVersionRow, ({"unit_id": u, "name": f"部门{u}", "kind": "dept"} for u in units))
    _insert(session, rows.GroupVersionRow, ({"group_id": b, "name": f"支部{b}", "kind": "branch"} for b in branches))
    kinds = {LEADERSHIP_TEAM: "team", PRINCIPAL: "role"}
    _insert(session, rows.GroupVersionRow, ({"group_id": g, "name": g, "kind": kind} for g, kind in kinds.items()))
    _insert(session, rows.PostRow, (post for n, unit in zip(places, units, strict=True) for post in _posts(unit, n)))
    _insert(session, rows.MembershipRow, (seat for n, name in enumerate(names) for seat in _seats(name, n)))
    session.commit()
    clock = Clock(datetime(2014, 7, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))
    rules.apply(session, OPERATOR, "cn.three-must-talks", None, clock)
    rules.apply(session, OPERATOR, "cn.branch-yearly", None, clock)
    accounts.add(session, OPERATOR, clock, person=names[TOGETHER], role=Role.ORGANIZER, name="organizer")
    accounts.set_password(session, OPERATOR, "organizer", PASSWORD, clock)


def _person(name: str, number: int) -> dict[str, object]:
    """Somebody; one in ten has a name that others have as well."""
    return {
        "person_id": name,
        "name": f"人{number if number % 10 else number % 100}",
        "rank": number,
        "category": "leader" if number < LEADERS else "staff",
        "party_status": "正式党员",
        "unit": f"D{number // TOGETHER:04}",
        "branch": f"B{number // TOGETHER:04}",
    }


def _posts(unit: str, first: int) -> list[dict[str, object]]:
    """A leader is in charge of a unit, and the tenth of its people heads it."""
    return [
        {"unit_id": unit, "post": "in_charge", "person_id": f"p{first // TOGETHER % LEADERS:05}"},
        {"unit_id": unit, "post": "head", "person_id": f"p{first + 10:05}"},
    ]


def _seats(name: str, number: int) -> list[dict[str, object]]:
    """Everybody is in a branch, three of each on its committee, the first people in the team."""
    branch, place = divmod(number, TOGETHER)
    seats: list[dict[str, object]] = [{"group_id": f"B{branch:04}", "part": "member", "place": place}]
    if place < 3:
        seats.append({"group_id": f"B{branch:04}", "part": "committee", "place": place})
    if number < LEADERS:
        seats.append({"group_id": LEADERSHIP_TEAM, "part": "member", "place": number})
    if number == 0:
        seats.append({"group_id": PRINCIPAL, "part": "member", "place": 0})
    return [{**seat, "person_id": name} for seat in seats]


def _insert(session: Session, row: type[Base], values: Iterable[dict[str, object]]) -> None:
    """These rows, straight into their table."""
    if given := list(values):
        session.execute(insert(table_of(row)), given)
