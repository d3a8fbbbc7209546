"""The command line as tests call it: in this process, or really as a command of its own."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config import ROOT, Config
from scheduler.cli.call import Doors
from scheduler.cli.main import main
from scheduler.core.ground.clock import Clock
from tests.waiting import LAST_RESORT

SAMPLE_NOW = "2014-08-01T08:00:00+08:00"
SAMPLE = ROOT / "sample"


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """Calls commands on one database; the organisation's clock stands at `now` unless a call says otherwise."""

    address: str
    folder: Path
    now: str | None = SAMPLE_NOW

    def environ(self, **more: str) -> dict[str, str]:
        environ = {
            "DATABASE_URL": self.address,
            "TANXIN_INSTANCE": str(self.folder),
            "SECRET_KEY": "only for tests " * 3,
        }
        return environ | ({"TANXIN_NOW": self.now} if self.now else {}) | more

    def __call__(self, *words: str | Path, stdin: str = "", **environ: str) -> Answer:
        """Run a command in this process."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        before, sys.stdin = sys.stdin, io.StringIO(stdin)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                status = main([str(word) for word in words], self.environ(**environ), DOORS, _clock)
        finally:
            sys.stdin = before
        return Answer(status, _text(out), _text(err))

    def json(self, *words: str | Path, status: int = 0, **environ: str) -> Any:
        """What a command answers with `--json`; it must end with `status`."""
        answer = self(*words, "--json", **environ)
        assert answer.status == status, answer.err + answer.out
        return answer.json

    def really(self, *words: str | Path, stdin: str = "", **environ: str) -> Answer:
        """Run a command as a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "scheduler", *map(str, words)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env=surroundings() | self.environ(**environ),
            timeout=LAST_RESORT,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)


def surroundings() -> dict[str, str]:
    """What a process needs to start at all; none of our own settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def _clock(config: Config) -> Clock:
    real = datetime.now(UTC)  # noqa: TID251 - feeds are asked by the real clock, and forget what was cancelled long ago
    return Clock(config.now or real, real)


def _never(*_: object) -> None:
    raise AssertionError("Only a real process serves.")


DOORS = Doors(_never, _never)
