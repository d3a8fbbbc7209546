"""How often a kind of meeting is to be held, and who has to be invited."""

from scheduler.core.campaigns.windows import Per
from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import compact
from scheduler.services.imports.tables.people import Read, lines

PERIODS = {
    "月": Per.MONTH,
    "每月": Per.MONTH,
    "季": Per.QUARTER,
    "季度": Per.QUARTER,
    "每季": Per.QUARTER,
    "每季度": Per.QUARTER,
    "半年": Per.HALF_YEAR,
    "每半年": Per.HALF_YEAR,
    "年": Per.YEAR,
    "每年": Per.YEAR,
    **{per.value: per for per in (Per.MONTH, Per.QUARTER, Per.HALF_YEAR, Per.YEAR)},
}


def rules(table: Table, directory: Directory) -> Read:
    """Each rule; what a period is and which kind of meeting counts must be known words."""
    for place, line in enumerate(lines(table, directory), start=1):
        first, last = line.day("from"), line.day("until")
        if first and last and last < first:
            line.wrong("until", "end_before_start")
        kind, per = line.word("kind", words.KINDS), line.word("per", PERIODS)
        least = line.number("min") if line.has("min") else 1
        if least == 0:
            line.wrong("min", "not_a_number")
        fields: dict[str, object] = {
            "name": line.text("name") or line.text("kind"), "kind": kind, "per": per, "min": least or 1,
            "attendees": compact(line.text("attendees", required=True)), "from": first, "until": last,
        }  # fmt: skip
        yield from line.fact(Subject.FREQUENCY_RULE, line.id("id") or f"F{place}", fields)
