import pytest

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.wording import problem_files


def test_contradiction_is_said_as_the_finding_it_is() -> None:
    error = Malformed(
        "contradiction_asked", "talks[1].after", finding=Finding("in_circles", "t1", {"talks": ("t1", "t1")})
    )

    assert wording.error(error) == "talks[1].after：这些谈话互相等待：t1 → t1"
    assert wording.error(error, "en") == "talks[1].after: These talks wait for each other: t1 → t1"


def test_long_circle_is_cut_short() -> None:
    talks = tuple(f"t{number}" for number in range(12))

    assert wording.text(Finding("in_circles", "t0", {"talks": talks}), "en").endswith("t8 → t9 → …")


def test_other_kinds_are_not_ours() -> None:
    assert problem_files.sentence("person_taken", {}, "zh") is None


@pytest.mark.parametrize("kind", problem_files.SENTENCES)
def test_every_sentence_stands_without_its_details(kind: str) -> None:
    for lang in ("zh", "en"):
        said = problem_files.sentence(kind, {}, lang)
        assert said
        assert "%(" not in said
