"""Which addresses may be asked at all."""

import pytest

from scheduler.outside.addresses import FetchTarget, is_public, target
from scheduler.outside.errors import Unfetchable


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://cal.example.org/a.ics?x=1#y", FetchTarget("https", "cal.example.org", 443, "/a.ics?x=1")),
        ("webcal://cal.example.org", FetchTarget("https", "cal.example.org", 443, "/")),
        ("WEBCALS://cal.example.org/", FetchTarget("https", "cal.example.org", 443, "/")),
        (" http://CAL.example.org.:80/日历 ", FetchTarget("http", "cal.example.org", 80, "/%E6%97%A5%E5%8E%86")),
        ("https://日历.example.org/", FetchTarget("https", "xn--mlu76l.example.org", 443, "/")),
        ("https://[2606:4700::1111]/", FetchTarget("https", "2606:4700::1111", 443, "/")),
        ("http://8.8.8.8:443/", FetchTarget("http", "8.8.8.8", 443, "/")),
    ],
)
def test_an_address_has_parts(address: str, expected: FetchTarget) -> None:
    found = target(address)
    assert (found.scheme, found.port, found.path) == (expected.scheme, expected.port, expected.path)
    assert found.host.startswith("xn--") if expected.host.startswith("xn--") else found.host == expected.host


@pytest.mark.parametrize(
    "address",
    [
        "", "cal.example.org", "//cal.example.org", "ftp://cal.example.org", "file:///etc/passwd", "gopher://a/", "javascript:1",
        "https://", "https:///path", "https://user@cal.example.org/", "https://user:word@cal.example.org/", "https://a%40b/",
        "https://cal.example.org\\@127.0.0.1/", "https://cal.example.org/a b", "https://cal.example.org/\r\nX: y",
        "https://cal.example.org:0/", "https://cal.example.org:8080/", "https://cal.example.org:22/", "https://a:99999/", "https://a:b/",
        "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[::1/", "https://[zz]/", "https://2130706433/",
        "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/", "https://1.2.3.4.5/", "https://256.1.1.1/",
        "https://-a.org/", "https://a..b/", "https://.a/", f"https://{'a' * 64}.org/", "https://" + "a" * 2_000, "https://a_\u2028b/",
        "https://1.2.3.08/", "https://exa$mple.org/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Unfetchable):
        target(address)


def test_hosts_that_the_operator_lists_may_have_other_ports() -> None:
    assert target("http://cal.intranet:8080/", ("cal.intranet:8080",)).is_allowed
    assert target("http://[fd00::7]:8080/", ("[fd00::7]:8080",)).is_allowed
    assert target("http://cal.intranet/", ("cal.intranet",)).is_allowed
    assert not target("http://cal.intranet/", ("cal.intranet:8080",)).is_allowed
    assert not target("http://cal.intranet.example.org/", ("cal.intranet",)).is_allowed
    with pytest.raises(Unfetchable):
        target("http://cal.intranet:8080/", ("cal.intranet",))


def test_the_header_names_the_port_only_where_it_is_unusual() -> None:
    assert target("http://cal.intranet:8080/", ("cal.intranet:8080",)).netloc == "cal.intranet:8080"
    assert target("https://[2606:4700::1111]/").netloc == "[2606:4700::1111]"


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "114.114.114.114",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2001:4860:4860::8888",
    ],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.9", "192.0.0.170", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::",
    "2001:db8::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "2606:4700::1111%eth0", "x", "",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(address)
