"""Several study targets: imported, and the figures of ten days."""

import json

import pytest

from config import ROOT
from tests.command_line import CommandLine

DATA = ROOT / "tests" / "data" / "programme"
FIGURES = json.loads((DATA / "study_figures.json").read_text(encoding="utf-8"))


@pytest.fixture
def targeted(sample: CommandLine) -> CommandLine:
    """The sample with the two targets of the programme."""
    sample("import", DATA / "study_targets.csv", DATA / "study_exemptions.csv")
    return sample


def test_figures_of_ten_days_hold_with_targets_and_without(sample: CommandLine) -> None:
    for is_targeted in (False, True):
        if is_targeted:
            assert sample.json("import", DATA / "study_targets.csv", DATA / "study_exemptions.csv")["created"] == 3
        for day, figures in FIGURES.items():
            told = sample.json("study", "--as-of", day)
            assert {key: told[key] for key in ("asked_hours", "offered_hours", "met", "of")} == {
                key: figures[key] for key in ("asked_hours", "offered_hours", "met", "of")
            }, day
            assert {person: line["hours"] for person, line in told["people"].items()} == figures["people"], day
            assert [person for person, line in told["people"].items() if not line["met"]] == figures["not_met"], day
            assert [target["id"] for target in told["targets"]] == (["ST1", "ST2"] if is_targeted else [])


def test_who_is_exempt_is_named_and_not_counted(targeted: CommandLine) -> None:
    before, after = (targeted.json("study", "--as-of", day)["targets"][1] for day in ("2014-03-31", "2014-08-01"))

    assert (before["of"], before["exempt"]) == (48, [])
    assert (after["of"], after["exempt"], after["met"]) == (47, ["p46"], 0)
    assert (after["hours"], after["from"], after["by"], after["pro_rata"]) == (21.0, "2014-02-26", "2014-11-24", True)
    assert "p46" not in after["people"]
    assert "全部免除：p46 " in targeted("study").out


def test_who_joins_later_is_asked_for_less(targeted: CommandLine, tmp_path) -> None:  # type: ignore[no-untyped-def]
    joins = tmp_path / "joins.yaml"
    joins.write_text(
        "people: [{id: p101, name: 新来, category: leader}]\n"
        "groups: {leadership_team: [p01, p02, p03, p04, p05, p06, p07, p08, p101]}\n",
        encoding="utf-8",
    )
    done = targeted("import", joins, "--valid-from", "2014-07-15", "--json")
    assert done.status == 0, done.out + done.err

    told = targeted.json("study", "--as-of", "2014-08-01")

    assert (told["people"]["p101"]["asked"], told["people"]["p01"]["asked"], told["of"]) == (23.8, 49.0, 9)
    assert "p101" not in targeted.json("study", "--as-of", "2014-07-14")["people"]


def test_targets_of_nothing_are_row_errors(sample: CommandLine, tmp_path) -> None:  # type: ignore[no-untyped-def]
    targets, exemptions = tmp_path / "targets.csv", tmp_path / "exemptions.csv"
    targets.write_text(
        "id,campaign,audience,minus,hours,from,by,pro_rata\nST1,c9,leadership_team,,49,2014-02-26,2014-11-24,是\n",
        encoding="utf-8",
    )
    exemptions.write_text("target,person,hours\nST9,p46,3\n", encoding="utf-8")
    told = sample.json("import", targets, exemptions, status=1)["errors"]
    assert [(error["row"], error["field"]) for error in told] == [(2, "campaign"), (2, "target")]

    targets.write_text(
        "id,audience,hours,from,by,pro_rata\nST1,,many,2014-12-26,2014-11-24,vielleicht\n", encoding="utf-8"
    )
    exemptions.write_text("target,person,hours,by,date\nST1,,-3,nobody?,someday\n", encoding="utf-8")
    told = sample.json("import", targets, exemptions, status=1)["errors"]
    assert [error["field"] for error in told] == [
        "by", "hours", "audience", "pro_rata", "person", "hours", "by", "date"
    ]  # fmt: skip


def test_what_would_mend_missing_hours_is_told_and_entered_at_once(targeted: CommandLine) -> None:
    mending = targeted.json("study")["targets"][0]["mending"]
    assert [(each["person"], each["missing"], each["by"], each["left"]) for each in mending] == [
        ("p06", 1.0, "2014-08-20", 0.0),
        ("p07", 1.0, "2014-08-20", 0.0),
    ]
    assert [missed["session"] for each in mending for missed in each["make_ups"]] == ["S09", "S10"]
    assert "2014-08-20前：欧阳慧 差 1，补 S09（3）" in targeted("study").out
    assert "再排 21 学时" in targeted("study").out

    assert targeted("study", "--make-up", "--on", "2014-03-01").status == 1
    assert targeted("study", "--make-up", "--people", "p06", "--as", "s01").status == 1
    assert targeted("study", "--on", "2014-08-05").status == 2
    assert targeted.json("study")["targets"][0]["mending"] == mending
    assert targeted.json("study", "--make-up", "--people", "p06") == [
        {"person": "p06", "session": "S09", "makeup_date": "2014-08-04"}
    ]
    assert targeted("study", "--make-up", "--people", "p06").status == 2
    assert "邓永昌" in targeted("study", "--make-up", "--on", "2014-08-06").out
    after = targeted.json("study", "--as-of", "2014-08-20")["targets"][0]
    assert (after["met"], after["mending"]) == (8, [])
