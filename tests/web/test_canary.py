"""What befell somebody is for organizers and the two people alone: unique words in the rule, planted and looked for at every door."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import GroupId
from scheduler.services.ground import schema
from scheduler.services.rules import sets as rules
from tests.browser import site
from tests.command_line import CommandLine
from tests.services import planned
from tests.web.arranged import a_draft, config_of
from tests.web.visiting import post, signed_in

RULE, NAME, KIND = "canary-rule-5e21", "canary-name-0b7c", "canary_kind_93aa"
PRESET = f"""
id: one.talk-after-something
name: {{zh: 情形, en: Events}}
rules:
- {{id: {RULE}, name: {{zh: {NAME}, en: {NAME}}}, pairing: event, trigger: {{event: {KIND}, within_days: 30}}, a: {{role: principal}}, b: event.person}}
"""
OTHERS = (site.SUPERVISOR, site.BRANCH, site.MEMBER, site.ADMIN)
"""Neither organizers nor one of the two; the branch organizer answers for the branch that the rules are for."""
WHERE = {
    "run_id": ("P001", "P002", "P003"),
    "person_id": ("p01", "p30"),
    "unit_id": ("I01",),
    "room_id": ("R05",),
    "year": ("2014",),
    "number": ("1",),
    "filename": (),
    "path": (),
    "token": (),
    "session_id": (),
}
"""What addresses are filled with; bookings and all squares are asked for besides."""
COMMANDS = (
    ("coverage",),
    ("coverage", "--rule-set", "RS2"),
    ("ledger", "--rule-set", "RS2"),
    ("plans", "list"),
    *(("plans", "show", run, "--check") for run in WHERE["run_id"]),
    ("bookings",),
    ("find-time", "--people", "p01,p31"),
    ("study",),
    ("rules", "preview", "cn.branch-yearly"),
    ("arrange", "--rule-set", "RS2"),
    ("feeds", "list"),
    ("calendars", "list"),
    ("mail", "status"),
)


@pytest.fixture
def planted(site_app: Flask, organizer: FlaskClient) -> Flask:
    """Talks after something that befell p30 (booked), p31 (in the drafts P002; without a place in P003)."""
    with schema.opened(config_of(site_app).database_url) as session:
        applied = rules.apply_document(session, OPERATOR, PRESET, None, GroupId("B1"), planned.CLOCK)
        rules.lead(session, OPERATOR, applied.rule_set, planned.CLOCK)
    _befell(organizer, "p30")
    assert post(organizer, f"{a_draft(site_app, organizer, rule_set='RS2')}/release").status_code == 303
    _befell(organizer, "p31")
    a_draft(site_app, organizer, rule_set="RS2")
    a_draft(site_app, organizer, rule_set="RS2", to="2014-08-01", **{"from": "2014-08-01"})
    return site_app


def _befell(organizer: FlaskClient, person: str) -> None:
    told = {"kind": KIND, "day": "2014-07-30"}
    assert post(organizer, f"/people/{person}/occurrences", told).status_code == 303


def addresses(app: Flask, organizer: FlaskClient) -> Iterator[str]:
    """Everything that can be looked at, but for the rules themselves: who may read them reads their names, and of nobody."""
    bookings = [one["id"] for one in organizer.get("/api/v1/bookings?from=2014-07-01&to=2014-09-30").json["bookings"]]
    matrix = "/?rule_set=RS2"
    squares = {unescape(path) for path in re.findall(r'href="(/squares/[^"]+)"', organizer.get(matrix).text)}
    assert squares
    yield from (matrix, "/?view=list", "/?rule=event", "/ledger?rule_set=RS2", *squares)
    yield from (f"/api/v1/{noun}?rule_set=RS2" for noun in ("coverage", "requirements", "ledger"))
    yield "/api/v1/plans/P002?check=true"
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/rules", "/go", "/squares")):
            paths = [re.sub(r"<(\w+:)?", "<", rule.rule)]
            for name in rule.arguments:
                values = bookings[-3:] if name == "booking_id" else WHERE.get(name, ("1",))
                paths = [path.replace(f"<{name}>", value) for path in paths for value in values]
            yield from paths


def read(answer: TestResponse) -> str:
    """What an answer says; of a table or a picture to take away, what of it can be read."""
    return answer.data.decode("utf-8", "replace")


def finds(text: str) -> bool:
    """Whether one of the words stands in a text."""
    return any(word in text for word in (RULE, NAME, KIND))


def test_nobody_else_learns_what_a_talk_follows_from(planted: Flask, organizer: FlaskClient) -> None:
    everything = list(addresses(planted, organizer))
    found = {path for path in everything if finds(read(organizer.get(path)))}
    for path in ("/?rule_set=RS2", "/ledger?rule_set=RS2", "/people/p30", *(f"/plans/P00{n}" for n in (1, 2, 3))):
        assert path in found, path
    assert {f"/api/v1/plans/P00{n}" for n in (1, 2, 3)} <= found

    for name in OTHERS:
        visitor = signed_in(planted, name)
        answers = {path: visitor.get(path) for path in everything}
        assert not [path for path, answer in answers.items() if finds(read(answer))], name
        assert not [path for path, answer in answers.items() if answer.status_code >= 500], name
    assert NAME in signed_in(planted, site.PRINCIPAL).get("/me").text


def test_nobody_else_learns_it_on_the_command_line(planted: Flask, tmp_path: Path) -> None:
    cli = CommandLine(config_of(planted).database_url, tmp_path)
    told = [words for words in COMMANDS if finds(cli(*words).out)]
    assert told == [COMMANDS[0], COMMANDS[1], *COMMANDS[4:7], ("arrange", "--rule-set", "RS2")]

    for name in OTHERS[:3]:
        for words in COMMANDS:
            for answer in (cli(*words, "--as", name), cli(*words, "--as", name, "--json")):
                assert not finds(answer.out + answer.err), (name, words)


def test_what_a_branch_arranges_is_kept_with_its_rules_and_shown_without(planted: Flask, tmp_path: Path) -> None:
    cli = CommandLine(config_of(planted).database_url, tmp_path)

    kept = cli.json("arrange", "--rule-set", "RS2", "--keep", "--as", site.BRANCH)

    (masked,) = cli.json("plans", "show", kept["plan"], "--as", site.BRANCH)["placements"]
    (told,) = cli.json("plans", "show", kept["plan"])["placements"]
    assert (kept["placements"][0]["rules"], masked["rules"], told["rules"]) == (["event"], ["event"], [RULE])
