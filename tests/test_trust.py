"""What `make trust` measures, in a small edition."""

import pytest

from tests.databases import Databases
from tests.trust import hostile, kills


@pytest.mark.slow
def test_killed_processes_lose_nothing_that_was_acknowledged(databases: Databases) -> None:
    figure = kills.killed(databases, "sqlite", 2)

    assert figure.is_kept, figure


def test_damaged_calendars_and_workbooks_end_in_time() -> None:
    for figure in (hostile.damaged_calendars(6), hostile.books(6)):
        assert figure.is_kept, figure
