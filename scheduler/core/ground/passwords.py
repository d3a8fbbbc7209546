"""Which passwords are too weak to be taken."""

from importlib import resources

MIN_LENGTH, MAX_LENGTH = 8, 128
"""In characters."""
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")


def weakness(password: str, *, guessable: tuple[str, ...] = ()) -> str | None:
    """Why a password is too weak (`too_short`, `too_long`, `too_common`), or None if it will do.

    `guessable` are words that others know of its owner, such as the account's name.
    """
    if len(password) < MIN_LENGTH:
        return "too_short"
    if len(password) > MAX_LENGTH:
        return "too_long"
    return "too_common" if _is_common(password.lower(), guessable) else None


def _is_common(password: str, guessable: tuple[str, ...]) -> bool:
    """Whether somebody who guesses would try it among the first."""
    letters = password.rstrip("0123456789!.@#")
    return (
        len(set(password)) < 4
        or password in _common()
        or any(password in row or password in row[::-1] for row in _ROWS)
        or any(word and word.lower() in {password, letters} for word in guessable)
    )


def _common() -> frozenset[str]:
    """Passwords found first in lists of stolen ones, of eight characters and more."""
    text = resources.files("scheduler.core.ground").joinpath("common_passwords.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
