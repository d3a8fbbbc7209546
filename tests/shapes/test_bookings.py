from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId
from scheduler.shapes.bookings import BookedModel
from scheduler.wording.readers import Reader

ZH = Reader("zh")
NOT_YET = Finding("no_room", "T001")
NO_ROOM = Finding("no_room", "T001")


def test_the_answer_to_a_booking_says_whether_it_went_through() -> None:
    answer = BookedModel.told(Findings(hints=(NOT_YET,)), ZH, BookingId("T051")).document()

    assert (answer["ok"], answer["id"], answer["blocking"], answer["warnings"]) == (True, "T051", [], [])
    assert [(hint["kind"], hint["subject"]) for hint in answer["hints"]] == [("no_room", "T001")]


def test_the_answer_to_a_refused_booking_has_the_same_shape() -> None:
    taken = Finding("room_taken", "R04", {"is_private": True, "name": "第一会议室"})

    answer = BookedModel.told(Refused((taken,), (), (NO_ROOM,)), ZH).document()

    assert (answer["ok"], answer["id"]) == (False, None)
    assert answer["blocking"] == [{"kind": "room_taken", "subject": "R04", "text": "第一会议室 不可用"}]
