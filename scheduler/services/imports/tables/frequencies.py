"""How often a kind of meeting is to be held, and who has to be invited."""

from scheduler.core.campaigns.windows import Per
from scheduler.core.ground import audiences, grades
from scheduler.core.ground.bookings import Kind
from scheduler.core.organisation.facts import Subject
from scheduler.core.programme.frequencies import COMMITTEE, MEMBERS, PARTY_GROUP
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine, compact
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


KINDS = {
    **words.KINDS,
    **dict.fromkeys(("会议", "党小组会", "班子会", "例会", "职工代表大会", "职代会", "民主评议党员"), Kind.MEETING),
    **dict.fromkeys(("中心组", "中心组学习", "理论学习中心组", "理论学习中心组集体学习"), Kind.STUDY_SESSION),
    **dict.fromkeys(("支部大会", "党员大会"), Kind.BRANCH_GENERAL_MEETING),
}
"""What a rule counts, besides the words of other tables."""
ATTENDEES = {
    "支部全体党员": MEMBERS,
    "全体党员": MEMBERS,
    "支部委员会": COMMITTEE,
    "支委会": COMMITTEE,
    "党小组": PARTY_GROUP,
    **dict.fromkeys(("支部党员", "党员", "每个支部", "支部"), MEMBERS),
    **dict.fromkeys(("支委", "委员会"), COMMITTEE),
    "每个党小组": PARTY_GROUP,
    **{name: name for name in (MEMBERS, COMMITTEE, PARTY_GROUP, "all_staff", "all_party", "unit_heads", "retired")},
}
"""Who is asked; besides these a group, by its id or its name."""
_NAMED_IN_REFUSALS = 5


def rules(table: Table, directory: Directory) -> Read:
    """Each rule; what a period is and which kind of meeting counts must be known words."""
    for place, line in enumerate(lines(table, directory), start=1):
        first, last = line.day("from"), line.day("until")
        if first and last and last < first:
            line.wrong("until", "end_before_start")
        kind, per = line.word("kind", KINDS), line.word("per", PERIODS)
        least = line.number("min") if line.has("min") else 1
        if least == 0:
            line.wrong("min", "not_a_number")
        fields: dict[str, object] = {
            "name": line.text("name") or line.text("kind"), "kind": kind, "per": per, "min": least or 1,
            "attendees": _attendees(line), "from": first, "until": last,
        }  # fmt: skip
        yield from line.fact(Subject.FREQUENCY_RULE, line.id("id") or f"F{place}", fields)


def _attendees(line: TableLine) -> str:
    """Who is asked, as the rule keeps it; an error that names the customary words if that is nobody."""
    text = compact(line.text("attendees", required=True))
    if (meaning := words.meaning(text, ATTENDEES)) is not None or not text:
        return meaning or text
    selector, groups = grades.selector_of(text), line.directory.groups
    bare = selector.removeprefix(audiences.BRANCH)
    if grades.is_selector(selector) or bare.removeprefix(audiences.COMMITTEE) in groups:
        return bare
    if len(named := list(groups.named(text))) == 1:
        return named[0]
    line.wrong("attendees", "unknown_word", known=(*list(ATTENDEES)[:_NAMED_IN_REFUSALS], *groups))
    return text
