"""Secrets that are handed out once: made long, and only their digest is kept."""

import hashlib
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Checked when there is no account of a name, so that the answer takes as long as for one that there is.

    Made when it is first wanted: hashing is slow on purpose, and most commands never sign anybody in.
    """
    return _HASHER.hash(secrets.token_urlsafe(16))


def new() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret; enough because nobody can try 2^256 of them."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def password_hash(password: str) -> str:
    """What is kept of a password (Argon2id)."""
    return _HASHER.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password; takes as long when there is none to compare with."""
    try:
        _HASHER.verify(kept or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


_WORDS = [
    "songshu",
    "baiyun",
    "qingshan",
    "liushui",
    "mingyue",
    "chunfeng",
    "xiaohe",
    "dahai",
    "lanhua",
    "meihua",
    "zhulin",
    "hongye",
    "xueshan",
    "caodi",
    "yulin",
    "xingkong",
    "shuguang",
    "wanxia",
    "yinhe",
    "fengye",
    "shanhu",
    "luming",
    "hehua",
    "juhua",
    "guihua",
    "yangliu",
    "wutong",
    "bailu",
    "xique",
    "yanzi",
    "hudie",
    "mifeng",
]


_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another."""


def app_password() -> str:
    """A password that a device keeps and somebody types once: 20 letters of 31, which is 99 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def app_digest(password: str) -> str:
    """What is kept of such a password, however it was typed. No token in an address can hold the slash, so none is its like."""
    typed = unicodedata.normalize("NFKC", password).casefold()
    return digest("dav/" + "".join(letter for letter in typed if letter in _LETTERS))


def readable_password() -> str:
    """A random password that can be read out: three words and four digits."""
    words = "-".join(secrets.choice(_WORDS) for _ in range(3))
    return f"{words}-{secrets.randbelow(10_000):04}"
