"""Secrets that are handed out once."""

from argon2 import PasswordHasher, extract_parameters

from scheduler.services import secrets


def test_secrets_are_long_and_never_the_same() -> None:
    made = {secrets.new() for _ in range(100)}

    assert len(made) == 100
    assert {len(secret) for secret in made} == {43}


def test_a_digest_is_sha_256() -> None:
    assert secrets.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(secrets.digest("\udc80")) == 64


def test_a_password_is_known_again_and_no_other_is() -> None:
    kept = secrets.password_hash("songshu-baiyun-1234")

    assert secrets.is_password("songshu-baiyun-1234", kept)
    assert not secrets.is_password("songshu-baiyun-1235", kept)
    assert not secrets.is_password("songshu-baiyun-1234", None)
    assert not secrets.is_password("songshu-baiyun-1234", "no hash")


def test_what_runs_outside_of_tests_is_argon2id_with_64_megabytes() -> None:
    parameters = extract_parameters(PasswordHasher().hash("x"))

    assert (parameters.type.name, parameters.memory_cost, parameters.time_cost) == ("ID", 65536, 3)


def test_passwords_of_the_demonstration_can_be_read_out() -> None:
    first, second, third, digits = secrets.readable_password().split("-")

    assert (first + second + third).isalpha()
    assert (len(digits), digits.isdigit()) == (4, True)
