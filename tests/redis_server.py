"""A throw-away Redis for the tests: on a port of its own, nothing kept on disk."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.serving import a_free_port


class NoRedis(Exception):
    """There is no Redis here."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a server that has come up; it is gone afterwards. Raises NoRedis."""
    program = shutil.which("redis-server")
    if program is None:
        raise NoRedis("redis-server was not found: Redis is not installed")
    port = a_free_port()
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (folder / "redis.log").open("wb") as log, subprocess.Popen(words, cwd=folder, stdout=log) as server:
        try:
            address = f"redis://127.0.0.1:{port}/0"
            _wait_for(address)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, seconds: float = 20) -> None:
    """Until it answers."""
    ends = time.monotonic() + seconds
    with redis.Redis.from_url(address) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                assert time.monotonic() < ends, "Redis did not come up"
                time.sleep(0.02)
