"""What is said stays as it is written down in `golden/`: a change of a sentence is seen there, by whoever reads the change."""

from tests.wording.golden import sentences


def test_every_sentence_is_said_as_it_is_written_down() -> None:
    for name, text in sentences.sentences().items():
        assert text.splitlines() == (sentences.FOLDER / name).read_text("utf-8").splitlines(), name
