"""Addresses: written and read back, with the name of the server or without."""

import pytest

from scheduler.core.ground.ids import FeedId
from scheduler.dav.resources import Resource, ResourceKind, resource, resource_of

FEED = FeedId("F7")


@pytest.mark.parametrize("kind", ResourceKind)
def test_an_address_leads_to_what_it_is_of(kind: ResourceKind) -> None:
    made = Resource(kind, FEED, "ab c/%" if kind is ResourceKind.ENTRY else "")

    assert resource_of(made.href, FEED) == (None if kind is ResourceKind.ENTRY else made)
    assert resource_of(f"https://tanxin.example.org{made.at(ResourceKind.ENTRY, '一 b').href}", FEED) == Resource(
        ResourceKind.ENTRY, FEED, "一 b"
    )


def test_the_addresses_are_these() -> None:
    made = Resource(ResourceKind.ROOT, FEED)

    assert [made.at(kind, "u").href for kind in ResourceKind] == [
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
    assert resource_of(address, FEED) is None


def test_a_slash_at_the_end_may_be_left_out() -> None:
    assert (
        resource("F7/calendars/tanxin", FEED)
        == resource("F7/calendars/tanxin/", FEED)
        == Resource(ResourceKind.CALENDAR, FEED)
    )
