"""Imports of tables and files."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ValidationInfo, model_validator

from scheduler.core.coverage.changes import ChangeKind, CoverageChange
from scheduler.core.coverage.report import Coverage, RequirementState
from scheduler.core.organisation.facts import ImportReport, RowError
from scheduler.core.organisation.readings import Offer, OpenQuestion, SeenColumn, SetAside
from scheduler.services.imports.undoing import ImportEntry
from scheduler.services.imports.what_if import Effect, NewTalk, WhatIf
from scheduler.shapes.bookings import FreeTimeModel
from scheduler.shapes.coverage import RequirementModel, Requirements
from scheduler.shapes.ground import Day, FindingModel, Shape, at, reader_of
from scheduler.wording import readings
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


class SeenColumnModel(Shape[SeenColumn]):
    """A column of a file, and what it was taken for; null: nothing of it is kept."""

    file: str
    sheet: str
    header: str
    taken_for: str | None
    read_for: str | None


class SetAsideModel(Shape[SetAside]):
    """A row, a sheet or a file (no row) that gives no fact, and why."""

    file: str
    sheet: str
    row: int | None
    text: str
    why: str
    reason: str

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, aside: SetAside, info: ValidationInfo) -> object:
        fields = {"file": aside.file, "sheet": aside.sheet, "row": aside.row, "text": aside.text, "why": aside.why}
        return {**fields, "reason": readings.why(aside.why, reader_of(info).lang)}


class ChoiceModel(BaseModel):
    """One of the answers that can be given, as a person reads it."""

    key: str
    text: str


class QuestionModel(Shape[OpenQuestion]):
    """What cannot be known from the files; `--answers` gives one of the choices by its key."""

    id: str
    about: str
    text: str
    choices: list[str]
    choice_texts: list[ChoiceModel]
    proposal: str | None
    file: str
    row: int | None
    answer: str | None

    @model_validator(mode="before")
    @classmethod
    def _with_sentences(cls, question: OpenQuestion, info: ValidationInfo) -> object:
        lang = reader_of(info).lang
        return {
            "id": question.id,
            "about": question.about,
            "text": readings.question(question, lang),
            "choices": question.choices,
            "choice_texts": [{"key": key, "text": readings.choice(question, key, lang)} for key in question.choices],
            "proposal": question.proposal,
            "file": question.file,
            "row": question.row,
            "answer": question.answer,
        }


class OfferModel(Shape[Offer]):
    """What the files suggest; `--answers` takes it with `yes`."""

    id: str
    text: str
    file: str
    row: int | None
    taken: bool

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, offer: Offer, info: ValidationInfo) -> object:
        text = readings.offer(offer, reader_of(info).lang)
        return {"id": offer.id, "text": text, "file": offer.file, "row": offer.row, "taken": offer.is_taken}


class ImportEntryModel(Shape[ImportEntry]):
    """An import that was made; times are real ones, in UTC."""

    id: int
    at: datetime
    actor: str
    files: list[str]
    valid_from: date | None
    created: int
    updated: int
    undone_at: datetime | None
    can_be_undone: bool


class ImportedModel(Shape[ImportReport]):
    """What an import did or would do; with errors, nothing. `id`: by which it can be taken back."""

    people: int
    units: int
    rooms: int
    branches: dict[str, int]
    created: int
    updated: int
    unchanged: int
    warnings: list[FindingModel]
    errors: list[RowErrorModel]
    columns: list[SeenColumnModel]
    set_aside: list[SetAsideModel]
    told: list[FindingModel]
    questions: list[QuestionModel]
    offers: list[OfferModel]
    id: int | None


def _requirement(state: RequirementState) -> RequirementModel:
    return RequirementModel.of(state)


OneRequirement = Annotated[RequirementModel, BeforeValidator(_requirement)]


class NewTalkModel(Shape[NewTalk]):
    """A requirement that comes, and the first time at which both and a room are free; null: none, or none is needed."""

    requirement: OneRequirement = at("state")
    first_free: FreeTimeModel | None


class ChangedRequirementModel(Shape[CoverageChange]):
    """A requirement that is asked before and after, and stands elsewhere then."""

    kind: ChangeKind
    requirement: OneRequirement = at("after")


class CoveredModel(Shape[Coverage]):
    """How many talks must be held, and how many of these requirements are covered."""

    required: int
    covered: int
    rate: float | None


class EffectModel(Shape[Effect]):
    """What an org change would do to one rule set."""

    rule_set: str = at("after", "rule_set", "id")
    preset: str = at("after", "rule_set", "preset")
    campaign: str | None = at("after", "rule_set", "campaign")
    before: CoveredModel = at("before", "coverage")
    after: CoveredModel = at("after", "coverage")
    stays: int
    comes: list[NewTalkModel]
    falls: Requirements
    changes: list[ChangedRequirementModel]


class WhatIfModel(Shape[WhatIf]):
    """What an org change would do to everything that is required; with errors, nothing is known of it."""

    as_of: Day
    valid_from: Day | None
    created: int = at("report", "created")
    updated: int = at("report", "updated")
    warnings: list[FindingModel] = at("report", "warnings")
    errors: list[RowErrorModel] = at("report", "errors")
    rule_sets: list[EffectModel] = at("effects")
