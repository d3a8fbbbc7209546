"""What all answers share: how one is made from a value, and the kinds of values that stand in it."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from scheduler.core.ground.findings import Finding
from scheduler.wording.readers import Reader

V = TypeVar("V")


class Shape(BaseModel, Generic[V]):
    """An answer, made from a value: each key from the attribute of its name, or from where `at` says."""

    model_config = ConfigDict(from_attributes=True, frozen=True, json_schema_serialization_defaults_required=True)

    @classmethod
    def of(cls, value: V, reader: Reader | None = None) -> Self:
        """The answer that tells a value; times and sentences are as their reader wants them."""
        return cls.model_validate(value, context=reader)

    def document(self) -> dict[str, Any]:
        """What JSON prints, its keys in the order of the class."""
        return self.model_dump(mode="json", by_alias=True)


def at(*path: str, key: str | None = None, **more: Any) -> Any:
    """A key whose value is found elsewhere: `at("span", "start")` is the start of the value's span.

    `key` is what JSON calls it, where Python cannot.
    """
    return Field(validation_alias=AliasPath(*path), serialization_alias=key, **more)


def sometimes(*path: str) -> Any:
    """A key that is left out where there is nothing to tell."""
    return at(*path, default=None, exclude_if=_is_none)


def _is_none(value: object) -> bool:
    return value is None


def reader_of(info: ValidationInfo) -> Reader:
    """For whom an answer is made."""
    reader = info.context
    assert isinstance(reader, Reader)  # noqa: S101 - whoever makes an answer with times or sentences names its reader
    return reader


def _local(moment: datetime, info: ValidationInfo) -> str:
    return reader_of(info).local(moment)


def _sentence(finding: Finding | None, info: ValidationInfo) -> str:
    return reader_of(info).finding(finding) if finding else ""


def _real(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


Day = date
LocalTime = Annotated[str, BeforeValidator(_local)]
"""A moment on the organisation's clock: `2014-08-14T13:30`."""
RealTime = Annotated[str, BeforeValidator(_real)]
"""A moment that programs compare, in UTC: `2014-08-14T05:30:00Z`."""
Sentence = Annotated[str, BeforeValidator(_sentence)]
"""What a finding says; empty where there is none."""
Number = Annotated[int | float, WithJsonSchema({"type": "number"})]
"""Whole numbers stay whole."""


class FindingModel(Shape[Finding]):
    """A named remark with its sentence."""

    kind: str
    subject: str
    text: str
    occurrence: int | None = Field(None, exclude_if=_is_none)
    """After which occurrence nobody is there to talk; told to organizers only."""

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, finding: object, info: ValidationInfo) -> object:
        if isinstance(finding, Finding):
            befell = getattr(finding.details.get("occurrence"), "id", None)
            text = reader_of(info).finding(finding)
            return {"kind": finding.kind, "subject": finding.subject, "text": text, "occurrence": befell}
        return finding
