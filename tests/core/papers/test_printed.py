"""Papers that were handed out, held against what holds now."""

from scheduler.core.ground.ids import RoomId
from scheduler.core.papers.printed import Differs, PrintedPaper, differences, latest
from tests.builders import a_span, at

NOTICE = PrintedPaper("notice", at("2014-08-20T09:40"), "p22", a_span(), RoomId("R01"), "组织生活会")


def test_what_differs_is_told_in_one_order() -> None:
    assert differences(NOTICE, a_span(), RoomId("R01"), "组织生活会") == ()
    assert differences(NOTICE, a_span(), RoomId("R02"), "组织生活会") == (Differs.PLACE,)
    assert differences(NOTICE, a_span(minutes=60), None, "支部大会") == (Differs.TIME, Differs.PLACE, Differs.TITLE)


def test_of_each_kind_the_last_one_counts_and_has_its_number() -> None:
    sheet = PrintedPaper("sign-in", at("2014-08-20T09:41"), "p22", a_span(), None, "")
    second = PrintedPaper("notice", at("2014-08-21T10:12"), "p22", a_span(), None, "")

    assert latest([NOTICE, sheet, second]) == {"notice": (2, second), "sign-in": (1, sheet)}
    assert latest([]) == {}
