"""What `make trust` measures, in a small edition."""

import subprocess
import sys

import pytest

from config import ROOT
from tests.databases import Databases
from tests.trust import kills


@pytest.mark.slow
def test_killed_processes_lose_nothing_that_was_acknowledged(databases: Databases) -> None:
    figure = kills.killed(databases, "sqlite", 2)

    assert figure.is_kept, figure


SMALL = (
    "from tests.trust import hostile as h; print([f for f in (h.damaged_calendars(6), h.books(6)) if not f.is_kept])"
)


def test_damaged_calendars_and_workbooks_end_in_time() -> None:
    # in a process of its own: what one forks has at first the memory of what forked it
    done = subprocess.run([sys.executable, "-c", SMALL], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
