"""REPORT: what meets a question, what was named, what changed since a token."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.store.feeds.rows import FeedEntryRow, FeedRow
from tests.dav.asking import Phone, condition
from tests.small_organisation import CLOCK, later

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DATA = "<D:getetag/><C:calendar-data/>"
EVENTS = '<C:comp-filter name="VEVENT">{0}</C:comp-filter>'


def query(phone: Phone, inner: str) -> int:
    """How many entries meet a question."""
    asked = f'<C:filter><C:comp-filter name="VCALENDAR">{inner}</C:comp-filter></C:filter>'
    return len(phone.report("C:calendar-query", asked).properties)


def of_event(phone: Phone, inner: str) -> int:
    return query(phone, EVENTS.format(inner))


@pytest.mark.parametrize(
    ("bounds", "count"),
    [
        ('start="20140801T000000Z" end="20140901T000000Z"', 5),
        ('start="20140804T010000Z" end="20140804T014500Z"', 1),
        ('start="20140804T014500Z" end="20140805T060000Z"', 0),
        ('start="20140804T014459Z" end="20140805T060001Z"', 2),
        ('start="20140807T000000Z"', 2),
        ('end="20140805T000000Z"', 1),
    ],
)
def test_a_stretch_of_time_finds_what_touches_it(phone: Phone, bounds: str, count: int) -> None:
    assert of_event(phone, f"<C:time-range {bounds}/>") == count


def test_a_query_hands_over_the_entries_to_the_byte(phone: Phone) -> None:
    told = phone.report("C:calendar-query", "<C:filter><C:comp-filter name='VCALENDAR'/></C:filter>", props=DATA)

    assert len(told.properties) == 5
    for href in told.properties:
        answer = phone.ask("GET", href)
        assert told.text(href, "calendar-data") == answer.text
        assert told.text(href, "getetag") == answer.headers["ETag"]


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        ("", 5),
        ('<C:comp-filter name="VTODO"/>', 0),
        ('<C:comp-filter name="VTODO"><C:is-not-defined/></C:comp-filter>', 5),
        (EVENTS.format(""), 5),
        (EVENTS.format("<C:is-not-defined/>"), 0),
        (EVENTS.format('<C:comp-filter name="VALARM"/>'), 0),
        (EVENTS.format('<C:comp-filter name="VALARM"><C:is-not-defined/></C:comp-filter>'), 5),
        (EVENTS.format('<C:prop-filter name="LOCATION"/>'), 3),
        (EVENTS.format('<C:prop-filter name="LOCATION"><C:is-not-defined/></C:prop-filter>'), 2),
    ],
)
def test_what_is_there_or_not_is_found(phone: Phone, inner: str, count: int) -> None:
    assert query(phone, inner) == count


@pytest.mark.parametrize(
    ("attributes", "words", "count"),
    [
        ("", "陈国梁", 1),
        ("", "谈心谈话：", 3),
        ('negate-condition="yes"', "谈心谈话：", 2),
        ('collation="i;unicode-casemap"', "动员", 1),
        ('collation="i;octet"', "nothing", 0),
    ],
)
def test_words_are_found(phone: Phone, attributes: str, words: str, count: int) -> None:
    asked = f"<C:text-match {attributes}>{words}</C:text-match>"

    assert of_event(phone, f'<C:prop-filter name="summary">{asked}</C:prop-filter>') == count


def test_what_is_not_there_holds_no_other_words(phone: Phone) -> None:
    asked = '<C:prop-filter name="COMMENT"><C:text-match negate-condition="yes">x</C:text-match></C:prop-filter>'

    assert of_event(phone, asked) == 0


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("", "valid-filter"),
        ("<C:filter/>", "valid-filter"),
        ('<C:filter><C:comp-filter name="VEVENT"/></C:filter>', "valid-filter"),
        ('<C:filter><C:comp-filter name="VCALENDAR"><C:prop-filter name="X"/></C:comp-filter></C:filter>', "supported-filter"),
        ('<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTIMEZONE"/></C:comp-filter></C:filter>', "supported-filter"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(phone: Phone, asked: str, wrong: str) -> None:
    assert condition(phone.raw_report("C:calendar-query", asked)) == wrong


@pytest.mark.parametrize(
    ("inner", "wrong"),
    [
        ("<C:time-range/>", "valid-filter"),
        ('<C:time-range start="2014-08-01"/>', "valid-filter"),
        ('<C:time-range end="20140899T000000Z"/>', "valid-filter"),
        ("<C:odd/>", "supported-filter"),
        ('<C:comp-filter name="VALARM"><C:time-range start="20140801T000000Z"/></C:comp-filter>', "supported-filter"),
        ('<C:prop-filter name="X"><C:param-filter name="Y"/></C:prop-filter>', "supported-filter"),
        ('<C:prop-filter name="X"><C:text-match collation="i;odd">Y</C:text-match></C:prop-filter>', "supported-collation"),
    ],
)  # fmt: skip
def test_a_question_that_we_cannot_answer_is_refused(phone: Phone, inner: str, wrong: str) -> None:
    asked = f'<C:filter><C:comp-filter name="VCALENDAR">{EVENTS.format(inner)}</C:comp-filter></C:filter>'

    assert condition(phone.raw_report("C:calendar-query", asked)) == wrong


def test_entries_are_had_by_address(phone: Phone) -> None:
    first, second, *_ = phone.sync().properties
    strange = [
        "/dav/F2/calendars/tanxin/x.ics",
        f"{phone.calendar}none.ics",
        phone.calendar,
        "http://[",
        "elsewhere",
        "&<",
    ]
    hrefs = [first, f"http://localhost{second}", *strange]
    asked = "".join(f"<D:href>{href.replace('&', '&amp;').replace('<', '&lt;')}</D:href>" for href in hrefs)

    told = phone.report("C:calendar-multiget", f"{asked}<D:href/>", props=DATA)

    assert list(told.properties) == [first, second]
    assert told.text(second, "calendar-data") == phone.ask("GET", second).text
    assert told.statuses == dict.fromkeys([*strange, ""], "HTTP/1.1 404 Not Found")


def test_a_token_leads_to_what_changed_and_nothing_else(phone: Phone, organisation: Session) -> None:
    first = phone.sync(props=DATA)
    assert (len(first.properties), first.token[:23]) == (5, "urn:x-tanxin:sync:F1:1-")
    assert phone.sync(first.token).properties == {}

    bookings.change(organisation, OPERATOR, BookingId("T002"), bookings.BookingChange(minutes=30), later(1))
    second = phone.sync(first.token, props=DATA)

    assert second.token.startswith("urn:x-tanxin:sync:F1:2-")
    (moved,) = second.properties
    assert second.text(moved, "getetag") != first.text(moved, "getetag")
    assert "DTEND;TZID=Asia/Shanghai:20140806T093000\r\n" in second.text(moved, "calendar-data")
    assert len(phone.sync().properties) == 5


def test_what_is_there_no_more_is_told_once(phone: Phone, organisation: Session) -> None:
    first = phone.sync(props=DATA)
    (meeting,) = [href for href in first.properties if "动员大会" in first.text(href, "calendar-data")]
    bookings.change(
        organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(remove_people=(PersonId("p03"),)), later(1)
    )

    second = phone.sync(first.token)

    assert (second.properties, second.statuses) == ({}, {meeting: "HTTP/1.1 404 Not Found"})
    assert phone.sync(second.token).statuses == {}
    assert len(phone.sync().properties) == 4
    bookings.change(
        organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(add_people=(PersonId("p03"),)), later(9)
    )
    assert list(phone.sync(second.token).properties) == [meeting]


@pytest.mark.parametrize(
    "token", ["x", "urn:x-tanxin:sync:F1:2-1", "urn:x-tanxin:sync:F1:1", "urn:x-tanxin:sync:F1:1-1", "urn:x-tanxin:sync:F2:1-1", "urn:x-tanxin:sync:F1:-1", "urn:x-tanxin:sync:F1:", "1" * 99]
)  # fmt: skip
def test_a_token_that_is_none_of_this_calendars_is_refused(phone: Phone, token: str) -> None:
    phone.sync()

    asked = f"<D:sync-token>{token}</D:sync-token>"
    assert condition(phone.raw_report("D:sync-collection", asked)) == "valid-sync-token"


def test_a_token_that_is_too_old_is_refused(phone: Phone, organisation: Session) -> None:
    token = phone.sync().token
    organisation.execute(update(FeedRow).values(synced_from=2))
    organisation.commit()

    assert (
        condition(phone.raw_report("D:sync-collection", f"<D:sync-token>{token}</D:sync-token>")) == "valid-sync-token"
    )


def test_after_a_backup_was_put_back_no_old_token_and_no_old_tag_fits(phone: Phone, organisation: Session) -> None:
    """What was booked since the backup is counted again: the same number stands for another calendar then."""
    bookings.change(organisation, OPERATOR, BookingId("T002"), bookings.BookingChange(minutes=30), later(1))
    before = phone.sync()
    tag = phone.ask("GET", phone.calendar).headers["ETag"]
    organisation.rollback()
    organisation.execute(update(FeedRow).values(revision=1, changed_at=CLOCK.real, is_stale=True))
    organisation.execute(delete(FeedEntryRow))
    organisation.commit()
    bookings.change(organisation, OPERATOR, BookingId("T002"), bookings.BookingChange(minutes=20), later(5))

    asked = f"<D:sync-token>{before.token}</D:sync-token>"
    assert condition(phone.raw_report("D:sync-collection", asked)) == "valid-sync-token"
    assert phone.ask("GET", phone.calendar, **{"If-None-Match": tag}).status_code == 200
    assert phone.sync().token.split("-")[0:2] == before.token.split("-")[0:2]


def test_a_limit_that_all_fits_in_is_no_hindrance(phone: Phone) -> None:
    asked = "<D:sync-token/><D:limit><D:nresults>1000</D:nresults></D:limit>"

    assert phone.raw_report("D:sync-collection", asked).status_code == 207


@pytest.mark.parametrize("path", ["/dav", "/.well-known/caldav"])
def test_addresses_lead_on_relatively(phone: Phone, path: str) -> None:
    assert phone.client.get(path, headers={"Host": "inside:8000"}).headers["Location"] == "/dav/"


def test_what_shall_match_is_no_reason_to_say_that_nothing_changed(phone: Phone) -> None:
    assert phone.ask("GET", phone.calendar, **{"If-Match": '"other"'}).status_code == 200


def test_an_answer_is_never_cut_short(phone: Phone) -> None:
    asked = "<D:sync-token/><D:limit><D:nresults>2</D:nresults></D:limit>"

    assert condition(phone.raw_report("D:sync-collection", asked)) == "number-of-matches-within-limits"


@pytest.mark.parametrize("kind", ["D:expand-property", "C:free-busy-query", "D:principal-property-search", "D:odd"])
def test_another_report_is_refused(phone: Phone, kind: str) -> None:
    assert condition(phone.raw_report(kind, "")) == "supported-report"


@pytest.mark.parametrize("path", ["/dav/", "/dav/F1/", "/dav/F1/calendars/"])
def test_reports_are_of_the_calendar_only(phone: Phone, path: str) -> None:
    assert condition(phone.raw_report("D:sync-collection", "", path=path)) == "supported-report"


def test_what_a_booking_is_called_cannot_break_out(phone: Phone, organisation: Session) -> None:
    title = "]]></C:calendar-data><D:href>&amp;\"'"
    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(title=title), later(1))

    told = phone.sync(props=DATA)

    (meeting,) = [href for href in told.properties if "]]>" in told.text(href, "calendar-data")]
    assert told.text(meeting, "calendar-data") == phone.ask("GET", meeting).text
