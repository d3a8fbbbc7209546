"""The sample organisation as core knows it, built from the files in `sample/` without a database."""

import csv
from datetime import date
from functools import cache
from typing import Any

import yaml

from config import ROOT
from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, UnitId
from scheduler.core.ground.people import Group, Person, Roster, Unit
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.rules.resolution import RuleFacts, RuleSetSpec
from scheduler.documents import rules
from tests.builders import ZONE, people

SAMPLE = ROOT / "sample"
DAY = date(2014, 8, 1)


@cache
def organisation() -> dict[str, Any]:
    return yaml.load((SAMPLE / "org.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def presets() -> rules.RuleFile:
    return rules.RuleFile.of(yaml.load((SAMPLE / "talk_rule_presets.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader))


def preset(preset_id: str) -> RuleSetSpec:
    return rules.spec(rules.carried_out(presets(), preset_id))


@cache
def roster(on: date = DAY) -> Roster:
    """100 people, 18 units, and the groups, branches and roles of org.yaml."""
    raw = organisation()
    return Roster(
        on,
        {PersonId(p["id"]): _person(p) for p in raw["people"]},
        {unit.id: unit for unit in (*map(_unit, raw["units"]), *(_other_unit(name) for name in ("LT", "RT", "SG")))},
        {group.id: group for group in _groups(raw)},
    )


def _person(raw: dict[str, Any]) -> Person:
    return Person(
        PersonId(raw["id"]),
        raw["name"],
        raw["gender"],
        UnitId(raw["unit"]),
        raw["position"],
        raw["rank"],
        raw["category"],
        raw["party_status"],
        GroupId(raw["branch"]),
        GroupId(raw["party_group"]),
        tuple(raw["tags"]),
    )


def _unit(raw: dict[str, Any]) -> Unit:
    head, acting = raw["head"], raw["acting_head"]
    return Unit(
        UnitId(raw["id"]),
        raw["zh"],
        raw["en"],
        raw["kind"],
        people(*raw["in_charge"]),
        PersonId(head) if head else None,
        PersonId(acting) if acting else None,
    )


def _other_unit(name: str) -> Unit:
    return Unit(UnitId(name), name)


def _groups(raw: dict[str, Any]) -> list[Group]:
    groups = {key: value for key, value in raw["groups"].items() if key != "branches"}
    found = [Group(GroupId(key), key, "team", people(*members)) for key, members in groups.items()]
    for role, holders in raw["roles"].items():
        found.append(Group(GroupId(role), role, "role", people(*([holders] if isinstance(holders, str) else holders))))
    for key, branch in raw["groups"]["branches"].items():
        members, committee = people(*branch["members"]), people(*branch["committee"])
        found.append(Group(GroupId(key), branch["name"], "branch", members, PersonId(branch["secretary"]), committee))
    return found


@cache
def campaign() -> Campaign:
    raw = organisation()
    activity = raw["activity"]
    window = activity["talk_window"]
    closes = window["closes"]
    return Campaign(
        CampaignId("c1"),
        activity["name_zh"],
        date.fromisoformat(activity["starts"]),
        date.fromisoformat(activity["ends"]),
        milestones={"democratic_life_meeting": date.fromisoformat(activity["milestones"]["democratic_life_meeting"])},
        talk_window=WindowRule(
            WindowEdge(day=date.fromisoformat(window["opens"])),
            WindowEdge(before_milestone=closes["before_milestone"], workdays=closes["workdays"]),
        ),
        lists={"extended_talks": tuple(people(*pair) for pair in raw["extended_talks"])},
    )


@cache
def working_time() -> WorkingTime:
    """The workday table of 2014."""
    with (SAMPLE / "calendar_2014.csv").open(encoding="utf-8-sig") as file:
        _, *rows = csv.reader(file)
    days = {date.fromisoformat(day): Workday(is_workday == "1", note) for day, _, is_workday, note in rows}
    return WorkingTime(ZONE, days, frozenset({2014}))


def facts(*occurrences: Occurrence, on: date = DAY, branch: str | None = None) -> RuleFacts:
    return RuleFacts(roster(on), campaign(), working_time(), occurrences, GroupId(branch) if branch else None)
