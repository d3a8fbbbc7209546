import hashlib
import sqlite3

from tests.command_line import CommandLine


def kept(cli: CommandLine) -> str:
    """Everything that the database keeps of feeds."""
    with sqlite3.connect(cli.address.removeprefix("sqlite:///")) as database:
        return str(database.execute("SELECT * FROM feed").fetchall())


def test_issue_prints_the_address_once(sample: CommandLine) -> None:
    feed = sample.json("feeds", "issue", "--person", "文静", BASE_URL="https://tanxin.example.org")

    assert (feed["id"], feed["person"], feed["room"], feed["revoked_at"]) == ("F1", "p03", None, None)
    token = feed["address"].removeprefix("https://tanxin.example.org/feeds/").removesuffix(".ics")
    assert len(token) == 43
    assert token not in kept(sample)
    assert hashlib.sha256(token.encode()).hexdigest() in kept(sample)
    listed = sample.json("feeds", "list")
    assert [(one["id"], one["address"]) for one in listed] == [("F1", None)]


def test_rotate_gives_another_address_and_revoke_ends_it(sample: CommandLine) -> None:
    first = sample.json("feeds", "issue", "--room", "R04")["address"]
    second = sample.json("feeds", "rotate", "F1")["address"]

    assert first != second
    assert sample.json("feeds", "revoke", "F1")["revoked_at"]
    assert sample("feeds", "rotate", "F1").err == "没有这个订阅：F1\n"
    assert sample("feeds", "list").out.splitlines()[2].split()[-1] == "已停用"


def test_a_feed_reaches_as_far_as_is_chosen(sample: CommandLine) -> None:
    sample("feeds", "issue", "--room", "R04", "--ahead", "5")
    changed = sample.json("feeds", "reach", "F1", "--back", "7")

    assert (changed["back"], changed["ahead"], changed["revision"]) == (7, None, 2)
    assert sample("feeds", "reach", "F1", "--lang", "en").out == "F1 is saved.\n"
    assert sample("feeds", "reach", "F1", "--back", "-1").err == "--back：“-1”应在 0–3660 之间\n"


def test_members_may_have_their_own_feed_only(sample: CommandLine) -> None:
    assert sample.json("feeds", "issue", "--person", "p27", "--as", "p27")["person"] == "p27"
    assert sample.json("feeds", "issue", "--person", "p03", "--as", "p27", status=1)["error"] == "not_allowed"
    assert sample.json("feeds", "list", "--as", "p27", status=1)["error"] == "not_allowed"
    assert len(sample.json("feeds", "list", "--person", "p27", "--as", "p27")) == 1


def test_a_feed_of_nobody_is_wrong_use(sample: CommandLine) -> None:
    for words in (("--person", "p999"), ("--room", "R99")):
        answer = sample("feeds", "issue", *words, "--json")
        assert (answer.status, answer.out) == (2, ""), words


def test_in_sentences_the_address_stands_on_a_line_of_its_own(sample: CommandLine) -> None:
    lines = sample("feeds", "issue", "--person", "p03").out.splitlines()

    assert lines[0] == "F1 的地址（只显示这一次，请勿转给他人）："
    assert lines[1].startswith("http://127.0.0.1:5000/feeds/")
    assert sample("feeds", "revoke", "F1", "--lang", "en").out == "F1 is revoked.\n"


def test_every_kind_is_issued_with_what_was_chosen(sample: CommandLine) -> None:
    chosen = ("--language", "en", "--alarm", "15", "--hide-names", "--back", "7", "--ahead", "90")
    made = sample.json("feeds", "issue", "--person", "p03", *chosen)
    group = sample.json("feeds", "issue", "--group", "B1")
    campaign = sample.json("feeds", "issue", "--campaign", "c1")

    assert [made[key] for key in ("language", "alarm", "hides_names", "back", "ahead")] == ["en", 15, True, 7, 90]
    assert (group["group"], group["alarm"]) == ("B1", None)
    assert campaign["campaign"] == "c1"
    assert [line.split()[:3] for line in sample("feeds", "list", "--lang", "en").out.splitlines()[2:]] == [
        ["F1", "person", "p03"],
        ["F2", "group", "B1"],
        ["F3", "campaign", "c1"],
    ]


def test_a_feed_is_limited_to_a_campaign_by_id_or_name(sample: CommandLine) -> None:
    limited = sample.json("feeds", "issue", "--person", "p03", "--campaign", "党的群众路线教育实践活动")

    assert (limited["person"], limited["campaign"]) == ("p03", "c1")
    missing = sample("feeds", "issue", "--room", "R04", "--campaign", "c9")
    assert (missing.status, missing.err) == (2, "没有这个活动：c9\n")


def test_show_tells_what_was_chosen_and_no_address(sample: CommandLine) -> None:
    sample("feeds", "issue", "--room", "R04", "--alarm", "5")

    assert sample.json("feeds", "show", "F1")["alarm"] == 5
    lines = sample("feeds", "show", "F1").out.splitlines()
    assert lines[:3] == ["id: F1", "room: R04", "language: zh"]
    with sqlite3.connect(sample.address.removeprefix("sqlite:///")) as database:
        database.execute("INSERT INTO feed_body VALUES ('F1', 1, '', x'', x'', 3, '[]')")
    assert sample.json("feeds", "show", "F1")["left_out"] == sample.json("feeds", "list")[0]["left_out"] == 3
    assert "left_out: 3" in sample("feeds", "show", "F1").out.splitlines()
    assert sample("feeds", "list").out.splitlines()[2].endswith("有效（最早的 3 项放不下）")
    assert sample("feeds", "show", "F9").err == "没有这个订阅：F9\n"


def test_a_feed_is_of_one_thing(sample: CommandLine) -> None:
    for words in ((), ("--person", "p03", "--group", "B1")):
        assert sample("feeds", "issue", *words).status == 2


def test_evidence_says_who_has_not_looked(sample: CommandLine) -> None:
    sample("feeds", "issue", "--person", "p03")

    assert sample("feeds", "evidence", "--booking", "E10").out.splitlines() == [
        "已送达 0/1，未取 1 人",
        "p03  从未取过",
    ]
    found = sample.json("feeds", "evidence", "--booking", "E10")
    assert (found["delivered"], found["of"], found["people"]) == (
        0, 1, [{"person": "p03", "delivered": False, "last_at": None}],
    )  # fmt: skip


def test_evidence_lists_fetches_and_silent_feeds(sample: CommandLine) -> None:
    sample("feeds", "issue", "--person", "p03")
    with sqlite3.connect(sample.address.removeprefix("sqlite:///")) as database:
        database.execute("INSERT INTO feed_fetch VALUES ('F1', 1, 'apple', 1, 2, 1404180000, 3)")
        database.execute("UPDATE feed SET created_at = 1")

    assert sample("feeds", "evidence", "--lang", "en").out.splitlines()[2].split() == [
        "F1", "1", "apple", "2014-07-01", "02:00:00Z", "3",
    ]  # fmt: skip
    assert len(sample.json("feeds", "evidence", "--since", "2014-07-01T10:00")) == 1
    assert sample.json("feeds", "evidence", "--since", "2014-07-01T10:01") == []
    assert [feed["id"] for feed in sample.json("feeds", "evidence", "--silent", "7")] == ["F1"]
    assert sample("feeds", "evidence", "--silent", "7").out == "F1\n"


def test_a_device_is_told_server_name_and_password_once(sample: CommandLine) -> None:
    made = sample.json("feeds", "issue", "--person", "文静", "--device", "手机", BASE_URL="https://tanxin.example.org")

    assert (made["address"], made["user"], made["device"]) == ("https://tanxin.example.org/dav/", "p03", "手机")
    assert made["password"] not in kept(sample)
    lines = sample("feeds", "rotate", made["id"]).out.splitlines()
    assert lines[0] == "F1 是“手机”的日历账户（密码只显示这一次）："
    assert lines[1:3] == ["服务器  http://127.0.0.1:5000/dav/", "用户名  p03"]
    assert lines[3].startswith("密码    ")
    assert made["password"] not in lines[3]
    assert sample("feeds", "issue", "--room", "R04", "--device", "屏").status == 2


def test_pages_for_everybody_are_made_once_and_listed_again(sample: CommandLine) -> None:
    base = {"BASE_URL": "https://tanxin.example.org"}
    assert sample("feeds", "hand-outs").status == 2

    made = sample.json("feeds", "hand-outs", **base)
    again = sample.json("feeds", "hand-outs", "--again", **base)

    assert len(made["pages"]) == 100
    assert made["pages"][0]["address"].startswith("https://tanxin.example.org/subscribe/")
    assert again == made
    assert sample.json("feeds", "hand-outs", **base) == {"pages": [], "lost": []}
