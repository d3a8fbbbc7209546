"""What a roll call leaves open, in both languages."""

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.roll_calls import Asks, Miscount, Question, RollCall, Twice
from scheduler.core.sessions.study import Attended
from scheduler.wording.roll_calls import miscount, oddities

HERE, LEAVE, ABSENT = Attended.ATTENDED, Attended.ON_LEAVE, Attended.ABSENT
P1, P2 = PersonId("p1"), PersonId("p2")
MANY = tuple(PersonId(f"q{number}") for number in range(1, 10))
ODD = RollCall(
    {},
    (
        Question(Asks.WHO, "李强迟到", (P1, P2), (Attended.LATE,)),
        Question(Asks.HOW, "在区里开会没来", (P1,), (LEAVE, ABSENT)),
        Question(Asks.HOW, "借调", (P2,), (LEAVE,), or_uncalled=True),
        Question(Asks.EACH, "其他部门各来一人", MANY, (HERE, LEAVE, ABSENT)),
        Question(Asks.REST, "其余到会", (P1,), (HERE, LEAVE, ABSENT)),
        Question(Asks.REST, "", (P1,), (HERE, LEAVE, ABSENT)),
    ),
    (Twice(P1, (HERE, ABSENT)),),
    (P2,),
    ("赵无极", "X"),
    (Miscount("expected", 8, 9),),
    unsaid=(P2,),
    remote=(P1,),
)
MISCOUNTS = [Miscount("expected", 8, 9), Miscount("present", 3, 2), Miscount("on_leave", 2, 1), Miscount("rest", 7, 8)]


def test_everything_is_told_in_chinese() -> None:
    assert oddities(ODD, lambda person: f"李强{person}") == [
        "“李强迟到”是谁？可能是李强p1、李强p2，请在表里选",
        "“在区里开会没来”：李强p1算请假，还是缺席？请在表里选",
        "“借调”：李强p2算请假，还是不在应到之列？请在表里选",
        "“其他部门各来一人”没有写是谁，请在表里选：李强q1、李强q2、李强q3、李强q4、李强q5、李强q6、李强q7、李强q8等 9 人",
        "人数不一致，“其余到会”未填写：李强p1",
        "人数不一致，没有说到的未填写：李强p1",
        "李强p1写了两处：出席、缺席，请在表里选",
        "不认识：“赵无极”、“X”",
        "不在这次的参加范围，不登记：李强p2",
        "没有说到，也没有填：李强p2",
        "视频或电话参加，按出席填：李强p1",
    ]
    assert [miscount(odd) for odd in MISCOUNTS] == [
        "应到写的是 8 人，按名单是 9 人",
        "实到写的是 3 人，按名单是 2 人",
        "请假写的是 2 人，按名单是 1 人",
        "其余写的是 7 人，按名单是 8 人",
    ]


def test_everything_is_told_in_english() -> None:
    assert oddities(ODD, str, "en") == [
        "Who is “李强迟到”? Perhaps p1, p2; choose in the table",
        "“在区里开会没来”: is that On leave, or Absent of p1? Choose in the table",
        "“借调”: is that On leave, or not expected of p2? Choose in the table",
        "“其他部门各来一人” does not say who it was; choose in the table: q1, q2, q3, q4, q5, q6, q7, q8 and others, 9 in all",
        "The numbers do not agree; “其余到会” was not filled in: p1",
        "The numbers do not agree; those of whom nothing is said was not filled in: p1",
        "p1 stands twice: Attended, Absent; choose in the table",
        "Nobody is called “赵无极”, “X”",
        "Not called to this study session, not recorded: p2",
        "Nothing is said of them, and nothing was filled in: p2",
        "There by video or telephone, filled in as attended: p1",
    ]
    assert [miscount(odd, "en") for odd in MISCOUNTS] == [
        "Expected: the text says 8, by the names it is 9",
        "Present: the text says 3, by the names it is 2",
        "On leave: the text says 2, by the names it is 1",
        "The rest: the text says 7, by the names it is 8",
    ]


def test_a_name_that_nobody_bears_keeps_the_rest_open_where_the_numbers_agree() -> None:
    odd = RollCall({}, (Question(Asks.REST, "其余到会", (P1,), (HERE, LEAVE, ABSENT)),), unknown=("赵无极",))

    assert oddities(odd, str)[0] == "有人员未写清，“其余到会”未填写：p1"
    assert oddities(odd, str, "en")[0] == "Somebody is not clear; “其余到会” was not filled in: p1"


def test_nothing_is_told_of_what_is_clear() -> None:
    assert oddities(RollCall({P1: Attended.LATE}), str) == []
