"""Other processes, as tests look at them."""

import time
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for yet does not."""
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(pid: int, seconds: float = 10) -> None:
    """Wait until a process has ended."""
    ends = time.monotonic() + seconds
    while is_alive(pid):
        assert time.monotonic() < ends, f"{pid} outlived its parent"
        time.sleep(0.02)
