"""Secrets that are handed out once."""

from argon2 import PasswordHasher, extract_parameters

from scheduler.services.ground import secrets


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


def test_a_password_for_a_device_is_five_groups_of_letters_that_nobody_confuses() -> None:
    made = {secrets.app_password() for _ in range(100)}

    assert len(made) == 100
    assert all([len(group) for group in password.split("-")] == [4] * 5 for password in made)
    assert not set("".join(made)) & set("0oO1iIlL")


def test_a_password_for_a_device_is_known_however_it_was_typed() -> None:
    kept = secrets.app_digest("abcd-efgh-jkmn-pqrs-tu23")

    for typed in ("ABCDEFGHJKMNPQRSTU23", "abcd efgh jkmn pqrs tu23 ", "ａbcd—efgh—jkmn—pqrs—tu23"):
        assert secrets.app_digest(typed) == kept
    assert secrets.app_digest("abcd-efgh-jkmn-pqrs-tu24") != kept
    assert secrets.digest("abcdefghjkmnpqrstu23") != kept
