"""What was said of the columns of tables, kept by their headers for the next such file."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.store.imports.rows import HeaderReadingRow
from scheduler.store.upserts import upsert

Reading = tuple[str, Mapping[str, str]]
"""A kind of table, and header → column ("" for none)."""


def kept(session: Session) -> dict[str, Reading]:
    """All that is kept, by the digest of the headers."""
    return {row.headers: (row.kind, dict(row.columns)) for row in session.scalars(select(HeaderReadingRow))}


def keep(session: Session, headers: str, reading: Reading | None) -> None:
    """Keep what was said of such headers; None: they are read as they are again."""
    if reading is None:
        session.execute(delete(HeaderReadingRow).where(HeaderReadingRow.headers == headers))
        return
    kind, columns = reading
    given = upsert(session, HeaderReadingRow).values(headers=headers, kind=kind, columns=dict(columns))
    new = {"kind": given.excluded.kind, "columns": given.excluded.columns}
    session.execute(given.on_conflict_do_update(index_elements=["headers"], set_=new))
