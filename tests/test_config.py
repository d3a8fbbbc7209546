"""Settings: their defaults, what changes them, and what is said when one cannot be used."""

import stat
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from config import ROOT, Config, ConfigError, Mail

MAIL = ("SMTP_", "MAIL_")
KEY = "a-key-that-is-made-up-for-tests"


def configured(**environ: str) -> Config:
    return Config.from_environ({"SECRET_KEY": KEY, **environ})


def test_nothing_given_gives_the_defaults() -> None:
    config = configured()

    assert config == Config(
        instance=ROOT / "instance",
        database_url=f"sqlite:///{ROOT / 'instance' / 'tanxin.sqlite'}",
        limit_store="memory://",
        queue_url="",
        host="127.0.0.1",
        port=5000,
        base_url="http://127.0.0.1:5000",
        proxy_count=0,
        now=None,
        language="zh",
        secret_key=KEY,
        session_idle=timedelta(hours=8),
        session_absolute=timedelta(days=7),
        feed_limit="240/hour",
        feed_unknown_limit="30/minute",
        device_limit="1200/hour",
        sign_in_account_limit="20/hour",
        sign_in_address_limit="30/minute",
        upload_limit=10_485_760,
        fetch_allow=(),
        calendar_every=timedelta(minutes=120),
        mail=None,
    )


def test_an_empty_variable_counts_as_not_given() -> None:
    assert configured(PORT="", TANXIN_LANG="  ") == configured()


def test_every_variable_changes_its_setting(tmp_path: Path) -> None:
    config = configured(
        TANXIN_INSTANCE=str(tmp_path),
        DATABASE_URL="postgresql://tanxin@db/tanxin",
        LIMIT_STORE="redis://cache:6379/0",
        QUEUE_URL="redis://cache:6379/1",
        HOST="0.0.0.0",
        PORT="8080",
        BASE_URL="https://talks.example.org/",
        PROXY_COUNT="1",
        TANXIN_NOW="2014-08-18T09:00+08:00",
        TANXIN_LANG="en",
        SESSION_IDLE_MINUTES="30",
        SESSION_ABSOLUTE_HOURS="12",
        FEED_LIMIT="100000/hour",
        FEED_UNKNOWN_LIMIT="3/second",
        DEVICE_LIMIT="50/minute",
        PAGE_LIMIT="6/minute",
        SIGN_IN_ACCOUNT_LIMIT="5/day",
        SIGN_IN_ADDRESS_LIMIT="10/minute",
        UPLOAD_LIMIT_MB="2",
        FETCH_ALLOW="Mail.intranet, 10.0.0.7,fd00::7,cal.intranet:8443,[fd00::8]:8080",
        CALENDAR_FETCH_MINUTES="30",
        SMTP_HOST="Mail.intranet",
        SMTP_PORT="2525",
        SMTP_TLS="tls",
        SMTP_USER="tanxin",
        SMTP_PASSWORD="hunter2",
        MAIL_FROM="no-reply@example.org",
        MAIL_QUIET="22:00-06:30",
        MAIL_REMIND="16:00",
        MAIL_BUNDLE_MINUTES="10",
    )

    assert config == Config(
        instance=tmp_path,
        database_url="postgresql+psycopg://tanxin@db/tanxin",
        limit_store="redis://cache:6379/0",
        queue_url="redis://cache:6379/1",
        host="0.0.0.0",
        port=8080,
        base_url="https://talks.example.org",
        proxy_count=1,
        now=datetime(2014, 8, 18, 9, 0, tzinfo=timezone(timedelta(hours=8))),
        language="en",
        secret_key=KEY,
        session_idle=timedelta(minutes=30),
        session_absolute=timedelta(hours=12),
        feed_limit="100000/hour",
        feed_unknown_limit="3/second",
        device_limit="50/minute",
        page_limit="6/minute",
        sign_in_account_limit="5/day",
        sign_in_address_limit="10/minute",
        upload_limit=2_097_152,
        fetch_allow=("mail.intranet", "10.0.0.7", "fd00::7", "cal.intranet:8443", "[fd00::8]:8080"),
        calendar_every=timedelta(minutes=30),
        mail=Mail(
            host="mail.intranet",
            port=2525,
            user="tanxin",
            password="hunter2",
            encryption="tls",
            sender="no-reply@example.org",
            quiet=(time(22), time(6, 30)),
            remind_at=time(16),
            bundle=timedelta(minutes=10),
        ),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@db/tanxin"),
        ("DATABASE_URL", "tanxin.sqlite"),
        ("LIMIT_STORE", "memcached://cache"),
        ("QUEUE_URL", "amqp://cache"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "٨٠"),
        ("BASE_URL", "talks.example.org"),
        ("BASE_URL", "ftp://talks.example.org"),
        ("BASE_URL", "https://talks.example.org/tanxin"),
        ("BASE_URL", "https://talks.example.org?a=b"),
        ("BASE_URL", "https://me@talks.example.org"),
        ("BASE_URL", "https://talks.example.org:port"),
        ("BASE_URL", "https://"),
        ("PROXY_COUNT", "-1"),
        ("TANXIN_NOW", "2014-08-18T09:00"),
        ("TANXIN_NOW", "tomorrow"),
        ("TANXIN_LANG", "fr"),
        ("SECRET_KEY", "short"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_ABSOLUTE_HOURS", "1.5"),
        ("FEED_LIMIT", "240"),
        ("FEED_UNKNOWN_LIMIT", "0/minute"),
        ("DEVICE_LIMIT", "unlimited"),
        ("SIGN_IN_ACCOUNT_LIMIT", "5/fortnight"),
        ("SIGN_IN_ADDRESS_LIMIT", "often"),
        ("UPLOAD_LIMIT_MB", "10MB"),
        ("FETCH_ALLOW", "https://mail.intranet"),
        ("FETCH_ALLOW", "mail.intranet:https"),
        ("CALENDAR_FETCH_MINUTES", "1"),
        ("SMTP_HOST", "smtp://mail.intranet"),
        ("SMTP_PORT", "0"),
        ("SMTP_TLS", "ssl"),
        ("SMTP_USER", "tanxin"),
        ("SMTP_PASSWORD", "tanxin"),
        ("MAIL_FROM", "no-reply"),
        ("MAIL_FROM", "a@b.example\nBcc: c@d.example"),
        ("MAIL_FROM", "谈心 <no-reply@example.org>"),
        ("MAIL_QUIET", "21-7"),
        ("MAIL_QUIET", "21:00-21:00"),
        ("MAIL_QUIET", "21:00-24:00"),
        ("MAIL_REMIND", "9 o'clock"),
        ("MAIL_BUNDLE_MINUTES", "61"),
    ],
)
def test_a_wrong_value_is_refused_by_a_sentence_that_names_the_variable(name: str, value: str) -> None:
    mail = {"SMTP_HOST": "mail.intranet", "MAIL_FROM": "no-reply@example.org"} if name.startswith(MAIL) else {}

    with pytest.raises(ConfigError) as refusal:
        configured(**{**mail, name: value})

    assert name in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_a_mail_server_alone_sends_from_nobody_and_is_refused() -> None:
    with pytest.raises(ConfigError, match="MAIL_FROM"):
        configured(SMTP_HOST="mail.intranet")


@pytest.mark.parametrize(("encryption", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_of_a_mail_server_follows_from_its_encryption(encryption: str, port: int) -> None:
    mail = configured(SMTP_HOST="10.0.0.7", MAIL_FROM="no-reply@example.org", SMTP_TLS=encryption).mail

    assert mail == Mail(host="10.0.0.7", port=port, encryption=encryption or "starttls", sender="no-reply@example.org")


def test_quiet_hours_and_reminders_can_be_left_out() -> None:
    mail = configured(SMTP_HOST="m", MAIL_FROM="a@b.example", MAIL_QUIET="none", MAIL_REMIND="none").mail

    assert mail
    assert (mail.quiet, mail.remind_at) == (None, None)


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ConfigError, match="SMTP_TLS"):
        configured(SMTP_HOST="m", MAIL_FROM="a@b.example", SMTP_TLS="none", SMTP_USER="me", SMTP_PASSWORD="hunter2")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:hunter2@db/tanxin"),
        ("SECRET_KEY", "hunter2"),
    ],
)
def test_a_refusal_does_not_repeat_a_password(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        configured(**{name: value})

    assert "hunter2" not in str(refusal.value)


def test_settings_can_be_printed_without_their_secrets() -> None:
    config = configured(
        DATABASE_URL="postgresql://tanxin:hunter2@db/tanxin",
        SMTP_HOST="mail",
        SMTP_USER="me",
        SMTP_PASSWORD="hunter2",
        MAIL_FROM="a@b.example",
        LIMIT_STORE="redis://:hunter2@cache",
    )

    assert KEY not in repr(config)
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_by_the_driver_that_we_ship(scheme: str) -> None:
    assert configured(DATABASE_URL=f"{scheme}://db/tanxin").database_url == "postgresql+psycopg://db/tanxin"


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("::", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("10.0.0.7", "http://10.0.0.7:8080"),
    ],
)
def test_without_a_base_url_the_address_is_the_one_listened_on(host: str, base_url: str) -> None:
    assert configured(HOST=host, PORT="8080").base_url == base_url


def test_over_tls_the_cookie_is_secure_and_bound_to_its_host() -> None:
    settings = configured(BASE_URL="https://talks.example.org").flask()

    assert settings["SESSION_COOKIE_NAME"] == "__Host-tanxin"
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["PREFERRED_URL_SCHEME"] == "https"


def test_without_tls_the_cookie_has_a_plain_name_since_browsers_refuse_the_other() -> None:
    settings = configured(BASE_URL="http://10.0.0.7:5000").flask()

    assert settings["SESSION_COOKIE_NAME"] == "tanxin"
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["PREFERRED_URL_SCHEME"] == "http"


def test_flask_is_told_the_same() -> None:
    config = configured(DATABASE_URL="sqlite:///other.sqlite", UPLOAD_LIMIT_MB="1", TANXIN_LANG="en")

    assert config.flask() == {
        "TANXIN": config,
        "SECRET_KEY": KEY,
        "SQLALCHEMY_DATABASE_URI": "sqlite:///other.sqlite",
        "MAX_CONTENT_LENGTH": 1_048_576,
        "PREFERRED_URL_SCHEME": "http",
        "SESSION_COOKIE_NAME": "tanxin",
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=7),
        "BABEL_DEFAULT_LOCALE": "en",
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_STORAGE_OPTIONS": {"wrap_exceptions": True},
        "WTF_CSRF_TIME_LIMIT": None,
    }


def test_without_a_key_one_is_made_once_that_only_its_owner_may_read(tmp_path: Path) -> None:
    instance = tmp_path / "instance"

    first = Config.from_environ({"TANXIN_INSTANCE": str(instance)})
    second = Config.from_environ({"TANXIN_INSTANCE": str(instance)})

    assert not instance.exists()
    assert len(first.signing_key) == 64
    assert first.signing_key == second.signing_key
    assert [path.name for path in instance.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700


def test_of_two_that_start_at_once_both_use_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process writes its key after this one looked and found none."""
    kept = tmp_path / "secret_key"

    def not_there_yet(path: Path) -> bool:
        kept.write_text("the-key-of-the-faster-process\n")
        return False

    monkeypatch.setattr(Path, "exists", not_there_yet)

    config = Config.from_environ({"TANXIN_INSTANCE": str(tmp_path)})

    assert config.signing_key == "the-key-of-the-faster-process"
    assert list(tmp_path.iterdir()) == [kept]


def test_reading_the_settings_leaves_no_file_behind(tmp_path: Path) -> None:
    Config.from_environ({"TANXIN_INSTANCE": str(tmp_path)})
    with pytest.raises(ConfigError):
        Config.from_environ({"TANXIN_INSTANCE": str(tmp_path), "PORT": "none"})

    assert list(tmp_path.iterdir()) == []


def test_a_kept_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")

    with pytest.raises(ConfigError, match="too short"):
        _ = Config.from_environ({"TANXIN_INSTANCE": str(tmp_path)}).signing_key


def test_a_place_where_no_key_can_be_kept_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    with pytest.raises(ConfigError, match=r"SECRET_KEY is not set, and .*/file/secret_key cannot be used"):
        _ = Config.from_environ({"TANXIN_INSTANCE": str(in_the_way)}).signing_key


def test_queue_is_a_file_of_the_instance_unless_it_is_elsewhere(tmp_path: Path) -> None:
    assert configured(TANXIN_INSTANCE=str(tmp_path)).queue == str(tmp_path / "queue.sqlite")
    assert configured(QUEUE_URL="rediss://cache").queue == "rediss://cache"


@pytest.mark.parametrize(
    ("base_url", "is_loopback"),
    [
        ("http://127.0.0.1:5000", True),
        ("http://127.3.2.1", True),
        ("http://localhost:5000", True),
        ("http://tanxin.localhost", True),
        ("http://[::1]:5000", True),
        ("http://0.0.0.0:5000", True),
        ("http://192.168.1.20:5000", False),
        ("https://tanxin.example.org", False),
    ],
)
def test_an_address_that_only_this_machine_opens_is_known_as_one(
    tmp_path: Path, base_url: str, *, is_loopback: bool
) -> None:
    config = Config(instance=tmp_path, database_url="sqlite://", secret_key="of tests only " * 3, base_url=base_url)

    assert config.is_loopback is is_loopback
