"""Tasks, materials, opinions and training: the figures of ten days, and what is refused."""

import json
from pathlib import Path

import pytest

from config import ROOT
from tests.command_line import CommandLine

DATA = ROOT / "tests" / "data" / "programme"
FIGURES = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))
TABLES = ("external_contacts_more", "tasks", "materials", "opinions", "opinion_tally", "batches", "batch_people")


@pytest.fixture
def programme(sample: CommandLine) -> CommandLine:
    """The sample with the records of its programme."""
    sample.json("import", *(DATA / f"{name}.csv" for name in TABLES))
    return sample


def a_table(folder: Path, head: str, *rows: str) -> Path:
    table = folder / "table.csv"
    table.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return table


def errors_of(cli: CommandLine, table: Path) -> list[tuple[int, str]]:
    return [(error["row"], error["field"]) for error in cli.json("import", table, status=1)["errors"]]


def test_figures_of_ten_days_hold(programme: CommandLine) -> None:
    for day, figures in FIGURES["by_date"].items():
        tasks = programme.json("tasks", "list", "--as-of", day)
        assert tasks["by_state"] == figures["tasks"]["by_state"], day
        assert (tasks["late"], len(tasks["tasks"])) == (figures["tasks"]["late"], figures["tasks"]["total"]), day
        materials = programme.json("materials", "list", "--as-of", day)
        states = [line["state"] for line in materials]
        assert {state: states.count(state) for state in figures["materials"]["by_state"]} == figures["materials"][
            "by_state"
        ], day
        assert sum(line["rounds"] for line in materials) == figures["materials"]["rounds_total"], day
        opinions = programme.json("opinions", "tally", "--as-of", day)
        for key in ("asked", "received", "rate", "late", "outstanding"):
            assert opinions[key] == figures["opinions"][key], (day, key)
        for key in ("items", "areas", "by_source", "by_area", "by_symposium"):
            assert opinions[key] == figures["tally"][key], (day, key)
    assert {line["id"]: line["rounds"] for line in materials} == FIGURES["material_rounds_at_end"]


def test_tables_imported_again_change_nothing(programme: CommandLine) -> None:
    told = programme.json("import", *(DATA / f"{name}.csv" for name in TABLES))

    assert (told["created"], told["updated"], told["unchanged"]) == (0, 0, 64 + 18 + 11 + 255 + 24 + 29 + 2 + 88)


def test_every_row_of_the_programme_belongs_to_the_leading_campaign_of_its_day(programme: CommandLine) -> None:
    programme.json("campaigns", "add", ROOT / "sample" / "programme" / "campaign_branch_2014.yaml")

    assert len(programme.json("tasks", "list", "--as-of", "2014-11-24")["tasks"]) == 18
    assert programme.json("tasks", "list", "--as-of", "2014-11-24", "--campaign", "b2014")["tasks"] == []


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_task_is_set_and_whoever_leads_it_does_not_close_it(programme: CommandLine) -> None:
    assert programme.json("tasks", "set", "Z03", "done", "--by", "p41", "--note", "验收合格")["closed_by"] == "p41"
    assert programme.json("tasks", "set", "Z03", "under_way", "--on", "2014-07-31")["closed_on"] is None

    refused = programme.json("tasks", "set", "Z03", "done", "--as", "p02", status=1)
    assert [finding["kind"] for finding in refused["blocking"]] == ["task_closed_by_leader"]
    assert programme.json("tasks", "set", "Z03", "open", "--as", "p02")["state"] == "open"
    assert programme("tasks", "set", "Z03", "open", "--as", "p19").status == 1
    assert programme.json("tasks", "set", "Z01", "done", status=1)["blocking"][0]["kind"] == "task_stands"
    assert programme.json("tasks", "set", "Z07", "done", status=1)["blocking"][0]["kind"] == "task_not_open_yet"
    assert programme.json("tasks", "set", "Z04", "standing")["due"] is None
    for words in (("Z99", "done"), ("Z03", "finished"), ("Z03", "done", "--on", "2014-08-02")):
        assert programme("tasks", "set", *words).status == 2


def test_late_tasks_alone_are_listed_with_the_numbers_of_all(programme: CommandLine) -> None:
    told = programme.json("tasks", "list", "--late", "--as-of", "2014-11-05")

    assert [task["id"] for task in told["tasks"]] == ["Z07", "Z11"]
    assert told["by_state"]["done"] == 8
    assert "逾期 2：Z07、Z11" in programme("tasks", "list", "--as-of", "2014-11-05").out


def test_everybody_sees_the_tasks_that_concern_themselves(programme: CommandLine) -> None:
    mine = programme.json("tasks", "list", "--as-of", "2014-08-01", "--as", "p06")["tasks"]

    assert [(task["id"], task["due"]) for task in mine] == [("Z04", "2014-08")]


def test_task_rows_that_cannot_be_are_errors(sample: CommandLine, tmp_path: Path) -> None:
    head = "id,title,leader,lead_unit,supporting,due,opened_on,started_on,closed_on,closed_by,state"
    table = a_table(
        tmp_path,
        head,
        "Z1,甲,p01,D01,,尽快,2014-06-10,,,,",
        "Z2,乙,p01,D99,D98,2014-10,2014-06-10,2014-06-01,,,",
        "Z3,丙,p01,D01,,2014-10,2014-06-10,,2014-07-01,p01,已完成",
        "Z4,丁,nobody,D01,,2014-10,2014-06-10,,,,已完成",
        "Z5,戊,p01,D01,,2014-10,2014-06-10,,2014-07-01,,推进中",
        "Z6,己,p01,D01,,2014-10,2014-06-10,2014-07-01,,,未开始",
        "Z7,庚,p01,D01,,2014-10,2014-06-10,,,,长期坚持",
        "Z8,辛,p01,D01,,2014-10,,,,,推进中",
    )

    assert errors_of(sample, table) == [
        (2, "due"), (3, "lead_unit"), (3, "supporting"), (3, "started_on"), (4, "closed_by"), (5, "leader"),
        (5, "closed_on"), (6, "state"), (7, "state"), (8, "due"), (9, "started_on"),
    ]  # fmt: skip
    assert "2014-10、2014年10月、10月底前" in sample("import", table).out
    assert sample.json("tasks", "list")["tasks"] == []


def test_task_without_an_id_is_known_by_its_title(sample: CommandLine, tmp_path: Path) -> None:
    table = a_table(tmp_path, "整改任务,责任领导,完成时限,状态", "改进文风,沈维岳,年底前,未开始")
    assert sample.json("import", table)["created"] == 1
    assert sample.json("import", table)["unchanged"] == 1

    (task,) = sample.json("tasks", "list")["tasks"]
    assert (task["id"], task["due"], task["leader"], task["state"]) == ("Z01", "2014-12", "p01", "open")


# ── Materials ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_step_of_a_material_is_somebodys(programme: CommandLine) -> None:
    def step(what: str, who: str, status: int = 0) -> dict[str, object]:
        told: dict[str, object] = programme.json("materials", "step", "M04", what, "--as", who, status=status)
        return told

    assert programme.json("materials", "list", "--as", "p03")[0]["id"] == "M04"
    before = programme.json("materials", "list", "--as", "p03")[0]["rounds"]
    assert step("submitted", "p03")["rounds"] == before + 1
    assert step("signed_off", "s02", 1)["error"] == "refused"
    assert step("reviewed", "s01", 1)["error"] == "not_allowed"
    assert step("reviewed", "p01")["state"] == "reviewed"
    assert step("signed_off", "p22", 1)["error"] == "not_allowed"
    signed = step("signed_off", "s02")
    assert (signed["state"], signed["last"]) == ("signed_off", "2014-08-01")
    assert step("returned", "s03")["state"] == "returned"
    assert programme("materials", "step", "M99", "submitted").status == 2
    assert programme("materials", "step", "M04", "reviewed", "--on", "2014-05-01").status == 1


def test_material_rows_that_cannot_be_are_errors(sample: CommandLine, tmp_path: Path) -> None:
    table = a_table(
        tmp_path,
        "id,kind,person,date,step,by",
        "M01,班子,p01,2014-06-05,提交,p22",
        "M02,个人,,2014-06-05,提交,p22",
        "M03,个人,p03,someday,提交,p22",
        "M04,个人,p04,2014-06-05,朗读,p22",
        ",个人,p05,2014-06-05,提交,p22",
        "M06,个人,p06,,,",
    )

    assert errors_of(sample, table) == [(2, "person"), (3, "person"), (4, "date"), (5, "step"), (6, "id")]


# ── Opinions ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_opinion_that_came_in_or_is_waived_is_counted_so(sample: CommandLine, tmp_path: Path) -> None:
    table = a_table(tmp_path, "contact,asked,due", "u01,2014-07-01,2014-07-10", "u02,2014-07-01,2014-07-10")
    assert sample.json("import", table)["created"] == 2

    told = sample.json("opinions", "receive", "O01", "--on", "2014-07-11")
    assert (told["asked"], told["received"], told["rate"], told["late"]) == (2, 1, 50.0, ["O01", "O02"])
    told = sample.json("opinions", "waive", "O02")
    assert (told["asked"], told["rate"], told["late"], told["waived"]) == (1, 100.0, ["O01"], ["O02"])
    for words in (("O99",), ("O01", "--on", "2014-06-30"), ("O01", "--on", "2014-08-02")):
        assert sample("opinions", "receive", *words).status == 2
    assert sample("opinions", "list", "--as", "p19").status == 1
    assert "O01" in sample("opinions", "list").out


def test_sums_that_differ_are_told(sample: CommandLine, tmp_path: Path) -> None:
    table = a_table(
        tmp_path,
        "source,booking,date,area,items",
        "书面征求,,2014-05-08,,20",
        ",,2014-05-08,工会组织建设,19",
    )
    sample.json("import", table)

    told = sample.json("opinions", "tally")
    assert (told["items"], told["areas"]) == (20, 1)
    assert [finding["kind"] for finding in told["findings"]] == ["tally_differs"]
    assert "20" in sample("opinions", "tally").out


def test_opinion_rows_that_cannot_be_are_errors(sample: CommandLine, tmp_path: Path) -> None:
    table = a_table(
        tmp_path, "id,contact,asked,due", "O01,x99,2014-03-20,", "O02,u01,,", "O03,u01,2014-03-20,2014-03-19"
    )
    assert errors_of(sample, table) == [(2, "contact"), (3, "asked"), (4, "due")]
    table = a_table(
        tmp_path, "source,booking,date,area,items", "梦,,2014-05-08,甲,1", ",,2014-05-08,,1", "走访,E99,2014-05-08,甲,x"
    )
    assert errors_of(sample, table) == [(2, "source"), (3, "area"), (4, "booking"), (4, "items")]


# ── Training ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_batch_takes_as_many_as_it_has_places_for(programme: CommandLine) -> None:
    told = programme.json("batches", "list")
    assert {b["id"]: {key: b[key] for key in ("people", "cap", "left")} for b in told} == FIGURES["batches"]

    refused = programme.json("batches", "put", "B01", "m01", "m02", status=1)
    assert [(f["kind"], f["subject"]) for f in refused["blocking"]] == [("batch_full", "m02")]
    assert programme.json("batches", "list")[0]["left"] == 1
    assert programme.json("batches", "put", "B01", "m01", "--name", "赵一")["left"] == 0
    elsewhere = programme.json("batches", "put", "B02", "m01", status=1)
    assert elsewhere["blocking"][0]["kind"] == "in_another_batch"
    for words in (("B99", "m01"), ("B02", "nobody")):
        assert programme("batches", "put", *words).status == 2


def test_rows_over_the_cap_and_in_two_batches_are_errors(sample: CommandLine, tmp_path: Path) -> None:
    sample.json(
        "import", a_table(tmp_path, "batch,name,start,end,cap", "B1,甲,2014-03-03,2014-03-04,1", "B2,乙,2014-04-03,,")
    )
    table = a_table(
        tmp_path,
        "batch,contact,name,post",
        "B1,u01,赵一,主席",
        "B1,u02,钱二,主席",
        "B2,u01,赵一,主席",
        "B9,u03,孙三,主席",
    )

    assert errors_of(sample, table) == [(3, "batch"), (4, "batch"), (5, "batch")]
    assert sample.json("batches", "list")[0]["people"] == 0
