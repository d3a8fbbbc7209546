"""What the doors share."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from limits.errors import StorageError
from sqlalchemy import select, update
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed

from config import Config
from scheduler import edge
from scheduler.core.ground.access import NOBODY, OPERATOR, Action
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.findings import Finding
from scheduler.services.accounts import register as accounts
from scheduler.store.accounts.rows import SignInRow
from tests import small_organisation
from tests.databases import Databases
from tests.small_organisation import CLOCK, NOW
from tests.visitors import a_browser, real_now


@pytest.fixture
def database(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """SQLite is enough here."""
    address = databases.make("sqlite", small_organisation.make if "organisation" in request.fixturenames else None)
    yield address
    databases.drop(address)


def test_the_clock_starts_when_the_process_does_and_runs_on() -> None:
    clock = edge.RunningClock(NOW)

    first, second = clock.read(), clock.read()

    assert NOW <= first.now <= second.now < NOW + timedelta(minutes=1)
    assert abs(first.real - real_now()) < timedelta(minutes=1)


def test_without_a_start_the_two_times_are_one(tmp_path: Path) -> None:
    clock = edge.clock_of(Config(instance=tmp_path, database_url="sqlite://", secret_key="x" * 16))

    assert clock.now == clock.real


def test_one_request_has_one_time(app: Flask) -> None:
    with app.test_request_context():
        assert edge.clock() is edge.clock()


def test_on_the_command_line_one_acts_as_whoever_was_named(app: Flask) -> None:
    with app.app_context():
        assert edge.actor() is NOBODY
        edge.act_as(OPERATOR)
        assert edge.actor() is OPERATOR
        assert edge.lang() == "zh"
        assert edge.signed_in() is None


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        ("/people?x=1", "/people?x=1"),
        ("/", "/"),
        (None, "/home"),
        ("", "/home"),
        ("https://evil.example", "/home"),
        ("//evil.example", "/home"),
        ("/\\evil.example", "/home"),
        ("/a\\b", "/home"),
        ("javascript:alert(1)", "/home"),
        ("/a\nb", "/home"),
        ("people", "/home"),
    ],
)
def test_one_is_sent_on_to_places_of_ours_only(target: str | None, goal: str) -> None:
    assert edge.local_path(target, "/home") == goal


def test_links_are_built_from_the_configured_address(app: Flask) -> None:
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert edge.link("calendar_readers.calendar", token="x") == "http://127.0.0.1:5000/feeds/x.ics"
        assert edge.feed_address("x") == "http://127.0.0.1:5000/feeds/x.ics"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Malformed("missing", "name"), 422),
        (NotFound("room", "R99"), 404),
        (NotAllowed("book"), 403),
        (edge.NotSignedIn("sign_in"), 401),
        (Refused((Finding("no_room", "x"),)), 409),
        (Outdated("booking", "T001"), 409),
        (edge.TooMany(7), 429),
        (Busy(), 503),
        (OperationalError("", {}, Exception("database is locked")), 503),
        (DataError("", {}, Exception("too long")), 422),
        (MethodNotAllowed(["GET"]), 405),
        (RuntimeError("a bug"), 500),
    ],
)
def test_every_no_has_a_status_and_a_sentence(app: Flask, error: Exception, status: int) -> None:
    with app.test_request_context():
        no = edge.no_of(error)

    assert no.status == status
    assert no.sentence


def test_when_to_come_back_is_said_where_it_helps(app: Flask) -> None:
    with app.test_request_context():
        assert dict(edge.no_of(edge.TooMany(7)).headers) == {"Retry-After": "7"}
        assert dict(edge.no_of(Busy()).headers) == {"Retry-After": "2"}
        assert dict(edge.no_of(StorageError(OSError())).headers) == {"Retry-After": "5"}
        assert dict(edge.no_of(MethodNotAllowed(["GET"])).headers) == {"Allow": "GET"}
        assert edge.no_of(NotFound("room", "R99")).headers == ()


def test_a_limit_is_spent_and_then_waited_for(app: Flask) -> None:
    with app.test_request_context():
        edge.spend("2/minute", "test", "a")
        edge.check_limit("2/minute", "test", "a")
        edge.spend("2/minute", "test", "a")
        edge.spend("2/minute", "test", "b")
        with pytest.raises(edge.TooMany):
            edge.check_limit("2/minute", "test", "a")
        with pytest.raises(edge.TooMany) as spent:
            edge.spend("2/minute", "test", "a")
    assert 1 <= spent.value.retry_after <= 61


@pytest.mark.parametrize(
    ("query", "cookie", "language"),
    [("", "", "zh"), ("en", "", "en"), ("", "en", "en"), ("zh", "en", "zh"), ("fr", "xx", "zh")],
)
def test_the_language_is_chosen_by_address_then_by_cookie(app: Flask, query: str, cookie: str, language: str) -> None:
    with app.test_request_context(f"/?lang={query}", headers={"Cookie": f"lang={cookie}"}):
        assert edge.lang() == language


def test_the_language_of_an_account_holds_where_nothing_else_says(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p03")
    accounts.set_language(organisation, accounts.actor_of(organisation, "p03", CLOCK), "en", CLOCK)  # type: ignore[arg-type]

    assert browser.get("/api/v1/bookings/T999").json["detail"] == "There is no booking T999"


def test_being_seen_is_noted_once_a_minute_and_never_in_the_way(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p03")
    an_hour_ago = real_now() - timedelta(hours=1)
    organisation.execute(update(SignInRow).values(seen_at=an_hour_ago))
    organisation.commit()

    assert browser.get("/api/v1/me").status_code == 200

    organisation.rollback()
    assert organisation.scalars(select(SignInRow.seen_at)).one() > an_hour_ago + timedelta(minutes=59)


def test_a_policy_is_what_a_route_declares() -> None:
    assert edge.policy_of(edge.public(lambda: "")) == edge.Policy(is_public=True)
    assert edge.policy_of(edge.for_signed_in(lambda: "")) == edge.Policy()
    assert edge.policy_of(edge.policy(Action.BOOK)(lambda: "")) == edge.Policy((Action.BOOK,))
    assert edge.policy_of(lambda: "") is None
