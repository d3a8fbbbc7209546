"""The same stories where they are about a page, the API or a feed, through that door; numbers of the sample written out."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Component
from sqlalchemy.orm import Session

from tests.command_line import SAMPLE, CommandLine
from tests.test_stories import COVERAGE, ORGANISATION, ROWS, kinds, texts
from tests.visitors import a_browser, a_script

NAMES = ["沈维岳", "陈国梁", "文静", "王海波", "郑守正", "欧阳慧", "邓永昌", "林秀芝"]


@dataclass
class House:
    """The application on the sample organisation, with people and scripts at its doors."""

    app: Flask
    session: Session

    def script(self, person: str) -> FlaskClient:
        return a_script(self.app, self.session, person)

    def browser(self, person: str) -> FlaskClient:
        return a_browser(self.app, self.session, person)


@pytest.fixture
def cli(sample_database: str, tmp_path: Path) -> CommandLine:
    return CommandLine(sample_database, tmp_path)


@pytest.fixture
def house(cli: CommandLine, sample_app: Flask, sample_session: Session) -> House:
    """The house with 四必谈 and its extended talks applied, on 2014-08-01 at 8:00."""
    cli.json("rules", "apply", "cn.four-must-talks-extended")
    return House(sample_app, sample_session)


def words(page: str) -> str:
    """What somebody reads on a page."""
    text = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def csrf(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def api_talk(people: list[str], start: str, room: str) -> dict[str, Any]:
    return {"kind": "talk", "people": people, "start": start, "minutes": 45, "room": room}


# ── A01, A02 on pages ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a01_the_page_shows_what_would_change_and_then_imports_it(app: Flask, database: str, tmp_path: Path) -> None:
    cli = CommandLine(database, tmp_path)
    (tmp_path / "roster.csv").write_text("编号 id,姓名 name,部门 unit\np22,刘向东,D01\n", encoding="utf-8")
    cli.json("import", tmp_path / "roster.csv")
    from scheduler.core.ground.access import Role
    from scheduler.services.ground import schema
    from tests.visitors import sign_in

    cli.json("accounts", "add", "--person", "p22", "--role", Role.ORGANIZER.value)
    assert cli("accounts", "set-password", "p22", stdin="songshu-baiyun-0417\n").status == 0
    with schema.opened(database):
        client = app.test_client()
        sign_in(client, "p22", "songshu-baiyun-0417")

    files = [(BytesIO((SAMPLE / name).read_bytes()), name) for name in ("roster.csv", "units.csv", "rooms.csv")]
    page = client.get("/import").text
    preview = client.post("/import", data={"files": files, "csrf_token": csrf(page)})

    assert preview.status_code == 200
    assert "经费审查办公室：分管领导兼任负责人" in words(preview.text)
    assert "困难职工帮扶中心（筹）：负责人空缺" in words(preview.text)
    assert cli.json("import", tmp_path / "roster.csv", "--dry-run")["people"] == 1

    token = re.search(r'name="token"[^>]*value="([^"]+)"', preview.text)
    assert token
    accepted = client.post("/import/accept", data={"token": token[1], "csrf_token": csrf(preview.text)})

    assert accepted.status_code == 303
    again = cli.json("import", SAMPLE / "roster_gb18030.csv", "--dry-run")
    assert (again["created"], again["updated"]) == (0, 0)
    assert {key: again[key] for key in ORGANISATION} == ORGANISATION


def test_a02_the_page_previews_49_and_48_before_anything_is_applied(house: House) -> None:
    organizer = house.browser("p22")

    said = words(organizer.get("/rules/preview?source=cn.four-must-talks").text)

    assert re.search(r"49\s*项", said)
    assert re.search(r"48\s*次", said)
    assert "负责人空缺" in said


# ── A04 coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a04_the_api_says_what_the_command_line_says(house: House, cli: CommandLine) -> None:
    supervisor = house.script("s01")

    said = supervisor.get("/api/v1/coverage").get_json()

    assert {key: said[key] for key in COVERAGE} == COVERAGE
    assert {person: said["rows"][person] for person in ROWS} == ROWS
    assert said == cli.json("coverage")
    assert supervisor.get("/api/v1/coverage?as_of=2014-07-01").get_json() == cli.json(
        "coverage", "--as-of", "2014-07-01"
    )


def test_a04_the_supervisors_home_is_the_matrix_and_nothing_can_be_edited(house: House) -> None:
    supervisor = house.browser("s01")

    home = supervisor.get("/")

    said = words(home.text)
    assert home.status_code == 200
    assert "77.1%" in said
    assert "37 / 48" in said
    for number in ("7 / 7", "17 / 21", "9 / 13", "5 / 8", "4 / 6"):
        assert number in said
    for line in ("✓ 已谈 37", "● 已排 2", "◐ 待确认 1", "○ 未谈 8"):
        assert line in said
    for covered, required in ROWS.values():
        assert f"{covered} / {required}" in said
    token = csrf(home.text)
    for path in ("/bookings/T041/cancel", "/import", "/rules", "/programme/milestones/democratic_life_meeting"):
        assert supervisor.post(path, data={"csrf_token": token}).status_code == 403, path
    script = house.script("s02")
    assert script.post("/api/v1/bookings", json=api_talk(["p02", "p07"], "2014-09-02T09:00", "R04")).status_code == 403
    assert script.delete("/api/v1/bookings/T041").status_code == 403


def test_a04_the_matrix_is_in_english_too(house: House) -> None:
    said = words(house.browser("s01").get("/?lang=en").text)

    assert "77.1%" in said
    assert "Covered 37" in said


# ── A05 ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a05_the_ledger_is_the_same_on_page_and_api(house: House, cli: CommandLine) -> None:
    ledger = house.script("p41").get("/api/v1/ledger").get_json()
    page = words(house.browser("p22").get("/ledger").text)

    assert next(iter(ledger.values())) == cli.json("ledger")
    assert "共 50 条，计入 43 次" in page
    rows = {row.partition(" ")[0]: row for row in re.split(r" (?=T0\d\d )", page)}
    for talk, reason in {
        "T039": "不在谈话窗口期",
        "T040": "已取消",
        "T041": "尚未进行",
        "T042": "尚未进行",
        "T043": "集体谈话不计",
        "T044": "谈话方式不符合要求",
        "T045": "待双方确认",
        "T046": "计划外谈话",
        "T033": "周日",
    }.items():
        assert reason in rows[talk], talk


# ── A06, A07 bookings ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2014-05-04T14:00", 60, []),
        ("2014-06-02T14:00", 60, [("holiday", "2014-06-02")]),
        ("2014-08-31T14:00", 60, [("weekend", "2014-08-31")]),
        ("2014-10-11T14:00", 60, []),
        ("2014-09-02T11:00", 180, [("lunch", "2014-09-02")]),
    ],
)
def test_a06_the_api_warns_and_books(house: House, start: str, minutes: int, expected: list[tuple[str, str]]) -> None:
    body = {"kind": "meeting", "people": ["p22", "p23"], "start": start, "minutes": minutes, "room": "R06"}

    done = house.script("p22").post("/api/v1/bookings", json=body)

    assert done.status_code == 201
    assert kinds(done.get_json()["warnings"]) == expected


def test_a07_the_api_refuses_and_names_who_and_which_room(house: House) -> None:
    organizer = house.script("p22")

    no = organizer.post("/api/v1/bookings", json=api_talk(["p02", "p07"], "2014-08-20T09:00", "R02"))
    late = organizer.post("/api/v1/bookings", json=api_talk(["p02", "p07"], "2014-08-19T09:00", "R04"))

    assert (no.status_code, no.content_type.partition(";")[0]) == (409, "application/problem+json")
    assert kinds(no.get_json()["blocking"]) == [("person_taken", "p02"), ("person_taken", "p07"), ("room_taken", "R02")]
    assert texts(no.get_json()["blocking"])[0] == "陈国梁 9:00–9:45 已有安排"
    assert late.status_code == 201
    assert texts(late.get_json()["warnings"]) == ["超出谈话窗口期（8月15日截止）"]


def test_a07_the_form_shows_the_reasons_and_what_was_typed(house: House) -> None:
    organizer = house.browser("p22")
    page = organizer.get("/bookings/new")
    form = {
        "kind": "talk",
        "people": ["p02", "p07"],
        "day": "2014-08-20",
        "start": "09:00",
        "minutes": "45",
        "room": "R02",
        "csrf_token": csrf(page.text),
    }

    no = organizer.post("/bookings", data=form)

    assert no.status_code == 409
    for reason in ("陈国梁 9:00–9:45 已有安排", "邓永昌 9:00–9:45 已有安排", "第一会议室 9:00–9:45 已被占用"):
        assert reason in words(no.text)
    assert 'value="2014-08-20"' in no.text
    assert "超出谈话窗口期（8月15日截止）" in words(
        organizer.post("/bookings/check", data=form | {"day": "2014-08-19", "room": "R04"}).text
    )


def test_a07_a_member_is_told_no_reason(house: House) -> None:
    body = api_talk(["p04", "p07"], "2014-07-08T09:00", "R04")

    told = house.script("p22").post("/api/v1/bookings", json=body).get_json()
    private = house.script("p07").post("/api/v1/bookings", json=body).get_json()

    assert texts(told["blocking"]) == ["王海波 7月7日—18日 党校脱产培训"]
    assert texts(private["blocking"]) == ["王海波 不可用"]
    assert "党校" not in str(private)


# ── A08 study ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a08_study_hours_on_page_and_api(house: House, cli: CommandLine) -> None:
    said = house.script("p01").get("/api/v1/study?as_of=2014-08-20").get_json()
    page = words(house.browser("p22").get("/study?as_of=2014-08-20").text)

    assert said == cli.json("study", "--as-of", "2014-08-20")
    assert (said["met"], said["of"]) == (6, 8)
    assert re.search(r"6\s*/\s*8", page)


# ── A09 feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def today(cli_on_empty: CommandLine) -> CommandLine:
    """The sample, imported today: a cancelled entry stays in feeds for some weeks only."""
    cli_on_empty.json("import", SAMPLE)
    return cli_on_empty


@pytest.fixture
def cli_on_empty(database: str, tmp_path: Path) -> CommandLine:
    return CommandLine(database, tmp_path)


def entries(client: FlaskClient, address: str) -> list[Component]:
    answer = client.get(address.removeprefix("http://127.0.0.1:5000"))
    assert answer.status_code == 200
    return Calendar.from_ical(answer.data).walk("VEVENT")


def is_talk(entry: Component) -> bool:
    return any(word in str(entry["SUMMARY"]) for word in ("谈心谈话", "集体谈话"))


@pytest.mark.parametrize(
    ("person", "events", "talks", "cancelled"), [("p03", 38, 11, 0), ("p08", 38, 9, 1), ("p27", 3, 1, 0)]
)
def test_a09_a_feed_holds_ones_own_bookings(
    today: CommandLine, client: FlaskClient, person: str, events: int, talks: int, cancelled: int
) -> None:
    address = today.json("feeds", "issue", "--person", person, "--as", person)["address"]

    found = entries(client, address)

    gone = [entry for entry in found if str(entry.get("STATUS", "")) == "CANCELLED"]
    standing = [entry for entry in found if entry not in gone]
    assert len(gone) == cancelled
    assert all(is_talk(entry) for entry in gone)
    assert Counter(map(is_talk, standing)) == {False: events, True: talks}
    assert len({str(entry["UID"]) for entry in found}) == events + talks + cancelled
    zones = {str(entry["DTSTART"].params.get("TZID", "UTC")) for entry in found}
    assert zones <= {"Asia/Shanghai", "UTC"}
    assert [str(entry["UID"]) for entry in entries(client, address)] == [str(entry["UID"]) for entry in found]


def test_a09_a_new_link_ends_the_old_one_at_once_and_none_is_told_from_another(
    today: CommandLine, client: FlaskClient
) -> None:
    mine = today.json("feeds", "issue", "--person", "p03")["address"].removeprefix("http://127.0.0.1:5000")
    theirs = today.json("feeds", "issue", "--person", "p08")["address"].removeprefix("http://127.0.0.1:5000")

    renewed = today.json("feeds", "rotate", "F1")["address"].removeprefix("http://127.0.0.1:5000")

    assert [client.get(path).status_code for path in (mine, renewed, theirs)] == [404, 200, 200]
    secrets = [path.removeprefix("/feeds/").removesuffix(".ics") for path in (mine, renewed, theirs)]
    assert [len(secret) for secret in secrets] == [43, 43, 43]  # 256 random bits, and nothing besides
    assert len({secret[:8] for secret in secrets} | {secret[-8:] for secret in secrets}) == 6
    assert client.get(mine).data == client.get("/feeds/was-never-given.ics").data


# ── A10 secrecy ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a10_a_member_sees_a_taken_room_without_names_at_every_door(house: House, cli: CommandLine) -> None:
    page = house.browser("p27").get("/rooms/R04?day=2014-06-16")
    listed = house.script("p28").get("/api/v1/bookings?room=R04&on=2014-06-16")
    address = cli.json("feeds", "issue", "--room", "R04")["address"]
    feed = house.app.test_client().get(address.removeprefix("http://127.0.0.1:5000"))

    said = words(page.text)
    assert said.count("占用") >= 3
    assert [one["title"] for one in listed.get_json()["bookings"]] == ["占用"] * 3
    assert [one["people"] for one in listed.get_json()["bookings"]] == [[]] * 3
    text = feed.data.decode()
    assert feed.status_code == 200
    for name in NAMES:
        assert name not in said, name
        assert name not in listed.text, name
        assert name not in text, name
    assert "谈心谈话" not in text


def test_a10_a_member_cannot_open_the_matrix(house: House) -> None:
    member, script = house.browser("p27"), house.script("p28")

    home = member.get("/")

    assert (home.status_code, home.headers["Location"]) == (302, "/me")
    for path in ("/ledger", "/study", "/rules", "/squares/p01-p02"):
        assert member.get(path).status_code == 403, path
    for path in ("coverage", "ledger", "study", "requirements"):
        assert script.get(f"/api/v1/{path}").status_code == 403, path


def test_a10_a_supervisor_sees_pairs_times_places_and_states(house: House) -> None:
    said = words(house.browser("s01").get("/rooms/R04?day=2014-06-16").text)
    listed = house.script("s02").get("/api/v1/bookings?room=R04&on=2014-06-16").get_json()["bookings"]

    assert [(one["id"], one["people"], one["status"]) for one in listed] == [
        ("T002", ["p01", "p03"], "held"),
        ("T003", ["p01", "p04"], "held"),
        ("T004", ["p01", "p05"], "held"),
    ]
    assert all(name in said for name in ("沈维岳", "文静", "王海波", "郑守正"))


def test_a10_nobody_finds_a_field_for_the_content_of_a_talk(house: House) -> None:
    organizer = house.browser("p22")
    form = organizer.get("/bookings/new?kind=talk").text
    spec = house.script("p41").get("/api/v1/openapi.json").get_json()

    assert set(re.findall(r"<(textarea)", form)) == set()
    fields = set(re.findall(r'name="([a-z_]+)"', form))
    assert fields.isdisjoint(
        {"content", "notes", "note", "summary", "description", "outline", "attitude", "minutes_text"}
    )
    taken = spec["components"]["schemas"]["BookBody"]["properties"]
    assert set(taken) == {
        "kind", "start", "minutes", "people", "audience", "room", "title", "mode", "size", "rule_set", "host",
        "guests", "hours", "agenda", "remark", "link",
    }  # fmt: skip
    answer = house.script("p01").post(
        "/api/v1/bookings", json=api_talk(["p01", "p02"], "2014-09-02T09:00", "R04") | {"content": "不该留下的话"}
    )
    assert answer.status_code == 422
