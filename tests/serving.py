"""Servers that tests really start."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from config import ROOT
from tests.command_line import CommandLine, surroundings
from tests.waiting import LAST_RESORT, wait_for


def a_free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(cli: CommandLine, *words: str, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that has come up, and what it printed until then."""
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=surroundings() | cli.environ(**environ),
    ) as server:
        assert server.stdout
        said = ""
        while not said.rstrip().endswith("╯"):
            line = server.stdout.readline()
            assert line, said
            said += line
        try:
            yield server, said
        finally:
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)
                server.wait(LAST_RESORT)


def status_of(port: int, path: str = "/") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=LAST_RESORT) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(process: int) -> None:
    wait_for(lambda: not is_alive(process), f"the end of {process}")


def wait_until_it_hears(process: int, number: int) -> None:
    """Until a process does something of its own about a signal."""
    wait_for(lambda: _heard(process) >> (number - 1) & 1, f"somebody in {process} who hears signal {number}")


def _heard(process: int) -> int:
    """The signals about which a process does something of its own, as bits."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("SigCgt:")[2].split()[0], 16)
