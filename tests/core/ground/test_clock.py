from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.ground.clock import Clock

NOON = datetime(2014, 8, 1, 12, tzinfo=UTC)


def test_today_is_the_organisations_day() -> None:
    late = datetime(2014, 8, 1, 17, tzinfo=UTC)

    assert Clock(now=late, real=NOON).today(ZoneInfo("Asia/Shanghai")) == date(2014, 8, 2)


def test_clock_without_a_zone_is_refused() -> None:
    naive = NOON.replace(tzinfo=None)

    for now, real in ((naive, NOON), (NOON, naive)):
        with pytest.raises(ValueError, match="needs a zone"):
            Clock(now, real)
