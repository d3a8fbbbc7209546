"""The queue that tells of runs."""

from pathlib import Path

import pytest

from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import queue as plan_queue


def test_what_is_sent_is_carried_out_at_the_other_end(tmp_path: Path) -> None:
    address, done = str(tmp_path / "new" / "queue.sqlite"), []

    assert plan_queue.send(address, PlanRunId("P001"))
    assert plan_queue.send(address, PlanRunId("P002"))

    queue = plan_queue.open_queue(address, done.append)
    assert not plan_queue.is_empty(queue)
    while task := queue.dequeue():
        queue.execute(task)
    assert plan_queue.is_empty(queue)
    queue.storage.close()
    assert done == ["P001", "P002"]


def test_queue_that_cannot_be_had_is_no_harm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()

    assert not plan_queue.send(str(tmp_path / "file" / "queue.sqlite"), PlanRunId("P001"))
    assert not plan_queue.send("redis://127.0.0.1:1/0", PlanRunId("P001"))

    assert "The queue cannot be had" in caplog.text


def test_queue_of_several_machines_is_on_redis() -> None:
    queue = plan_queue.open_queue("redis://127.0.0.1:1/0", lambda _: None)

    assert type(queue.storage).__name__.startswith(("Redis", "Priority"))
    assert plan_queue.is_empty(queue)


def test_folder_of_the_queue_is_for_its_owner_alone(tmp_path: Path) -> None:
    plan_queue.send(str(tmp_path / "new" / "queue.sqlite"), PlanRunId("P001"))

    assert ((tmp_path / "new").stat().st_mode & 0o777) == 0o700
