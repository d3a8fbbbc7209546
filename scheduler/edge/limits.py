"""How often something may be asked."""

import time
from functools import cache

from limits import parse
from limits.util import WindowStats

from scheduler.extensions import limiter


class TooMany(Exception):
    """Asked too often; `retry_after` seconds say when the next try makes sense."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after


rate_of = cache(parse)
"""A rate as the limiter wants it; the same few are asked for again and again."""


def spend(rate: str, *key: str) -> WindowStats:
    """Count one attempt against a rate such as `30/minute`, and say what is left; raises TooMany when it is used up."""
    if not limiter.limiter.hit(rate_of(rate), *key):
        raise TooMany(_wait(rate, *key))
    return limiter.limiter.get_window_stats(rate_of(rate), *key)


def check_limit(rate: str, *key: str) -> None:
    """Raise TooMany when a rate is used up, counting nothing."""
    if not limiter.limiter.test(rate_of(rate), *key):
        raise TooMany(_wait(rate, *key))


def used(rate: str, *key: str) -> bool:
    """Whether anything was counted against a rate."""
    return limiter.limiter.get_window_stats(rate_of(rate), *key).remaining < rate_of(rate).amount


def times(rate: str, factor: int) -> str:
    """A rate so many times as high."""
    item = rate_of(rate)
    return f"{item.amount * factor} per {item.multiples} {item.GRANULARITY.name}"


def _wait(rate: str, *key: str) -> int:
    """Seconds until the next attempt makes sense."""
    stats = limiter.limiter.get_window_stats(rate_of(rate), *key)
    return max(1, int(stats.reset_time - time.time()) + 1)
