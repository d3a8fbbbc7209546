"""What can be asked of each address, and what it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from scheduler import edge
from scheduler.dav import answers
from scheduler.dav.elements import element, href, name, named, words
from scheduler.dav.resources import Resource, ResourceKind
from scheduler.dav.visits import Visit
from scheduler.services.feeds import devices
from scheduler.services.feeds.device_entries import DeviceEntry

COLOR = "#B22222FF"
"""As feeds have it, `firebrick`, in the words of Apple."""
CONTENT_TYPE = "text/calendar; charset=utf-8"
DATA = name("C:calendar-data")
REPORTS = ("C:calendar-query", "C:calendar-multiget", "D:sync-collection")


@dataclass(frozen=True, slots=True)
class PropertyRequest:
    """The properties that a request wants: these; None: all that are usual."""

    names: tuple[str, ...] | None = None
    only_names: bool = False

    @property
    def wants_data(self) -> bool:
        """Whether the entries themselves are wanted."""
        return DATA in (self.names or ())


def requested(root: Element | None) -> PropertyRequest:
    """What the document of a request wants."""
    listed = root.find(name("D:prop")) if root is not None else None
    if listed is not None:
        return PropertyRequest(tuple(dict.fromkeys(child.tag for child in listed)))
    return PropertyRequest(only_names=root is not None and root.find(name("D:propname")) is not None)


@dataclass(frozen=True, slots=True)
class RequestedResource:
    """What is asked: an address, and the entry that is there."""

    visit: Visit
    resource: Resource
    entry: DeviceEntry | None = None


def response(of: RequestedResource, requested: PropertyRequest) -> str:
    """What an address says of what is wanted: found, or not there."""
    tells, href_of_it = _KNOWN[of.resource.kind], of.resource.href
    if requested.only_names:
        return answers.with_properties(href_of_it, [(answers.OK, answers.names(tells))])
    names = [full for full in tells if full in _USUAL] if requested.names is None else requested.names
    stated = [named(full, tells[full](of)) for full in names if full in tells]
    missing = answers.names(full for full in names if full not in tells)
    return answers.with_properties(href_of_it, [(answers.OK, stated), (answers.NOT_FOUND, missing)])


def sync_token(visit: Visit) -> str:
    """The name of a revision, to ask with what changed since."""
    return f"urn:x-tanxin:sync:{visit.feed.id}:{visit.revision_name}"


# ── What each says ───────────────────────────────────────────────────────────────────────────────────────────────────
Tell = Callable[[RequestedResource], str]
"""What stands in a property, as XML."""


def _words(tell: Callable[[Visit], str]) -> Tell:
    """A text."""
    return lambda of: words(tell(of.visit))


def _address(kind: ResourceKind) -> Tell:
    """Another address of the same account."""
    return lambda of: href(of.resource.at(kind).href)


def _always(*inner: str) -> Tell:
    """The same for everybody."""
    return lambda _: "".join(inner)


def _of_entry(tell: Callable[[DeviceEntry], str]) -> Tell:
    """A text of the entry that is there."""
    return lambda of: words(tell(of.entry)) if of.entry else ""


def _in_full(tells: dict[str, Tell]) -> dict[str, Tell]:
    """The same by full names."""
    return {name(short): tell for short, tell in tells.items()}


_COMMON = {
    "D:resourcetype": _always(element("D:collection")),
    "D:displayname": _words(lambda visit: visit.names[0]),
    "D:current-user-principal": _address(ResourceKind.PRINCIPAL),
    "D:principal-collection-set": _address(ResourceKind.ROOT),
    "D:owner": _address(ResourceKind.PRINCIPAL),
    "D:current-user-privilege-set": _always(
        element("D:privilege", element("D:read")),
        element("D:privilege", element("D:read-current-user-privilege-set")),
    ),
    "D:supported-report-set": _always(),
}
_PRINCIPAL = {
    "D:resourcetype": _always(element("D:collection"), element("D:principal")),
    "D:principal-URL": _address(ResourceKind.PRINCIPAL),
    "C:calendar-home-set": _address(ResourceKind.HOME),
    "C:calendar-user-address-set": _address(ResourceKind.PRINCIPAL),
}
_CALENDAR = {
    "D:resourcetype": _always(element("D:collection"), element("C:calendar")),
    "D:displayname": _words(lambda visit: visit.names[1]),
    "D:supported-report-set": _always(
        *(element("D:supported-report", element("D:report", element(report))) for report in REPORTS)
    ),
    "D:sync-token": _words(sync_token),
    "S:getctag": _words(lambda visit: f"{visit.feed.id}-{visit.revision_name}"),
    "C:supported-calendar-component-set": _always('<C:comp name="VEVENT"/>'),
    "C:supported-calendar-data": _always('<C:calendar-data content-type="text/calendar" version="2.0"/>'),
    "C:calendar-timezone": _words(lambda _: devices.zone_text(edge.session())),
    "A:calendar-color": _always(COLOR),
}
_ENTRY = {
    "D:resourcetype": _always(),
    "D:getetag": _of_entry(lambda entry: f'"{entry.tag}"'),
    "D:getcontenttype": _always(CONTENT_TYPE),
    "D:getcontentlength": _of_entry(lambda entry: str(len(entry.data))),
    "C:calendar-data": _of_entry(lambda entry: entry.data.decode()),
}
_BY_KIND = {
    ResourceKind.ROOT: {},
    ResourceKind.PRINCIPAL: _PRINCIPAL,
    ResourceKind.HOME: {},
    ResourceKind.CALENDAR: _CALENDAR,
    ResourceKind.ENTRY: _ENTRY,
}
_KNOWN = {kind: _in_full(_COMMON | own) for kind, own in _BY_KIND.items()}
_USUAL = {
    name(f"D:{short}") for short in ("resourcetype", "displayname", "getetag", "getcontenttype", "getcontentlength")
}
"""What WebDAV itself defines; the rest is told to those who ask for it by name."""
