"""Behind gunicorn, as docs/how-to/postgresql.md has it: its access log holds no secret of an address."""

import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from config import ROOT
from tests.command_line import CommandLine, surroundings
from tests.waiting import LAST_RESORT

TOKEN = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_access_log_holds_no_secret(database: str, tmp_path: Path) -> None:
    words = ["--bind=127.0.0.1:0", "--access-logfile=-", "--error-logfile=-", "scheduler.app:create_app()"]
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=surroundings() | CommandLine(database, tmp_path).environ(),
    ) as server:
        assert server.stdout
        address = next(line.split("Listening at: ")[1].split()[0] for line in server.stdout if "Listening at" in line)
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{address}/feeds/{TOKEN}.ics", timeout=LAST_RESORT)
        server.terminate()
        log = server.stdout.read()

    assert "GET /feeds/….ics HTTP/1.1" in log
    assert TOKEN not in log
