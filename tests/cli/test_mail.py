import sqlite3
from threading import Event

from config import Config
from scheduler import edge, worker
from tests.command_line import CommandLine
from tests.mail_server import Letterbox, letterbox


def environ(box: Letterbox, **more: str) -> dict[str, str]:
    """Settings that lead to this server."""
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(box.port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "no-reply@example.org",
    } | more


def test_a_test_message_arrives(cli: CommandLine) -> None:
    with letterbox() as box:
        said = cli("mail", "test", "chen@example.org", **environ(box))

    assert (said.status, said.out) == (0, "已交给 127.0.0.1。\n")
    (taken,) = box.taken
    assert (taken["To"], taken["Subject"]) == ("chen@example.org", "试验邮件")


def test_without_a_server_nothing_is_sent_and_that_is_said(cli: CommandLine) -> None:
    assert cli.json("mail", "test", "chen@example.org", "--lang", "en", status=1) == {
        "ok": False,
        "error": "off",
        "text": "SMTP_HOST and MAIL_FROM are not set: no mail is sent.",
    }


def test_why_it_did_not_arrive_is_said(cli: CommandLine) -> None:
    with letterbox() as box:
        box.to_recipient = "550 no such user"
        said = cli("mail", "test", "nobody@example.org", **environ(box))

    assert (said.status, said.out) == (1, "邮件服务器不收这个收件人\n")


def test_members_send_no_test_messages(sample: CommandLine) -> None:
    assert sample.json("mail", "test", "a@example.org", "--as", "p27", status=1)["error"] == "not_allowed"


def test_doctor_looks_whether_the_mail_server_is_there(sample: CommandLine) -> None:
    def looked(**settings: str) -> list[tuple[bool, str]]:
        checks = sample("doctor", "--json", **settings).json["checks"]
        return [(check["ok"], check["text"]) for check in checks if check["name"] == "mail"]

    with letterbox() as box:
        assert looked(**environ(box)) == [(True, f"可以连接 127.0.0.1:{box.port}")]
        settings = environ(box)
    assert looked(**settings) == [(False, "连接不上邮件服务器（SMTP_HOST、SMTP_PORT）")]
    assert looked() == [(True, "没有设 SMTP_HOST，不发邮件")]


def test_status_tells_what_waits(sample: CommandLine) -> None:
    settings = {"SMTP_HOST": "127.0.0.1", "MAIL_FROM": "no-reply@example.org"}
    assert sample.json("mail", "status") == {
        "is_on": False, "waiting": 0, "sent": 0, "failed": 0, "needless": 0, "undelivered": [],
    }  # fmt: skip
    said = sample("mail", "status", "--lang", "en")
    assert said.out.splitlines() == [
        "SMTP_HOST and MAIL_FROM are not set: no mail is sent.",
        "waiting 0, sent 0, given up 0",
    ]
    roster = sample.folder / "roster.csv"
    roster.write_text("id,name,email\np02,陈国梁,chen@example.org\n", encoding="utf-8")
    assert sample.json("import", roster)["errors"] == []
    talk = ("book", "talk", "--people", "p02,p27", "--start", "2014-08-12T09:00", "--minutes", "45")

    sample.json(*talk)
    assert sample.json("mail", "status", **settings)["waiting"] == 0, "it was booked while no mail is sent"
    sample.json(
        "move", sample.json(*talk[:5], "2014-08-13T09:00", *talk[6:])["id"], "--start", "2014-08-14T09:00", **settings
    )
    assert sample.json("mail", "status", **settings)["waiting"] == 1


def test_failed_messages_are_listed_without_addresses(sample: CommandLine) -> None:
    with letterbox() as box:
        settings = environ(box, MAIL_BUNDLE_MINUTES="0", MAIL_QUIET="none")
        roster = sample.folder / "roster.csv"
        roster.write_text("id,name,email\np02,陈国梁,chen@example.org\n", encoding="utf-8")
        sample.json("import", roster)
        words = ("--people", "p02,p27", "--start", "2014-08-12T09:00", "--minutes", "45")
        sample.json("book", "talk", *words, **settings)
        box.to_recipient = "550 no such user"
        config = Config.from_environ(sample.environ(**settings))
        assert worker.carry_mail(config, Event(), edge.RunningClock(config.now)) == 0

    assert sample.json("mail", "status")["failed"] == 1
    last = sample("mail", "status").out.splitlines()[-1]
    assert last == "p02  已放弃  邮件服务器不收这个收件人"


def test_an_answer_is_read_from_standard_input(sample: CommandLine) -> None:
    said = sample.really("mail", "receive", stdin="From: a@b.example\n\nhello\n")

    assert (said.status, said.out, said.err) == (1, "", "这封邮件里没有日历回复\n")


def test_an_answer_that_was_piped_is_noted(sample: CommandLine) -> None:
    roster = sample.folder / "roster.csv"
    roster.write_text("id,name,email\np02,陈国梁,chen@example.org\n", encoding="utf-8")
    sample.json("import", roster)
    words = ("--people", "p02,p27", "--start", "2014-08-12T09:00", "--minutes", "45")
    talk = sample.json("book", "talk", *words)["id"]
    with sqlite3.connect(sample.address.removeprefix("sqlite:///")) as database:
        (uid,) = database.execute("SELECT uid FROM booking WHERE id = ?", (talk,)).fetchone()
    event = f"UID:{uid}\nSEQUENCE:0\nATTENDEE;PARTSTAT=TENTATIVE:mailto:chen@example.org\n"
    calendar = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n"

    said = sample.really("mail", "receive", stdin=f"From: chen@example.org\nContent-Type: text/calendar\n\n{calendar}")

    assert (said.status, said.out) == (0, f"{talk} p02 暂定参加\n")
