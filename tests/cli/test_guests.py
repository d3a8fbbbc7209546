"""guests list, add, remove; guests of a new booking, and their attendance."""

from tests.command_line import CommandLine


def test_guests_are_invited_listed_and_taken_off(sample: CommandLine) -> None:
    assert sample.json("guests", "add", "E12", "王五（某街道 群众代表）", "m01")["ok"]
    assert sample.json("guests", "add", "E12", "--name", "赵六", "--unit", "某厂", "--kind", "worker")["ok"]
    assert sample.json("guests", "add", "E04", "--kind", "street_town")["warnings"] == []

    listed = sample.json("guests", "list", "E12")
    keys = ("id", "name", "unit", "post", "kind", "contact", "person", "status")
    assert [tuple(guest[key] for key in keys) for guest in listed["guests"]] == [
        ("L01", "王五", "某街道", "群众代表", "", "", None, None),
        ("L02", "劳模代表01", "", "", "model_worker", "m01", None, None),
        ("L03", "赵六", "某厂", "", "worker", "", None, None),
    ]
    assert (listed["expected"], listed["outside"], listed["in_room"]) == (34, 3, 37)
    assert "来宾 16 人，场内共 24 人，其中应到 8 人" in sample("guests", "list", "E04").out

    assert sample.json("guests", "remove", "E12", "王五", "m01")["ok"]
    assert len(sample.json("guests", "list", "E12")["guests"]) == 1
    assert "没有这个来宾" in sample("guests", "remove", "E12", "王五").err


def test_guests_added_wrongly_are_wrong_use(sample: CommandLine) -> None:
    assert "GUEST" in sample("guests", "add", "E12").err
    assert "--name" in sample("guests", "add", "E12", "王五", "--unit", "某厂").err


def test_a_closed_door_is_a_refusal(sample: CommandLine) -> None:
    assert not sample.json("guests", "add", "E12", "王五", "--as", "p27", status=1).get("ok")


def test_a_talk_with_a_guest_and_how_guests_were_there(sample: CommandLine) -> None:
    talk = ("book", "talk", "--people", "p02", "--start", "2014-08-05T10:00", "--minutes", "30")
    assert sample.json(*talk, "--guests", "王五/某街道/群众")["id"] == "T051"
    assert "陈国梁、王五" in sample("bookings", "--on", "2014-08-05", "--kind", "talk").out

    sample.json("guests", "add", "E04", "u01", "p85")
    attended = sample.json("attend", "E04", "u01", "late")
    assert attended == {"session": "E04", "person": "L02", "status": "late", "makeup_date": None, "hours": 0.0}
    assert sample.json("attend", "E04", "p85", "attended")["person"] == "p85"
    sheet = sample.json("attend", "E04")
    assert [(guest["contact"], guest["status"]) for guest in sheet["guests"]] == [("u01", "late")]
    assert sheet["people"]["p85"]["part"] == "guest"
    assert sheet["quorum"] == {"expected": 8, "needed": 6, "reached": False}
    assert "青石街道总工会" in sample("attend", "E04").out
    assert "--makeup" in sample("attend", "E04", "u01", "on_leave", "--reason", "病假").err
