"""Words that only some may know, looked for in every answer that the others get; what is packed is unpacked first."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.rules import sets as rule_sets
from scheduler.store import load, save, writing
from scheduler.store.organisation.rows import AbsenceRow
from tests.small_organisation import CLOCK, later
from tests.visitors import a_script
from tests.web.test_policy import routes

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TITLE, REMARK, POINT, REASON = "canary-title-5e1b", "canary-remark-77d0", "canary-point-c3c9", "canary-reason-08af"
RULES = "id: all\nrules:\n- {id: R1, pairing: each_each, a: {where: {id: [p01]}}, b: {where: {id: [p02, p03]}}}\n"
THERE = {
    "booking_id": ("E01", "T001", "T002"), "person_id": ("p02", "p03"), "room_id": ("R04",), "group_id": ("B1", "leadership_team"),
    "session_id": ("E01",), "rule_set": ("all",), "name": ("p02",), "unit_id": ("D01",), "key": ("matrix", "report", "ledger", "week"),
}  # fmt: skip


@pytest.fixture
def planted(organisation: Session) -> Session:
    """A meeting of p02 and p03 alone with words of its own, and why p02 is away."""
    writing.begin(organisation)
    meeting = load.booking(organisation, BookingId("E01"))
    only = tuple(p for p in meeting.participants if p.person in ("p02", "p03"))
    save.booking(
        organisation,
        replace(meeting, title=TITLE, remark=REMARK, agenda=(AgendaItem(POINT),), participants=only, audience=()),
        later(3),
    )
    day = meeting.span.start.date()
    organisation.add(AbsenceRow(person_id=PersonId("p02"), first=day, last=day, reason=REASON))
    organisation.commit()
    rule_sets.apply_document(organisation, OPERATOR, RULES, None, None, CLOCK)
    return organisation


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is inside of them, however often it was packed."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from unpacked(packed.read(name))


def paths(app: Flask) -> Iterator[str]:
    """Every address that can be looked at, with what is there filled in."""
    for method, rule, _ in sorted(routes(app)):
        if method != "GET" or "static" in rule:
            continue
        filled = [""]
        for piece in rule.replace("<int:year>", "2014").replace("<int:number>", "1").split("<"):
            part, closed, rest = piece.partition(">")
            values = THERE.get(part.rpartition(":")[2], ("1",)) if closed else ("",)
            filled = [f"{before}{value}{rest if closed else part}" for before in filled for value in values]
        yield from filled


def test_nothing_private_is_in_any_answer_to_others(
    app: Flask, planted: Session, record_property: Callable[[str, object], None]
) -> None:
    others = {name: a_script(app, planted, name, role) for name, role in (("p27", None), ("admin", Role.ADMIN))}
    addresses, leaks, seen = list(paths(app)), [], 0

    for who, visitor in others.items():
        for address in addresses:
            answer = visitor.get(address)
            assert answer.status_code < 500, (who, address)
            seen += 1
            for piece in unpacked(answer.get_data()):
                leaks += [(who, address, word) for word in (TITLE, REMARK, POINT, REASON) if word.encode() in piece]

    assert leaks == []
    assert TITLE in a_script(app, planted, "p22").get("/bookings/E01").get_data(as_text=True), "it is there to be found"
    record_property("answers", seen)
