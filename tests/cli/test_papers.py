"""What a month came to."""

import pytest

from tests.command_line import CommandLine


def test_a_month_of_the_sample(campaign: CommandLine) -> None:
    june = campaign.json("report", "2014-06")

    assert {key: june["talks"][key] for key in ("times", "pairs", "people", "person_times_total", "extra", "not_counted")} == {
        "times": 33, "pairs": 33, "people": 17, "person_times_total": 66, "extra": 0, "not_counted": {"outside_window": 1},
    }  # fmt: skip
    assert [june["talks"]["person_times"][f"p0{n}"] for n in range(1, 9)] == [8, 9, 8, 9, 6, 7, 4, 5]
    assert (june["study"]["sessions"], june["study"]["hours"], june["study"]["attendance_rate"]) == (2, 4.5, 93.8)
    assert june["coverage"] == {"covered": 33, "required": 48, "rate": 68.8, "change": 33}
    assert campaign.json("report", "--from", "2014-06-01", "--to", "2014-06-30") == june


def test_a_whole_campaign_agrees_with_coverage_and_ledger(campaign: CommandLine) -> None:
    whole = campaign.json("report", "--from", "2014-02-26", "--to", "2014-11-24")

    coverage = campaign.json("coverage", "--as-of", "2014-11-24")
    counting = [line for line in campaign.json("ledger", "--as-of", "2014-11-24") if line["counts"]]
    assert [whole["talks"][key] for key in ("times", "pairs", "people", "person_times_total")] == [43, 42, 24, 86]
    assert whole["talks"]["times"] == len(counting)
    assert [whole["coverage"][key] for key in ("covered", "required", "rate")] == [
        coverage["covered"], coverage["required"], coverage["rate"],
    ]  # fmt: skip
    assert whole["study"]["hours"] == campaign.json("study", "--as-of", "2014-11-24")["offered_hours"]
    assert [report["due"] for report in whole["reports"]] == ["2014-08-05", "2014-09-04"]


def test_a_month_without_rules_asks_for_nothing(sample: CommandLine) -> None:
    july = sample.json("report", "2014年7月")

    assert july["coverage"] == {"covered": 0, "required": 0, "rate": None, "change": 0}
    assert july["talks"]["times"] == 0
    assert july["study"]["made_up"] == 1
    assert "必谈覆盖 0/0 = —" in sample("report", "2014-07").out


def test_who_sees_no_study_sees_no_report(campaign: CommandLine) -> None:
    assert campaign.json("report", "2014-06", "--as", "p30", status=1)["error"] == "not_allowed"
    assert campaign.json("report", "2014-06", "--as", "p12", status=1)["error"] == "not_allowed"
    assert campaign.json("report", "2014-06", "--as", "p01")["talks"]["times"] == 33


@pytest.mark.parametrize(
    "words", [(), ("2014-13",), ("2014-06", "--from", "2014-06-01"), ("--from", "2014-06-02", "--to", "2014-06-01"), ("--to", "2014-06-01")]
)  # fmt: skip
def test_days_that_cannot_be_meant_are_wrong_use(sample: CommandLine, words: tuple[str, ...]) -> None:
    answer = sample("report", *words)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.strip()
