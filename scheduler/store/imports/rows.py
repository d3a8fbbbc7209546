"""The tables of imports: what each wrote, so that it can be taken back, and what was said of headers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class HeaderReadingRow(Base):
    """What somebody said of tables with these headers, for the next such file."""

    __tablename__ = "header_reading"
    headers: Mapped[str] = mapped_column(primary_key=True)
    """A digest of all words of the header, in their order."""
    kind: Mapped[str]
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    """Header → column, or "" for none."""


class ImportRow(Base):
    """An import that changed something (real time). `written` goes when it was taken back, or is too long ago."""

    __tablename__ = "import"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(MomentType)
    actor: Mapped[str]
    files: Mapped[list[str]] = mapped_column(JSON)
    valid_from: Mapped[date | None]
    created: Mapped[int]
    updated: Mapped[int]
    undone_at: Mapped[datetime | None] = mapped_column(MomentType)
    written: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
