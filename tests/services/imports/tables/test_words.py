import pytest

from scheduler.core.ground.bookings import Kind, Mode, Size, State
from scheduler.services.imports.tables import words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("集中学习", Kind.STUDY_SESSION),
        ("study_session", Kind.STUDY_SESSION),
        ("集中学习 study_session", Kind.STUDY_SESSION),
        ("（座谈会）", Kind.SYMPOSIUM),
        ("动员大会", None),
        ("", None),
    ],
)
def test_kinds_are_known_in_both_languages(text: str, kind: Kind | None) -> None:
    assert words.meaning(text, words.KINDS) is kind


def test_group_talks_are_face_to_face() -> None:
    assert words.meaning("集体谈话", words.MODES) == (Mode.FACE_TO_FACE, Size.GROUP)
    assert words.meaning("Video", words.MODES) == (Mode.VIDEO, Size.ONE_TO_ONE)


def test_no_state_is_booked() -> None:
    assert words.meaning("", words.STATES) is State.BOOKED
    assert words.meaning("已取消", words.STATES) is State.CANCELLED


def test_every_value_has_its_english_word() -> None:
    assert all(words.meaning(kind.value, words.KINDS) is kind for kind in Kind)
    assert all(words.meaning(state.value, words.STATES) is state for state in State)
