"""What somebody says of tables: said again it is the same, what cannot be is said, and it is kept for the next such file."""

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.organisation.facts import Became, ImportReport
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.run import run
from tests.services.imports.test_offices import CLOCK, heads, imported, people

TWO = "姓名,性别,科别,小组别\n张三,男,办公室,一组\n李四,男,办公室,一组\n"


def read(session: Session, text: str, answers: dict[str, str] | None = None, *, dry_run: bool = False) -> ImportReport:
    return run(session, OPERATOR, [Upload("t.csv", text.encode())], None, dry_run, CLOCK, answers)


def said_as_it_was_read(report: ImportReport) -> dict[str, str]:
    """What the page sends for columns that nobody touched."""
    files = {(table.file.partition("#")[0], table.file.partition("#")[2]): table.file for table in report.tables}
    return {
        f"column:{files.get((c.file, c.sheet), c.file)}:{c.header}": c.taken_for or (c.mark if c.is_looked_at else "-")
        for c in report.columns
    }


def test_saying_what_was_read_changes_nothing(session: Session) -> None:
    [report] = imported(session, "office/花名册-双层表头.xlsx")
    standing = (people(session), heads(session))
    answers = said_as_it_was_read(report)
    assert answers["column:花名册-双层表头.xlsx#在职:出生年月"] == "birth"

    [again] = imported(session, "office/花名册-双层表头.xlsx", answers=answers)

    assert (again.created, again.updated) == (0, 0)
    assert [q.id for q in again.questions if q.kind == "same_person"] == []
    assert (people(session), heads(session)) == standing


def test_two_columns_for_one_thing_are_said_and_nothing_is_read(session: Session) -> None:
    report = read(session, TWO, {"table:t.csv": "roster", "column:t.csv:科别": "unit", "column:t.csv:小组别": "unit"})

    [error] = report.errors
    assert (error.kind, error.field, error.details["other"], error.details["value"]) == (
        "column_twice", "unit", "科别", "小组别",
    )  # fmt: skip
    assert people(session) == []


def test_a_table_that_lacks_a_column_says_which(session: Session) -> None:
    report = read(session, TWO.replace("科别", "部门"), {"table:t.csv": "rooms"})

    assert [(error.kind, error.details["columns"]) for error in report.errors] == [("column_lacking", ("name",))]


ODD = "二〇一四年\n名号,科别,干什么的\n张三,办公室,主任\n李四,办公室,干事\n"


def test_a_table_whose_words_nobody_knows_is_read_once_it_is_said_what_it_is(session: Session) -> None:
    unread = read(session, ODD, {})
    half_said = read(session, ODD, {"table:t.csv": "roster"})
    said = {"column:t.csv:名号": "name", "column:t.csv:科别": "unit", "column:t.csv:干什么的": "position"}
    report = read(session, ODD, {"table:t.csv": "roster", **said})
    next_time = read(session, ODD.replace("李四", "王五"))  # its headers are known now

    assert (unread.created, [(row.text, row.why) for row in unread.set_aside]) == (
        0,
        [("名号 科别 干什么的", "table_unknown")],
    )
    assert [(c.header, c.samples[:1]) for c in unread.columns][:1] == [("名号", ("张三",))]
    assert [(error.kind, error.details["columns"]) for error in half_said.errors] == [("column_lacking", ("name",))]
    assert report.errors == ()
    assert [person[:2] for person in people(session)] == [("张三", "办公室"), ("李四", "办公室"), ("王五", "办公室")]
    assert next_time.created == 1


def test_what_was_said_is_kept_for_the_next_such_file(session: Session) -> None:
    said = {"column:t.csv:科别": "unit", "column:t.csv:岗位级": "position"}
    first = TWO.replace("小组别", "岗位级")
    read(session, first, said)
    assert [unit for _, unit, _ in people(session)] == ["办公室", "办公室"]

    report = read(session, first.replace("张三", "王五"))

    assert [unit for _, unit, _ in people(session)] == ["办公室", "办公室", "办公室"]
    assert ("columns_remembered", "t.csv") in {(told.kind, told.subject) for told in report.told}
    assert {c.header: c.how for c in report.columns} == {
        "姓名": "same",
        "科别": "remembered",
        "性别": "same",
        "岗位级": "remembered",
    }
    other = read(session, first.replace("张三", "赵六"), {"column:t.csv:科别": "-", "column:t.csv:岗位级": "-"})
    assert "columns_remembered" not in {told.kind for told in other.told}
    assert "columns_remembered" not in {told.kind for told in read(session, first).told}


def test_a_preview_keeps_nothing(session: Session) -> None:
    said = {"column:t.csv:科别": "unit"}
    read(session, TWO, said, dry_run=True)

    assert "columns_remembered" not in {told.kind for told in read(session, TWO).told}


def test_right_rows_say_what_would_become_of_them_while_another_is_wrong(session: Session) -> None:
    report = read(session, "编号,姓名,部门,职务排序\np01,张三,办公室,1\np02,李四,办公室,第二\n", dry_run=True)

    assert [error.row for error in report.errors] == [3]
    assert (report.created, report.people) == (0, 0)
    assert {(c.key, c.became) for c in report.changes} >= {("p01", Became.CREATED)}
    assert "p02" not in {c.key for c in report.changes}
