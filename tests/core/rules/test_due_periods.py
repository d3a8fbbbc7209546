"""What was due in a calendar period: half of its workdays, counted by the workday table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.campaigns.windows import EVER, Period
from scheduler.core.coverage.report import cover
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId, PersonId, RuleId, UnitId
from scheduler.core.ground.people import Person, Roster
from scheduler.core.ground.roster_history import RosterStretch, SameRoster
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules import answers, due_periods
from scheduler.core.rules.due_periods import AskedStretch, BranchAsk
from scheduler.core.rules.pairings import Ask
from scheduler.core.rules.requirements import Reason, Resolution
from scheduler.core.rules.resolution import RuleFacts, resolve
from scheduler.documents import rules as documents
from tests.builders import a_group, a_person, a_roster, a_talk, a_unit, a_working_time, an_as_of, people
from tests.core import sample
from tests.core.asked import a_requirement, a_resolution

JULY = DayRange(date(2014, 7, 1), date(2014, 7, 31))
BY_MONTH = {"id": "M", "pairing": "all_pairs", "a": {"group": "team"}, "per": "month"}
WINDOW = {"opens": date(2014, 2, 26), "closes": date(2014, 11, 24)}


class Changing:
    """Rosters from a day on, as they are known on `day`."""

    def __init__(self, rosters: Mapping[date, Roster], day: date) -> None:
        self.rosters = {since: replace(roster, on=since) for since, roster in sorted(rosters.items()) if since <= day}
        self.day = day

    @property
    def last(self) -> Roster:
        return replace(self.rosters[max(self.rosters)], on=self.day)

    def stretches(self, days: DayRange) -> Sequence[RosterStretch]:
        assert days.first
        first = min(days.first, self.day)
        inside = [since for since in self.rosters if first < since and (not days.last or since <= days.last)]
        starts = [days.first, *inside]
        ends = [*(since - timedelta(days=1) for since in inside), days.last]
        return [
            RosterStretch(DayRange(start, end), self._on(min(start, self.day)))
            for start, end in zip(starts, ends, strict=True)
        ]

    def _on(self, day: date) -> Roster:
        since = max(s for s in self.rosters if s <= day)
        return self.last if since == max(self.rosters) else self.rosters[since]

    @property
    def former(self) -> Mapping[PersonId, Person]:
        known = {person.id: person for roster in self.rosters.values() for person in roster.people.values()}
        return {person: known[person] for person in known.keys() - self.last.people.keys()}


def a_team(*members: str, gone: Sequence[str] = ()) -> Roster:
    everybody = [f"p{n:02d}" for n in range(1, 6) if f"p{n:02d}" not in gone]
    return a_roster(*[a_person(p, rank=n) for n, p in enumerate(everybody)], groups=[a_group("team", members)])


def ask(rosters: Mapping[date, Roster], day: date, *raw_rules: object, **said: object) -> Resolution:
    """What rules ask of an organisation that changes on these days, as it is known on a day."""
    history = Changing(rosters, day)
    known = {key: said.pop(key) for key in ("occurrences", "branch") if key in said}
    facts = RuleFacts(history.last, None, sample.working_time(), history=history, **known)  # type: ignore[arg-type]
    return resolve(documents.read({"id": "mine", "window": WINDOW, "rules": list(raw_rules), **said}), facts)


def periods(resolution: Resolution, *who: str) -> list[str | None]:
    """The periods in which something is asked of these people."""
    return [r.period for r in resolution.requirements if (r.pair or (r.subject,)) == who]


MONTHS = [f"2014-{month:02d}" for month in range(2, 12)]
EVER_SINCE = date(2000, 1, 1)


@pytest.mark.parametrize(
    ("joins", "first"),
    [
        (date(2014, 7, 15), "2014-07"),  # 13 of 23 workdays
        (date(2014, 7, 16), "2014-07"),  # 12
        (date(2014, 7, 17), "2014-08"),  # 11
        (date(2014, 7, 28), "2014-08"),
    ],
)
def test_who_joins_is_asked_from_the_month_of_which_they_have_half(joins: date, first: str) -> None:
    resolution = ask({EVER_SINCE: a_team("p01"), joins: a_team("p01", "p02")}, date(2014, 12, 1), BY_MONTH)

    assert periods(resolution, "p01", "p02") == MONTHS[MONTHS.index(first) :]


def test_who_leaves_keeps_the_months_of_which_they_had_half_and_name_and_rank() -> None:
    rosters = {EVER_SINCE: a_team("p01", "p02", "p03"), date(2014, 7, 20): a_team("p02", "p03", gone=["p01"])}
    resolution = ask(rosters, date(2014, 8, 14), BY_MONTH)

    assert periods(resolution, "p01", "p02") == MONTHS[:6]
    assert periods(resolution, "p02", "p03") == MONTHS
    assert [r.pair for r in resolution.requirements[:1]] == [("p02", "p03")]  # what is still asked stands first


def test_a_day_before_the_change_knows_nothing_of_it() -> None:
    before, after = a_team("p01", "p02"), a_team("p01", "p03")

    assert ask({EVER_SINCE: before, date(2014, 7, 15): after}, date(2014, 7, 14), BY_MONTH) == ask(
        {EVER_SINCE: before}, date(2014, 7, 14), BY_MONTH
    )


def test_before_its_window_opens_a_rule_is_read_as_things_stand() -> None:
    rosters = {EVER_SINCE: a_team("p01", "p02"), date(2014, 1, 15): a_team("p01", "p03")}

    assert periods(ask(rosters, date(2014, 1, 20), BY_MONTH), "p01", "p03") == MONTHS


def test_without_per_it_is_one_as_of_the_day_asked() -> None:
    rosters = {EVER_SINCE: a_team("p01", "p02"), date(2014, 7, 20): a_team("p01", "p03")}
    resolution = ask(rosters, date(2014, 8, 14), {**BY_MONTH, "per": "window"})

    assert [(r.pair, r.period) for r in resolution.requirements] == [(("p01", "p03"), None)]


def test_reasons_of_a_period_are_all_that_there_were() -> None:
    person, head = a_person("p01", rank=1), a_person("p02", rank=2)
    acting = a_roster(person, head, units=[a_unit("D01", kind="dept", in_charge=["p01"], acting_head=PersonId("p02"))])
    appointed = a_roster(person, head, units=[a_unit("D01", kind="dept", in_charge=["p01"], head=PersonId("p02"))])
    raw = {"id": "M", "pairing": "relation", "from": "unit.in_charge", "to": "unit.head", "per": "month"}
    resolution = ask(
        {EVER_SINCE: acting, date(2014, 7, 15): appointed}, date(2014, 8, 14), {**raw, "fallback": "unit.acting_head"}
    )
    (july,) = [r for r in resolution.requirements if r.period == "2014-07"]

    assert july.reasons == (Reason(RuleId("M"), UnitId("D01")), Reason(RuleId("M"), UnitId("D01"), is_acting=True))


def test_pool_is_that_of_the_last_days_and_who_left_it_still_counts() -> None:
    def hosts(*pool: str) -> Roster:
        roster = a_team("p01")
        return replace(roster, groups={**roster.groups, GroupId("hosts"): a_group("hosts", pool)})

    raw = {"id": "M", "pairing": "a_any_b", "a": {"group": "team"}, "b": {"group": "hosts"}, "per": "month"}
    resolution = ask({EVER_SINCE: hosts("p02", "p03"), date(2014, 7, 20): hosts("p03", "p04")}, date(2014, 8, 14), raw)
    pools = {r.period: (r.pool, r.earlier, r.partners) for r in resolution.requirements}

    assert pools["2014-06"] == (people("p02", "p03"), (), people("p02", "p03"))
    assert pools["2014-07"] == (people("p03", "p04"), people("p02"), people("p03", "p04", "p02"))
    assert pools["2014-08"] == (people("p03", "p04"), (), people("p03", "p04"))


def test_pool_that_two_rules_share_keeps_whoever_left_either() -> None:
    def hosts(first: Sequence[str], second: Sequence[str]) -> Roster:
        roster = a_team("p01")
        groups = {GroupId("a"): a_group("a", first), GroupId("b"): a_group("b", second)}
        return replace(roster, groups={**roster.groups, **groups})

    def raw(rule: str, pool: str) -> object:
        return {"id": rule, "pairing": "a_any_b", "a": {"group": "team"}, "b": {"group": pool}, "per": "quarter"}

    rosters = {
        EVER_SINCE: hosts(["p02", "p04"], ["p03", "p04"]),
        date(2014, 7, 20): hosts(["p04"], ["p04"]),
    }
    resolution = ask(rosters, date(2014, 12, 1), raw("A", "a"), raw("B", "b"))
    (third,) = [r for r in resolution.requirements if r.period == "2014-Q3"]

    assert (third.rules, third.pool, third.earlier) == (("A", "B"), people("p04"), people("p02", "p03"))


def test_who_changes_branches_is_asked_once_in_the_branch_where_they_are_last() -> None:
    def branches(first: Sequence[str], second: Sequence[str]) -> Roster:
        return a_roster(
            *[a_person(f"p{n:02d}", rank=n) for n in range(1, 6)],
            groups=[
                a_group("B1", first, kind="branch", committee=people("p01")),
                a_group("B2", second, kind="branch", committee=people("p02")),
            ],
        )

    self_members, committee = {"branch": "self", "part": "members"}, {"branch": "self", "part": "committee"}
    raw = {"id": "B", "pairing": "b_any_a", "a": committee, "b": self_members, "per": "year"}
    rosters = {EVER_SINCE: branches(["p03", "p04"], ["p05"]), date(2014, 7, 15): branches(["p04"], ["p05", "p03"])}
    resolution = ask(rosters, date(2014, 12, 1), raw)
    (moved,) = [r for r in resolution.requirements if r.subject == "p03"]

    assert (moved.pool, moved.earlier, moved.reasons[0].branch) == (people("p02"), people("p01"), "B2")
    assert [r.subject for r in resolution.requirements] == ["p04", "p03", "p05"]
    assert periods(ask(rosters, date(2014, 12, 1), raw, branch=GroupId("B1")), "p03") == ["2014"]
    assert periods(ask(rosters, date(2014, 12, 1), raw, branch=GroupId("B2")), "p03") == []


def a_branch(secretary: str, *, gone: Sequence[str] = ()) -> Roster:
    members = [f"p{n:02d}" for n in range(1, 6) if f"p{n:02d}" not in gone]
    group = a_group("B1", members, kind="branch", secretary=PersonId(secretary))
    return a_roster(*[a_person(p, rank=n) for n, p in enumerate(members)], groups=[group])


def after_an_award(**when: object) -> dict[str, object]:
    trigger = {"event": ["award"], **when}
    who = {"branch": "self", "part": "secretary"}
    return {"id": "V", "pairing": "event", "trigger": trigger, "a": who, "b": "event.person"}


def test_talk_after_an_occurrence_is_with_whoever_holds_the_post_when_it_is_due() -> None:
    raw = after_an_award(within_days=15)
    befell = tuple(
        Occurrence(n, "award", PersonId("p03"), day)
        for n, day in enumerate([date(2014, 7, 1), date(2014, 7, 10), date(2014, 8, 10)])
    )
    rosters = {
        EVER_SINCE: a_branch("p01"),
        date(2014, 7, 20): a_branch("p02"),
        date(2014, 8, 12): a_branch("p02", gone=["p03"]),
    }

    def asked(day: date) -> list[tuple[object, object]]:
        known = tuple(occurrence for occurrence in befell if occurrence.day <= day)
        return [(r.pair, r.window.first) for r in ask(rosters, day, raw, occurrences=known).requirements]

    first, second = (("p01", "p03"), date(2014, 7, 1)), (("p02", "p03"), date(2014, 7, 10))
    assert asked(date(2014, 7, 12)) == [first, (("p01", "p03"), date(2014, 7, 10))]
    assert asked(date(2014, 8, 11)) == [first, second, (("p02", "p03"), date(2014, 8, 10))]
    assert asked(date(2014, 12, 1)) == [first, second]  # who has left is asked no more, but was


def test_each_of_several_talks_after_an_occurrence_is_with_whoever_holds_the_post_then() -> None:
    raw = after_an_award(offsets_days=[15, 60])
    rosters = {EVER_SINCE: a_branch("p01"), date(2014, 7, 20): a_branch("p02")}
    befell = (Occurrence(1, "award", PersonId("p03"), date(2014, 7, 1)),)

    resolution = ask(rosters, date(2014, 8, 1), raw, occurrences=befell)

    assert [(r.pair, r.window.last) for r in resolution.requirements] == [
        (("p01", "p03"), date(2014, 7, 16)),
        (("p02", "p03"), date(2014, 8, 30)),
    ]


def test_where_nobody_works_in_a_period_its_days_count() -> None:
    pair = BranchAsk(Ask(people("p01", "p02")), None)
    weekend = Period("weekend", DayRange(date(2014, 7, 5), date(2014, 7, 6)))
    before, after = DayRange(None, date(2014, 7, 5)), DayRange(date(2014, 7, 6), None)

    def due(*stretches: AskedStretch) -> list[tuple[BranchAsk, Period]]:
        return list(due_periods.due(stretches, [weekend], a_working_time()))

    assert due(AskedStretch(before, [pair]), AskedStretch(after, [])) == [(pair, weekend)]
    assert due(AskedStretch(before, []), AskedStretch(after, [])) == []


def test_days_without_end_are_a_stretch_like_any_other() -> None:
    pair = BranchAsk(Ask(people("p01", "p02")), None)

    assert list(due_periods.due([AskedStretch(EVER, [pair])], [Period(None, EVER)], a_working_time())) == [
        (pair, Period(None, EVER))
    ]
    assert SameRoster(a_team()).former == {}


DAYS = st.integers(0, 330).map(lambda n: date(2014, 1, 1) + timedelta(days=n))
TEAMS = st.sets(st.sampled_from(["p01", "p02", "p03", "p04"])).map(sorted)


@settings(deadline=None)
@given(
    st.dictionaries(DAYS, TEAMS, max_size=5),
    TEAMS,
    DAYS,
    st.sampled_from(["month", "quarter", "half_year", "year"]),
)
def test_half_of_the_workdays_for_any_history(
    changes: dict[date, list[str]], ever: list[str], day: date, per: str
) -> None:
    rosters = {EVER_SINCE: a_team(*ever), **{since: a_team(*team) for since, team in changes.items()}}
    resolution = ask(rosters, day, {**BY_MONTH, "per": per})
    table = sample.working_time()

    def team(on: date) -> set[str]:
        since = max(s for s in rosters if s <= min(on, day))
        return set(rosters[since].groups[GroupId("team")].members)

    expected = set()
    everybody = sorted({person for roster in rosters.values() for person in roster.groups[GroupId("team")].members})
    spells = {
        r.period: r.window for r in ask({EVER_SINCE: a_team("p01", "p02")}, day, {**BY_MONTH, "per": per}).requirements
    }
    for label, window in spells.items():
        assert window.first
        assert window.last
        days = [team(workday) for workday in table.workdays_between(window.first, window.last)]
        for place, left in enumerate(everybody):
            for right in everybody[place + 1 :]:
                if 2 * sum({left, right} <= members for members in days) >= len(days):
                    expected.add(((left, right), label))
    assert {(r.pair, r.period) for r in resolution.requirements} == expected
    assert len(resolution.requirements) == len(expected)


@settings(deadline=None)
@given(st.dictionaries(DAYS, TEAMS, max_size=4), TEAMS, DAYS, DAYS, TEAMS)
def test_fact_of_a_later_day_changes_no_answer_for_an_earlier_one(
    changes: dict[date, list[str]], ever: list[str], day: date, later: date, team: list[str]
) -> None:
    rosters = {EVER_SINCE: a_team(*ever), **{since: a_team(*members) for since, members in changes.items()}}
    more = {**rosters, max(later, day + timedelta(days=1)): a_team(*team)}

    assert ask(more, day, BY_MONTH) == ask(rosters, day, BY_MONTH)


def test_more_periods_than_anybody_can_mean_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MAX_REQUIREMENTS", 5)

    with pytest.raises(Malformed) as caught:
        ask({EVER_SINCE: a_team("p01", "p02")}, date(2014, 8, 1), BY_MONTH)

    assert (caught.value.kind, caught.value.field) == ("too_many", "M")


def test_talk_with_somebody_who_has_left_the_pool_counts() -> None:
    left = replace(a_requirement(subject="p01", pool=("s02",)), earlier=people("s01"))
    as_of = an_as_of("2014-08-01")

    assert cover(a_resolution(left), [a_talk(who=["p01", "s01"], is_held=True)], as_of).covered == 1
    assert cover(a_resolution(left), [a_talk(who=["p01", "s03"], is_held=True)], as_of).covered == 0
    two = replace(left, k=2)
    talks = [a_talk("T1", who=["p01", "s01"], is_held=True), a_talk("T2", who=["p01", "s02"], is_held=True)]
    assert cover(a_resolution(two), talks, as_of).covered == 1
