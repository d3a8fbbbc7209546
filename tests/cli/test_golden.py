"""Every JSON answer of the command line, held against the one that is kept."""

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.cli.main import PLACES
from scheduler.core.arranging.drafts import DraftPlan, DraftUnplaced
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import RoomId, RuleId
from scheduler.core.plans.placements import Repair
from scheduler.store import engine as engines
from scheduler.store.arranging import save as save_plans
from tests import golden
from tests.builders import people
from tests.calendar_server import serving
from tests.command_line import CommandLine
from tests.ical.hostile import calendar, event
from tests.services import planned

pytestmark = pytest.mark.slow
NO_JSON = {"serve", "worker"}
LATE = {"TANXIN_NOW": "2014-08-18T08:00:00+08:00"}
AUGUST = ("--audience", "leadership_team", "--minutes", "120", "--from", "2014-08-11", "--to", "2014-08-29")
TALK = ("--people", "p04,p15", "--start", "2014-08-14T09:00", "--minutes", "45")


class Story:
    """Calls commands one after the other, and keeps what each answers."""

    def __init__(self, cli: CommandLine) -> None:
        self.cli = cli
        self.answers: dict[str, Any] = {}
        self.commands: set[str] = set()

    def __call__(self, name: str, *words: str | Path, status: int = 0, stdin: str = "", **environ: str) -> Any:
        said = self.cli(*words, "--json", stdin=stdin, **environ)
        assert said.status == status, said.err + said.out
        self.commands.add(str(words[0]))
        self.answers[name] = said.json
        return said.json


@pytest.fixture
def session(sample: CommandLine) -> Iterator[Session]:
    engine = engines.make(sample.address)
    with Session(engine, expire_on_commit=False) as opened:
        yield opened
    engine.dispose()


def test_every_answer_is_the_one_that_is_kept(sample: CommandLine, session: Session, tmp_path: Path) -> None:
    ask = Story(sample)

    _about_the_organisation(ask, tmp_path)
    _about_rules_and_coverage(ask)
    _about_bookings(ask)
    _about_sessions(ask)
    _about_the_programme(ask)
    _about_plans(ask, session)
    _about_plan_files(ask, tmp_path)
    _about_feeds(ask)
    _about_calendars(ask, tmp_path)
    _about_accounts_and_mail(ask, tmp_path)
    _about_backups(ask, tmp_path)

    assert ask.commands == set(PLACES) - NO_JSON
    assert golden.differences("cli", ask.answers) == []


def _about_the_organisation(ask: Story, folder: Path) -> None:
    ask("init", "init")
    checks = ask("doctor", "doctor")["checks"]
    ask.answers["doctor"] |= {"checks": [check | {"text": "…"} for check in checks]}
    roster = folder / "roster.csv"
    roster.write_text("id,name,rank\np01,沈维岳,first\n", encoding="utf-8")
    ask("import-errors", "import", roster, status=1)
    ask("import-dry-run", "import", ROOT / "sample", "--dry-run")
    ask("campaigns-list", "campaigns", "list")
    ask("campaigns-rollup", "campaigns", "rollup")
    ask("campaigns-show", "campaigns", "show", "c1")
    ask("milestone", "milestone", "democratic_life_meeting", "2014-08-18", "--dry-run")
    ask("milestone-refused", "milestone", "democratic_life_meeting", "2014-08-27", "--dry-run", status=1)
    ask("occur", "occur", "award", "p30", "2014-07-01")
    ask("imports-list", "imports", "list")
    ask("undo-import", "undo-import", "1", "--dry-run", status=1)
    ask("occurrences-choose", "occurrences", "choose", "1", "p02")
    ask("occurrences-list", "occurrences", "list")
    ask("occurrences-undo", "occurrences", "undo", "1")
    ask("leave", "leave", "p03", "--dry-run")
    ask("people", "people", "--as-of", "2014-08-01")
    ask("report", "report", "2014-06")
    ask("export", "export", "notice", "E12", "--order", "strokes", "--format", "docx", "-o", os.devnull)
    ask("people-in-order", "people", "--branch", "B3", "--order", "strokes")
    ask("strokes", "strokes", "㑇", "3235511")
    ask("units", "units", "list")
    ask("rooms", "rooms", "list")
    ask("merge", "merge", "p03", "p27", "--dry-run", status=1)
    ask("remove-refused", "remove", "person", "p03", "--dry-run", status=1)


def _about_rules_and_coverage(ask: Story) -> None:
    ask("rules-preview", "rules", "preview", "cn.four-must-talks-extended")
    ask("rules-apply", "rules", "apply", "cn.four-must-talks-extended")
    ask("rules-apply-branch", "rules", "apply", "cn.branch-yearly", "--for", "B1")
    ask("rules-lead", "rules", "lead", "RS1")
    ask("rules-list", "rules", "list")
    ask("coverage", "coverage")
    ask("coverage-branch", "coverage", "--rule-set", "RS2", "--lang", "en")
    ask("coverage-refused", "coverage", "--as", "p40", status=1)
    ask("ledger", "ledger")
    ask("load", "load", "--person", "p03", "--from", "2014-08-18", "--to", "2014-08-31")
    ask("what-if", "what-if", "--leave", "p03", "--lang", "en")
    ask("ledger-en", "ledger", "--as-of", "2014-07-15", "--lang", "en")


def _about_bookings(ask: Story) -> None:
    ask("book", "book", "talk", *TALK)
    ask("book-refused", "book", "talk", *TALK, status=1)
    ask("book-warned", "book", "meeting", "--people", "p01", "--start", "2014-08-16T07:00", "--minutes", "45")
    ask("move-dry-run", "move", "T051", "--start", "2014-08-14T10:00", "--dry-run", "--lang", "en")
    ask("move", "move", "T051", "--room", "R04")
    ask("bookings", "bookings", "--from", "2014-08-01", "--to", "2014-08-20")
    ask("bookings-busy", "bookings", "--from", "2014-08-14", "--to", "2014-08-20", "--as", "p27")
    ask("confirm", "confirm", "T045")
    ask("cancel", "cancel", "T051")
    ask("book-proposed", "book", "talk", "--people", "p04,p08", *TALK[2:], "--as", "p08")
    ask("proposals", "proposals", "list")
    ask("proposals-declined", "proposals", "decline", "1", "--as", "p04")
    ask("find-time", "find-time", "--people", "p04,p08", "--limit", "4")
    audience = ("--audience", "leadership_team", "--kind", "meeting", "--from", "2014-08-11", "--limit", "4")
    ask("find-time-audience", "find-time", *audience)


def _about_sessions(ask: Story) -> None:
    ask("study", "study", "--as-of", "2014-08-20")
    ask(
        "study-targets-add",
        "study-targets",
        "add",
        "--audience",
        "all_party",
        "--hours",
        "21",
        "--from",
        "2014-02-26",
        "--by",
        "2014-11-24",
    )
    ask("study-targets-remove", "study-targets", "remove", "ST1")
    ask("attend", "attend", "S09", "p06", "made_up", "--makeup", "2014-08-11")
    ask("attend-shown", "attend", "E10")
    ask("attend-too-early", "attend", "E10", "p01", "attended", status=1)
    ask("attend-roll-call", "attend", "S09", "--roll-call", "-", status=1, stdin="出席：赵无极、文静")
    ask("guests-add", "guests", "add", "E12", "王五（某街道 群众代表）", "m01", "m02")
    ask("guests-remove", "guests", "remove", "E12", "m02")
    ask("guests", "guests", "list", "E12")
    choice = (*AUGUST, "--apart", "2", "--per-week", "2", "--half-days", "Wed-pm,Fri-pm")
    ask("series", "arrange-sessions", "study_session", *choice, "--count", "2", "--book")
    ask("series-partial", "arrange-sessions", "study_session", *choice, "--count", "6", status=1)
    ask("series-need", "arrange-sessions", "study_session", *AUGUST, "--reach-by", "2014-08-20")


def _about_the_programme(ask: Story) -> None:
    data = ROOT / "tests" / "data" / "programme"
    tables = (
        "external_contacts_more",
        "tasks",
        "materials",
        "opinions",
        "opinion_tally",
        "batches",
        "batch_people",
        "frequency_rules",
    )
    ask("import_programme", "import", *(data / f"{name}.csv" for name in tables))
    ask("tasks", "tasks", "list", "--late", "--as-of", "2014-11-05")
    ask("tasks_set", "tasks", "set", "Z03", "done", "--by", "p41")
    ask("tasks_refused", "tasks", "set", "Z01", "done", status=1)
    ask("materials", "materials", "list")
    ask("materials_step", "materials", "step", "M04", "submitted")
    ask("opinions", "opinions", "list", "--as-of", "2014-04-20")
    ask("batches", "batches", "list")
    ask("programme", "programme", "--as-of", "2014-08-06")
    ask("gate", "gate", "E10")
    ask("visits", "visits")
    ask("conditions", "conditions", "democratic_life_meeting")
    ask("gate_refused", "gate", "E10", "confirm", status=1)
    ask("frequencies", "frequencies", "--branch", "B3", "--year", "2014")
    ask("batches_refused", "batches", "put", "B01", "m01", "m02", status=1)


def _about_plans(ask: Story, session: Session) -> None:
    ask("arrange-too-late", "arrange", "--keep", **LATE, status=1)
    for name, words in (("arrange", ()), ("arrange-fewest-changes", ("--fewest-changes",))):
        arranged = ask(name, "arrange", "--from", "2014-08-04", "--to", "2014-08-15", *words)
        ask.answers[name] = golden.outline(arranged)  # what a planner finds is its own affair
    draft = planned.a_draft(session)
    ask("plans-list", "plans", "list")
    _keep(session, replace(draft, placements=_with_an_odd_one(draft), **_unplaced(draft)))
    ask("plans-show", "plans", "show", str(draft.run), "--check")
    ask("plans-show-en", "plans", "show", str(draft.run), "--lang", "en")
    ask("plans-release-refused", "plans", "release", str(draft.run), status=1)
    ask("plans-release", "plans", "release", str(draft.run), "--only-what-fits")
    ask("plans-discard", "plans", "discard", "P001")
    waiting = planned.a_run(session, seed=7)
    ask("plans-show-waiting", "plans", "show", str(waiting.id))
    ask("plans-cancel", "plans", "cancel", str(waiting.id))
    ask("unconfirm", "unconfirm", "T045")
    ask("confirm-too-early", "confirm", "T041", status=1)
    ask("link", "link", "T001", "RS2")
    ask("link-all", "link", "RS2", "--all-in-window")
    ask("unlink", "unlink", "T001", "RS2")


def _with_an_odd_one(draft: DraftPlan) -> tuple[Any, ...]:
    """The draft's placements: one moves a booking, one is in a room that there is not."""
    first, second, *others = draft.placements
    return (replace(first, moves="T045", is_pinned=True), replace(second, room=RoomId("R99")), *others)


def _unplaced(draft: DraftPlan) -> dict[str, Any]:
    """Something without a place, for reasons of both kinds, and what binds the plan."""
    details = {"name": "p07", "talks": 7, "needed": 14, "free": 6, "minutes": 30}
    overfull, odd = Finding("person_overfull", "p07", details), Finding("year_not_published", "2015")
    repair = Repair("more_rooms", {"count": 1}, is_verified=True)
    unplaced = DraftUnplaced("t", people("p07"), (RuleId("R4"),), (overfull, odd), (repair,))
    return {"unplaced": (unplaced,), "binding": overfull, "bounds": dict(draft.values)}


def _keep(session: Session, draft: DraftPlan) -> None:
    session.rollback()  # others have written since
    save_plans.draft_plan(session, draft)
    session.commit()


def _about_plan_files(ask: Story, folder: Path) -> None:
    example = json.loads((ROOT / "docs" / "examples" / "problem.json").read_text("utf-8"))
    problem, plan = folder / "problem.json", folder / "plan.json"
    problem.write_text(json.dumps(example | {"talks": example["talks"][:1], "sessions": []}), encoding="utf-8")
    solved = ask("solve", "solve", problem)
    plan.write_text(json.dumps(solved), encoding="utf-8")
    ask("check", "check", problem, plan)
    plan.write_text(json.dumps(solved | {"placements": [], "unplaced": []}), encoding="utf-8")
    ask("check-wrong", "check", problem, plan, status=1)


def _about_feeds(ask: Story) -> None:
    ask("feeds-issue", "feeds", "issue", "--person", "p03", "--alarm", "15", "--hide-names", "--back", "7")
    ask("feeds-issue-device", "feeds", "issue", "--person", "p03", "--device", "手机")
    ask("feeds-issue-room", "feeds", "issue", "--room", "R04", "--language", "en")
    ask("feeds-reach", "feeds", "reach", "F1", "--back", "9")
    ask("feeds-show", "feeds", "show", "F1")
    ask("feeds-rotate", "feeds", "rotate", "F3")
    ask("feeds-revoke", "feeds", "revoke", "F3")
    with sqlite3.connect(ask.cli.address.removeprefix("sqlite:///")) as database:
        database.execute("INSERT INTO feed_fetch VALUES ('F1', 1, 'apple', 1, 2, 1404180000, 3)")
        database.execute("UPDATE feed SET created_at = 1 WHERE id = 'F1'")
    ask("feeds-list", "feeds", "list")
    ask("feeds-evidence", "feeds", "evidence")
    ask("feeds-evidence-booking", "feeds", "evidence", "--booking", "E10")
    ask("feeds-evidence-silent", "feeds", "evidence", "--silent", "7")


def _about_calendars(ask: Story, folder: Path) -> None:
    odd = calendar(
        event(start="DTSTART;TZID=China Standard Time:20140805T090000"),
        event("STATUS:CANCELLED", uid="y"),
        event("RRULE:FREQ=SECONDLY", uid="z"),
    )
    (folder / "a.ics").write_bytes(odd)
    ask("calendars-import-dry-run", "calendars", "import", folder / "a.ics", "--person", "p03", "--dry-run")
    with serving() as server:
        allowed = {"FETCH_ALLOW": server.host}
        ask("calendars-import", "calendars", "import", server.address, "--person", "p03", "--name", "家", **allowed)
        ask("calendars-list", "calendars", "list", "--as", "p03")
        with sqlite3.connect(ask.cli.address.removeprefix("sqlite:///")) as database:
            database.execute("UPDATE outside_calendar SET tried_at = 0")
        server.status = 500
        ask("calendars-refresh", "calendars", "refresh", "1", **allowed, status=1)
    ask("calendars-switch", "calendars", "switch", "1", "off")
    ask("calendars-remove", "calendars", "remove", "1")


def _about_accounts_and_mail(ask: Story, folder: Path) -> None:
    ask("accounts-add", "accounts", "add", "--person", "p22")
    good = "songshu-baiyun-1234\n"
    ask("accounts-set-password", "accounts", "set-password", "p22", "--password-stdin", stdin=good)
    ask("accounts-token", "accounts", "token", "p22")
    ask("accounts-token-revoke", "accounts", "token", "p22", "--revoke")
    ask("accounts-list", "accounts", "list")
    ask("mail-test", "mail", "test", "chen@example.org", status=1)
    ask("mail-status", "mail", "status")
    roster = folder / "roster.csv"
    roster.write_text("id,name,email\np15,李敏,li@example.org\n", encoding="utf-8")
    ask("import", "import", roster)
    talk = ask("book-of-one-with-mail", "book", "talk", "--people", "p15,p22", *TALK[2:])["id"]
    with sqlite3.connect(ask.cli.address.removeprefix("sqlite:///")) as database:
        (uid,) = database.execute("SELECT uid FROM booking WHERE id = ?", (talk,)).fetchone()
    told = f"UID:{uid}\nSEQUENCE:0\nATTENDEE;PARTSTAT=TENTATIVE:mailto:li@example.org\n"
    reply = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n{told}END:VEVENT\nEND:VCALENDAR\n"
    mail = f"From: li@example.org\nContent-Type: text/calendar\n\n{reply}"
    ask.answers["mail-receive"] = ask.cli.really("mail", "receive", "--json", stdin=mail).json
    ask.answers["mail-receive-refused"] = ask.cli.really("mail", "receive", "--json", stdin="hello\n").json


def _about_backups(ask: Story, folder: Path) -> None:
    made = ask("backup", "backup", folder / "monday")
    ask.answers["backup"] = made | {"file": "monday", "bytes": 1}
    ask("restore-refused", "restore", folder / "monday", status=1)
