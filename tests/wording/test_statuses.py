"""What is said by HTTP status."""

from scheduler.wording.statuses import status_text


def test_a_status_has_a_sentence_in_both_languages() -> None:
    assert status_text(404) == "没有找到"
    assert status_text(404, "en") == "There is nothing here"


def test_a_rare_status_is_said_like_its_kind() -> None:
    assert status_text(418, "en") == "The request cannot be understood"
    assert status_text(599) == "系统出错，已记录"
