"""Campaigns, hours, periods, rates, what was held, who was there, milestones: the same figures by command, page and API."""

import pytest

from tests.museum import RULES, Door, Museum, Points, equal, holds, refused

point = Points()


# ── 1 · many campaigns ───────────────────────────────────────────────────────────────────────────────────────────────
NEXT_YEAR = """activity:
  name_zh: 作风建设专题活动
  starts: '2027-05-01'
  ends: '2027-12-31'
  milestones: {democratic_life_meeting: '2027-10-20'}
  talk_window: {opens: '2027-06-01', closes: {before_milestone: democratic_life_meeting, workdays: 3}}
"""
BESIDE = "activity: {id: ov, name_zh: 青年理论学习, starts: '2026-12-01', ends: '2027-06-30'}\n"


def two_more_campaigns(museum: Museum) -> None:
    museum.cli.json("import", museum.file("next.yaml", NEXT_YEAR), "--valid-from", "2027-05-01")
    museum.cli.json("campaigns", "add", museum.file("beside.yaml", BESIDE))


@point(two_more_campaigns)
def many_campaigns() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        equal([c["id"] for c in museum.cli.json("campaigns", "list")], ["xd", "ov", "c1"])
        said = museum.cli.json("coverage", "--as-of", "2026-12-15")
        equal((said["campaign"], said["required"]), ("xd", 18))

    def page(museum: Museum) -> None:
        holds(museum.page("/campaigns"), "青年理论学习", "2027年5月1日—2027年12月31日")
        holds(museum.page("/"), "0 / 18")

    def api(museum: Museum) -> None:
        equal({c["id"] for c in museum.get("campaigns")["campaigns"]}, {"xd", "ov", "c1"})
        equal(museum.get("coverage?as_of=2026-12-15")["required"], 18)

    return {"cli": cli, "page": page, "api": api}


# ── 2 · hours ────────────────────────────────────────────────────────────────────────────────────────────────────────
SESSIONS = [
    ("2026-10-09T08:00", "570", "7.5"),  # a whole day, lunch in it
    ("2026-10-13T13:00", "90", "0.5"),  # from within lunch on
    ("2026-10-14T17:00", "30", "0.5"),  # half an hour
    ("2026-10-16T08:00", "3450", "22.5"),  # three days over a weekend
    ("2026-10-20T20:00", "900", "3"),  # over midnight
]


def sessions_of_all_lengths(museum: Museum) -> None:
    for start, minutes, _ in SESSIONS:
        words = ("book", "study_session", "--audience", "leadership_team", "--title", "学习", "--room", "EXT")
        booked = museum.cli.json(*words, "--start", start, "--minutes", minutes)
        museum.cli.json("attend", booked["id"], "m1", "attended")


@point(sessions_of_all_lengths)
def hours() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        said = museum.cli.json("study")
        equal((said["offered_hours"], said["people"]["m1"]["hours"]), (34.0, 34.0))

    def page(museum: Museum) -> None:
        holds(museum.page("/study"), "已组织 34 学时", "骆天行 34.0 / 52.5")
        holds(museum.page("/study/S04"), "22.5 学时")

    def api(museum: Museum) -> None:
        said = museum.get("study")
        equal((said["offered_hours"], said["people"]["m1"]["missing"]), (34.0, 18.5))

    return {"cli": cli, "page": page, "api": api}


# ── 3 · periods while people come and go ─────────────────────────────────────────────────────────────────────────────
def one_joins_in_november_and_leaves_in_january(museum: Museum) -> None:
    for members, day in (("m1, m2, m3, m4, m5", "2026-11-16"), ("m1, m2, m3, m4", "2027-01-15")):
        path = museum.file("team.yaml", f"groups: {{leadership_team: [{members}]}}\n")
        museum.cli.json("import", path, "--valid-from", day)


@point(one_joins_in_november_and_leaves_in_january)
def periods() -> dict[str, Door]:
    right = {"2026-11-02": 18, "2026-11-15": 18, "2026-11-16": 23, "2027-01-14": 23, "2027-01-15": 20, "2027-03-31": 20}

    def cli(museum: Museum) -> None:
        equal({day: museum.cli.json("coverage", "--as-of", day)["required"] for day in right}, right)

    def page(museum: Museum) -> None:
        for day, count in right.items():
            holds(museum.page(f"/?as_of={day}"), f"0 / {count}")

    def api(museum: Museum) -> None:
        equal({day: museum.get(f"coverage?as_of={day}")["required"] for day in right}, right)

    return {"cli": cli, "page": page, "api": api}


# ── 4 · rates ────────────────────────────────────────────────────────────────────────────────────────────────────────
def one_of_sixteen(museum: Museum) -> None:
    museum.cli.json("rules", "apply", f"{RULES}#museum.sixteen")
    museum.cli.json("rules", "lead", "RS2")
    museum.cli.json("book", "talk", "--people", "m1,m5", "--start", "2026-11-02T08:00", "--minutes", "45", "--held")


@point(one_of_sixteen)
def rates() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        said = museum.cli.json("coverage")
        equal((said["covered"], said["required"], said["rate"]), (1, 16, 6.3))

    def page(museum: Museum) -> None:
        holds(museum.page("/"), "6.3%", "1 / 16")

    def api(museum: Museum) -> None:
        equal(museum.get("coverage")["rate"], 6.3)

    return {"cli": cli, "page": page, "api": api}


# ── 5 · held only once it has begun ──────────────────────────────────────────────────────────────────────────────────
def a_talk_ahead_and_one_behind(museum: Museum) -> None:
    for start, held in (("2026-11-06T09:00", ()), ("2026-10-20T09:00", ("--held",))):
        museum.cli.json("book", "talk", "--people", "m1,m2", "--start", start, "--minutes", "45", *held)


@point(a_talk_ahead_and_one_behind)
def confirmations() -> dict[str, Door]:
    def state(museum: Museum) -> str:
        return str(next(b["status"] for b in museum.cli.json("bookings", "--kind", "talk") if b["id"] == "T002"))

    def cli(museum: Museum) -> None:
        said = museum.cli.json("confirm", "T001", "--by", "m1", status=1)
        equal([f["kind"] for f in said["blocking"]], ["not_yet_begun"])
        museum.cli.json("move", "T002", "--start", "2026-10-21T10:00")
        equal(state(museum), "held")
        museum.cli.json("move", "T002", "--start", "2026-11-10T10:00")
        equal(state(museum), "booked")

    def page(museum: Museum) -> None:
        holds(museum.post("/bookings/T001/confirm", {}), "尚未开始")
        museum.post("/bookings/T002/unconfirm", {})
        equal(state(museum), "awaiting_confirmation")

    def api(museum: Museum) -> None:
        refused(museum.script.post("/api/v1/bookings/T001/confirm", json={}), "not_yet_begun")
        version = museum.get("bookings/T002")["version"]
        moved = museum.script.patch("/api/v1/bookings/T002", json={"start": "2026-11-10T10:00", "version": version})
        equal(moved.status_code, 200)
        equal(state(museum), "booked")

    return {"cli": cli, "page": page, "api": api}


# ── 6 · make-ups, attendance of anything ─────────────────────────────────────────────────────────────────────────────
def a_session_and_two_meetings(museum: Museum) -> None:
    for kind, start in (
        ("study_session", "2026-10-14T09:00"),
        ("meeting", "2026-10-15T09:00"),
        ("visit", "2026-11-05T09:00"),
    ):
        museum.cli.json("book", kind, "--people", "m5,m6,m9", "--title", "某事", "--start", start, "--minutes", "60")


@point(a_session_and_two_meetings)
def attendance() -> dict[str, Door]:
    def quorum(museum: Museum) -> None:
        equal(museum.cli.json("attend", "E01")["quorum"], {"expected": 3, "needed": 2, "reached": False})

    def cli(museum: Museum) -> None:
        for words, kind in (
            (("S01", "m5", "made_up", "--makeup", "2026-10-13"), "makeup_before_session"),
            (("E02", "m5", "attended"), "not_yet_begun"),
        ):
            equal([f["kind"] for f in museum.cli.json("attend", *words, status=1)["blocking"]], [kind])
        museum.cli.json("attend", "E01", "m5", "late")
        quorum(museum)

    def page(museum: Museum) -> None:
        early = {"status-m5": "on_leave", "makeup-m5": "2026-10-13"}
        holds(museum.post("/bookings/S01/attendance", early), "补课日期不能早于当次日期（10月14日）")
        holds(museum.post("/bookings/E01/attendance", {"status-m5": "late"}), "未达法定人数：应 2，到 1")
        quorum(museum)

    def api(museum: Museum) -> None:
        early = {"people": {"m5": {"status": "made_up", "makeup_date": "2026-10-13"}}}
        refused(museum.script.put("/api/v1/bookings/S01/attendance", json=early), "makeup_before_session")
        late = {"people": {"m5": {"status": "late"}}}
        refused(museum.script.put("/api/v1/bookings/E02/attendance", json=late), "not_yet_begun")
        equal(museum.script.put("/api/v1/bookings/E01/attendance", json=late).status_code, 200)
        quorum(museum)

    return {"cli": cli, "page": page, "api": api}


# ── 7 · milestones ───────────────────────────────────────────────────────────────────────────────────────────────────
def a_meeting_of_the_milestone(museum: Museum) -> None:
    words = ("book", "democratic_life_meeting", "--audience", "leadership_team", "--room", "Q1")
    museum.cli.json(*words, "--start", "2027-01-20T09:00", "--minutes", "120")


@point(a_meeting_of_the_milestone)
def milestones() -> dict[str, Door]:
    key = "democratic_life_meeting"

    def moved(museum: Museum) -> None:
        equal(museum.cli.json("bookings", "--kind", key)[0]["start"], "2027-01-03T09:00")
        shown = museum.cli.json("campaigns", "show", "xd")
        equal((shown["window_closes"], shown["report_due"]), ("2026-12-30", "2026-12-19"))

    def cli(museum: Museum) -> None:
        said = museum.cli.json("milestone", key, "2026-01-01", status=1)
        equal([f["kind"] for f in said["blocking"]], ["outside_campaign"])
        equal(
            [f["kind"] for f in museum.cli.json("milestone", key, "2027-01-17", "--dry-run")["warnings"]], ["weekend"]
        )
        equal(museum.cli.json("milestone", key, "2027-01-03")["warnings"], [])  # a Sunday that is worked
        moved(museum)

    def page(museum: Museum) -> None:
        path = f"/programme/milestones/{key}"
        holds(museum.post(path, {"day": "2026-01-01"}), "不在活动“作风建设专题活动”的起止日期内")
        museum.post(path, {"day": "2027-01-03", "accept": "1"})
        moved(museum)

    def api(museum: Museum) -> None:
        refused(museum.script.put(f"/api/v1/milestones/{key}", json={"day": "2026-01-01"}), "outside_campaign")
        museum.script.put(f"/api/v1/milestones/{key}", json={"day": "2027-01-03"})
        moved(museum)

    return {"cli": cli, "page": page, "api": api}


@pytest.mark.parametrize(("before", "door"), point.cases)
def test_every_door_says_the_same(museum: Museum, before: Door, door: Door) -> None:
    before(museum)
    door(museum)
