"""Which addresses may be asked: of pages as people write them, and of machines as they are dialled."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from scheduler.outside.errors import Unfetchable

PORTS = {"http": 80, "https": 443}
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
MAX_LENGTH = 2_000
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_DENIED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""Beside what Python calls not global: its list grows with its versions, and ours must not shrink with an old one."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class FetchTarget:
    """What is to be asked of which machine."""

    scheme: str
    host: str
    """In lower case, without a dot at the end; an IPv6 address without brackets."""
    port: int
    path: str
    """With its query, as it goes over the line."""
    is_allowed: bool = False
    """Whether the operator lets this host be asked, wherever it is."""

    @property
    def netloc(self) -> str:
        """Host and port, as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(address: str, allowed: Collection[str] = ()) -> FetchTarget:
    """An address in its checked parts; `allowed` lists hosts of the operator, each with a port or without. Raises Unfetchable."""
    address = address.strip()
    if len(address) > MAX_LENGTH or "\\" in address or any(ord(sign) <= 32 or ord(sign) == 127 for sign in address):
        raise Unfetchable("not_an_address")
    parts, port = _split(address)
    scheme = _SCHEMES.get(parts.scheme.lower(), "")
    if not scheme or not parts.netloc or "@" in parts.netloc or "%" in parts.netloc:
        raise Unfetchable("not_an_address")
    host = _host(parts.hostname or "")
    port = PORTS[scheme] if port is None else port
    is_listed = f"{host}:{port}" in allowed or f"[{host}]:{port}" in allowed
    if port not in PORTS.values() and not is_listed:
        raise Unfetchable("port")
    return FetchTarget(scheme, host, port, _path(parts), is_listed or (host in allowed and port in PORTS.values()))


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError:
        raise Unfetchable("not_an_address") from None


def _host(written: str) -> str:
    """A host as it is looked up. Numbers written in any way but the usual four are refused: resolvers read them differently."""
    if ":" in written:
        return _ip(written)
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise Unfetchable("not_an_address") from None
    if not _HOST.fullmatch(host):
        raise Unfetchable("not_an_address")
    return _ip(host) if _NUMBER.fullmatch(host.rpartition(".")[2]) else host


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise Unfetchable("not_an_address") from None


def _path(parts: SplitResult) -> str:
    """The path and query in ASCII."""
    written = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "".join(sign if sign.isascii() else _quoted(sign) for sign in written)


def _quoted(sign: str) -> str:
    return "".join(f"%{octet:02X}" for octet in sign.encode("utf-8", "replace"))


def is_public(text: str) -> bool:
    """Whether an address of a machine belongs to the public network, also as an IPv4 address within an IPv6 one."""
    try:
        address: IPAddress = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)))
    is_denied = any(address in network for network in _DENIED if network.version == address.version)
    return address.is_global and not address.is_multicast and not is_denied
