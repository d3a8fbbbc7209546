"""What a roll call leaves open, in both languages."""

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.roll_calls import Miscount, Question, RollCall, Twice
from scheduler.core.sessions.study import Attended
from scheduler.wording.roll_calls import oddities

P1, P2 = PersonId("p1"), PersonId("p2")
ODD = RollCall(
    {},
    (Question("李强", Attended.LATE, (P1, P2)),),
    (Twice(P1, (Attended.ATTENDED, Attended.ABSENT)),),
    (P2,),
    ("赵无极", "X"),
    (Miscount("expected", 8, 9), Miscount("present", 3, 2), Miscount("on_leave", 2, 1)),
)


def test_everything_is_told_in_chinese() -> None:
    assert oddities(ODD, {P1: "李强p1", P2: "李强p2"}.__getitem__) == [
        "“李强”（迟到）是谁？可能是李强p1、李强p2，请在表里选",
        "李强p1写了两处：出席、缺席",
        "不认识：“赵无极”、“X”",
        "不在这次的参加范围，不登记：李强p2",
        "应到写的是 8 人，按名单是 9 人",
        "实到写的是 3 人，按名单是 2 人",
        "请假写的是 2 人，按名单是 1 人",
    ]


def test_everything_is_told_in_english() -> None:
    assert oddities(ODD, str, "en") == [
        "Who is “李强” (Late)? Perhaps p1, p2; choose in the table",
        "p1 stands twice: Attended, Absent",
        "Nobody is called “赵无极”, “X”",
        "Not called to this study session, not recorded: p2",
        "Expected: the text says 8, by the names it is 9",
        "Present: the text says 3, by the names it is 2",
        "On leave: the text says 2, by the names it is 1",
    ]


def test_nothing_is_told_of_what_is_clear() -> None:
    assert oddities(RollCall({P1: Attended.LATE}), str) == []
