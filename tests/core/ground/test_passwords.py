"""Which passwords are too weak."""

import pytest

from scheduler.core.ground.passwords import weakness


@pytest.mark.parametrize("password", ["abc", "1234567", ""])
def test_a_short_password_is_refused(password: str) -> None:
    assert weakness(password) == "too_short"


def test_a_password_may_have_128_characters_and_no_more() -> None:
    long = "correct horse battery staple " * 5

    assert weakness(long[:128]) is None
    assert weakness(long[:129]) == "too_long"


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "Password1",
        "woaini1314",
        "5201314520",
        "abcdefgh",
        "HGFEDCBA",
        "asdfghjkl",
        "1qaz2wsx3",
        "11111111",
        "abababab",
        "!!!!!!!!",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert weakness(password) == "too_common"


@pytest.mark.parametrize("password", ["p03-p03-x", "Wenjing2014", "谈心谈话不留内容", "songshu-baiyun-1234"])
def test_what_is_not_guessed_first_will_do(password: str) -> None:
    assert weakness(password, guessable=("p03", "tanxin")) is None


@pytest.mark.parametrize("password", ["chenguoliang", "Chenguoliang1970!", "CHENGUOLIANG88"])
def test_a_name_with_a_year_is_refused(password: str) -> None:
    assert weakness(password, guessable=("chenguoliang", "")) == "too_common"
