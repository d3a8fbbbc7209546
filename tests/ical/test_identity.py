"""Names that calendar readers know entries by."""

from uuid import UUID

from scheduler.ical.identity import uid_in_room, uid_of_task

OWN = "34bdf3c7-fb32-4b0b-87fd-4731bc2b161e"


def test_a_booking_keeps_its_name_in_a_room_for_life() -> None:
    assert uid_in_room(OWN, "R04") == uid_in_room(OWN, "R04")
    assert str(UUID(uid_in_room(OWN, "R04"))) == uid_in_room(OWN, "R04")


def test_nobody_recognises_a_booking_by_its_name_in_a_room() -> None:
    assert len({OWN, uid_in_room(OWN, "R04"), uid_in_room(OWN, "R02")}) == 3


def test_a_task_has_a_name_of_its_own_in_each_calendar() -> None:
    assert uid_of_task("Z03", "p02") == uid_of_task("Z03", "p02")
    assert len({uid_of_task("Z03", "p02"), uid_of_task("Z03", "p03"), uid_of_task("Z04", "p02")}) == 3
