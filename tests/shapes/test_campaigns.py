from datetime import date
from zoneinfo import ZoneInfo

from scheduler.core.campaigns.milestones import CoverageMoved, MilestoneMoved
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.programme.moves import MilestoneMove
from scheduler.shapes.campaigns import MilestoneMovedModel
from scheduler.wording.readers import Reader
from tests.builders import a_talk


def test_a_milestone_tells_which_bookings_lie_outside_now() -> None:
    moved = MilestoneMoved(
        date(2014, 6, 16),
        date(2014, 8, 15),
        None,
        (a_talk("T001", "2014-08-18T09:00"),),
        coverage=CoverageMoved((37, 48), (0, 48)),
        findings=Findings(warnings=(Finding("weekend", "2014-08-23"),)),
    )

    assert MilestoneMovedModel.of(MilestoneMove(moved), Reader("zh", ZoneInfo("Asia/Shanghai"))).document() == {
        "window_opens": "2014-06-16",
        "window_closes": "2014-08-15",
        "report_due": None,
        "bookings_outside": [{"id": "T001", "start": "2014-08-18T09:00"}],
        "moved_along": [],
        "coverage": {"before": [37, 48], "after": [0, 48]},
        "gate": None,
        "printed": [],
        "blocking": [],
        "warnings": [{"kind": "weekend", "subject": "2014-08-23", "text": "8月23日 周六"}],
    }
