"""Imports as tests make them: small tables as text, the sample's files by name."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Actor
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from tests.builders import a_clock

PEOPLE = """编号 id,姓名 name,部门 unit,职务排序 rank,类别 category,政治面貌 party_status,党支部 branch,标签 tags
p01,沈维岳,LT,1,leader,正式党员,B1,leadership_team
p02,陈国梁,LT,2,leader,正式党员,B1,leadership_team
p03,文静,LT,3,leader,正式党员,B1,leadership_team
p27,白雪,D01,35,staff,群众,,
"""


def sample(*names: str) -> list[Upload]:
    """Files of the sample, or all of them."""
    paths = [ROOT / "sample" / name for name in names] or sorted(
        path for path in (ROOT / "sample").iterdir() if path.is_file()
    )
    return [Upload(path.name, path.read_bytes()) for path in paths]


def table(text: str, name: str = "table.csv") -> Upload:
    return Upload(name, text.encode())


def run(
    session: Session,
    *files: Upload | str,
    valid_from: str | None = None,
    dry_run: bool = False,
    actor: Actor = OPERATOR,
    now: str = "2014-08-01T08:00",
) -> ImportReport:
    """Import files, given whole or as the text of one csv."""
    uploads: Sequence[Upload] = [table(f, f"table{n}.csv") if isinstance(f, str) else f for n, f in enumerate(files, 1)]
    since = date.fromisoformat(valid_from) if valid_from else None
    return imports.run(session, actor, uploads, since, dry_run, a_clock(now))


def counts(report: ImportReport) -> tuple[int, int, int]:
    """Created, updated, unchanged."""
    return report.created, report.updated, report.unchanged


def errors(report: ImportReport) -> list[tuple[str, int | None, str, str]]:
    """File, row, field and kind of each error."""
    return [(e.file, e.row, e.field, e.kind) for e in report.errors]


def without_details(report: ImportReport) -> list[tuple[str, str]]:
    """Kind and subject of each warning."""
    return [(w.kind, w.subject) for w in report.warnings]
