"""Occurrences, gaps, audiences, who left, links, targets, absences, guests, files: the same by command, page and API."""

from typing import Any

import pytest

from tests.museum import RULES, Door, Museum, Points, equal, holds, nothing, refused

point = Points()


# ── 8 · occurrences ──────────────────────────────────────────────────────────────────────────────────────────────────
def rules_for_occurrences(museum: Museum) -> None:
    museum.cli.json("rules", "apply", f"{RULES}#museum.events")


@point(rules_for_occurrences)
def occurrences() -> dict[str, Door]:
    nobody = "阮清 2026年10月20日 受到表彰：还没有人可以谈（没有登记所在支部）"

    def cli(museum: Museum) -> None:
        holds(museum.cli("occur", "胡说", "m6", "2026-10-20").err, "没有“胡说”这种情形", "受到表彰")
        equal(museum.cli.json("occur", "表彰", "m6", "2026-10-20")["talks"][0]["people"], ["m5", "m6"])
        holds(museum.cli.json("occur", "award", "m4", "2026-10-20")["findings"][0]["text"], nobody)

    def page(museum: Museum) -> None:
        data = {"person": "m4", "kind": "受到表彰", "day": "2026-10-20", "partner": ""}
        holds(museum.post("/occurrences", data), "有 1 项情形还没有人可以谈", "没有登记所在支部")

    def api(museum: Museum) -> None:
        given = {"kind": "胡说", "person": "m6", "date": "2026-10-20"}
        refused(museum.script.post("/api/v1/occurrences", json=given), "胡说")
        added = museum.script.post("/api/v1/occurrences", json={**given, "kind": "表彰", "person": "m4"})
        holds(added.get_json()["findings"][0]["text"], nobody)

    return {"cli": cli, "page": page, "api": api}


# ── 9 · gaps are named ───────────────────────────────────────────────────────────────────────────────────────────────
def rules_with_gaps(museum: Museum) -> None:
    museum.cli.json("rules", "apply", f"{RULES}#museum.four")


@point(rules_with_gaps)
def gaps() -> dict[str, Door]:
    right = {("head_vacant", "U3"), ("relation_unknown", "U5")}

    def kinds(said: Any) -> set[tuple[str, str]]:
        return {(finding["kind"], finding["subject"]) for finding in said["unresolved"]}

    def cli(museum: Museum) -> None:
        equal(kinds(museum.cli.json("coverage", "--rule-set", "RS2")), right)

    def page(museum: Museum) -> None:
        holds(museum.page("/?rule_set=RS2"), "展览部：负责人空缺", "安保部：没有登记分管领导")

    def api(museum: Museum) -> None:
        equal(kinds(museum.get("coverage?rule_set=RS2")), right)

    return {"cli": cli, "page": page, "api": api}


# ── 10 · nobody to invite ────────────────────────────────────────────────────────────────────────────────────────────
@point(nothing)
def empty_audiences() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        words = ("book", "meeting", "--start", "2026-11-12T09:00", "--minutes", "60", "--dry-run")
        equal(
            [f["kind"] for f in museum.cli.json(*words, "--audience", "retired", status=1)["blocking"]],
            ["empty_audience"],
        )
        equal(museum.cli.json(*words, "--audience", "all_party")["blocking"], [])  # 中共党员, 党员, 中共预备党员

    def page(museum: Museum) -> None:
        form = {
            "kind": "meeting",
            "title": "会",
            "audience": ["retired"],
            "day": "2026-11-12",
            "start": "09:00",
            "minutes": "60",
        }
        holds(museum.post("/bookings", form), "当天没有人员")
        holds(museum.page("/bookings/new?kind=meeting"), "全体党员 9 人")

    def api(museum: Museum) -> None:
        given = {"kind": "meeting", "title": "会", "audience": ["retired"], "start": "2026-11-12T09:00", "minutes": 60}
        refused(museum.script.post("/api/v1/bookings", json=given), "empty_audience")

    return {"cli": cli, "page": page, "api": api}


OWN_WORDS = "姓名,部门,职务,人员类别\n甲乙,保卫科,科长,事业编\n丙丁,保卫科,科员,编外\n"


@point(nothing)
def categories() -> dict[str, Door]:
    asked_about = "编外人员（丙丁）算在“全体干部职工”里吗？"

    def cli(museum: Museum) -> None:
        said = museum.cli.json("import", museum.file("own.csv", OWN_WORDS))
        equal([question["text"] for question in said["questions"]], [asked_about])
        names = [person["name"] for person in museum.cli.json("people", "--group", "all_staff")["people"]]
        equal({"甲乙", "丙丁"} <= set(names), True)

    def page(museum: Museum) -> None:
        holds(museum.upload("own.csv", OWN_WORDS), asked_about)

    def api(museum: Museum) -> None:
        museum.cli.json("import", museum.file("own.csv", OWN_WORDS))
        kept = {person["name"]: person["category"] for person in museum.get("people")["people"]}
        equal((kept["甲乙"], kept["丙丁"], kept["马督"]), ("staff", "", "external"))

    return {"cli": cli, "page": page, "api": api}


# ── 11 · somebody leaves the team ────────────────────────────────────────────────────────────────────────────────────
def one_leaves_who_had_talked(museum: Museum) -> None:
    museum.cli.json("rules", "apply", f"{RULES}#museum.four")
    museum.cli.json("rules", "lead", "RS2")
    for number, people in enumerate(("m1,m4", "m2,m4", "m1,m2")):
        start = f"2026-10-{13 + number}T09:00"
        museum.cli.json("book", "talk", "--people", people, "--start", start, "--minutes", "30", "--held")
    path = museum.file("team.yaml", "groups: {leadership_team: [m1, m2, m3]}\n")
    museum.cli.json("import", path, "--valid-from", "2026-10-26")


@point(one_leaves_who_had_talked)
def no_longer_required() -> dict[str, Door]:
    right = {"pairs": 3, "held": 2}

    def cli(museum: Museum) -> None:
        said = museum.cli.json("coverage")
        equal((said["covered"], said["no_longer_required"]), (1, right))
        marked = [(line["id"], line["extra"]) for line in museum.cli.json("ledger") if line["no_longer_required"]]
        equal(marked, [("T001", False), ("T002", False)])

    def page(museum: Museum) -> None:
        holds(museum.page("/"), "另有 3 对不再要求（人员或岗位有变动），其中 2 对已谈")

    def api(museum: Museum) -> None:
        equal(museum.get("coverage")["no_longer_required"], right)

    return {"cli": cli, "page": page, "api": api}


# ── 12 · a second rule set ───────────────────────────────────────────────────────────────────────────────────────────
def talks_before_a_second_rule_set(museum: Museum) -> None:
    for number, people in enumerate(("m1,m2", "m1,m3", "m5,m6")):
        start = f"2026-10-{13 + number}T09:00"
        museum.cli.json("book", "talk", "--people", people, "--start", start, "--minutes", "30", "--held")
    said = museum.cli.json("rules", "apply", f"{RULES}#museum.four")
    assert said["linkable"] == ["T001", "T002"]
    assert museum.cli.json("coverage", "--rule-set", "RS2")["covered"] == 0


@point(talks_before_a_second_rule_set)
def links() -> dict[str, Door]:
    def covered(museum: Museum) -> None:
        equal(museum.cli.json("coverage", "--rule-set", "RS2")["covered"], 2)

    def cli(museum: Museum) -> None:
        museum.cli.json("link", "--all-in-window", "RS2")
        covered(museum)
        museum.cli.json("unlink", "T001", "RS2")
        equal(museum.cli.json("coverage", "--rule-set", "RS2")["covered"], 1)

    def page(museum: Museum) -> None:
        museum.post("/rules/RS2/link-all", {})
        covered(museum)

    def api(museum: Museum) -> None:
        museum.script.post("/api/v1/rule-sets/RS2/link-all-in-window", json={})
        covered(museum)

    return {"cli": cli, "page": page, "api": api}


# ── 13 · targets of study ────────────────────────────────────────────────────────────────────────────────────────────
TARGETS = "编号 id,活动 campaign,范围 audience,除外 minus,学时 hours,起 from,止 by,按比例 pro_rata\nY1,xd,all_party,,20,2026-10-08,2026-12-31,1\n"
EXEMPT = "要求 target,人员 person,学时 hours,原因 reason,批准 by,日期 date\nY1,m9,5,病假,m1,2026-11-01\nY1,m10,20,长期驻外,m1,2026-11-01\n"
NEWCOMER = (
    "编号 id,姓名 name,部门 unit,职务 position,类别 category,政治面貌 party_status\nm20,新来,U3,干事,staff,中共党员\n"
)


def a_target_an_exemption_and_a_newcomer(museum: Museum) -> None:
    museum.cli.json("import", museum.file("targets.csv", TARGETS), museum.file("exempt.csv", EXEMPT))
    museum.cli.json("import", museum.file("new.csv", NEWCOMER), "--valid-from", "2026-11-16")


@point(a_target_an_exemption_and_a_newcomer)
def study_targets() -> dict[str, Door]:
    def figures(said: Any) -> None:
        asked = {person: line["asked"] for person, line in said["people"].items() if person in ("m1", "m9", "m20")}
        equal(asked, {"m1": 20.0, "m9": 15.0, "m20": 11.0})  # 20 × 34 ÷ 62 workdays
        equal(said["of"], 9)  # nine and the newcomer, without the one who is exempt

    def cli(museum: Museum) -> None:
        figures(museum.cli.json("study", "--as-of", "2026-11-20"))

    def page(museum: Museum) -> None:
        holds(museum.page("/study?as_of=2026-11-20"), "新来 0.0 / 11", "邢飞 0.0 / 15", "尹红")

    def api(museum: Museum) -> None:
        figures(museum.get("study?as_of=2026-11-20"))

    return {"cli": cli, "page": page, "api": api}


# ── 14 · what is called verified holds ───────────────────────────────────────────────────────────────────────────────
def away_on_the_days_after(museum: Museum) -> None:
    museum.cli.json("rules", "apply", f"{RULES}#museum.four")
    head = "人员 person,起 from,止 to,原因类别 reason,规则 rule\n"
    days = [("m1", "2026-11-16"), ("m2", "2026-11-17"), ("m1", "2026-11-18")]
    museum.cli.json("import", museum.file("away.csv", head + "".join(f"{who},{on},{on},出差,\n" for who, on in days)))


@point(away_on_the_days_after)
def repairs() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        words = ("arrange", "--rule-set", "RS2", "--grid", "60", "--minutes", "60", "--rooms", "Q2", "--seconds", "20")
        said = museum.cli.json(*words, "--from", "2026-11-16", "--to", "2026-11-16", status=1)
        [pair] = [each for each in said["unplaced"] if each["people"] == ["m1", "m2"]]
        alone, joint = pair["repairs"]
        equal(alone, {"kind": "later_day", "text": "延至11月19日", "verified": True})
        equal((joint["kind"], joint["verified"]), ("together", True))
        equal(joint["text"].partition("：")[0], f"这样 {len(said['unplaced'])} 项都能排定")
        then = museum.cli.json(*words, "--from", "2026-11-16", "--to", "2026-11-19")
        equal((then["placed"], then["of"]), (13, 13))

    return {"cli": cli}


# ── 15 · absences that hit what is booked ────────────────────────────────────────────────────────────────────────────
def a_talk_of_two(museum: Museum) -> None:
    museum.cli.json(
        "book", "talk", "--people", "m1,m6", "--start", "2026-11-12T09:00", "--minutes", "45", "--room", "Q2"
    )


@point(a_talk_of_two)
def absences() -> dict[str, Door]:
    away = "人员 person,起 from,止 to,原因类别 reason,规则 rule\nm6,2026-11-10,2026-11-13,年休假,\n"

    def cli(museum: Museum) -> None:
        for flags in (("--dry-run",), ()):
            said = museum.cli.json("import", museum.file("away.csv", away), *flags)
            equal([(f["kind"], f["subject"]) for f in said["warnings"]], [("absence_hits", "T001")])

    def page(museum: Museum) -> None:
        form = {"person": "叶知秋", "first": "2026-11-10", "last": "2026-11-13", "reason": "年休假"}
        holds(museum.post("/absences", form), "1 项已有", "（T001）：请另排这一项")

    def api(museum: Museum) -> None:
        museum.cli.json("import", museum.file("away.csv", away))
        equal(list(museum.get("bookings/T001")["absent"]), ["m6"])

    return {"cli": cli, "page": page, "api": api}


# ── 16 · guests ──────────────────────────────────────────────────────────────────────────────────────────────────────
def a_symposium_with_guests(museum: Museum) -> None:
    words = ("book", "symposium", "--people", "m1,m2", "--guests", "王大妈（青石社区 居民）,李大爷", "--title", "座谈")
    museum.cli.json(*words, "--start", "2026-10-30T09:00", "--minutes", "60", "--room", "Q1")


@point(a_symposium_with_guests)
def guests() -> dict[str, Door]:
    def cli(museum: Museum) -> None:
        museum.cli.json("attend", "E01", "王大妈", "attended")
        said = museum.cli.json("attend", "E01")
        equal((said["expected"], said["quorum"]["needed"], said["present"]), (2, 2, 0))
        equal([(g["name"], g["status"]) for g in said["guests"]], [("王大妈", "attended"), ("李大爷", None)])

    def page(museum: Museum) -> None:
        holds(museum.page("/bookings/E01/people"), "王大妈", "青石社区", "李大爷")

    def api(museum: Museum) -> None:
        equal([g["name"] for g in museum.get("bookings/E01/guests")["guests"]], ["王大妈", "李大爷"])
        equal(museum.get("bookings/E01/attendance")["expected"], 2)

    return {"cli": cli, "page": page, "api": api}


# ── 18 · a table is taken for no other ───────────────────────────────────────────────────────────────────────────────
@point(a_symposium_with_guests)
def tables_known() -> dict[str, Door]:
    more = (
        "日程 booking,联系人 contact,人员 person,姓名 name,单位 unit,职务 post,类别 kind\nE01,,,赵某,社区,居民,masses\n"
    )

    def cli(museum: Museum) -> None:
        said = museum.cli.json("import", museum.file("g.csv", more))
        equal((said["people"], said["created"]), (14, 1))
        pay = museum.cli.json("import", museum.file("pay.csv", "姓名,基本工资\n骆天行,3000\n"), "--dry-run")
        equal((pay["created"], [row["why"] for row in pay["set_aside"]]), (0, ["table_not_read"]))

    def page(museum: Museum) -> None:
        holds(museum.upload("g.csv", more), "来宾名单", "新增 1")

    def api(museum: Museum) -> None:
        museum.cli.json("import", museum.file("g.csv", more))
        equal(len(museum.get("people")["people"]), 14)
        equal([g["name"] for g in museum.get("bookings/E01/guests")["guests"]][2:], ["赵某"])

    return {"cli": cli, "page": page, "api": api}


# ── 19 · keys that nobody reads ──────────────────────────────────────────────────────────────────────────────────────
@point(nothing)
def unknown_keys() -> dict[str, Door]:
    odd = "activity: {id: xd, name_zh: 作风建设专题活动, starts: '2026-10-08', ends: '2027-03-31', colour: red}\nextra: 1\n"

    def cli(museum: Museum) -> None:
        said = museum.cli.json("import", museum.file("odd.yaml", odd))
        holds(" ".join(f["text"] for f in said["told"]), "activity.colour", "extra")
        holds(museum.cli("import", museum.file("worse.yaml", "grops: {a: [m1]}\n")).err, "grops")
        holds(
            museum.cli("import", museum.file("lists.yaml", "mentor_pairs:\n- [m1, zz]\n")).out, "mentor_pairs.1", "zz"
        )

    def page(museum: Museum) -> None:
        holds(museum.upload("odd.yaml", odd), "activity.colour", "extra")

    def api(museum: Museum) -> None:
        museum.cli.json("import", museum.file("odd.yaml", odd))
        equal([c["id"] for c in museum.get("campaigns")["campaigns"]], ["xd"])
        equal(museum.get("coverage")["required"], 18)

    return {"cli": cli, "page": page, "api": api}


@pytest.mark.parametrize(("before", "door"), point.cases)
def test_every_door_says_the_same(museum: Museum, before: Door, door: Door) -> None:
    before(museum)
    door(museum)
