"""What all tables share: naming of constraints, and moments kept as whole seconds UTC."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

HIGHEST = 2**31 - 1
"""What a database can count to; a number beyond it is nobody's."""


class Base(DeclarativeBase):
    """The plain declarative base; Flask-SQLAlchemy and Alembic share its metadata."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class MomentType(TypeDecorator[datetime]):
    """A moment as epoch seconds UTC on every database; in Python a datetime with a zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Refuse a datetime without a zone: nobody knows when that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a zone.")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Back to a datetime in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)
