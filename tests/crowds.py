"""Organisations of many people, generated: for the matrix and its speed."""

from datetime import date, timedelta
from itertools import combinations

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from tests.browser.site import only_an_organizer
from tests.builders import a_clock

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文静海波守正慧永昌秀芝明远志诚晓岚延平学军丽华春燕铁林"
IN_A_UNIT = 40
RULES = """
schema_version: 1
presets:
- id: crowd
  name: {zh: 众人, en: Crowd}
  rules:
  - {id: C1, order: 1, pairing: all_pairs, a: {tag: core}, name: {zh: 骨干之间, en: Among the core}}
  - {id: C2, order: 2, pairing: relation, from: person.manager, to: person, name: {zh: 上级与下级, en: Manager with report}}
"""


def crowd(session: Session, people: int, core: int, talks: int) -> None:
    """So many people in units of forty, each but the core with a manager; all pairs of the core talk, and some have talked."""
    files = [Upload("roster.csv", _roster(people, core).encode()), Upload("units.csv", _units(people).encode())]
    report = imports.run(session, OPERATOR, files, None, dry_run=False, clock=a_clock())
    assert not report.errors, report.errors[:3]
    if talks:
        log = Upload("talk_log.csv", _talks(core, talks).encode())
        report = imports.run(session, OPERATOR, [log], None, dry_run=False, clock=a_clock())
        assert not report.errors, report.errors[:3]
    rules.apply_document(session, OPERATOR, RULES, None, None, a_clock())
    only_an_organizer(session)


def person(number: int) -> str:
    """The id of the so-manieth."""
    return f"p{number + 1:04}"


def _roster(people: int, core: int) -> str:
    lines = ["id,name,unit,position,rank,category,party_status,tags,manager"]
    for n in range(people):
        name = SURNAMES[n % 16] + GIVEN[n * 7 % 26] + GIVEN[n * 11 % 25]
        tags, manager = ("core", "") if n < core else ("", person(n % core))
        lines.append(f"{person(n)},{name},D{n % -(-people // IN_A_UNIT):03},科员,{n},staff,群众,{tags},{manager}")
    return "\n".join(lines)


def _units(people: int) -> str:
    lines = ["id,name,kind,in_charge,head,acting_head"]
    return "\n".join(lines + [f"D{n:03},第{n + 1}科室,dept,,," for n in range(-(-people // IN_A_UNIT))])


def _talks(core: int, talks: int) -> str:
    """Talks of pairs of the core, one a day for each person."""
    lines, taken = ["id,date,start,end,participants,mode,status"], set[tuple[date, str, str]]()
    begin = date(2014, 3, 3)
    for n, (one, other) in enumerate(list(combinations(range(core), 2))[:talks]):
        day, hour = begin + timedelta(days=(one + other) % 140), 8 + (one * 7 + other) % 10
        slots = {(day, f"{hour}", person(one)), (day, f"{hour}", person(other))}
        if slots & taken:
            continue
        taken |= slots
        pair = f"{person(one)};{person(other)}"
        lines.append(f"T{n + 1:05},{day},{hour:02}:00,{hour:02}:45,{pair},面谈,已完成")
    return "\n".join(lines)
