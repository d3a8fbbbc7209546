"""Own templates: what they may say is filled in; what means harm ends in a sentence, within its time and memory."""

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest

from scheduler.core.ground.errors import Malformed
from scheduler.documents import template_process, templates
from scheduler.documents.templates import TemplateFields, TemplateList
from scheduler.wording import error

FIELDS = TemplateFields(
    {"title": "会议通知", "time": "9:00", "remark": "<b>&"},
    {"people": TemplateList(("number", "name"), [{"number": "1", "name": "仇㑇"}, {"number": "2", "name": "尉迟䶮"}])},
)


def a_template(*lines: str, square: str = "", footer: str = "", title: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if square:
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[1].text = square
    document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(changes: Mapping[str, bytes], data: bytes = b"") -> bytes:
    """A template with some parts of the archive replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or a_template("{{ title }}"))) as source:
        parts = {name: source.read(name) for name in source.namelist()} | dict(changes)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def text_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def refused(data: bytes) -> Malformed:
    """Why a template is not filled, told by what runs in the process."""
    answer = template_process.answer_here(templates.asked(data, FIELDS))
    no = Malformed(answer["kind"], "我们的.docx", **answer["details"])
    assert "格式不对" not in error(no)
    assert "filled" not in answer
    return no


def test_a_template_is_filled() -> None:
    lines = ("{{ title }}：{{time}} {{ remark }}", "{%p for p in people %}", "{{ p.number }} {{ p.name }}{% if not loop.last %}；{% endif %}", "{%p endfor %}")  # fmt: skip

    told = text_of(templates.fill("x.docx", a_template(*lines, footer="{{ time }}", title="{{ title }}"), FIELDS))

    assert told == ["会议通知：9:00 <b>&", "1 仇㑇；", "2 尉迟䶮"]


def test_rows_of_a_table_are_repeated() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate(
        (("{%tr for p in people %}", ""), ("{{ p.number }}", "{{ p.name }}"), ("{%tr endfor %}", ""))
    ):
        for column, text in enumerate(texts):
            table.rows[row].cells[column].text = text
    out = io.BytesIO()
    document.save(out)

    filled = docx.Document(io.BytesIO(templates.fill("x.docx", out.getvalue(), FIELDS)))

    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [["1", "仇㑇"], ["2", "尉迟䶮"]]


@pytest.mark.parametrize(
    ("data", "kind", "details"),
    [
        (a_template("好", "{{ tiem }}"), "template_word_in_line", {"value": "tiem", "line": 2}),
        (a_template("好", square="{{ wer }}"), "template_word_in_square", {"table": 1, "row": 1, "column": 2}),
        (a_template("好", footer="{{ nobody }}"), "template_word_elsewhere", {"value": "nobody"}),
        (a_template("好", title="{{ nobody }}"), "template_word_elsewhere", {"value": "nobody"}),
        (a_template("{% for p in people %}{{ p.age }}{% endfor %}"), "template_word_in_line", {"value": "p.age"}),
        (a_template("{% for p in time %}{% endfor %}"), "template_word_in_line", {"value": "time"}),
    ],
)  # fmt: skip
def test_an_unknown_placeholder_is_named_with_its_place(data: bytes, kind: str, details: dict[str, object]) -> None:
    no = refused(data)

    assert no.kind == kind
    assert {key: no.details[key] for key in details} == details
    assert "title、time" in str(no.details["known"])


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ title.__class__ }}", "{{ title.upper() }}", "{{ 9 ** 999999999 }}",
        "{{ title|length }}", "{% set x = 1 %}", "{% include 'x' %}", "{% import 'os' as o %}", "{% macro m() %}{% endmacro %}",
        "{% for i in range(999999999) %}x{% endfor %}", "{{ people[0] }}", "{{ [1] * 99999999 }}", "{% if %}", "{{ title",
        "{% for a in people %}{% for b in people %}{% for c in people %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for p in people recursive %}{% endfor %}", "{% for p in people if p.name %}{% endfor %}",
    ],
)  # fmt: skip
def test_what_computes_or_reaches_into_something_is_refused(line: str) -> None:
    assert refused(a_template(line)).kind in ("template_code", "template_word_in_line")


RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "template_not_docx"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "template_not_docx"),
        (repacked({"[Content_Types].xml": b"<Types/>"}), "template_not_docx"),
        (repacked({"word/document.xml": b"<w:document"}), "template_not_docx"),
        (repacked({"word/media/x.bin": bytes(template_process.MAX_UNPACKED)}), "template_too_large"),
        (repacked({f"word/media/{number}.bin": b"" for number in range(600)}), "template_too_large"),
        (repacked({"word/vbaProject.bin": b"x"}), "template_foreign"),
        (repacked({"word/embeddings/x.bin": b"x"}), "template_foreign"),
        (repacked({"word/_rels/settings.xml.rels": RELATIONS}), "template_foreign"),
        (repacked({"docProps/custom.xml": ENTITIES}), "template_foreign"),
        (repacked({"docProps/custom.xml": ENTITIES.decode().encode("utf-16")}), "template_foreign"),
    ],
    ids=range(11),
)
def test_a_file_that_means_harm_ends_in_a_sentence(data: bytes, kind: str) -> None:
    assert refused(data).kind == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"x" * (templates.MAX_BYTES + 1), "template_too_large"),
        (a_template("{{ ''.__class__ }}"), "template_code"),
        (a_template("{{ tiem }}"), "template_word_in_line"),
    ],
)
def test_the_process_tells_why(data: bytes, kind: str) -> None:
    with pytest.raises(Malformed) as no:
        templates.fill("我们的.docx", data, FIELDS)

    assert (no.value.kind, no.value.field) == (kind, "我们的.docx")


def test_what_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "SECONDS", 1)
    many = TemplateList(("name",), [{"name": "甲" * 50}] * 3000)
    data = a_template("{% for a in many %}{% for b in many %}{{ a.name }}{% endfor %}{% endfor %}")

    with pytest.raises(Malformed) as no:
        templates.fill("x.docx", data, TemplateFields({}, {"many": many}))

    assert no.value.kind == "template_too_large"
