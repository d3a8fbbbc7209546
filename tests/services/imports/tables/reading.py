"""Files read into facts without a database: who is known stands beside the text."""

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, UnitId
from scheduler.core.organisation.facts import Given, RowError
from scheduler.services.imports import reading as import_reading
from scheduler.services.imports.reading import Files, Upload
from scheduler.services.imports.tables.directory import Directory, NamesById
from tests.builders import ZONE


def known(**people: str) -> Directory:
    """Some people (id=name; p01 to p03 if nobody is named), a unit, a room and a study session that are known."""
    found = Directory(
        ZONE,
        units=NamesById({UnitId("D01"): "办公室"}),
        groups=NamesById({GroupId("B1"): "机关党支部"}),
        rooms=NamesById({RoomId("R04"): "谈话室A"}),
        sessions={BookingId("S01"): Kind.STUDY_SESSION, BookingId("E01"): Kind.MEETING},
    )
    for person, name in (people or {"p01": "沈维岳", "p02": "陈国梁", "p03": "文静"}).items():
        found.meet(PersonId(person), name, "D01")
    found.count_on_from([*found.names, "D01", "R04"])
    return found


def files(*texts: str) -> Files:
    """Each text as a file: org.yaml when it looks like YAML, else csv."""
    names = ["org.yaml" if ":" in t.partition("\n")[0] else f"table{n}.csv" for n, t in enumerate(texts, start=1)]
    return import_reading.open_files([Upload(name, t.encode()) for name, t in zip(names, texts, strict=True)])


def read(*texts: str, who: Directory | None = None) -> tuple[list[Given], list[RowError]]:
    """The facts in some files, and what is wrong with them."""
    return import_reading.read(files(*texts), who or known())


def asked_of(*texts: str, who: Directory | None = None) -> dict[str, tuple[str, ...]]:
    """What is asked about some files, and what can be answered; there must be no errors."""
    directory = who or known()
    assert read(*texts, who=directory)[1] == []
    return {question.id: question.choices for question in directory.desk.questions.values()}


def facts(*texts: str, who: Directory | None = None) -> dict[str, dict[str, object]]:
    """The facts by key; there must be no errors."""
    given, errors = read(*texts, who=who)
    assert errors == []
    return {fact.key: dict(fact.fields) for fact in given}


def wrong(*texts: str, who: Directory | None = None) -> list[tuple[int | None, str, str]]:
    """Row, field and kind of each error."""
    return [(e.row, e.field, e.kind) for e in read(*texts, who=who)[1]]
