"""org.yaml, continued: the organisation's names and working time, its campaign, and the lists that rules refer to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.core.campaigns.definitions import Phase, WindowEdge
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.ground import vocabulary, written
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.organisation.facts import Given, RowError, Source, Subject
from scheduler.documents.yaml_files import Document, Node
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.organisation import as_list, as_mapping, broken, flat
from scheduler.services.imports.tables.people import Read

PARTS = frozenset({"organisation", "working_time", "activity", "groups", "roles", "units", "rooms", "people"})
_KEYS = {
    "organisation": {"id", "name_zh", "name_en", "timezone", "locale", "vocabulary"},
    "working_time": {"days", "blocks", "lunch", "day_hours"},
    "activity": {
        "id", "name_zh", "name_en", "starts", "ends", "phases", "milestones", "talk_window", "study_days",
        "notice_workdays",
    },
    "activity.talk_window": {"opens", "closes"},
    "activity.phases": {"id", "zh", "name", "en", "start", "end"},
    "groups.branches": {"name", "secretary", "committee", "members"},
}  # fmt: skip
"""What a file may say of each of its parts, as far as somebody reads it or it may stand there."""
_SETTINGS = {
    "report_before_meeting_days": "report_before_days",
    "report_after_meeting_days": "report_after_days",
    "materials_signed_off_by": "signed_off_by",
}
"""What stands among the milestones and is none."""


def unread(document: Document) -> Iterator[str]:
    """The keys of a file that nobody reads, each with the path to it; those of people, units and rooms are told by row."""
    yield from (key for key, node in document.content.items() if key not in PARTS and not is_list_of_lists(node))
    activity = as_mapping(document.content.get("activity", {}))
    parts = [(part, part, as_mapping(document.content.get(part, {}))) for part in ("organisation", "working_time")]
    parts += [("activity", "activity", activity)]
    parts += [("activity.talk_window", "activity.talk_window", as_mapping(activity.get("talk_window", {})))]
    for number, node in enumerate(as_list(activity.get("phases", [])), start=1):
        parts.append(("activity.phases", f"activity.phases[{number}]", as_mapping(node)))
    branches = as_mapping(as_mapping(document.content.get("groups", {})).get("branches", {}))
    parts += [("groups.branches", f"groups.branches.{key}", as_mapping(node)) for key, node in branches.items()]
    for part, where, node in parts:
        yield from (f"{where}.{key}" for key in node if key not in _KEYS[part])


def zone_of(document: Document) -> ZoneInfo | None:
    """The zone that the file says, if it says one that exists."""
    name = flat(as_mapping(document.content.get("organisation", {})).get("timezone", "")) or ""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def organisation(document: Document, directory: Directory) -> Read:
    """What the organisation is called, and where its clocks are."""
    if node := as_mapping(document.content.get("organisation", {})):
        line = _line(document, directory, "organisation", node)
        fields: dict[str, object] = {}
        for key, field in (("name_zh", "name"), ("name_en", "name_en")):
            if line.has(key):
                fields[field] = line.text(key)
        if line.text("timezone"):
            fields["zone"] = line.text("timezone")
            if zone_of(document) is None:
                line.wrong("timezone", "unknown_zone")
        if word := line.text("vocabulary"):
            fields["vocabulary"] = word
            if word not in vocabulary.NAMES:
                line.wrong("vocabulary", "unknown_word", known=vocabulary.NAMES)
        yield from line.fact(Subject.ORGANISATION, "organisation", fields)


def _line(document: Document, directory: Directory, where: str, node: Mapping[str, Node]) -> TableLine:
    """A mapping whose values are texts, ready to be read; those of another shape are empty."""
    return TableLine(Source(document.file), {key: flat(value) or "" for key, value in node.items()}, directory, where)


def working_time(document: Document, directory: Directory) -> Read:
    """The blocks of a day, lunch, and how many hours make a day."""
    node = as_mapping(document.content.get("working_time", {}))
    if not node:
        return
    line = _line(document, directory, "working_time", node)
    fields: dict[str, object] = {}
    if "blocks" in node:
        blocks = [_hours(line, "blocks", block) for block in as_list(node["blocks"])]
        fields["blocks"] = tuple(block for block in blocks if block)
        if not blocks or any(a and b and a[1] > b[0] for a, b in pairwise(blocks)):
            line.wrong("blocks", "not_in_order")
    if "lunch" in node:
        fields["lunch"] = _hours(line, "lunch", node["lunch"]) if node["lunch"] else None
    if "day_hours" in node:
        fields["day_hours"] = _decimal(line, "day_hours", at_most=24)
    yield from line.fact(Subject.WORKING_TIME, "working_time", fields)


def _hours(line: TableLine, column: str, node: Node) -> tuple[str, str] | None:
    """Two times of day, the first before the second, as `HH:MM`."""
    texts = [text for text in node if isinstance(text, str)] if isinstance(node, list) else []
    times = [written.clock(text) for text in texts]
    if len(times) == 2 and times[0] and times[1] and times[0] < times[1]:
        return f"{times[0]:%H:%M}", f"{times[1]:%H:%M}"
    line.wrong(column, "not_a_time_of_day", value=str(node)[:40])
    return None


def _decimal(line: TableLine, column: str, *, at_most: float) -> float | None:
    """A number above 0, with a decimal point if need be."""
    text = line.text(column)
    if re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text) and 0 < float(text) <= at_most:
        return float(text)
    line.wrong(column, "not_a_number")
    return None


def campaign(document: Document, directory: Directory) -> Read:
    """A campaign: dates, phases, milestones, the window for talks, and the lists that rules refer to.

    Which one: see `Directory.campaign`; lists that stand without a campaign are those of the usual one.
    """
    node = as_mapping(document.content.get("activity", {}))
    fields: dict[str, object] = {}
    line = _line(document, directory, "activity", node)
    key = directory.usual_campaign
    if node:
        fields |= _dates(line)
        key = _key(line, fields)
        if "phases" in node:
            fields["phases"] = tuple(_phases(document, line, as_list(node["phases"])))
        if "milestones" in node:
            fields |= _milestones(
                _line(document, directory, "activity.milestones", as_mapping(node["milestones"])), line
            )
        if "talk_window" in node:
            window = as_mapping(node["talk_window"])
            fields |= {edge: _edge(line, edge, window[edge]) for edge in ("opens", "closes") if edge in window}
        if line.has("study_days"):
            fields["study_days"] = _decimal(line, "study_days", at_most=366)
        if line.has("notice_workdays"):
            fields["notice_workdays"] = _notice(line)
    for name, entries in document.content.items():
        if name not in PARTS and is_list_of_lists(entries):
            fields[f"list.{name}"] = tuple(_pairs(document, line, name, as_list(entries)))
    if fields or line.errors:
        yield from line.fact(Subject.CAMPAIGN, key or "", fields)


def _notice(line: TableLine) -> int | None:
    """How many workdays of notice people have of what is arranged; 0: none."""
    text = line.text("notice_workdays")
    if re.fullmatch(r"\d{1,2}", text) and int(text) <= MAX_NOTICE:
        return int(text)
    line.wrong("notice_workdays", "not_a_number")
    return None


def _key(line: TableLine, fields: Mapping[str, object]) -> CampaignId | None:
    """The id of the campaign whose name and days are told; None when something is wrong with it."""
    given = line.id("id")
    name, starts, ends = fields["name"], fields["starts"], fields["ends"]
    if line.errors or not (isinstance(name, str) and isinstance(starts, date) and isinstance(ends, date)):
        return None
    campaign = line.directory.campaign(given, name, starts, ends)
    if campaign.ends < starts or ends < campaign.starts:
        line.wrong(
            "id", "another_campaign", value=given, name=campaign.name, starts=campaign.starts, ends=campaign.ends
        )
    return campaign.id


def meet_campaigns(documents: Sequence[Document], directory: Directory) -> None:
    """Take note of the campaigns that files bring, the organisation's own first, and of the usual one."""
    nodes = [(document, as_mapping(document.content.get("activity", {}))) for document in documents]
    directory.given_campaigns = {flat(node.get("id", "")) or "" for _, node in nodes}
    own_first = sorted(nodes, key=lambda pair: "organisation" not in pair[0].content)
    usual = None
    for document, node in own_first:
        line = _line(document, directory, "activity", node)
        if node and (key := _key(line, _dates(line))):
            usual = usual or key
    directory.usual_campaign = usual or directory.usual_campaign


def is_list_of_lists(node: Node) -> bool:
    """Whether something is a list of pairs such as `extended_talks`."""
    return isinstance(node, list) and bool(node) and all(isinstance(entry, list) for entry in node)


def _dates(line: TableLine) -> dict[str, object]:
    """What the campaign is called, and from when to when it lasts."""
    fields: dict[str, object] = {"name": line.text("name_zh", required=True)}
    starts, ends = line.day("starts", required=True), line.day("ends", required=True)
    if starts and ends and ends < starts:
        line.wrong("ends", "end_before_start")
    return fields | {"starts": starts, "ends": ends}


def _phases(document: Document, campaign_line: TableLine, nodes: list[Node]) -> Iterator[Phase]:
    """The phases of a campaign."""
    for number, node in enumerate(nodes, start=1):
        line = _line(document, campaign_line.directory, f"activity.phases[{number}]", as_mapping(node))
        first, last = line.day("start", required=True), line.day("end", required=True)
        if first and last and last < first:
            line.wrong("end", "end_before_start")
        if first and last and not line.errors:
            yield Phase(line.id("id") or f"ph{number}", line.text("zh") or line.text("name"), first, last)
        campaign_line.errors += line.errors


def _milestones(line: TableLine, campaign_line: TableLine) -> dict[str, object]:
    """The days that windows hang on, and the settings that stand among them."""
    fields: dict[str, object] = {}
    for key in line.cells:
        if key == "materials_signed_off_by":
            fields[_SETTINGS[key]] = line.text(key)
        elif key in _SETTINGS:
            fields[_SETTINGS[key]] = line.number(key)
        else:
            fields[f"milestone.{key}"] = line.day(key, required=True)
    campaign_line.errors += line.errors
    return fields


def _edge(line: TableLine, column: str, node: Node) -> WindowEdge | None:
    """One end of a window: a day, or so many days before a milestone."""
    if isinstance(node, str):
        day: date | None = written.day(node) if node else None
        if node and day is None:
            line.wrong(column, "not_a_date", value=node)
        return WindowEdge(day=day) if day else None
    values = {key: flat(value) or "" for key, value in as_mapping(node).items()}
    counts = {key: values[key] for key in ("workdays", "days") if key in values}
    is_sound = bool(values.get("before_milestone")) and all(
        text.isdecimal() and len(text) < 4 for text in counts.values()
    )
    if not is_sound or values.keys() - {"before_milestone", "workdays", "days"}:
        line.wrong(column, "unknown_window", value=str(node)[:80])
        return None
    workdays = counts.get("workdays")
    return WindowEdge(None, values["before_milestone"], int(workdays) if workdays else None, int(counts.get("days", 0)))


def _pairs(
    document: Document, campaign_line: TableLine, name: str, entries: list[Node]
) -> Iterator[tuple[PersonId, ...]]:
    """The pairs of a named list."""
    for number, entry in enumerate(entries, start=1):
        line = TableLine(Source(document.file), {str(number): flat(entry) or ""}, campaign_line.directory, name)
        people = line.people(str(number))
        if len(people) < 2 and not line.errors:
            line.wrong(str(number), "too_few_people")
        campaign_line.errors += line.errors
        yield people


def meeting_rules(document: Document, directory: Directory) -> Iterator[Given | RowError]:
    """What the meeting rules say of a campaign: for how many days its members study together."""
    for number, node in enumerate(as_list(document.content.get("frequency", [])), start=1):
        if not isinstance(node, dict) or not node.get("id"):
            yield from broken(document, directory, f"frequency[{number}]").errors
        elif node["id"] == "cn.campaign-study" and "total_days" in node:
            line = _line(document, directory, "frequency.cn.campaign-study", node)
            fields = {"study_days": _decimal(line, "total_days", at_most=366)}
            yield from line.fact(Subject.CAMPAIGN, directory.usual_campaign or "", fields)
