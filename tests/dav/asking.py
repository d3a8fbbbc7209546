"""A phone's calendar account in tests: what it asks, and what it is told."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NAMESPACES = {
    "D": "DAV:",
    "C": "urn:ietf:params:xml:ns:caldav",
    "S": "http://calendarserver.org/ns/",
    "A": "http://apple.com/ns/ical/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items())


def basic(user: str, password: str) -> str:
    """What a device shows."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode("utf-8", "surrogatepass")).decode()


@dataclass(frozen=True)
class Phone:
    """A device with a name and a password."""

    client: FlaskClient
    feed: str
    user: str
    password: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def calendar(self) -> str:
        return f"/dav/{self.feed}/calendars/tanxin/"

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> TestResponse:
        given = {"Authorization": basic(self.user, self.password), **self.headers, **headers}
        return self.client.open(path, method=method, data=body, headers=given)

    def propfind(self, path: str, *names: str, depth: str = "0") -> "Told":
        props = "".join(f"<{name}/>" for name in names)
        body = f"<D:propfind {DECLARED}><D:prop>{props}</D:prop></D:propfind>" if names else ""
        return Told.of(self.ask("PROPFIND", path, body, Depth=depth))

    def report(self, kind: str, inner: str, *, props: str = "<D:getetag/>") -> "Told":
        return Told.of(self.raw_report(kind, inner, props=props))

    def raw_report(self, kind: str, inner: str, *, props: str = "<D:getetag/>", path: str = "") -> TestResponse:
        body = f"<{kind} {DECLARED}><D:prop>{props}</D:prop>{inner}</{kind}>"
        return self.ask("REPORT", path or self.calendar, body, Depth="1")

    def sync(self, token: str = "", props: str = "<D:getetag/>") -> "Told":
        inner = f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
        return self.report("D:sync-collection", inner, props=props)


@dataclass(frozen=True)
class Told:
    """A multistatus, by address."""

    properties: dict[str, dict[str, ElementTree.Element]]
    """Those found."""
    missing: dict[str, list[str]]
    """The names of those that are not there, or may not be set."""
    statuses: dict[str, str]
    """Of addresses that have no properties."""
    token: str

    @classmethod
    def of(cls, answer: TestResponse) -> "Told":
        assert answer.status_code == 207, answer.text
        assert answer.content_type == "application/xml; charset=utf-8"
        root = ElementTree.fromstring(answer.data)
        properties, missing, statuses = {}, {}, {}
        for response in root.findall("D:response", NAMESPACES):
            href = response.findtext("D:href", "", NAMESPACES)
            if status := response.findtext("D:status", "", NAMESPACES):
                statuses[href] = status
                continue
            properties[href], missing[href] = {}, []
            for stat in response.findall("D:propstat", NAMESPACES):
                found = {one.tag.partition("}")[2] or one.tag: one for one in stat.find("D:prop", NAMESPACES) or ()}
                if stat.findtext("D:status", "", NAMESPACES) == "HTTP/1.1 200 OK":
                    properties[href] |= found
                else:
                    missing[href] += found
        return cls(properties, missing, statuses, root.findtext("D:sync-token", "", NAMESPACES))

    def text(self, href: str, name: str) -> str:
        """All words of a property."""
        return "".join(self.properties[href][name].itertext())

    def inner(self, href: str, name: str) -> list[str]:
        """The names of the elements in a property."""
        return [one.tag.partition("}")[2] for one in self.properties[href][name].iter()][1:]


def condition(answer: TestResponse) -> str:
    """Which condition was not met."""
    assert answer.status_code == 403, answer.text
    (found,) = ElementTree.fromstring(answer.data)
    return found.tag.partition("}")[2]
