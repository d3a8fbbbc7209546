"""An office's own template (.docx): its placeholders filled with the words of a paper, in a process of its own.

A template comes from a stranger and is read by an engine that can run code: see `template_process`, which is bound in time and
memory as the reader of workbooks is.
"""

import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbook_process

MAX_BYTES = 5 * 1024 * 1024
SECONDS = 10
WORDS = (sys.executable, "-m", "scheduler.documents.template_process")


@dataclass(frozen=True, slots=True)
class TemplateList:
    """Something to go through row by row, and what each row has."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class TemplateFields:
    """All that a template may say of a paper: word by word, and list by list."""

    words: Mapping[str, str]
    lists: Mapping[str, TemplateList]


def asked(data: bytes, fields: TemplateFields) -> bytes:
    """What the process is told."""
    return json.dumps({"template": base64.b64encode(data).decode(), **asdict(fields)}).encode()


def fill(name: str, data: bytes, fields: TemplateFields) -> bytes:
    """The .docx with its placeholders filled.

    Raises Malformed with a kind `template_…` for a file that is no .docx, that takes too much, or that says what it may not;
    of an unknown placeholder it says where it stands and which there are.
    """
    if len(data) > MAX_BYTES:
        raise Malformed("template_too_large", name)
    try:
        answer = workbook_process.ask(WORDS, SECONDS, asked(data, fields))
    except workbook_process.Exhausted:
        raise Malformed("template_too_large", name) from None
    if "kind" in answer:
        raise Malformed(answer["kind"], name, **answer["details"])
    return base64.b64decode(answer["filled"])
