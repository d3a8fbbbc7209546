"""Waiting for what comes about, on machines of any speed."""

import time
from collections.abc import Callable

LAST_RESORT = 300
"""Seconds after which nobody waits any longer for what should have come about: no measure of speed, but an end."""


def wait_for(is_so: Callable[[], object], what: str = "it") -> None:
    """Look again and again until it is so."""
    ends = time.monotonic() + LAST_RESORT
    while not is_so():
        assert time.monotonic() < ends, f"{what} did not come about"
        time.sleep(0.05)
