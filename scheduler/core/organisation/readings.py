"""What is said of how files were read: what each column was taken for, what was set aside, what is asked and offered."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of a file."""

    file: str
    sheet: str
    header: str
    taken_for: str | None
    """The column of our tables that it was taken for; None: nothing of it is kept."""
    read_for: str | None = None
    """What it was looked at for besides: to tell people apart, for remarks."""
    how: str = ""
    """By what it was known: `same` by its own word, `word` by another, `said` on this page, `remembered` from the last such file."""
    samples: tuple[str, ...] = ()
    """The first few texts that stand in it."""
    place: int = 0
    """Which column it is, from 0."""
    mark: str = ""
    """What its word says that it is looked at for, without being kept; empty if for nothing."""
    is_looked_at: bool = False
    """Whether it is so now."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is no fact, or a whole sheet or file (no row)."""

    file: str
    sheet: str
    row: int | None
    text: str
    """What stands there."""
    why: str
    """`title header total footnote empty vacant unit_heading nobody skipped sheet_hidden table_not_read table_unknown`."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What cannot be known from the files. Unanswered, nothing is taken for granted."""

    id: str
    kind: str
    about: str
    choices: tuple[str, ...]
    proposal: str | None = None
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    """What its sentence needs; with `row` it is shown beside that row."""
    file: str = ""
    row: int | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the files suggest, and that is done only if it is ticked."""

    id: str
    kind: str
    about: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    file: str = ""
    row: int | None = None
    is_taken: bool = False
