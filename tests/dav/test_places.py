"""Addresses: written and read back, with the name of the server or without."""

import pytest

from scheduler.core.ground.ids import FeedId
from scheduler.dav.places import Kind, Place, place, place_of

FEED = FeedId("F7")


@pytest.mark.parametrize("kind", Kind)
def test_an_address_leads_to_what_it_is_of(kind: Kind) -> None:
    made = Place(kind, FEED, "ab c/%" if kind is Kind.ENTRY else "")

    assert place_of(made.href, FEED) == (None if kind is Kind.ENTRY else made)
    assert place_of(f"https://tanxin.example.org{made.at(Kind.ENTRY, '一 b').href}", FEED) == Place(
        Kind.ENTRY, FEED, "一 b"
    )


def test_the_addresses_are_these() -> None:
    made = Place(Kind.ROOT, FEED)

    assert [made.at(kind, "u").href for kind in Kind] == [
        "/dav/",
        "/dav/F7/",
        "/dav/F7/calendars/",
        "/dav/F7/calendars/tanxin/",
        "/dav/F7/calendars/tanxin/u.ics",
    ]


@pytest.mark.parametrize(
    "address", ["", "/", "/feeds/x.ics", "/dav/F8/", "/dav/F7/calendars/tanxin/x", "http://[", "dav/F7/"]
)
def test_other_addresses_lead_nowhere(address: str) -> None:
    assert place_of(address, FEED) is None


def test_a_slash_at_the_end_may_be_left_out() -> None:
    assert place("F7/calendars/tanxin", FEED) == place("F7/calendars/tanxin/", FEED) == Place(Kind.CALENDAR, FEED)
