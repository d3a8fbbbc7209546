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
