"""What an office files: the meeting's numbers, a branch's record, somebody's days, blank records of many talks."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.cli.test_exports import rows_of
from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases

LATER = {"TANXIN_NOW": "2014-09-01T08:00:00+08:00"}


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The sample on 1 September 2014, with its programme."""
    address = databases.make("sqlite", import_sample)
    cli = CommandLine(address, tmp_path_factory.mktemp("papers"), LATER["TANXIN_NOW"])
    cli.json("import", Path("sample/programme"))
    cli.json("rules", "apply", "cn.four-must-talks-extended")
    cli.json("attend", "E12", "p04", "on_leave")
    cli.json("attend", "E12", "p05", "attended")
    yield cli
    databases.drop(address)


def paper(office: CommandLine, *words: str) -> "docx.document.Document":
    path = office.folder / "paper.docx"
    office.json("export", *words, "-o", path)
    return docx.Document(str(path))


def lines_of(made: "docx.document.Document") -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs if paragraph.text]


def test_the_numbers_of_the_life_meeting_are_those_of_the_commands(office: CommandLine) -> None:
    told = {row[place]: row[place + 1] for row in rows_of(paper(office, "life-meeting").tables[0]) for place in (0, 2)}

    gate = office.json("gate", "E10")
    talks = office.json("report", "--from", "2014-02-26", "--to", "2014-08-20", "--campaign", "c1")["talks"]
    opinions, materials = office.json("opinions", "tally", "--as-of", "2014-08-20"), office.json("materials", "list")
    assert (told["应到（人）"], told["实到（人）"]) == (str(gate["quorum"]["expected"]), str(gate["after"]["present"]))
    assert told["谈心谈话（次）"] == str(talks["times"])
    assert told["谈心谈话（人次）"] == str(talks["person_times_total"])
    assert (told["征求意见（条）"], told["征求意见渠道"]) == (str(opinions["items"]), str(len(opinions["by_source"])))
    assert told["修改轮次（合计）"] == str(sum(line["rounds"] for line in materials))
    assert (told["批评（人次）"], told["应报时间"]) == (str(gate["after"]["person_times"]), gate["after"]["due"])


def test_a_branch_has_its_meetings_and_who_was_missing_never_why(office: CommandLine) -> None:
    made = paper(office, "branch-record", "B1:2014-Q3")

    assert lines_of(made)[:2] == ["机关党支部工作纪实表", "机关党支部　2014年7月1日—2014年9月30日　共 2 次"]
    rows = [row[:9] for row in rows_of(made.tables[0])[1:]]
    assert rows[1] == [
        "2", "8月27日 13:30", "第一会议室", "组织生活会", "机关党支部专题组织生活会", "孙志诚", "34", "1", "王海波（请假）",
    ]  # fmt: skip
    assert "共 1 次" in lines_of(paper(office, "branch-record", "B1:2014-08-26/2014-08-31"))[1]


def test_a_branch_alone_means_the_month(office: CommandLine) -> None:
    assert "2014年9月1日—2014年9月30日" in lines_of(paper(office, "branch-record", "B2"))[1]


def test_somebodys_days_say_with_whom_they_talk(office: CommandLine) -> None:
    made = paper(office, "itinerary", "p03:2014-08-04/2014-08-08")

    assert lines_of(made)[1] == "文静（党组成员、副主席）　2014年8月4日—2014年8月8日"
    assert ["8月5日", "周二", "9:00–9:45", "谈心谈话（邓永昌）", "谈话室A", ""] in rows_of(made.tables[0])


def test_of_others_only_what_one_may_know(office: CommandLine) -> None:
    of_another = paper(office, "itinerary", "p02:2014-06", "--as", "p30")
    own = paper(office, "itinerary", "", "--as", "p12")

    assert "谈心谈话" not in "\n".join(
        lines_of(of_another) + ["\t".join(row) for t in of_another.tables for row in rows_of(t)]
    )
    assert lines_of(own)[1].startswith("孙志诚")


def test_blank_records_are_one_for_each_talk(office: CommandLine) -> None:
    made = paper(office, "record-forms", "2014-08")

    booked = [
        talk
        for talk in office.json("bookings", "--kind", "talk", "--from", "2014-08-01", "--to", "2014-08-31")
        if talk["status"] != "cancelled"
    ]
    numbers = [row[3] for table in made.tables for row in rows_of(table) if row[2] == "编号"]
    assert numbers == [talk["id"] for talk in booked]
    assert lines_of(made) == ["谈心谈话记录表"] * len(booked)
    assert len(paper(office, "record-forms").tables) > len(made.tables)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("life-meeting", "E12"), 2), (("branch-record",), 2), (("branch-record", "B9"), 2), (("branch-record", "B1:2014-Q5"), 2),
        (("branch-record", "B1", "--as", "p30"), 1), (("itinerary",), 2), (("itinerary", "p999"), 2), (("record-forms", "2013-01"), 2), (("record-forms", "2014-06", "--as", "p30"), 1),
        (("life-meeting", "--as", "p30"), 1),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(office: CommandLine, words: tuple[str, ...], status: int) -> None:
    answer = office("export", *words, "-o", office.folder / "nothing.docx")

    assert answer.status == status
    assert answer.err.strip() or answer.out.strip()


def test_the_figures_beside_the_pictures_are_those_of_the_commands(office: CommandLine) -> None:
    made = paper(office, "report", "--as-of", "2014-08-31", "--campaign", "c1")

    tables = {table.rows[0].cells[1].text: rows_of(table) for table in made.tables}
    coverage = office.json("coverage", "--as-of", "2014-08-31", "--campaign", "c1")
    study = office.json("study", "--as-of", "2014-08-31", "--campaign", "c1")["people"]
    assert tables["已谈（次）"][-1][1:] == [
        str(coverage["covered"]),
        str(coverage["required"]),
        f"{coverage['rate']:g}",
    ]
    hours = {row[1]: float(row[2]) for row in tables["姓名"][1:] if len(row) == 3}
    assert [hours["沈维岳"], hours["欧阳慧"]] == [study["p01"]["hours"], study["p06"]["hours"]]
    assert len(made.inline_shapes) == 4
