"""Which body outside is whose contact point (联系点), and since when."""

from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import contact_named
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.people import Read, lines


def points(table: Table, directory: Directory) -> Read:
    """Each contact point with its days."""
    for line in lines(table, directory):
        person, contact = line.person("person"), contact_named(line, "contact")
        if person is None and not any(error.field == "person" for error in line.errors):
            line.wrong("person", "missing")
        first, last = line.day("valid_from"), line.day("valid_to")
        if first and last and last < first:
            line.wrong("valid_to", "end_before_start")
        fields: dict[str, object] = {"person": person, "contact": contact, "from": first, "until": last}
        yield from line.fact(Subject.OUTSIDE_POINT, f"{person}/{contact}", fields)
