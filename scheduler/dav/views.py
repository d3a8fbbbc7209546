"""What a calendar program asks for: which methods there are, and what each is responses. Nothing is changed here."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound
from werkzeug.http import is_resource_modified

from scheduler import edge
from scheduler.dav import answers, dav, elements, properties, reports, visits
from scheduler.dav.answers import Denied
from scheduler.dav.elements import href, name
from scheduler.dav.properties import CONTENT_TYPE, RequestedResource
from scheduler.dav.resources import ROOT, Resource, ResourceKind, resource
from scheduler.dav.visits import Visit

MAX_REQUEST_BYTES = 1_000_000
"""Bytes of a request: the names of all entries of a full calendar take a tenth."""
CHANGING = ("PUT", "DELETE", "POST", "PATCH", "MKCALENDAR", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "ACL")
METHODS = ("OPTIONS", "GET", "PROPFIND", "REPORT", "PROPPATCH", *CHANGING)


@dav.route("/.well-known/caldav", methods=METHODS, provide_automatic_options=False)
@edge.by_password
def well_known() -> ResponseReturnValue:
    """Where the calendars are, for programs that know the name of the server alone (RFC 6764)."""
    return redirect(ROOT, 301)


@dav.route(ROOT.rstrip("/"), methods=METHODS, provide_automatic_options=False)
@edge.by_password
def without_its_end() -> ResponseReturnValue:
    """The account, by an address without its last stroke; relative, for a proxy may call us by another name."""
    return redirect(ROOT, 308)


@dav.route(ROOT, defaults={"path": ""}, methods=METHODS, provide_automatic_options=False)
@dav.route(f"{ROOT}<path:path>", methods=METHODS, provide_automatic_options=False)
@edge.by_password
def account(path: str) -> ResponseReturnValue:
    """An address of the account that the password opens."""
    if request.method == "OPTIONS":
        return Response(status=200, headers=answers.HEADERS | {"Allow": answers.ALLOWED})
    visit = visits.begin()
    at = resource(path, visit.feed.id)
    if request.method in CHANGING:
        raise _read_only(request.path)
    if at is None or (at.kind is ResourceKind.ENTRY and at.uid not in visit.held.entries):
        raise NotFound
    return _VIEWS[request.method](visit, at)


def _read_only(path: str) -> Denied:
    """That nothing can be changed here."""
    privilege = elements.element("D:privilege", elements.element("D:write"))
    return Denied("D:need-privileges", elements.element("D:resource", href(path), privilege))


def _get(visit: Visit, at: Resource) -> Response:
    """An entry as a calendar of its own, or all of them as the feed has them; 304 if the program has it."""
    if at.kind is ResourceKind.ENTRY:
        tag, data = visit.held.entries[at.uid].tag, visit.held.entries[at.uid].data
    elif at.kind is ResourceKind.CALENDAR:
        data, tag = visit.held.data, f"v{visit.revision_name}"
        if request.method == "GET":
            visit.note()
    else:
        raise MethodNotAllowed(valid_methods=["OPTIONS", "PROPFIND"])
    headers = answers.HEADERS | {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    environ = {
        name: value for name, value in request.environ.items() if name != "HTTP_IF_MATCH"
    }  # no answer to that is a 304
    if not is_resource_modified(environ, etag=tag):
        return Response(status=304, headers=headers)
    return Response(data, headers=headers, content_type=CONTENT_TYPE)


def _propfind(visit: Visit, at: Resource) -> Response:
    """What an address says of itself; and at depth 1, what stands below it."""
    requested = properties.requested(_document())
    depth = "0" if at.kind is ResourceKind.ENTRY else request.headers.get("Depth", "infinity").strip().lower()
    if depth not in ("0", "1"):
        raise Denied("D:propfind-finite-depth") if depth == "infinity" else BadRequest()
    below = _below(visit, at) if depth == "1" else []  # first, so that the calendar's revision is that of its entries
    responses = [properties.response(subject, requested) for subject in (_subject(visit, at), *below)]
    if at.kind is ResourceKind.CALENDAR:
        visit.note_look()
    return answers.multistatus(responses)


def _subject(visit: Visit, at: Resource) -> RequestedResource:
    """An address with the entry that is there."""
    return RequestedResource(visit, at, visit.held.entries[at.uid] if at.kind is ResourceKind.ENTRY else None)


def _below(visit: Visit, at: Resource) -> list[RequestedResource]:
    """What stands right below an address."""
    if at.kind is ResourceKind.CALENDAR:
        return [_subject(visit, at.at(ResourceKind.ENTRY, uid)) for uid in visit.held.entries]
    next_kind = {
        ResourceKind.ROOT: ResourceKind.PRINCIPAL,
        ResourceKind.PRINCIPAL: ResourceKind.HOME,
        ResourceKind.HOME: ResourceKind.CALENDAR,
    }
    return [_subject(visit, at.at(next_kind[at.kind]))] if at.kind in next_kind else []


def _proppatch(_: Visit, at: Resource) -> Response:
    """Nothing is set: 403 for each property that was to be."""
    root = _document()
    if root is None:
        raise BadRequest
    names = answers.names(child.tag for prop in root.iter(name("D:prop")) for child in prop)
    return answers.multistatus([answers.with_properties(at.href, [(answers.FORBIDDEN, names)])])


def _report(visit: Visit, at: Resource) -> Response:
    """What a report tells."""
    root = _document()
    if root is None:
        raise BadRequest
    return reports.report(visit, at, root)


def _document() -> Element | None:
    """The document of the request; None if it has none."""
    request.max_content_length = MAX_REQUEST_BYTES
    data = request.get_data(cache=False)
    return elements.read(data) if data.strip() else None


_VIEWS: dict[str, Callable[[Visit, Resource], Response]] = {
    "GET": _get,
    "HEAD": _get,
    "PROPFIND": _propfind,
    "REPORT": _report,
    "PROPPATCH": _proppatch,
}
