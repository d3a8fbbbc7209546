"""Tasks whose leader leaves, and who leads them then; visits to contact points."""

from tests.cli.test_gate import gated
from tests.command_line import CommandLine

__all__ = ["gated"]
LATER = {"TANXIN_NOW": "2014-11-05T09:00:00+08:00"}


def test_who_leaves_leaves_tasks_that_nobody_leads(gated: CommandLine) -> None:
    assert gated.json("tasks", "list", **LATER)["findings"] == []
    told = gated.json("leave", "p05", "--dry-run", **LATER)["tasks"]
    assert told
    assert gated.json("leave", "p05", **LATER)["tasks"] == told

    ledger = gated.json("tasks", "list", **LATER)
    assert [(finding["kind"], finding["subject"]) for finding in ledger["findings"]] == [
        ("task_without_leader", task) for task in told
    ]
    lane = next(lane for lane in gated.json("programme", **LATER)["lanes"] if lane["key"] == "tasks")
    assert lane["findings"] == ledger["findings"]
    assert "没有责任领导，请指定" in gated("tasks", "list", **LATER).out
    done = [task for task in ledger["tasks"] if task["leader"] == "p05"]
    assert all(task["state"] == "done" for task in done)

    assert gated("tasks", "lead", told[0], "p07", "--as", "p07", **LATER).status == 1
    assert gated("tasks", "lead", told[0], "p999", **LATER).status == 2
    assert gated("tasks", "lead", "Z99", "p07", **LATER).status == 2
    assert gated.json("tasks", "lead", told[0], "p07", "--as", "p22", **LATER)["leader"] == "p07"
    assert [finding["subject"] for finding in gated.json("tasks", "list", **LATER)["findings"]] == told[1:]
    assert told[0] in [task["id"] for task in gated.json("tasks", "list", "--as", "p07", **LATER)["tasks"]]


def test_who_closed_a_task_does_not_become_its_leader(gated: CommandLine) -> None:
    refused = gated.json("tasks", "lead", "Z02", "p22", status=1, **LATER)

    assert [finding["kind"] for finding in refused["blocking"]] == ["task_closed_by_leader"]


def test_contact_points_are_told_with_their_visits(campaign: CommandLine) -> None:
    from tests.cli.test_gate import DATA

    campaign.json("import", DATA / "external_contacts_more.csv", DATA / "contact_points.csv")
    assert {point["state"] for point in campaign.json("visits")} == {"open"}
    words = ("--people", "p03,p22", "--start", "2014-08-05T14:00", "--minutes", "60", "--title", "走访")
    booked = campaign.json("book", "field_visit", *words)["id"]

    points = campaign.json("visits")
    assert [(p["person"], p["booked"], p["next"]) for p in points if p["state"] == "booked"] == [
        ("p03", [booked], "2014-08-05"),
    ]  # fmt: skip
    after = campaign.json("visits", "--as-of", "2014-08-05")
    assert (after[-1]["person"], after[-1]["state"], after[-1]["held"]) == ("p03", "visited", [booked])
    assert campaign("visits", "--as", "p03").status == 1
    assert "p03" in campaign("visits").out
