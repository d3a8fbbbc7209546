"""Whatever is sent to an account: never something wrong with us, never an empty calendar."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dav.asking import DECLARED, Phone

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NAMES = st.sampled_from(
    ["D:prop", "D:propname", "D:allprop", "D:href", "D:sync-token", "D:sync-level", "D:getetag", "D:resourcetype",
     "C:calendar-data", "C:filter", "C:comp-filter", "C:prop-filter", "C:time-range", "C:text-match", "C:is-not-defined",
     "D:owner", "S:getctag", "A:calendar-color", "odd"]
)  # fmt: skip
ROOTS = st.sampled_from(
    ["D:propfind", "D:propertyupdate", "D:sync-collection", "C:calendar-query", "C:calendar-multiget", "D:odd"]
)
ATTRIBUTES = st.sampled_from(
    ["", 'name="VCALENDAR"', 'name="VEVENT"', 'name="SUMMARY"', 'name=""', 'start="20140801T000000Z"', 'end="x"']
)
TEXTS = st.sampled_from(
    ["", "1", "/dav/F1/", "/dav/F1/calendars/tanxin/x.ics", "urn:x-tanxin:sync:F1:1", "谈 &amp; 心"]
)
LEAVES = st.tuples(NAMES, ATTRIBUTES, TEXTS).map(lambda of: f"<{of[0]} {of[1]}>{of[2]}</{of[0]}>")
ELEMENTS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=3)).map(
        lambda of: f"<{of[0]} {of[1]}>{''.join(of[2])}</{of[0]}>"
    ),
    max_leaves=8,
)
DOCUMENTS = st.tuples(ROOTS, st.lists(ELEMENTS, max_size=4)).map(
    lambda of: f"<{of[0]} {DECLARED}>{''.join(of[1])}</{of[0]}>".encode()
)
METHODS = st.sampled_from(["PROPFIND", "REPORT", "PROPPATCH"])
PATHS = st.sampled_from(["", "F1/", "F1/calendars/tanxin/"])
FIXTURES = [*settings.default.suppress_health_check, HealthCheck.function_scoped_fixture]


@settings(max_examples=60, suppress_health_check=FIXTURES)
@given(METHODS, PATHS, DOCUMENTS)
def test_any_document_is_answered(phone: Phone, method: str, path: str, document: bytes) -> None:
    assert phone.ask(method, f"/dav/{path}", document, Depth="1").status_code in (207, 403)


@settings(max_examples=40, suppress_health_check=FIXTURES)
@given(METHODS, st.binary(max_size=60))
def test_any_bytes_are_answered(phone: Phone, method: str, data: bytes) -> None:
    assert phone.ask(method, phone.calendar, data, Depth="1").status_code in (207, 400, 403)
