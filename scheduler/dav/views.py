"""What a calendar program asks for: which methods there are, and what each is told. Nothing is changed here."""

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
from scheduler.dav.places import ROOT, Kind, Place, place
from scheduler.dav.properties import CONTENT_TYPE, Subject
from scheduler.dav.visits import Visit

LARGEST = 1_000_000
"""Bytes of a request: the names of all entries of a full calendar take a tenth."""
CHANGING = ("PUT", "DELETE", "POST", "PATCH", "MKCALENDAR", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "ACL")
METHODS = ("OPTIONS", "GET", "PROPFIND", "REPORT", "PROPPATCH", *CHANGING)


@dav.route("/.well-known/caldav", methods=METHODS, provide_automatic_options=False)
@edge.by_password
def well_known() -> ResponseReturnValue:
    """Where the calendars are, for programs that know the name of the server alone (RFC 6764)."""
    return redirect(ROOT, 301)


@dav.route(ROOT, defaults={"path": ""}, methods=METHODS, provide_automatic_options=False)
@dav.route(f"{ROOT}<path:path>", methods=METHODS, provide_automatic_options=False)
@edge.by_password
def account(path: str) -> ResponseReturnValue:
    """An address of the account that the password opens."""
    if request.method == "OPTIONS":
        return Response(status=200, headers=answers.HEADERS | {"Allow": answers.ALLOWED})
    visit = visits.begin()
    found = place(path, visit.feed.id)
    if request.method in CHANGING:
        raise _read_only(request.path)
    if found is None or (found.kind is Kind.ENTRY and found.uid not in visit.held.entries):
        raise NotFound
    return _VIEWS[request.method](visit, found)


def _read_only(path: str) -> Denied:
    """That nothing can be changed here."""
    privilege = elements.element("D:privilege", elements.element("D:write"))
    return Denied("D:need-privileges", elements.element("D:resource", href(path), privilege))


def _get(visit: Visit, at: Place) -> Response:
    """An entry as a calendar of its own, or all of them as the feed has them; 304 if the program has it."""
    if at.kind is Kind.ENTRY:
        tag, data = visit.held.entries[at.uid].tag, visit.held.entries[at.uid].data
    elif at.kind is Kind.CALENDAR:
        data, tag = visit.held.data, f"v{visit.feed.revision}"
        if request.method == "GET":
            visit.note()
    else:
        raise MethodNotAllowed(valid_methods=["OPTIONS", "PROPFIND"])
    headers = answers.HEADERS | {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if not is_resource_modified(request.environ, etag=tag):
        return Response(status=304, headers=headers)
    return Response(data, headers=headers, content_type=CONTENT_TYPE)


def _propfind(visit: Visit, at: Place) -> Response:
    """What an address says of itself; and at depth 1, what stands below it."""
    wanted = properties.asked(_document())
    depth = "0" if at.kind is Kind.ENTRY else request.headers.get("Depth", "infinity").strip().lower()
    if depth not in ("0", "1"):
        raise Denied("D:propfind-finite-depth") if depth == "infinity" else BadRequest()
    below = _below(visit, at) if depth == "1" else []  # first, so that the calendar's revision is that of its entries
    told = [properties.response(one, wanted) for one in (_subject(visit, at), *below)]
    if at.kind is Kind.CALENDAR:
        visit.note_look()
    return answers.multistatus(told)


def _subject(visit: Visit, at: Place) -> Subject:
    """An address with the entry that is there."""
    return Subject(visit, at, visit.held.entries[at.uid] if at.kind is Kind.ENTRY else None)


def _below(visit: Visit, at: Place) -> list[Subject]:
    """What stands right below an address."""
    if at.kind is Kind.CALENDAR:
        return [_subject(visit, at.at(Kind.ENTRY, uid)) for uid in visit.held.entries]
    next_kind = {Kind.ROOT: Kind.PRINCIPAL, Kind.PRINCIPAL: Kind.HOME, Kind.HOME: Kind.CALENDAR}
    return [_subject(visit, at.at(next_kind[at.kind]))] if at.kind in next_kind else []


def _proppatch(_: Visit, at: Place) -> Response:
    """Nothing is set: 403 for each property that was to be."""
    root = _document()
    if root is None:
        raise BadRequest
    wanted = answers.names(one.tag for prop in root.iter(name("D:prop")) for one in prop)
    return answers.multistatus([answers.with_properties(at.href, [(answers.FORBIDDEN, wanted)])])


def _report(visit: Visit, at: Place) -> Response:
    """What a report tells."""
    root = _document()
    if root is None:
        raise BadRequest
    return reports.report(visit, at, root)


def _document() -> Element | None:
    """The document of the request; None if it has none."""
    request.max_content_length = LARGEST
    data = request.get_data(cache=False)
    return elements.read(data) if data.strip() else None


_VIEWS: dict[str, Callable[[Visit, Place], Response]] = {
    "GET": _get,
    "HEAD": _get,
    "PROPFIND": _propfind,
    "REPORT": _report,
    "PROPPATCH": _proppatch,
}
