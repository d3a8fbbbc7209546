"""A paper filled into an office's own template: `export … --template`."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.cli.test_exports import rows_of
from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases
from tests.documents.test_templates import a_template


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    address = databases.make("sqlite", import_sample)
    cli = CommandLine(address, tmp_path_factory.mktemp("papers"))
    cli.json("rules", "apply", "cn.four-must-talks-extended")
    yield cli
    databases.drop(address)


def lines_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_notice_in_the_office_s_own_form(office: CommandLine) -> None:
    own, made = office.folder / "own.docx", office.folder / "made.docx"
    lines = (
        "{{ title }}",
        "{{ time }}，{{ place }}，应到{{ expected }}人",
        "{%p for p in people %}",
        "{{ p.number }} {{ p.name }}",
        "{%p endfor %}",
    )
    own.write_bytes(a_template(*lines, "{{ organisation }} {{ today }} {{ order_line }}"))

    told = office.json("export", "notice", "E12", "--order", "strokes", "--template", own, "-o", made)

    people = [person["name"] for person in office.json("people", "--booking", "E12", "--order", "strokes")["people"]]
    assert (told["format"], told["title"]) == ("docx", "关于召开机关党支部专题组织生活会的通知")
    assert lines_of(made) == [
        "关于召开机关党支部专题组织生活会的通知", "2014年8月27日（星期三）下午1:30—5:30，第一会议室，应到34人",
        *(f"{number} {name}" for number, name in enumerate(people, 1)), "东麓市澜桥区总工会 2014年8月1日 （按姓氏笔画排序）",
    ]  # fmt: skip


def test_a_record_form_knows_its_two(office: CommandLine) -> None:
    own, made = office.folder / "own.docx", office.folder / "made.docx"
    own.write_bytes(
        a_template("{{ number }} {{ mode }}", "{% for p in people %}{{ p.name }}（{{ p.post }}）{% endfor %}")
    )

    office.json("export", "record-form", "T001", "--template", own, "-o", made)

    assert lines_of(made) == ["T001 面谈", "沈维岳（党组书记、主席）陈国梁（党组副书记、常务副主席）"]


def test_every_paper_s_rows_are_its_own(office: CommandLine) -> None:
    own, made, ours = (office.folder / name for name in ("own.docx", "made.docx", "ours.docx"))
    own.write_bytes(a_template("{%p for r in rows %}", "{{ r.c2 }}|{{ r.c4 }}", "{%p endfor %}"))

    office.json("export", "arrangement", "--template", own, "-o", made)
    office.json("export", "ledger", "--template", own, "-o", made.with_name("ledger.docx"))
    office.json("export", "arrangement", "--format", "docx", "-o", ours)

    rows = rows_of(docx.Document(io.BytesIO(ours.read_bytes())).tables[0])[1:]
    assert lines_of(made) == [f"{row[1]}|{row[3]}" for row in rows]
    assert len(rows) > 40


def test_who_may_not_see_a_paper_gets_it_in_no_form(office: CommandLine) -> None:
    own, made = office.folder / "own.docx", office.folder / "hidden.docx"
    own.write_bytes(a_template("{% for p in people %}{{ p.name }}{% endfor %}"))

    told = office.json("export", "record-form", "T051", "--as", "p30", "--template", own, "-o", made, status=1)

    assert told["error"] in ("not_found", "not_allowed")
    assert not made.exists()


def test_a_template_that_cannot_be_filled_is_told_with_its_place(office: CommandLine) -> None:
    own, made = office.folder / "own.docx", office.folder / "nothing.docx"
    own.write_bytes(a_template("{{ title }}", square="{{ tiem }}"))

    answer = office("export", "notice", "E12", "--template", own, "-o", made)

    assert answer.status == 2
    assert "第 1 个表格第 1 行第 2 格：没有占位符“tiem”；可用：title、organisation、" in answer.err
    assert not made.exists()
    assert (
        "table 1, row 1, square 2"
        in office("export", "notice", "E12", "--template", own, "-o", made, "--lang", "en").err
    )
    own.write_bytes(a_template("{{ ''.__class__ }}"))
    assert "模板里只能写占位符" in office("export", "notice", "E12", "--template", own, "-o", made).err
    assert "只能生成 .docx" in office("export", "notice", "E12", "--template", own, "-o", made.with_suffix(".pdf")).err
    assert "-o 会覆盖" in office("export", "notice", "E12", "--template", own, "-o", own).err
    assert "不用模板" in office("export", "bundle", "--template", own, "-o", made).err
    assert office("export", "notice", "E12", "--template", office.folder / "none.docx", "-o", made).status == 2
