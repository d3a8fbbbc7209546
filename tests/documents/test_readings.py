import pytest

from tests.documents import readings


@pytest.mark.parametrize("kind", readings.KINDS)
def test_every_document_is_read_or_refused_as_it_always_was(kind: str) -> None:
    golden = (readings.GOLDEN / f"{kind}.txt").read_text("utf-8").splitlines()

    assert readings.lines(kind) == golden
