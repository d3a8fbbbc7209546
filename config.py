"""Every setting, its default, and the environment variable that changes it.

`Config.from_environ(os.environ)` reads them once, at the door; below, values are handed on as arguments.
"""

import ipaddress
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent

LANGUAGES = {"zh": "中文", "en": "English"}
"""What can be chosen, and what it calls itself: a further language is a line here and a catalogue in `translations/`."""
if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[tuple(LANGUAGES)]  # what validates can tell which they are
Encryption = Literal["starttls", "tls", "none"]

DATABASE_PREFIXES = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_REDIS_OPTIONS = {"wrap_exceptions": True, "socket_timeout": 3, "socket_connect_timeout": 3}
LIMIT_STORE_OPTIONS = {"memory": {"wrap_exceptions": True}, "redis": _REDIS_OPTIONS, "rediss": _REDIS_OPTIONS}
"""What limits can be counted in, and how: a store that cannot be had is an error of its own kind, and soon."""
RATE = re.compile(r"[1-9]\d{0,6}/(second|minute|hour|day)")
PORT = re.compile(r":[1-9]\d{0,4}$")
HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MAIL_PORTS: dict[Encryption, int] = {"starttls": 587, "tls": 465, "none": 25}


def version() -> str:
    """The version of this program, as `pyproject.toml` has it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["version"])


class ConfigError(ValueError):
    """A setting that cannot be used; the sentence names its variable."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """How mail goes out, and when; there is none of this unless SMTP_HOST is set."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    encryption: Encryption = "starttls"
    sender: str
    quiet: tuple[time, time] | None = (time(21), time(7))
    remind_at: time | None = time(9)
    bundle: timedelta = timedelta(minutes=3)


@dataclass(frozen=True, kw_only=True)
class Config:
    """All settings of one running application.

    Where things stand:
        `instance`      TANXIN_INSTANCE   folder of what must outlive a restart (`instance/`)
        `database_url`  DATABASE_URL      SQLite in the instance folder, or `postgresql://…`
        `limit_store`   LIMIT_STORE       where limits are counted: `memory://`; with several processes `redis://…`
        `queue_url`     QUEUE_URL         tells the background process of work: a file in the instance folder, or `redis://…`

    Where it is reached:
        `host`, `port`  HOST, PORT        what the server listens on (127.0.0.1:5000)
        `base_url`      BASE_URL          how people write its address; every link is built from it, never from `Host`
        `proxy_count`   PROXY_COUNT       reverse proxies in front whose X-Forwarded-* are believed (0)

    Whose time, which words:
        `now`           TANXIN_NOW        the organisation's clock starts here; without it, the real clock
        `language`      TANXIN_LANG       `zh` or `en`, until a person chooses
        `meeting_hours` MEETING_HOURS     hours of meetings in a week above which they are marked as too many (10)

    Sessions:
        `secret_key`        SECRET_KEY              16 characters or more; without it, `signing_key` makes one and keeps it in the instance folder
        `needs_codes`       SECOND_FACTOR_REQUIRED  `yes`: administrators and organizers sign in with a code besides their password; to all others it is offered (no)
        `session_idle`      SESSION_IDLE_MINUTES    ends when nothing was asked for so long (8 hours)
        `session_absolute`  SESSION_ABSOLUTE_HOURS  ends in any case (7 days)

    Limits, each `number/second|minute|hour|day`:
        `feed_limit`             FEED_LIMIT             per feed token (240/hour)
        `feed_unknown_limit`     FEED_UNKNOWN_LIMIT     unknown tokens, per address (30/minute)
        `page_limit`             PAGE_LIMIT             changes by one subscription page (30/minute)
        `feed_gzip`              FEED_GZIP              `no`: feeds are never packed, for readers that say they can but cannot (yes)
        `device_limit`           DEVICE_LIMIT           requests of one calendar account (1200/hour)
        `sign_in_account_limit`  SIGN_IN_ACCOUNT_LIMIT  wrong passwords, per account and address; ten times as many from everywhere (20/hour)
        `sign_in_address_limit`  SIGN_IN_ADDRESS_LIMIT  wrong passwords, per address, before those who failed there wait (30/minute)

    What comes in and goes out:
        `upload_limit`  UPLOAD_LIMIT_MB   largest request with files, kept here in bytes (10 MB); forms and JSON: 1 MB
        `security_contact`  SECURITY_CONTACT  whom to tell of a weakness, `mailto:…` or `https://…`, said in /.well-known/security.txt (none)
        `fetch_allow`   FETCH_ALLOW       hosts of an intranet (`host`, `host:port`) that a calendar may be fetched from, by commas (none)
        `calendar_every`  CALENDAR_FETCH_MINUTES  how often calendars that people keep elsewhere are fetched (120)

    Mail (`mail`, None unless SMTP_HOST is set; organisation's zone):
        SMTP_HOST, SMTP_PORT        the mail server (587; with `tls` 465, with `none` 25)
        SMTP_TLS                    `starttls`, `tls` from the first byte, or `none` (starttls)
        SMTP_USER, SMTP_PASSWORD    who sends; without them, nobody signs in; never without encryption
        MAIL_FROM                   the address that mail comes from, and replies go to; wanted
        MAIL_QUIET                  hours in which no mail is sent, or `none` (21:00-07:00)
        MAIL_REMIND                 when on the last workday before a talk its people are reminded, or `none` (09:00)
        MAIL_BUNDLE_MINUTES         how long changes by hand are gathered into one mail (3)
    """

    instance: Path
    database_url: str = field(repr=False)
    limit_store: str = field(default="memory://", repr=False)
    queue_url: str = field(default="", repr=False)

    host: str = "127.0.0.1"
    port: int = 5000
    base_url: str = "http://127.0.0.1:5000"
    proxy_count: int = 0

    now: datetime | None = None
    language: Language = "zh"
    meeting_hours: int = 10

    secret_key: str = field(default="", repr=False)
    needs_codes: bool = False
    session_idle: timedelta = timedelta(hours=8)
    session_absolute: timedelta = timedelta(days=7)

    feed_limit: str = "240/hour"
    feed_unknown_limit: str = "30/minute"
    page_limit: str = "30/minute"
    feed_gzip: bool = True
    device_limit: str = "1200/hour"
    sign_in_account_limit: str = "20/hour"
    sign_in_address_limit: str = "30/minute"

    upload_limit: int = 10 * 1024 * 1024
    security_contact: str = ""
    fetch_allow: tuple[str, ...] = ()
    calendar_every: timedelta = timedelta(hours=2)
    mail: Mail | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings that `environ` names; whatever it leaves out or empty keeps its default."""
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        instance = Path(given.get("TANXIN_INSTANCE", ROOT / "instance")).expanduser().absolute()
        host = given.get("HOST", cls.host)
        port = _whole(given, "PORT", cls.port, 1, 65535)
        return cls(
            instance=instance,
            database_url=_database_url(given, instance),
            limit_store=_limit_store(given, cls.limit_store),
            queue_url=_queue_url(given, "QUEUE_URL"),
            host=host,
            port=port,
            base_url=_base_url(given, host, port),
            proxy_count=_whole(given, "PROXY_COUNT", cls.proxy_count, 0, 10),
            now=_moment(given, "TANXIN_NOW"),
            language=_language(given, "TANXIN_LANG", cls.language),
            meeting_hours=_whole(given, "MEETING_HOURS", cls.meeting_hours, 1, 168),
            needs_codes=_yes(given, "SECOND_FACTOR_REQUIRED", default=cls.needs_codes),
            session_idle=timedelta(minutes=_whole(given, "SESSION_IDLE_MINUTES", 8 * 60, 1, 7 * 24 * 60)),
            session_absolute=timedelta(hours=_whole(given, "SESSION_ABSOLUTE_HOURS", 7 * 24, 1, 90 * 24)),
            feed_limit=_rate(given, "FEED_LIMIT", cls.feed_limit),
            feed_unknown_limit=_rate(given, "FEED_UNKNOWN_LIMIT", cls.feed_unknown_limit),
            device_limit=_rate(given, "DEVICE_LIMIT", cls.device_limit),
            page_limit=_rate(given, "PAGE_LIMIT", cls.page_limit),
            feed_gzip=_yes(given, "FEED_GZIP", default=cls.feed_gzip),
            sign_in_account_limit=_rate(given, "SIGN_IN_ACCOUNT_LIMIT", cls.sign_in_account_limit),
            sign_in_address_limit=_rate(given, "SIGN_IN_ADDRESS_LIMIT", cls.sign_in_address_limit),
            security_contact=_contact(given, "SECURITY_CONTACT"),
            upload_limit=_whole(given, "UPLOAD_LIMIT_MB", 10, 1, 1000) * 1024 * 1024,
            fetch_allow=_hosts(given, "FETCH_ALLOW"),
            calendar_every=timedelta(minutes=_whole(given, "CALENDAR_FETCH_MINUTES", 120, 15, 7 * 24 * 60)),
            mail=_mail(given),
            secret_key=_secret_key(given),
        )

    @cached_property
    def signing_key(self) -> str:
        """The key that signs cookies and derives links: the given one, or the one kept in the instance folder, made when it is first wanted.

        Raises ConfigError. Commands that sign nothing never ask, and so leave nothing behind.
        """
        return self.secret_key or _kept_key(self.instance)

    @property
    def queue(self) -> str:
        """Where the queue is: the address of a Redis, or the path of a file."""
        return self.queue_url or str(self.instance / "queue.sqlite")

    @property
    def is_https(self) -> bool:
        """Whether people reach this application over TLS."""
        return self.base_url.startswith("https:")

    @property
    def is_loopback(self) -> bool:
        """Whether the address that links are built from leads nowhere but to this very machine."""
        host = (urlsplit(self.base_url).hostname or "").rstrip(".")
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or address.is_unspecified

    @property
    def cookie_name(self) -> str:
        """The session cookie's name; `__Host-` binds it to this very host, and browsers take that over TLS only."""
        return "__Host-tanxin" if self.is_https else "tanxin"

    def flask(self) -> dict[str, Any]:
        """The same settings, in the words of Flask and its extensions; `TANXIN` holds this object."""
        return {
            "TANXIN": self,
            "SECRET_KEY": self.signing_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "MAX_CONTENT_LENGTH": self.upload_limit,
            "PREFERRED_URL_SCHEME": "https" if self.is_https else "http",
            "SESSION_COOKIE_NAME": self.cookie_name,
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "PERMANENT_SESSION_LIFETIME": self.session_absolute,
            "BABEL_DEFAULT_LOCALE": self.language,
            "RATELIMIT_STORAGE_URI": self.limit_store,
            "RATELIMIT_STORAGE_OPTIONS": LIMIT_STORE_OPTIONS[self.limit_store.partition(":")[0]],
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session; a form may stay open over lunch
        }


def _whole(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole number between `low` and `high`."""
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def _yes(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Yes or no."""
    value = given.get(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise ConfigError(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def _rate(given: Mapping[str, str], name: str, default: str) -> str:
    """So many per second, minute, hour or day."""
    value = given.get(name, default)
    if not RATE.fullmatch(value):
        raise ConfigError(f"{name} must look like 240/hour (second, minute, hour or day), not {value!r}.")
    return value


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    """A moment with its offset, or none."""
    if (value := given.get(name)) is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ConfigError(f"{name} must be a time with its offset, like 2014-08-18T09:00+08:00, not {value!r}.")
    return moment


def _language(given: Mapping[str, str], name: str, default: Language) -> Language:
    """One of the languages that every page has."""
    if (value := given.get(name, default)) not in LANGUAGES:
        raise ConfigError(f"{name} must be {' or '.join(LANGUAGES)}, not {value!r}.")
    return value


def _hosts(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Host names or addresses, each alone or with a port, by commas, in lower case."""
    hosts = tuple(part.strip().lower() for part in given.get(name, "").split(",") if part.strip())
    for host in hosts:
        plain = PORT.sub("", host) if host.count(":") == 1 or "]:" in host else host
        if not (HOST_NAME.fullmatch(plain) or _is_address(plain.removeprefix("[").removesuffix("]"))):
            raise ConfigError(f"{name} must list host names without scheme, by commas; {host!r} is none.")
    return hosts


def _is_address(host: str) -> bool:
    """Whether this is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _split(name: str, value: str) -> SplitResult:
    """An address in its parts."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # read here, since a port that is no number is noticed on reading only
    except ValueError:
        raise ConfigError(f"{name} must be an address.") from None
    return parts


def _database_url(given: Mapping[str, str], instance: Path) -> str:
    """The database, with the driver that we ship."""
    value = given.get("DATABASE_URL", f"sqlite:///{instance / 'tanxin.sqlite'}")
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in DATABASE_PREFIXES:
        # The value is not repeated: it may hold a password.
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return f"{DATABASE_PREFIXES[scheme]}://{rest}"


def _limit_store(given: Mapping[str, str], default: str) -> str:
    """Where limits are counted."""
    value = given.get("LIMIT_STORE", default)
    if _split("LIMIT_STORE", value).scheme not in LIMIT_STORE_OPTIONS:
        raise ConfigError("LIMIT_STORE must begin with memory://, redis:// or rediss://.")
    return value


def _queue_url(given: Mapping[str, str], name: str) -> str:
    """The queue of several machines, or nothing."""
    value = given.get(name, "")
    if value and _split(name, value).scheme not in ("redis", "rediss"):
        raise ConfigError(f"{name} must begin with redis:// or rediss://.")
    return value


def _base_url(given: Mapping[str, str], host: str, port: int) -> str:
    """Scheme, host and port that people use, without a slash at the end."""
    if (value := given.get("BASE_URL")) is None:
        return f"http://{_visited(host)}:{port}"
    parts = _split("BASE_URL", value)
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment and parts.username is None
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ConfigError(f"BASE_URL must look like https://tanxin.example.org, without a path, not {value!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def _contact(given: Mapping[str, str], name: str) -> str:
    """An address to write to, or nothing."""
    value = given.get(name, "")
    if value and not (value.startswith(("mailto:", "https://")) and value.isascii() and value.isprintable()):
        raise ConfigError(f"{name} must begin with mailto: or https://, not {value!r}.")
    return value


def _visited(host: str) -> str:
    """What to write into an address for a host that a server listens on."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _mail(given: Mapping[str, str]) -> Mail | None:
    """How mail goes out; None: it does not."""
    host = given.get("SMTP_HOST", "").lower()
    if not host:
        return None
    if not (HOST_NAME.fullmatch(host) or _is_address(host)):
        raise ConfigError(f"SMTP_HOST must be a host name or an address, without scheme or port, not {host!r}.")
    if not MAILBOX.fullmatch(given.get("MAIL_FROM", "")):
        raise ConfigError("MAIL_FROM must be a mail address, like no-reply@example.org, where SMTP_HOST is set.")
    encryption = _encryption(given, "SMTP_TLS")
    user, password = given.get("SMTP_USER", ""), given.get("SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise ConfigError("SMTP_USER and SMTP_PASSWORD go together: set both, or neither.")
    if user and encryption == "none":
        raise ConfigError("SMTP_USER and SMTP_PASSWORD are not sent in the clear: set SMTP_TLS to starttls or tls.")
    return Mail(
        host=host,
        port=_whole(given, "SMTP_PORT", MAIL_PORTS[encryption], 1, 65535),
        user=user,
        password=password,
        encryption=encryption,
        sender=given["MAIL_FROM"],
        quiet=_hours(given, "MAIL_QUIET", Mail.quiet),
        remind_at=_time_of_day(given, "MAIL_REMIND", Mail.remind_at),
        bundle=timedelta(minutes=_whole(given, "MAIL_BUNDLE_MINUTES", 3, 0, 60)),
    )


def _encryption(given: Mapping[str, str], name: str) -> Encryption:
    """How a connection is encrypted."""
    match value := given.get(name, "starttls"):
        case "starttls" | "tls" | "none":
            return value
        case _:
            raise ConfigError(f"{name} must be starttls, tls or none, not {value!r}.")


def _time_of_day(given: Mapping[str, str], name: str, default: time | None) -> time | None:
    """A time of day such as 09:00, or none."""
    value = given.get(name, "")
    if value in ("", "none"):
        return None if value else default
    if not TIME_OF_DAY.fullmatch(value):
        raise ConfigError(f"{name} must be a time of day like 09:00, or none, not {value!r}.")
    return time.fromisoformat(value)


def _hours(given: Mapping[str, str], name: str, default: tuple[time, time] | None) -> tuple[time, time] | None:
    """From a time of day to another, such as 21:00-07:00, or none."""
    value = given.get(name, "")
    if value in ("", "none"):
        return None if value else default
    begin, _, end = value.partition("-")
    if not (TIME_OF_DAY.fullmatch(begin) and TIME_OF_DAY.fullmatch(end)) or begin == end:
        raise ConfigError(f"{name} must be hours like 21:00-07:00, or none, not {value!r}.")
    return time.fromisoformat(begin), time.fromisoformat(end)


def _secret_key(given: Mapping[str, str]) -> str:
    """The key that was given, or nothing."""
    value = given.get("SECRET_KEY", "")
    if value and len(value) < 16:
        raise ConfigError("SECRET_KEY must have 16 characters or more.")
    return value


def _kept_key(instance: Path) -> str:
    """The key that is kept in the instance folder, made at the first start."""
    kept = instance / "secret_key"
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not kept.exists():
            _keep(kept, secrets.token_urlsafe(48))
        value = kept.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise ConfigError(f"SECRET_KEY is not set, and {kept} cannot be used: {error.strerror}.") from error
    if len(value) < 16:
        raise ConfigError(f"SECRET_KEY is not set, and {kept} is too short; remove it, and a new one will be made.")
    return value


def _keep(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all; of two processes that start at once, one wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one was faster, and its key is as good
    finally:
        draft.unlink()
