"""What a calendar program is told by method: where things are, what they are, and that nothing can be changed."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.services.feeds import addresses as feeds
from tests.dav.asking import Phone, Told, condition
from tests.small_organisation import CLOCK

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def entry_of(phone: Phone) -> str:
    """The address of some entry."""
    return next(href for href in phone.propfind(phone.calendar, "D:getetag", depth="1").properties if ".ics" in href)


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "OPTIONS", "REPORT"])
def test_the_well_known_address_leads_on(client: FlaskClient, method: str) -> None:
    answer = client.open("/.well-known/caldav", method=method)

    assert (answer.status_code, answer.headers["Location"]) == (301, "/dav/")


def test_options_tell_what_there_is_without_a_password(client: FlaskClient) -> None:
    answer = client.options("/dav/")

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["DAV"] == "1, 3, calendar-access"
    assert answer.headers["Allow"] == "OPTIONS, GET, HEAD, PROPFIND, REPORT"


def test_a_program_finds_its_way_from_the_root_to_the_calendar(phone: Phone) -> None:
    root = phone.propfind("/dav/", "D:current-user-principal", "D:resourcetype")
    principal = root.text("/dav/", "current-user-principal")
    home = phone.propfind(principal, "C:calendar-home-set", "D:displayname")
    below = phone.propfind(home.text(principal, "calendar-home-set"), "D:resourcetype", "D:displayname", depth="1")

    assert principal == f"/dav/{phone.feed}/"
    assert home.text(principal, "displayname") == "文静"
    assert list(below.properties) == [f"/dav/{phone.feed}/calendars/", phone.calendar]
    assert below.inner(phone.calendar, "resourcetype") == ["collection", "calendar"]
    assert below.text(phone.calendar, "displayname") == "谈心日程"


@pytest.mark.parametrize(("path", "below"), [("/dav/", "/dav/F1/"), ("/dav/F1/", "/dav/F1/calendars/")])
def test_depth_one_tells_what_stands_right_below(phone: Phone, path: str, below: str) -> None:
    assert list(phone.propfind(path, "D:displayname", depth="1").properties) == [path, below]


def test_the_calendar_holds_the_entries_of_the_feed(phone: Phone) -> None:
    told = phone.propfind(phone.calendar, "D:getetag", "D:getcontenttype", depth="1")

    hrefs = list(told.properties)
    assert (hrefs[0], len(hrefs)) == (phone.calendar, 6)
    assert told.missing[phone.calendar] == ["getetag", "getcontenttype"]
    assert told.text(hrefs[1], "getcontenttype") == "text/calendar; charset=utf-8"
    assert len({told.text(href, "getetag") for href in hrefs[1:]}) == 5
    assert list(phone.propfind(hrefs[1], "D:getetag", depth="infinity").properties) == [hrefs[1]]
    assert list(phone.propfind(hrefs[1], "D:getetag", depth="1").properties) == [hrefs[1]]


@pytest.mark.parametrize("headers", [{"Depth": "infinity"}, {"Depth": "Infinity"}, {}])
def test_depth_is_finite(phone: Phone, headers: dict[str, str]) -> None:
    assert condition(phone.ask("PROPFIND", phone.calendar, **headers)) == "propfind-finite-depth"


@pytest.mark.parametrize("depth", ["2", "deep", "-1"])
def test_another_depth_is_400(phone: Phone, depth: str) -> None:
    assert phone.ask("PROPFIND", "/dav/", Depth=depth).status_code == 400


def test_an_entry_is_fetched_once(phone: Phone) -> None:
    href = entry_of(phone)
    answer = phone.ask("GET", href)
    tag = answer.headers["ETag"]

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert answer.data.count(b"BEGIN:VEVENT") == answer.data.count(b"BEGIN:VTIMEZONE") == 1
    assert tag == phone.propfind(href, "D:getetag").text(href, "getetag")
    again = phone.ask("GET", href, **{"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    head = phone.ask("HEAD", href)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)
    assert head.content_length == len(answer.data)


def test_the_calendar_as_a_whole_is_the_feed_to_the_byte(phone: Phone, organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    feed = phone.client.get(f"/feeds/{token}.ics")

    answer = phone.ask("GET", phone.calendar)

    assert (answer.data, answer.headers["ETag"]) == (feed.data, feed.headers["ETag"])
    assert phone.ask("HEAD", phone.calendar).status_code == 200
    assert phone.ask("GET", phone.calendar, **{"If-None-Match": feed.headers["ETag"]}).status_code == 304
    for href in list(phone.propfind(phone.calendar, "D:getetag", depth="1").properties)[1:]:
        _, _, event = phone.ask("GET", href).data.partition(b"BEGIN:VEVENT")
        assert event.removesuffix(b"END:VCALENDAR\r\n") in feed.data


@pytest.mark.parametrize("path", ["/dav/", "/dav/F1/", "/dav/F1/calendars/"])
def test_what_is_no_calendar_cannot_be_fetched(phone: Phone, path: str) -> None:
    answer = phone.ask("GET", path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, PROPFIND")


@pytest.mark.parametrize(
    "path",
    ["/dav/F2/", "/dav/F1/other/", "/dav/F1/calendars/other/", "/dav/F1/calendars/tanxin/none.ics",
     "/dav/F1/calendars/tanxin/none", "/dav/F1/calendars/tanxin/a/b.ics"],
)  # fmt: skip
def test_what_is_not_there_is_404_and_so_is_what_others_have(phone: Phone, organisation: Session, path: str) -> None:
    feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p27"), device="她的")

    for method in ("GET", "PROPFIND", "REPORT", "PROPPATCH"):
        assert phone.ask(method, path, Depth="0").status_code == 404


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "POST", "PATCH", "MKCALENDAR", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "ACL"]
)
def test_nothing_can_be_changed(phone: Phone, method: str) -> None:
    for path in (phone.calendar, f"{phone.calendar}new.ics", entry_of(phone)):
        assert condition(phone.ask(method, path, "BEGIN:VCALENDAR")) == "need-privileges"
    assert len(phone.propfind(phone.calendar, "D:getetag", depth="1").properties) == 6


def test_properties_stay_what_they_are(phone: Phone) -> None:
    body = """<D:propertyupdate xmlns:D="DAV:" xmlns:A="http://apple.com/ns/ical/"><D:set><D:prop>
        <A:calendar-color>#000000FF</A:calendar-color><D:displayname>mine</D:displayname></D:prop></D:set>
        <D:remove><D:prop><odd xmlns="urn:x&lt;&quot;"/></D:prop></D:remove></D:propertyupdate>"""

    answer = phone.ask("PROPPATCH", phone.calendar, body)

    assert Told.of(answer).missing == {phone.calendar: ["calendar-color", "displayname", "odd"]}
    assert b"HTTP/1.1 403 Forbidden" in answer.data
    assert phone.propfind(phone.calendar, "D:displayname").text(phone.calendar, "displayname") == "谈心日程"


@pytest.mark.parametrize(
    "body",
    [
        "<",
        "BEGIN:VCALENDAR",
        "<a/><b/>",
        "<D:propfind/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&undefined;</a>",
        "<a>" * 33 + "</a>" * 33,
        '<?xml version="1.0" encoding="nonsense"?><a/>',
        '<?xml version="1.0" encoding="gb2312"?><a/>',
        b"\xff\xfe\x00<",
        b"<a>\x00</a>",
        b"<a>\xff</a>",
    ],
)
def test_what_is_no_document_is_400(phone: Phone, body: str | bytes) -> None:
    for method in ("PROPFIND", "REPORT", "PROPPATCH"):
        answer = phone.ask(method, phone.calendar, body, Depth="0")
        assert (answer.status_code, answer.content_type) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("method", ["REPORT", "PROPPATCH"])
def test_a_request_that_wants_a_document_and_has_none_is_400(phone: Phone, method: str) -> None:
    assert phone.ask(method, phone.calendar).status_code == 400


def test_a_document_of_a_megabyte_is_too_large(phone: Phone) -> None:
    body = "<D:propfind xmlns:D='DAV:'>" + " " * 1_000_000 + "</D:propfind>"

    assert phone.ask("PROPFIND", phone.calendar, body, Depth="0").status_code == 413


@pytest.mark.parametrize("method", ["BREW", "TRACE", "CONNECT"])
def test_an_unknown_method_is_405(phone: Phone, method: str) -> None:
    assert phone.ask(method, "/dav/").status_code == 405


def test_nothing_empty_is_told_when_something_is_wrong(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    from scheduler.core.ground.errors import Busy
    from scheduler.services.feeds import devices

    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(devices, "held", busy)

    answer = phone.ask("PROPFIND", phone.calendar, Depth="1")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
