import subprocess
import sys

import pytest

from scheduler import shapes
from scheduler.core.ground.findings import Finding
from scheduler.shapes.ground import FindingModel
from scheduler.wording.readers import Reader


def test_a_finding_has_kind_subject_and_sentence() -> None:
    told = FindingModel.of(Finding("head_vacant", "I05", {"name": "文化宫"}), Reader("zh"))

    assert (told.kind, told.subject) == ("head_vacant", "I05")
    assert list(told.document()) == ["kind", "subject", "text"]
    assert FindingModel.model_validate(told) == told


def test_a_sentence_has_a_reader() -> None:
    with pytest.raises(ValueError, match="Assertion"):
        FindingModel.of(Finding("head_vacant", "I05"))


def test_the_files_of_the_room_are_read_when_they_are_named() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from scheduler import shapes; print('pydantic' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"
    assert shapes.ground.FindingModel is FindingModel  # type: ignore[attr-defined]  # only those that doors name are declared
    with pytest.raises(AttributeError, match="teapots"):
        shapes.teapots  # type: ignore[attr-defined]  # noqa: B018
