"""REPORT: the entries that meet a question, those of given names, or what changed since a device last looked."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from flask import Response

from scheduler import edge
from scheduler.core.ground.errors import Outdated
from scheduler.dav import answers, filters, properties
from scheduler.dav.answers import Denied
from scheduler.dav.elements import name
from scheduler.dav.properties import PropertyRequest, RequestedResource
from scheduler.dav.resources import Resource, ResourceKind, resource_of
from scheduler.dav.visits import Visit
from scheduler.services.feeds import devices

_TOKEN = re.compile(r"urn:x-tanxin:sync:([^:]+):(\d{1,9})-([0-9a-f]{1,12})")


def report(visit: Visit, resource: Resource, root: Element) -> Response:
    """What a report tells; raises Denied for one that there is not, or not here."""
    made = _REPORTS.get(root.tag)
    if made is None or resource.kind is not ResourceKind.CALENDAR:
        raise Denied("D:supported-report")
    return made(visit, resource, root)


def _query(visit: Visit, resource: Resource, root: Element) -> Response:
    """The entries that meet a question."""
    meets, requested = filters.test(root), properties.requested(root)
    uids = [uid for uid, entry in visit.held.entries.items() if meets(entry)]
    return _multistatus(visit, _entries(visit, resource, requested, uids), is_whole=requested.wants_data or not uids)


def _multiget(visit: Visit, resource: Resource, root: Element) -> Response:
    """The entries of given addresses; 404 for what is not there."""
    requested = properties.requested(root)
    addresses = [element.text or "" for element in root.findall(name("D:href"))]

    def responses() -> Iterator[str]:
        for address in addresses:
            at = resource_of(address, visit.feed.id)
            if at and at.kind is ResourceKind.ENTRY and at.uid in visit.held.entries:
                yield from _entries(visit, resource, requested, [at.uid])
            else:
                yield answers.with_status(address.strip(), answers.NOT_FOUND)

    return _multistatus(visit, responses(), is_whole=requested.wants_data)


def _sync(visit: Visit, resource: Resource, root: Element) -> Response:
    """What changed since a token, and a new one; without a token, all that there is."""
    requested, held = properties.requested(root), visit.held
    token = (root.findtext(name("D:sync-token")) or "").strip()
    changed = _changed(visit, token) if token else list(held.entries)
    most = (root.findtext(f"{name('D:limit')}/{name('D:nresults')}") or "").strip()
    if root.find(name("D:limit")) is not None and not (most.isdecimal() and len(changed) <= int(most[:9])):
        raise Denied("D:number-of-matches-within-limits")
    there = [uid for uid in changed if uid in held.entries]
    gone = [resource.at(ResourceKind.ENTRY, uid).href for uid in changed if uid not in held.entries]
    responses = [
        *_entries(visit, resource, requested, there),
        *(answers.with_status(at, answers.NOT_FOUND) for at in gone),
    ]
    is_whole = requested.wants_data or not there
    return _multistatus(visit, responses, is_whole=is_whole, token=properties.sync_token(visit))


def _changed(visit: Visit, token: str) -> list[str]:
    """The names of the entries that changed since a token; Denied if it is none of this calendar's, or too old."""
    match = _TOKEN.fullmatch(token)
    if match is None or match[1] != visit.feed.id:
        raise Denied("D:valid-sync-token")
    try:
        return devices.changed_since(edge.session(), visit.held, int(match[2]), int(match[3], 16))
    except Outdated:
        raise Denied("D:valid-sync-token") from None


def _entries(visit: Visit, resource: Resource, requested: PropertyRequest, uids: Iterable[str]) -> Iterator[str]:
    """What each of these entries says of what is wanted."""
    for uid in uids:
        yield properties.response(
            RequestedResource(visit, resource.at(ResourceKind.ENTRY, uid), visit.held.entries[uid]), requested
        )


def _multistatus(visit: Visit, responses: Iterable[str], *, is_whole: bool, token: str = "") -> Response:
    """The answer; `is_whole`: with it the device has the latest revision, and that is noted."""
    answer = answers.multistatus(responses, token)
    if is_whole:
        visit.note()
    return answer


_REPORTS = {
    name("C:calendar-query"): _query,
    name("C:calendar-multiget"): _multiget,
    name("D:sync-collection"): _sync,
}
