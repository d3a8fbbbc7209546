"""Every sentence that `wording` and the command line have, each with the same details: `python -m tests.wording.golden.sentences` writes
them down beside this file, for people to read, and `test_golden.py` compares.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from functools import partial
from itertools import chain
from pathlib import Path

import click

from config import Config, Language
from scheduler import wording
from scheduler.cli.call import Call, Doors, GlobalOptions
from scheduler.cli.main import root
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Repair
from scheduler.core.sessions.series import Half, HalfDay, RepairKind, SeriesRepair
from scheduler.wording import (
    calendars,
    errors,
    findings,
    imports,
    labels,
    mail,
    plan_findings,
    plan_reasons,
    problem_files,
    rule_files,
    statuses,
)
from tests.builders import a_clock, a_room, at

FOLDER = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Said = Iterator[tuple[str, Mapping[str, str]]]
NOON = 735_000 * 24 * 60 + 12 * 60
"""Of a day, on the wall clock of the planner."""
DETAILS: dict[str, object] = {
    "name": "陈国梁", "value": "甲", "people": ("p01", "p02"), "until": "2014-08-20T17:30", "tightest": "p02", "free": 7,
    "needed": 9, "minutes": 30, "pool_people": ("p03", "p04", "p05"), "rooms": ("R05", "R07"), "size": 12, "talks": 6,
    "limit": 2, "most": 4, "days": 3, "k": 2, "pool": 1, "count": 5, "day": date(2014, 8, 20), "talk": "T007", "start": NOON,
    "end": NOON + 45, "earliest": NOON + 60, "latest": NOON + 30, "asked_start": NOON + 90, "asked_room": "R01", "room": "R02", "grid": 15,
    "after": "T008", "capacity": 8, "first": 1, "second": "T009", "in": "A01", "other": "p06", "other_count": 2,
    "stated": 3, "bound": 1, "limit_mb": 20, "line": 4, "header": ("甲", "乙"), "key": "unit", "before": "丙",
    "file": "org.yaml", "row": 6, "person": "p07", "known": ("a", "b"), "presets": ("x", "y"), "allowed": ("c", "d"),
    "pairing": "cross", "closes": "2014-08-01", "opens": "2014-08-02", "apart": 3, "per_week": 2, "of": 10, "longest": 200,
    "shortest": 8, "last": 9, "least": 1, "limit_days": 14, "columns": ("备注", "note"),
}  # fmt: skip
AS_FINDINGS_HAVE_THEM: dict[str, object] = DETAILS | {
    "start": at("2014-08-20T09:00"), "end": at("2014-08-20T09:45"), "hours": (time(8, 30), time(17, 30)), "note": "端午节",
    "use": "meeting", "first": date(2014, 8, 1), "last": date(2014, 8, 15), "rules": ("R1", "R2"), "bookings": ("T1", "T2"),
    "campaign": "活动", "starts": date(2014, 2, 26), "ends": date(2014, 11, 24), "stays_on": date(2014, 8, 27),
    "opens": date(2014, 6, 16), "closes": date(2014, 8, 15), "why": "outside_campaign",
}  # fmt: skip
ROOM = {"name": a_room("R02", "第一会议室", name_en="Meeting room 1")}


def sentences() -> dict[str, str]:
    """What is to be written, by the name of its file."""
    said = {
        "findings": _findings(),
        "errors": _errors(),
        "labels": ((word, _in_all(wording.label, word)) for word in sorted(labels.WORDS)),
        "others": chain(_others(), _choices()),
        "times": _times(),
    }
    texts = {f"{name}.txt": "\n".join(_blocks(pairs)) + "\n" for name, pairs in said.items()}
    return texts | {f"help.{lang}.txt": "\n".join(_help(lang)) + "\n" for lang in LANGUAGES}


def _blocks(said: Said) -> Iterator[str]:
    """A line for the kind, and one for each language."""
    for kind, by_language in said:
        yield kind
        yield from (f"  {language}  {text}" for language, text in by_language.items())


def _findings() -> Said:
    for kind in sorted(findings.SENTENCES):
        details = (
            DETAILS if kind in plan_findings.SENTENCES or kind in plan_reasons.SENTENCES else AS_FINDINGS_HAVE_THEM
        )
        subject = "makespan" if kind in ("value_untrue", "bound_untrue") else "2014-08-31"
        for name, given in (("", details), (" (bare)", {}), (" (room)", details | ROOM)):
            yield kind + name, _in_all(wording.text, Finding(kind, subject, given))
    for kind in sorted({*plan_reasons.REPAIRS, "unheard_of"}):
        yield f"repair {kind}", _in_all(plan_reasons.repair_text, Repair(kind, DETAILS), str)


def _errors() -> Said:
    rows = {*errors.MALFORMED, *imports.ROWS, *rule_files.SENTENCES, *problem_files.SENTENCES, *calendars.ERRORS}
    for kind in sorted({*rows, "person_taken", "room_taken", "unheard_of"}):
        for name, given in (("", DETAILS), (" (bare)", {"last": 9})):
            yield kind + name, _in_all(wording.error, Malformed(kind, "--field", **given))
    for reason in sorted(imports.FILES):
        unread = Malformed("unreadable_file", "a.csv", **DETAILS, reason=reason)
        yield f"unreadable_file {reason}", _in_all(wording.error, unread)
    for noun in sorted({*errors.NOUNS, "thing"}):
        for error in (NotFound(noun, "X1"), NotFound(noun, ""), Outdated(noun, "X1")):
            yield f"{type(error).__name__} {noun} {error.name}", _in_all(wording.error, error)
    for no in (NotAllowed(), Busy(), Refused([Finding("lunch", ""), Finding("no_room", "")]), ValueError()):
        yield type(no).__name__, _in_all(wording.error, no)


def _others() -> Said:
    for kind in sorted(mail._FAILURES):
        yield f"mail {kind}", _in_all(mail.failure, kind)
    for status in sorted({*statuses._STATUSES, 418, 599}):
        yield f"status {status}", _in_all(statuses.status_text, status)
    for reason in sorted(calendars.SKIPPED):
        yield f"skipped {reason}", _in_all(calendars.skipped_text, reason)
    for goal in sorted(plan_findings.GOALS):
        yield f"goal {goal}", _in_all(plan_findings.goal_text, goal)
    for kind in RepairKind:
        value = (
            HalfDay(2, Half.AFTERNOON)
            if kind is RepairKind.HALF_DAY
            else date(2014, 9, 1)
            if kind is RepairKind.LAST
            else 3
        )
        for missed in (0, 2):
            repair = SeriesRepair(kind, value, missed)
            yield f"series {kind} {missed}", _in_all(wording.repair_text, repair)


def _times() -> Said:
    for period in (
        "2014",
        "2014-H1",
        "2014-H2",
        "2014-Q3",
        "2014-T1",
        "2014-T2",
        *(f"2014-{n:02}" for n in range(1, 13)),
    ):
        yield f"period {period}", _in_all(wording.period_text, period)
    for period in ("2014-08-01/2014-08-15", "2014-08-01/..", "../2014-08-15", "../.."):
        yield f"period {period}", _in_all(wording.period_text, period)
    for day in (date(2014, month, 11 + month) for month in range(1, 13)):
        yield f"day {day}", _in_all(wording.dated_text, day)
        yield f"day with its year {day}", _in_all(partial(wording.dated_text, with_year=True), day)
    for first, last in (("07-07", "07-07"), ("07-07", "07-18"), ("07-07", "08-18")):
        ends = [date.fromisoformat(f"2014-{day}") for day in (first, last)]
        yield f"days {first} {last}", _in_all(wording.days_text, *ends)
    years = (date(2014, 12, 1), date(2015, 1, 5))
    yield "days of two years", _in_all(wording.days_text, *years)
    for hour in (0, 9, 12, 15, 20):
        start, end = at(f"2014-08-20T{hour:02}:05"), at("2014-08-20T23:45")
        yield f"notice {hour}", _in_all(wording.notice_text, start)
        yield f"stamp {hour}", _in_all(wording.stamp_text, start)
        yield f"span {hour}", _in_all(wording.span_text, start, end)
        yield f"long span {hour}", _in_all(wording.long_span_text, start, end)
    start, end = at("2014-08-20T09:00"), at("2014-08-21T17:00")
    yield "span of two days", _in_all(wording.span_text, start, end)
    yield "long span of two days", _in_all(wording.long_span_text, start, end)


def _choices() -> Said:
    for selector in ("all_staff", "branch:B1", "committee:B1", "observer:branch:B1", "G1", "ext:guest"):
        yield (
            f"audience {selector}",
            _in_all(wording.audience_text, selector, "“{}”".format),
        )
    for k in (1, 3):
        yield f"pool {k}", _in_all(wording.pool_text, "P", k)


def _in_all(say: Callable[..., str], *given: object) -> dict[str, str]:
    """What is said of the same in every language."""
    return {language: say(*given, language) for language in LANGUAGES}


def _help(lang: Language) -> Iterator[str]:
    """`--help` of every command."""
    call = Call(
        Config(instance=FOLDER, database_url="sqlite://", secret_key="only for tests " * 3),
        GlobalOptions((), language=lang),
        Doors(print, print),
        a_clock(),
        {},
    )
    yield from _help_of(root(), click.Context(root(), info_name="python -m scheduler", obj=call, terminal_width=100))


def _help_of(command: click.Command, context: click.Context) -> Iterator[str]:
    yield command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner
            yield ""
            yield from _help_of(inner, click.Context(inner, parent=context, info_name=name))


if __name__ == "__main__":
    for file, text in sentences().items():
        (FOLDER / file).write_text(text, "utf-8")
