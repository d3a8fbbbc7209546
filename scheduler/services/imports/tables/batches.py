"""Training in batches, and who is in which."""

from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import campaign_of, contact_named
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.people import Read, lines


def batches(table: Table, directory: Directory) -> Read:
    """Each batch with its days and its cap."""
    for line in lines(table, directory):
        name, first = line.text("name", required=True), line.day("start", required=True)
        key = line.id("batch") or directory.batches.get((name, first)) or directory.new_id("B")
        last = line.day("end") or first
        if first and last and last < first:
            line.wrong("end", "end_before_start")
        fields: dict[str, object] = {"name": name, "first": first, "last": last}
        if line.has("place"):
            fields["place"] = line.text("place")
        if line.has("cap"):
            fields["cap"] = line.number("cap")
        fields["campaign"] = campaign_of(line, first)
        yield from line.fact(Subject.BATCH, key, fields)


def people(table: Table, directory: Directory) -> Read:
    """Who is in which batch, from which body outside."""
    for line in lines(table, directory):
        key, contact, name = line.id("batch"), contact_named(line, "contact"), line.name("name")
        if not key:
            line.wrong("batch", "missing")
        fields: dict[str, object] = {"batch": key, "contact": contact, "name": name}
        if line.has("post"):
            fields["post"] = line.text("post")
        yield from line.fact(Subject.BATCH_PERSON, f"{key}/{contact}/{name}", fields)
