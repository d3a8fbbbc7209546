from config import Mail
from scheduler.cli import mail_server
from scheduler.outside.mail import Server


def test_the_settings_name_the_server() -> None:
    mail = Mail(host="m", port=465, user="u", password="p", encryption="tls", sender="a@b.example")

    assert mail_server.of(mail) == Server("m", 465, "u", "p", "tls")
