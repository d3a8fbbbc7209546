"""The application running on the sample organisation at an address of its own, with an account for every role; and a browser to look at it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from config import ROOT, Config
from scheduler.cli import worlds
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId, RoomId
from scheduler.services.accounts import register as accounts
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import problem as arranging
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging import solving
from scheduler.services.arranging import work as plan_work
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.feeds import outside_calendars as calendars
from scheduler.services.imports import run as imports
from scheduler.services.rules import sets as rules
from tests.builders import a_clock, an_actor
from tests.conftest import SAMPLE_NOW, import_sample
from tests.databases import Databases
from tests.ical.hostile import calendar, event
from tests.waiting import LAST_RESORT

CHROMIUM = "/usr/bin/chromium"
HOST = "tanxin.test"
"""A name that other machines could open as well, which the browser takes for this one."""
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]
PATIENCE = LAST_RESORT * 1000
"""Milliseconds that a browser and its pages may take on a machine that does much else; nothing waits longer than it must."""
PASSWORD = "tree-lamp-9231"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 768, "height": 1024}
PHONE: ViewportSize = {"width": 360, "height": 740}
ORGANIZER, MEMBER, SUPERVISOR, PRINCIPAL, BRANCH, ADMIN = "p22", "p03", "s01", "p01", "p12", "admin"
AWAITING, OTHER = "p07", "p08"
"""The accounts, each named like its person; the talk T045 of the last two waits to be confirmed."""


SIGNING_KEY = "only for tests " * 3


class Quiet(WSGIRequestHandler):
    """Tells the terminal nothing about requests."""

    def log_request(self, *_: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Site:
    """Where the application answers."""

    address: str
    database: str = ""


def fill(session: Session) -> None:
    """The sample organisation with its rules applied, and an account for every role."""
    import_sample(session)
    _meetings(session)
    rules.apply(session, OPERATOR, "cn.four-must-talks-extended", None, a_clock())
    further = ((Role.MEMBER, AWAITING, AWAITING), (Role.MEMBER, OTHER, OTHER))
    shown = [(role, person, person) for role, person in worlds.world(None).accounts.items()]
    for role, name, person in ((Role.ADMIN, ADMIN, ""), *shown, *further):
        given = None if person else Role(role)
        accounts.add(session, OPERATOR, a_clock(), person=person or None, role=given, name=name)
        accounts.set_password(session, OPERATOR, name, PASSWORD, a_clock())


def fill_with_drafts(session: Session) -> None:
    """The same with three drafts of the planner (P001 all placed, P002 not all, P003 with moves) and a run that waits (P004)."""
    fill(session)
    talk_rooms = (RoomId("R05"), RoomId("R07"))
    for options in (
        ArrangeOptions(),
        ArrangeOptions(last=date(2014, 8, 4)),
        ArrangeOptions(rooms=talk_rooms, fewest_changes=True),
    ):
        run = plan_runs.ask(session, an_actor("p22", Role.ORGANIZER), options, a_clock())
        claimed = plan_attempts.claim(session, run.id, a_clock())
        assert claimed
        arrangement = arranging.arrangement(session, OPERATOR, options, a_clock())
        plan = solving.solve(arrangement.problem, seconds=None).plan
        assert plan
        assert plan_attempts.finish(session, claimed, plan_work.draft_of(run.id, arrangement, plan, ()), a_clock())
    draft_plans.pin(session, OPERATOR, PlanRunId("P003"), [1], a_clock())
    plan_runs.ask(session, OPERATOR, ArrangeOptions(minutes=60), a_clock())
    _evenings(session)


def _meetings(session: Session) -> None:
    """Guests at the symposiums, and a meeting with all that is said of one."""
    path = ROOT / "sample" / "programme" / "guests.csv"
    imports.run(session, OPERATOR, [imports.Upload(path.name, path.read_bytes())], None, dry_run=False, clock=a_clock())
    agenda = (
        AgendaItem("传达区委有关通知精神", PersonId("p12"), minutes=20),
        AgendaItem("支部班子对照检查", PersonId("p12"), minutes=40),
        AgendaItem("党员开展批评与自我批评", minutes=120),
        AgendaItem("督导组点评", speaker="督导组组长", minutes=20),
    )
    remark = "请提前 10 分钟签到，着正装。\n材料会前两天发到各党小组。"
    change = BookingChange(agenda=agenda, remark=remark, link="https://meeting.example.org/j/100200300")
    bookings.change(session, OPERATOR, BookingId("E11"), change, a_clock())


def fill_with_records(session: Session) -> None:
    """The sample with its rules, accounts, and the programme: tasks, materials, opinions, training, visits, results of meetings."""
    fill(session)
    _records(session)


def fill_with_programme(session: Session) -> None:
    """The same with drafts of the planner."""
    fill_with_drafts(session)
    _records(session)


def _records(session: Session) -> None:
    tables = sorted((ROOT / "sample" / "programme").glob("*.csv"))
    uploads = [imports.Upload(table.name, table.read_bytes()) for table in tables]
    report = imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=a_clock())
    assert not report.errors, report.errors


def _evenings(session: Session) -> None:
    """Two calendars that the organizer keeps elsewhere: busy in the evenings, and one with a few oddities."""
    me, owner = an_actor(ORGANIZER, Role.ORGANIZER), PersonId(ORGANIZER)
    evening = event("RRULE:FREQ=WEEKLY;BYDAY=TU,TH", start="DTSTART;TZID=China Standard Time:20140805T193000")
    sunday = event(start="DTSTART;VALUE=DATE:20140810", length="DURATION:P1D", uid="y")
    calendars.upload(
        session, me, owner, calendar(evening, sunday, event("STATUS:CANCELLED", uid="z")), "家里", a_clock()
    )
    second, _ = calendars.upload(
        session, me, owner, calendar(event(start="DTSTART:20140806T200000")), "社区合唱团", a_clock()
    )
    calendars.switch(session, me, second.id, a_clock(), is_on=False)


def a_config(folder: Path, database: str, address: str = "http://localhost") -> Config:
    """Settings of an application that is looked at by tests; its clock starts on 2014-08-01 at 8:00."""
    return Config(
        instance=folder,
        database_url=database,
        secret_key=SIGNING_KEY,
        now=datetime.fromisoformat(SAMPLE_NOW),
        base_url=address,
        sign_in_address_limit="10000/minute",
    )


@contextmanager
def running(
    folder: Path,
    *,
    is_empty: bool = False,
    filled: Callable[[Session], None] | None = None,
    copied: Path | None = None,
    host: str = "127.0.0.1",
) -> Iterator[Site]:
    """The application on a fresh database, or on a copy of one, answering until the block is left."""
    from scheduler.app import create_app

    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=Quiet)
    address = f"http://{host}:{server.server_port}"
    if copied:
        database = f"sqlite:///{shutil.copy(copied, folder)}"
    else:
        database = Databases(folder).make("sqlite", filled or (only_an_organizer if is_empty else fill_with_drafts))
    config = a_config(folder, database, address)
    server.app = create_app(config)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(address, database)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def only_an_organizer(session: Session) -> None:
    """An installation that was just begun: nobody in it but who sets it up."""
    accounts.add(session, OPERATOR, a_clock(), person=None, role=Role.ORGANIZER, name="organizer")
    accounts.set_password(session, OPERATOR, "organizer", PASSWORD, a_clock())


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS, timeout=PATIENCE)
        try:
            yield opened
        finally:
            opened.close()


def sign_in(page: Page, site: Site, name: str) -> None:
    """Sign in as somebody."""
    page.goto(f"{site.address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda address: "/sign-in" not in address)
