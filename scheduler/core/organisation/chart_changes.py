"""Given facts written into the org chart: each says what became of it, and what follows from it is carried out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from scheduler.core.ground import dated
from scheduler.core.ground.dated import Validity, VersionPlace, value_in
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Group, Person, Unit
from scheduler.core.ground.relations import EXPECTED_TO_HAVE_A_HEAD
from scheduler.core.organisation.chart import (
    BRANCH,
    BRANCH_GROUP,
    COMMITTEE,
    CONTACT,
    MEMBER,
    POSTS,
    SECRETARY,
    TAG,
    Chart,
    GroupName,
    Seat,
    UnitName,
)
from scheduler.core.organisation.facts import Became, Change, Given, RowError, Subject, changed

GROUP_NAMES = {
    "leadership_team": "领导班子",
    "leading_party_group": "党组",
    "senior_staff": "非领导职务干部",
    "supervision_group": "督导组",
    "general_branch_committee": "党总支委员会",
    "theory_study_group": "理论学习中心组",
    "principal": "主要负责人",
    "organizers": "组织者",
    "supervisors": "督导人员",
    "unit_head": "部门（单位）负责人",
    "acting_head": "主持工作",
}
"""What a group is called whose file gives only its id."""


class When(NamedTuple):
    """From which day given facts hold (None: as `dated.place` says), and the organisation's day."""

    valid_from: date | None
    today: date


def apply(chart: Chart, facts: Iterable[Given], when: When) -> list[Change]:
    """Write facts about people, units, groups and contact points into a chart, people first."""
    verbs = {
        Subject.PERSON: person,
        Subject.UNIT: unit,
        Subject.GROUP: group,
        Subject.CONTACT_POINT: contact_point,
    }
    charted = [fact for fact in facts if fact.subject in verbs]
    return [verb(chart, fact, when) for subject, verb in verbs.items() for fact in charted if fact.subject is subject]


def person(chart: Chart, given: Given, when: When) -> Change:
    """What is known of a person; branch, branch group and tags are memberships as well."""
    person_id = PersonId(given.key)
    versions = chart.people.get(person_id, ())
    place = dated.place([version.period for version in versions], *when)
    before = value_in(versions, place.compared) if place.compared else None
    base = before or (versions[0].value if versions else Person(person_id, ""))
    after = replace(base, **given.fields)  # type: ignore[arg-type]  # the readers of tables give each field its type
    seats = [Seat(name, MEMBER, person_id) for name in groups_of(after)]
    missing = [seat for seat in seats if not chart.memberships.is_held(seat, place.writes)]
    if before == after and not missing:
        return Change(Subject.PERSON, given.key, Became.UNCHANGED)
    chart.set_person(after, place.writes)
    _sit(chart, before, after, place.writes)
    if not versions:
        return Change(Subject.PERSON, given.key, Became.CREATED)
    fields = {name: getattr(base, name) for name in given.fields}
    return replace(changed(Subject.PERSON, given.key, fields, given.fields), became=Became.UPDATED)


def groups_of(someone: Person) -> dict[GroupId, str]:
    """The groups that a person's row names, each with the kind that it has if it is new."""
    named = {someone.branch: BRANCH, someone.party_group: BRANCH_GROUP}
    named |= {GroupId(tag): TAG for tag in someone.tags}
    named.pop(GroupId(""), None)
    return named


def _sit(chart: Chart, before: Person | None, after: Person, period: Validity) -> None:
    """Leave the groups that a row no longer names, enter those it names; groups not known yet begin to be."""
    groups = groups_of(after)
    for name in (groups_of(before) if before else {}).keys() - groups.keys():
        chart.memberships.leave(Seat(name, MEMBER, after.id), period)
    for name, kind in groups.items():
        if name not in chart.groups:
            chart.set_group(name, GroupName(GROUP_NAMES.get(name, name), kind))
            chart.begun_groups.add(name)
        chart.memberships.hold(Seat(name, MEMBER, after.id), period)


def unit(chart: Chart, given: Given, when: When) -> Change:
    """A unit's names and kind, and who holds its posts."""
    unit_id = UnitId(given.key)
    versions = chart.units.get(unit_id, ())
    periods = [version.period for version in versions] + chart.posts.periods(unit_id, *POSTS)
    place = dated.place(dated.segments(periods), *when)
    name = (value_in(versions, place.compared) if place.compared else None) or UnitName(unit_id)
    existing: dict[str, object] = {"name": name.name, "name_en": name.name_en, "kind": name.kind}
    for post in POSTS:
        holders = chart.posts.within(unit_id, post, place.compared) if place.compared else ()
        existing[post] = holders if post == "in_charge" else next(iter(holders), None)
    change = _change(given, place, existing, is_known=bool(versions))
    if change.became is not Became.UNCHANGED:
        named = {key: value for key, value in given.fields.items() if key in ("name", "name_en", "kind")}
        chart.set_unit(unit_id, replace(name, **named), place.writes)  # type: ignore[arg-type]  # as in `person`
        for post in POSTS:
            if post in given.fields:
                _seat_all(chart, unit_id, post, _holders(given.fields[post]), place.writes)
    return change


def _change(given: Given, place: VersionPlace, existing: dict[str, object], *, is_known: bool) -> Change:
    """What becomes of a fact; one that is known, but not for these days yet, is an update."""
    change = changed(given.subject, given.key, existing if is_known else None, given.fields)
    is_news = is_known and place.compared is None and change.became is Became.UNCHANGED
    return replace(change, became=Became.UPDATED) if is_news else change


def _holders(value: object) -> tuple[PersonId, ...]:
    """The people in a field that holds one, several or nobody."""
    if isinstance(value, tuple):
        return value
    return (PersonId(str(value)),) if value else ()


def _seat_all(chart: Chart, unit_id: UnitId, post: str, people: tuple[PersonId, ...], period: Validity) -> None:
    """Let these people, in this order, and nobody else hold a post for a period."""
    seats = {Seat(unit_id, post, someone, place) for place, someone in enumerate(people)}
    for seat in chart.posts.of(unit_id, post):
        if seat not in seats:
            chart.posts.leave(seat, period)
    for seat in seats:
        if not chart.posts.is_held(seat, period):
            chart.posts.hold(seat, period)


def group(chart: Chart, given: Given, when: When) -> Change:
    """A group's name and kind, and all who are in it; whoever is not in its list leaves it."""
    group_id = GroupId(given.key)
    versions = chart.groups.get(group_id, ())
    periods = [version.period for version in versions] + chart.memberships.periods(group_id)
    place = dated.place(dated.segments(periods), *when)
    name = (value_in(versions, place.compared) if place.compared else None) or GroupName(_name(given))
    seats = chart.memberships
    held = {
        part: seats.within(group_id, part, place.compared) if place.compared else ()
        for part in (MEMBER, SECRETARY, COMMITTEE)
    }
    existing: dict[str, object] = {
        "name": name.name,
        "kind": name.kind,
        "members": held[MEMBER],
        "secretary": next(iter(held[SECRETARY]), None),
        "committee": held[COMMITTEE],
    }
    change = _change(given, place, existing, is_known=bool(versions) and group_id not in chart.begun_groups)
    if change.became is not Became.UNCHANGED:
        named = {key: value for key, value in given.fields.items() if key in ("name", "kind")}
        chart.set_group(group_id, replace(name, **named), place.writes)  # type: ignore[arg-type]  # as in `person`
        _fill(chart, group_id, given, place.writes)
    return change


def _name(given: Given) -> str:
    """What a new group is called."""
    return str(given.fields.get("name") or GROUP_NAMES.get(given.key, given.key))


def _fill(chart: Chart, group_id: GroupId, given: Given, period: Validity) -> None:
    """Let exactly those be in a group for a period whom a file lists; people's own rows follow."""
    for field, part in (("members", MEMBER), ("secretary", SECRETARY), ("committee", COMMITTEE)):
        if field not in given.fields:
            continue
        listed = _holders(given.fields[field])
        seats = {Seat(group_id, part, p, 0 if part == MEMBER else place) for place, p in enumerate(listed)}
        for seat in chart.memberships.of(group_id, part):
            if seat not in seats:
                chart.memberships.leave(seat, period)
                if part == MEMBER:
                    _strike_out(chart, seat.person, group_id, period)
        for seat in seats:
            if not chart.memberships.is_held(seat, period):
                chart.memberships.hold(seat, period)
            if part == MEMBER and given.fields.get("kind") == BRANCH:
                _enter_branch(chart, seat.person, group_id, period)


def _strike_out(chart: Chart, person_id: PersonId, group_id: GroupId, period: Validity) -> None:
    """Take a group out of a person's own row where it names it."""
    for part, someone in _versions_in(chart, person_id, period):
        if group_id in groups_of(someone):
            chart.set_person(
                replace(
                    someone,
                    branch=GroupId("") if someone.branch == group_id else someone.branch,
                    party_group=GroupId("") if someone.party_group == group_id else someone.party_group,
                    tags=tuple(tag for tag in someone.tags if tag != group_id),
                ),
                part,
            )


def _enter_branch(chart: Chart, person_id: PersonId, branch: GroupId, period: Validity) -> None:
    """Write into a person's own row that they belong to a branch; nobody belongs to two."""
    for part, someone in _versions_in(chart, person_id, period):
        if someone.branch != branch:
            if someone.branch:
                chart.memberships.leave(Seat(someone.branch, MEMBER, person_id), part)
            chart.set_person(replace(someone, branch=branch), part)


def _versions_in(chart: Chart, person_id: PersonId, period: Validity) -> list[tuple[Validity, Person]]:
    """What is known of a person within a period, each with its part of the period."""
    cut = dated.segments([period, *(version.period for version in chart.people.get(person_id, ()))])
    parts = [(part, value_in(chart.people.get(person_id, ()), part)) for part in cut if part.overlaps(period)]
    return [(part, someone) for part, someone in parts if someone]


def contact_point(chart: Chart, given: Given, when: When) -> Change:
    """That a unit is a leader's contact point."""
    seat = Seat(str(given.fields["unit"]), CONTACT, PersonId(str(given.fields["person"])))
    held = [version.period for version in chart.posts.seats.get(seat, ())]
    place = dated.place(held, *when)
    if place.compared:
        return Change(given.subject, given.key, Became.UNCHANGED)
    chart.posts.hold(seat, place.writes)
    return Change(given.subject, given.key, Became.UPDATED if held else Became.CREATED)


def disagreements(facts: Iterable[Given]) -> list[RowError]:
    """Where a group's list and a person's row of one import disagree; each error names both files."""
    all_facts = list(facts)
    lists = [fact for fact in all_facts if fact.subject is Subject.GROUP and "members" in fact.fields]
    people = {fact.key: fact for fact in all_facts if fact.subject is Subject.PERSON}
    naming: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, fact in people.items():
        for group, cell in _groups_named(fact):
            naming[group].setdefault(key, cell)
    places = {key: place for place, key in enumerate(people)}
    return [error for fact in lists for error in _against(fact, people, naming[fact.key], places)]


def _groups_named(fact: Given) -> Iterator[tuple[str, str]]:
    """The groups that a person's row names, and in which cell."""
    yield from ((str(fact.fields[cell]), cell) for cell in ("branch", "party_group") if fact.fields.get(cell))
    tags = fact.fields.get("tags")
    yield from ((tag, "tags") for tag in tags) if isinstance(tags, tuple) else ()


def _against(
    listed: Given, people: Mapping[str, Given], naming: Mapping[str, str], places: Mapping[str, int]
) -> Iterator[RowError]:
    """Where people's rows disagree with the list of one group; `naming`: whose rows name it, and in which cell."""
    members = {str(member) for member in _holders(listed.fields["members"])}
    is_branch = listed.fields.get("kind") == BRANCH
    for key in sorted((naming.keys() | members) & people.keys(), key=places.__getitem__):
        if key not in members:
            yield _disagreement(listed, people[key], naming[key])
        elif is_branch and "branch" in people[key].fields and key not in naming:
            yield _disagreement(listed, people[key], "branch")


def _disagreement(listed: Given, fact: Given, field: str) -> RowError:
    source = fact.source
    other = {"key": fact.key, "file": listed.source.file, "row": listed.source.row, "before": listed.key}
    return RowError(source.file, source.row, field, "contradiction", {**other, "after": fact.fields.get(field)})


def findings(units: Iterable[Unit]) -> list[Finding]:
    """What is odd about the posts of units: nobody heads it or is in charge of it, or the leader in charge heads it himself."""
    odd = []
    for examined in units:
        head = examined.head or examined.acting_head
        names: dict[str, object] = {"name": examined.name, "name_en": examined.name_en}
        is_expected = examined.kind in EXPECTED_TO_HAVE_A_HEAD
        if not examined.in_charge and (is_expected or head):
            odd.append(Finding("relation_unknown", examined.id, {**names, "missing": "in_charge"}))
        if head is None and (is_expected or examined.in_charge):
            odd.append(Finding("head_vacant", examined.id, names))
        elif head in examined.in_charge:
            odd.append(Finding("in_charge_is_head", examined.id, {**names, "person": head}))
    return odd


def without_committee(groups: Iterable[Group]) -> list[Finding]:
    """The branches in which nobody is said to be of the committee: rules about it ask for nothing there."""
    lacking = (group for group in groups if group.kind == BRANCH and not group.committee)
    return [Finding("no_committee", group.id, {"name": group.name}) for group in lacking]


def same_names(names: Iterable[tuple[PersonId, str]], touched: Iterable[str]) -> list[Finding]:
    """Several people with one name, for the names that an import touched; each name once, at its first id."""
    ids: dict[str, list[PersonId]] = {}
    for person_id, name in names:
        ids.setdefault(name, []).append(person_id)
    shared = sorted((sorted(ids[name]), name) for name in set(touched) if len(ids.get(name, ())) > 1)
    return [Finding("same_name", people[0], {"name": name, "people": tuple(people)}) for people, name in shared]


__all__ = ["When", "apply", "disagreements", "findings", "groups_of", "same_names"]
