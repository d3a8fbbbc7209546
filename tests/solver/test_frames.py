"""Frames on a pipe."""

from io import BytesIO

from scheduler.core.plans.placements import Plan, PlanStatus
from scheduler.core.plans.problems import Goal, PlanProblem
from scheduler.solver.frames import SolveRequest, read, write
from scheduler.solver.watch import Progress

QUESTION = SolveRequest(PlanProblem(30, (), (), (), (), ()), 2.5, 7)
NEWS = Progress(0.5, 1, 2, {Goal.UNPLACED: 1}, {}, Plan(PlanStatus.FEASIBLE))


def test_frames_are_read_as_they_were_written() -> None:
    pipe = BytesIO()
    write(pipe, QUESTION)
    write(pipe, NEWS)
    pipe.seek(0)

    assert (read(pipe), read(pipe), read(pipe)) == (QUESTION, NEWS, None)


def test_part_of_a_frame_is_none() -> None:
    pipe = BytesIO()
    write(pipe, NEWS)
    whole = pipe.getvalue()

    assert read(BytesIO(whole[:-1])) is None
    assert read(BytesIO(whole[:3])) is None
