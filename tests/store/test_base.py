"""Moments, kept as whole seconds."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import sqlite

from scheduler.store.base import MomentType
from tests.builders import at

DIALECT = sqlite.dialect()


def test_moment_goes_in_as_seconds_and_comes_back_in_utc() -> None:
    kept = MomentType().process_bind_param(at("2014-07-01T09:00"), DIALECT)

    assert kept == 1404176400
    assert MomentType().process_result_value(kept, DIALECT) == datetime(2014, 7, 1, 1, tzinfo=UTC)


def test_part_of_a_second_is_dropped_not_rounded() -> None:
    assert MomentType().process_bind_param(at("2014-07-01T09:00:07.9"), DIALECT) == 1404176407


def test_nothing_stays_nothing() -> None:
    assert MomentType().process_bind_param(None, DIALECT) is None
    assert MomentType().process_result_value(None, DIALECT) is None


def test_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        MomentType().process_bind_param(datetime(2014, 7, 1), DIALECT)  # noqa: DTZ001 - that is the point
