"""A throw-away Redis for the tests: on a port of its own, nothing kept on disk."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.serving import a_free_port
from tests.waiting import wait_for


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
            with redis.Redis.from_url(address) as client:
                wait_for(lambda: _answers(client), "Redis")
            yield address
        finally:
            server.terminate()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
