"""One figure each: what was tried, how often, and whether it is as it must be."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from config import ROOT


@dataclass(frozen=True)
class Figure:
    """A line of the table."""

    name: str
    told: str
    is_kept: bool
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{'ok ' if self.is_kept else 'NOT'}  {self.name:<34} {self.told}  ({self.seconds:.0f} s)"


def timed(measure: Callable[[], Figure]) -> Figure:
    """A figure with how long it took."""
    began = time.monotonic()
    figure = measure()
    return Figure(figure.name, figure.told, figure.is_kept, time.monotonic() - began)


def by_tests(name: str, *paths: str, says: str = "{tests} tests", **environ: str) -> Figure:
    """A figure that tests tell: how many there are, what they recorded of themselves, and that none fails or is skipped."""
    with tempfile.TemporaryDirectory(prefix="tanxin-trust-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *paths]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False)
        if not report.exists():
            return Figure(name, done.stdout[-500:] + done.stderr[-500:], is_kept=False)
        suites = ElementTree.parse(report).getroot()
    counted = {
        key: sum(int(suite.get(key, 0)) for suite in suites.iter("testsuite"))
        for key in ("tests", "failures", "errors", "skipped")
    }
    recorded: dict[str, int] = {}
    for found in suites.iter("property"):
        if (value := found.get("value", "")).isdecimal():  # Hypothesis records what it did, in words
            recorded[found.get("name", "")] = recorded.get(found.get("name", ""), 0) + int(value)
    is_kept = done.returncode == 0 and counted["tests"] > 0 and counted["skipped"] == 0
    failed = counted["failures"] + counted["errors"]
    return Figure(
        name, says.format(**counted, **recorded) + f", {failed} failed, {counted['skipped']} skipped", is_kept
    )
