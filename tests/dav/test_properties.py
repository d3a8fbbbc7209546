"""What each address says of itself: what is asked for by name, what is usual, what there is at all."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from tests.dav.asking import DECLARED, Phone, Told
from tests.small_organisation import later

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_calendar_says_what_programs_look_for(phone: Phone) -> None:
    told = phone.propfind(
        phone.calendar,
        "D:owner",
        "D:current-user-principal",
        "D:current-user-privilege-set",
        "D:principal-collection-set",
        "D:supported-report-set",
        "D:sync-token",
        "S:getctag",
        "C:supported-calendar-component-set",
        "C:supported-calendar-data",
        "C:calendar-timezone",
        "A:calendar-color",
    )

    at = phone.calendar
    assert told.missing == {at: []}
    assert told.text(at, "owner") == told.text(at, "current-user-principal") == "/dav/F1/"
    assert told.inner(at, "current-user-privilege-set") == [
        "privilege",
        "read",
        "privilege",
        "read-current-user-privilege-set",
    ]
    assert told.text(at, "principal-collection-set") == "/dav/"
    assert told.inner(at, "supported-report-set")[2::3] == ["calendar-query", "calendar-multiget", "sync-collection"]
    assert told.text(at, "sync-token").startswith("urn:x-tanxin:sync:F1:1-")
    assert told.text(at, "getctag").startswith("F1-1-")
    assert [one.get("name") for one in told.properties[at]["supported-calendar-component-set"]] == ["VEVENT"]
    assert [one.get("content-type") for one in told.properties[at]["supported-calendar-data"]] == ["text/calendar"]
    assert told.text(at, "calendar-timezone").split("\r\n")[4:6] == ["BEGIN:VTIMEZONE", "TZID:Asia/Shanghai"]
    assert told.text(at, "calendar-color") == "#B22222FF"


def test_a_principal_says_where_its_calendars_are(phone: Phone) -> None:
    at = "/dav/F1/"
    told = phone.propfind(
        at, "D:principal-URL", "C:calendar-home-set", "C:calendar-user-address-set", "D:resourcetype", "C:schedule-inbox-URL"
    )  # fmt: skip

    assert told.text(at, "principal-URL") == told.text(at, "calendar-user-address-set") == at
    assert told.text(at, "calendar-home-set") == "/dav/F1/calendars/"
    assert told.inner(at, "resourcetype") == ["collection", "principal"]
    assert told.missing == {at: ["schedule-inbox-URL"]}


def test_an_entry_says_its_tag_and_length(phone: Phone) -> None:
    href = next(iter(phone.sync().properties))
    told = phone.propfind(href, "D:getetag", "D:getcontentlength", "D:resourcetype", "D:sync-token")

    answer = phone.ask("GET", href)
    assert told.text(href, "getetag") == answer.headers["ETag"]
    assert told.text(href, "getcontentlength") == str(len(answer.data))
    assert told.inner(href, "resourcetype") == []
    assert told.missing == {href: ["sync-token"]}


@pytest.mark.parametrize("body", ["", f"<D:propfind {DECLARED}><D:allprop/></D:propfind>"])
def test_without_names_the_usual_is_told(phone: Phone, body: str) -> None:
    told = Told.of(phone.ask("PROPFIND", phone.calendar, body, Depth="0"))

    assert list(told.properties[phone.calendar]) == ["resourcetype", "displayname"]


def test_names_alone_are_told_too(phone: Phone) -> None:
    body = f"<D:propfind {DECLARED}><D:propname/></D:propfind>"

    told = Told.of(phone.ask("PROPFIND", phone.calendar, body, Depth="0"))

    assert len(told.properties[phone.calendar]) == 13
    assert {"".join(one.itertext()) for one in told.properties[phone.calendar].values()} == {""}


def test_names_of_whatever_kind_are_not_there(phone: Phone) -> None:
    body = """<propfind xmlns="DAV:"><prop><a xmlns="urn:&quot;&lt;"/><b xmlns=""/><c xmlns="DAV:"/><c/></prop></propfind>"""

    told = Told.of(phone.ask("PROPFIND", "/dav/", body, Depth="0"))

    assert (told.properties, told.missing) == ({"/dav/": {}}, {"/dav/": ["a", "b", "c"]})


def test_a_request_for_nothing_is_answered_with_nothing(phone: Phone) -> None:
    told = Told.of(phone.ask("PROPFIND", "/dav/", f"<D:propfind {DECLARED}><D:prop/></D:propfind>", Depth="0"))

    assert (told.properties, told.missing) == ({"/dav/": {}}, {"/dav/": []})


def test_the_tag_of_the_calendar_is_another_after_a_change(phone: Phone, organisation: Session) -> None:
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(1))

    for depth in ("0", "1"):
        told = phone.propfind(phone.calendar, "S:getctag", depth=depth)
        assert told.text(phone.calendar, "getctag").startswith("F1-2-")
