"""The feed as calendar readers get it: status, headers, conditions, limits."""

import gzip
from dataclasses import replace

import icalendar
import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, FeedId
from scheduler.extensions import db
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import joining as feed_joining
from scheduler.store.feeds.rows import FeedFetchRow, FeedRow
from tests.small_organisation import CLOCK, PEOPLE, later
from tests.visitors import a_script


@pytest.fixture
def address(organisation: Session) -> str:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    return f"/feeds/{token}.ics"


def test_a_feed_says_what_a_reader_needs_to_know(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert answer.headers["Last-Modified"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert answer.headers["ETag"].startswith('"v1-')
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "inline; filename=\"tanxin.ics\"; filename*=UTF-8''%E8%B0%88%E5%BF%83%E6%97%A5%E7%A8%8B.ics"
    )
    assert answer.content_length == len(answer.data)
    assert "Set-Cookie" not in answer.headers


def test_three_readers_find_the_same_entries(client: FlaskClient, address: str) -> None:
    text = client.get(address).get_data(as_text=True)

    by_icalendar = {str(e["UID"]): e.start for e in icalendar.Calendar.from_ical(text).events}
    by_vobject = {e.uid.value: e.dtstart.value for e in vobject.readOne(text).vevent_list}
    by_ical = {e.uid: e.dtstart for e in IcsCalendarStream.calendar_from_ics(text).events}
    assert len(by_icalendar) == 5
    assert by_icalendar == by_vobject == by_ical


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestConditions:
    """Whoever has the calendar already is not sent it again."""

    @pytest.mark.parametrize("wrap", ["{0}", "W/{0}", '"other", {0}', '"a", W/{0}, "b"', "*"])
    def test_a_reader_that_has_it_gets_304_and_nothing_else(self, client: FlaskClient, address: str, wrap: str) -> None:
        etag = client.get(address).headers["ETag"]

        answer = client.get(address, headers={"If-None-Match": wrap.format(etag)})

        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert "Content-Type" not in answer.headers

    @pytest.mark.parametrize("tag", ['"other"', 'W/"1.0"', '""', "nonsense", '"1.0.0'])
    def test_a_reader_that_has_another_gets_it(self, client: FlaskClient, address: str, tag: str) -> None:
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200

    @pytest.mark.parametrize(
        ("since", "status"),
        [
            ("Sun, 22 Nov 2026 10:00:00 GMT", 304),
            ("Sun, 22 Nov 2026 10:00:01 GMT", 304),
            ("Sun, 22 Nov 2026 09:59:59 GMT", 200),
            ("yesterday", 200),
        ],
    )
    def test_a_reader_may_ask_by_date(self, client: FlaskClient, address: str, since: str, status: int) -> None:
        assert client.get(address, headers={"If-Modified-Since": since}).status_code == status

    def test_the_tag_wins_over_the_date(self, client: FlaskClient, address: str) -> None:
        headers = {"If-None-Match": '"other"', "If-Modified-Since": "Sun, 22 Nov 2026 10:00:00 GMT"}

        assert client.get(address, headers=headers).status_code == 200

    def test_a_change_is_seen_at_once(self, client: FlaskClient, address: str, organisation: Session) -> None:
        before = client.get(address)
        bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(0))

        after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})

        assert after.status_code == 200
        assert after.headers["Last-Modified"] == "Sun, 22 Nov 2026 10:00:01 GMT"
        assert after.data.count(b"STATUS:CANCELLED") == before.data.count(b"STATUS:CANCELLED") + 1

    def test_a_304_looks_at_no_booking(self, app: Flask, client: FlaskClient, address: str) -> None:
        etag = client.get(address).headers["ETag"]
        asked: list[str] = []
        with app.app_context():
            event.listen(db.engine, "checkout", lambda connection, *_: connection.set_trace_callback(asked.append))

        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

        assert [sql.split("FROM ")[1].split()[0] for sql in asked if "FROM" in sql] == ["feed"]

    def test_head_tells_the_same_without_the_calendar(self, client: FlaskClient, address: str) -> None:
        head, get = client.head(address), client.get(address)

        assert (head.status_code, head.data) == (200, b"")
        assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestPacking:
    """Packed only for those who ask, and then under a tag of its own."""

    def test_the_packed_calendar_is_the_same(self, client: FlaskClient, address: str) -> None:
        plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, br"})

        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gz"'
        assert packed.data == client.get(address, headers={"Accept-Encoding": "gzip"}).data

    def test_each_form_has_its_own_304(self, client: FlaskClient, address: str) -> None:
        plain = client.get(address).headers["ETag"]
        packed = client.get(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"]

        def status(tag: str, accept: str) -> int:
            return client.get(address, headers={"If-None-Match": tag, "Accept-Encoding": accept}).status_code

        assert (status(packed, "gzip"), status(plain, "identity")) == (304, 304)
        assert (status(plain, "gzip"), status(packed, "identity")) == (200, 200)

    @pytest.mark.parametrize("accept", ["", "identity", "gzip;q=0", "br"])
    def test_who_does_not_ask_gets_it_plain(self, client: FlaskClient, address: str, accept: str) -> None:
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": accept}).headers


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestSecrecy:
    """An address is the only key, and a wrong one tells nothing."""

    @pytest.mark.parametrize("name", ["x", "F1", "p03", "a" * 43, "..%2F..%2Fetc%2Fpasswd", "谈心"])
    def test_a_wrong_address_is_404_in_one_plain_line(self, client: FlaskClient, address: str, name: str) -> None:
        answer = client.get(f"/feeds/{name}.ics")

        assert (answer.status_code, answer.content_type) == (404, "text/plain; charset=utf-8")
        assert b"BEGIN" not in answer.data
        assert answer.headers["Cache-Control"] == "no-store"

    def test_a_revoked_address_is_told_like_one_that_never_was(
        self, client: FlaskClient, address: str, organisation: Session
    ) -> None:
        feeds.revoke(organisation, OPERATOR, FeedId("F1"), CLOCK)

        revoked, never = client.get(address), client.get("/feeds/never.ics")

        assert (revoked.status_code, revoked.data) == (never.status_code, never.data) == (404, never.data)
        assert list(revoked.headers) == list(never.headers)

    def test_a_room_tells_no_names(self, client: FlaskClient, organisation: Session) -> None:
        _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.ROOM, "R04"))

        text = client.get(f"/feeds/{token}.ics").get_data(as_text=True)

        assert text.count("SUMMARY:占用") == 1
        assert not [word for word in (*PEOPLE.values(), "动员大会", "E01", "URL:") if word in text]

    def test_a_feed_cannot_be_posted_to(self, client: FlaskClient, address: str) -> None:
        assert client.post(address).status_code == 405

    def test_query_parameters_change_nothing(self, client: FlaskClient, address: str) -> None:
        assert client.get(f"{address}?lang=en&alarm=5").data == client.get(address).data


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestLimits:
    """Readers that ask too often are told when to come back; guessing is slow."""

    def test_a_feed_is_asked_for_so_often_an_hour(self, app: Flask, client: FlaskClient, address: str) -> None:
        app.config["TANXIN"] = replace(app.config["TANXIN"], feed_limit="2/hour")

        answers = [client.get(address) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 3601
        assert b"BEGIN" not in answers[2].data

    def test_guessing_is_limited_by_address_and_harms_nobody_else_there(
        self, app: Flask, client: FlaskClient, address: str
    ) -> None:
        app.config["TANXIN"] = replace(app.config["TANXIN"], feed_unknown_limit="2/minute")

        assert [client.get(f"/feeds/guess{n}.ics").status_code for n in range(3)] == [404, 404, 429]
        assert client.get(address).status_code == 200
        elsewhere = {"REMOTE_ADDR": "10.1.2.3"}
        assert client.get("/feeds/guess.ics", environ_base=elsewhere).status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestKeeping:
    """What was joined when a change was written is what the next reader gets."""

    def test_a_change_at_a_door_joins_the_feeds_when_it_is_answered(
        self, app: Flask, client: FlaskClient, address: str, organisation: Session
    ) -> None:
        script = a_script(app, organisation)
        client.get(address)
        with script.delete("/api/v1/bookings/T002") as answer:
            assert answer.status_code == 200

        organisation.rollback()
        organisation.expire_all()  # what the fixture wrote may still be in memory
        row = organisation.scalars(select(FeedRow)).one()
        assert (row.is_stale, row.revision) == (False, 2)
        assert client.get(address).headers["ETag"].startswith('"v2-')

    def test_a_feed_of_another_form_is_another_revision(
        self, client: FlaskClient, address: str, organisation: Session
    ) -> None:
        feed_joining.join_stale(organisation, "http://elsewhere/bookings/")

        assert client.get(address).headers["ETag"].startswith('"v2-')
        assert client.get(address).headers["ETag"].startswith('"v2-')

    def test_packing_can_be_switched_off(self, app: Flask, client: FlaskClient, address: str) -> None:
        app.config["TANXIN"] = replace(app.config["TANXIN"], feed_gzip=False)

        answer = client.get(address, headers={"Accept-Encoding": "gzip"})

        assert ("Content-Encoding" in answer.headers, answer.headers["ETag"][:4]) == (False, '"v1-')

    def test_several_processes_count_together(self, app: Flask, client: FlaskClient, address: str) -> None:
        app.config["TANXIN"] = replace(app.config["TANXIN"], feed_limit="1/hour", limit_store="redis://nowhere")

        assert [client.get(address).status_code for _ in range(2)] == [200, 429]


def test_both_databases_answer_from_one_statement(client: FlaskClient, address: str, organisation: Session) -> None:
    feed_joining.join_stale(organisation, "http://127.0.0.1:5000/bookings/")
    feed_content._bodies.clear()

    answer = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(answer.data).count(b"BEGIN:VEVENT") == 5
    assert client.get("/feeds/nothing.ics").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_each_fetch_is_noted_with_the_kind_of_program_and_nothing_else(
    app: Flask, client: FlaskClient, address: str, organisation: Session
) -> None:
    etag = client.get(address, headers={"User-Agent": "iOS/17.5 (21F79) dataaccessd/1.0 SECRET"}).headers["ETag"]
    client.get(address, headers={"User-Agent": "Google-Calendar-Importer", "If-None-Match": etag})
    client.head(address)

    app.extensions["tanxin_fetches"].flush()

    organisation.rollback()
    rows = organisation.execute(select(FeedFetchRow.feed_id, FeedFetchRow.client, FeedFetchRow.revision)).all()
    assert sorted(tuple(row) for row in rows) == [("F1", "apple", 1), ("F1", "google", 1)]
