"""The pictures of a report say what its figures say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.core.ground.ids import PersonId
from scheduler.core.papers import periods
from scheduler.core.papers.trends import BurnUp, Trends, WeekLoad
from scheduler.documents.graphs import Graph
from scheduler.services.papers import pictures, reports
from scheduler.services.papers.reports import PeriodReport
from tests.builders import a_person, a_roster

DAYS = (date(2014, 7, 6), date(2014, 7, 13), date(2014, 7, 20))
BURN_UP = BurnUp(DAYS, (2, 3, 3), 6, date(2014, 8, 18), date(2014, 8, 17))
NONE = PeriodReport(
    date(2014, 7, 1), date(2014, 7, 31), None, a_roster(a_person("p01", "沈维岳", rank=2), a_person("p02", "陈国梁", rank=1)),
    periods.TalkFigures(0, 0, 0, {}, 0, {}), periods.StudyFigures(0, 0, 0, 0, 0, 0), {}, 0, reports.CoverageFigures(), (), {},
)  # fmt: skip


def drawn(**trends: object) -> Mapping[str, pictures.ReportPicture]:
    told = replace(NONE, trends=Trends(**trends))  # type: ignore[arg-type]  # as a test names them
    return {picture.title: picture for picture in pictures.pictures(told, "zh")}


def test_a_report_without_anything_has_no_pictures() -> None:
    assert drawn() == {}


def test_coverage_has_a_row_for_each_week_and_a_line_that_leads_on() -> None:
    told = drawn(burn_up=BURN_UP)["必谈覆盖进度"]

    assert [list(row) for row in told.rows][-1] == ["2014年7月20日", 3, 6, 50.0]
    assert told.about == "绿线：应谈；竖线：谈话期限（2014年8月18日）；虚线：预计。按近四周的进度，2014年8月17日谈完。"
    solid, dashed = told.graph.lines
    assert [value for _, value in solid.points] == [2, 3, 3]
    assert (dashed.points[1][1], dashed.is_dashed) == (6, True)
    assert [round(upright.place, 2) for upright in told.graph.uprights] == [1]


def test_a_forecast_beyond_the_window_ends_at_it() -> None:
    told = drawn(burn_up=replace(BURN_UP, done_by=date(2014, 9, 16)))["必谈覆盖进度"]

    assert told.graph.lines[1].points[1] == (1.0, 4.5)  # 29 of 58 days


def test_what_lies_ahead_is_said_as_it_is() -> None:
    assert "谈不完" in drawn(burn_up=replace(BURN_UP, done_by=None))["必谈覆盖进度"].about
    assert (
        drawn(burn_up=replace(BURN_UP, covered=(2, 3, 6), done_by=None, closes=None))["必谈覆盖进度"].about
        == "绿线：应谈；虚线：预计。已全部谈完。"
    )
    early = drawn(burn_up=replace(BURN_UP, closes=date(2014, 6, 1), done_by=None))["必谈覆盖进度"]
    assert early.graph.uprights == ()
    one_day = drawn(burn_up=BurnUp(DAYS[:1], (0,), 1, None, None))["必谈覆盖进度"]
    assert one_day.graph.lines[0].points == ((0.0, 0.0),)


def test_weeks_and_hours_have_a_bar_for_each_row() -> None:
    hours = {PersonId("p01"): 3.0, PersonId("p02"): 4.5}
    told = drawn(weeks=(WeekLoad(DAYS[0], 5, 2), WeekLoad(DAYS[1], 0, 1)), hours=hours)

    assert [row[1:] for row in told["每周安排"].rows] == [(5, 2), (0, 1)]
    assert heights(told["每周安排"].graph) == [[5, 2], [0, 1]]
    assert [row[1:] for row in told["每人学时"].rows] == [("陈国梁", 4.5), ("沈维岳", 3.0)]
    assert heights(told["每人学时"].graph) == [[4.5], [3.0]]


def test_of_very_many_the_first_are_shown_and_it_is_said() -> None:
    hours = {PersonId(f"p{n:03}"): 1.0 for n in range(100)}

    told = drawn(hours=hours)["每人学时"]

    assert len(told.rows) == len(told.graph.bars) == 60
    assert told.about == "图中的数字是序号。只列前 60 人，共 100 人。"
    assert len(told.graph.marks) <= 11


def test_tasks_are_counted_by_state() -> None:
    told = pictures.pictures(
        replace(NONE, tasks={"open": 1, "under_way": 2, "done": 3, "standing": 0, "late": 1}), "zh"
    )

    (tasks,) = told
    assert [row[1:] for row in tasks.rows] == [("未开始", 1), ("推进中", 2), ("已完成", 3), ("长期坚持", 0)]
    assert tasks.about == "图中的数字是序号。逾期 1 项。"


def heights(graph: Graph) -> list[list[float]]:
    return [[part.value for part in bar.parts] for bar in graph.bars]
