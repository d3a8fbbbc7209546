"""Imports of tables and files."""

from pydantic import ValidationInfo, model_validator

from scheduler.core.organisation.facts import ImportReport, RowError
from scheduler.shapes.ground import FindingModel, Shape, reader_of
from scheduler.wording.errors import row_text


class RowErrorModel(Shape[RowError]):
    """What is wrong in one row of a file."""

    file: str
    row: int | None
    field: str
    text: str

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, error: RowError, info: ValidationInfo) -> object:
        text = row_text(error, reader_of(info).lang)
        return {"file": error.file, "row": error.row, "field": error.field, "text": text}


class ImportedModel(Shape[ImportReport]):
    """What an import did or would do; with errors, nothing."""

    people: int
    units: int
    rooms: int
    branches: dict[str, int]
    created: int
    updated: int
    unchanged: int
    warnings: list[FindingModel]
    errors: list[RowErrorModel]
