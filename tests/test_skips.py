"""Where nothing may be skipped, a test that was skipped has failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT

ONE_SKIPS = """
import pytest

def test_one():
    pytest.skip("no server")

def test_other():
    pass
"""


@pytest.mark.parametrize(("strict", "status"), [("1", 1), ("", 0)])
def test_skip_fails_a_strict_run_only(tmp_path: Path, strict: str, status: int) -> None:
    (tmp_path / "test_some.py").write_text(ONE_SKIPS)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "TANXIN_NO_SKIPS": strict},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == status, run.stdout
    assert "1 passed, 1 skipped" in run.stdout
