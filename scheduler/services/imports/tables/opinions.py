"""Who is asked for an opinion in writing, and how many came from where on what."""

from collections import Counter

from scheduler.core.organisation.facts import Subject
from scheduler.core.programme.opinions import OpinionSource
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import booking_named, campaign_of, contact_named
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.people import Read, lines

SOURCES = {
    "": "",
    "书面征求": OpinionSource.WRITTEN,
    "座谈会": OpinionSource.SYMPOSIUM,
    "走访": OpinionSource.VISIT,
    "实体意见箱": OpinionSource.BOX_PHYSICAL,
    "意见箱": OpinionSource.BOX_PHYSICAL,
    "网络意见箱": OpinionSource.BOX_NETWORK,
    **{source.value: source for source in OpinionSource},
}


def requests(table: Table, directory: Directory) -> Read:
    """Each body that is asked; one without an id is known by whom it asks and when."""
    for line in lines(table, directory):
        contact, sent = contact_named(line, "contact"), line.day("asked", required=True)
        fields: dict[str, object] = {"contact": contact, "sent_on": sent}
        for column, field in (("due", "due"), ("received", "received_on"), ("waived", "waived_on")):
            if line.has(column):
                fields[field] = day = line.day(column)
                if day and sent and day < sent:
                    line.wrong(column, "before_asking", day=sent)
        fields["campaign"] = campaign_of(line, sent)
        key = line.id("id") or directory.opinions.get((contact, sent)) or directory.new_id("O")
        yield from line.fact(Subject.OPINION, key, fields)


def tally(table: Table, directory: Directory) -> Read:
    """The numbers by source and area; a row may leave one of the two empty."""
    turns: Counter[str] = Counter()
    for line in lines(table, directory):
        source, area = line.word("source", SOURCES), line.text("area")
        if not source and not area and not line.errors:
            line.wrong("area", "missing")
        booking, day, items = booking_named(line, "booking"), line.day("date", required=True), line.number("items")
        if items is None and not any(error.field == "items" for error in line.errors):
            line.wrong("items", "missing")
        key = f"{source or ''}/{booking or ''}/{day}/{area}"
        fields: dict[str, object] = {
            "source": str(source or ""), "booking": booking or "", "day": day, "area": area, "turn": turns[key],
            "items": items, "campaign": campaign_of(line, day),
        }  # fmt: skip
        yield from line.fact(Subject.OPINION_TALLY, f"{key}/{turns[key]}", fields)
        turns[key] += 1
