"""Roll calls as offices write them: what is sure, what is asked, and that nobody is left out in silence."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.roll_calls import Asks, Miscount, RollCall, Twice, understand
from scheduler.core.sessions.study import Attended
from tests.builders import a_person, people
from tests.core.sessions.an_office import FOLDER, PERSON, TEN, by_status, called, label

CASES = sorted(FOLDER.glob("点名-*.json"))
STATUSES = ("attended", "on_leave", "absent", "late", "left_early", "observer")
LEAVE, ABSENT, HERE = Attended.ON_LEAVE, Attended.ABSENT, Attended.ATTENDED


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_of_the_office_are_read_right(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    expected = case["expected"]

    told = called(case["text"], case["called"])

    assert by_status(told) == {status: set(expected[status]) for status in STATUSES if expected[status]}
    assert {label(person) for person in told.not_called} == set(expected["not_called"])
    questions = {frozenset(map(label, question.people)): question for question in told.questions}
    assert questions.keys() == {frozenset(question["about"]) for question in expected["ask"]}
    for question in expected["ask"]:
        never, about = question.get("never", ()), questions[frozenset(question["about"])]
        assert not set(never) & set(about.readings)
        assert about.or_uncalled is ("not_expected" in question["readings"])
        assert set(map(label, about.proposal)) == set(question.get("proposal", ()))
    assert told.unsaid == ()
    assert bool(told.miscounts) is not expected.get("numbers", {"agree": True})["agree"]


def away(text: str, **statuses: str) -> None:
    """Those of the ten who were not simply there, by status; everybody else was."""
    told = called(text)
    others = {status: set(names.split()) for status, names in statuses.items()}
    rest = set(TEN).difference(*others.values())
    assert by_status(told) == {"attended": rest, **others}, told
    assert (told.questions, told.miscounts, told.unsaid, told.twice) == ((), (), (), ()), told


ENGLISH = {
    PersonId(f"v{number}"): name
    for number, name in enumerate(("Claire Abbott", "Jonas Bauer", "Yuting Chen", "Lea Dubois", "Nils Eriksen"), 1)
}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Everyone attended.", "hhhhh"),
        ("Full attendance", "hhhhh"),
        ("Nobody was missing.", "hhhhh"),
        ("All present except Claire Abbott (sick) and Jonas Bauer, who was late.", "vlhhh"),
        ("Everyone attended except Claire Abbott, Jonas Bauer and Yuting Chen (all sick).", "vvvhh"),
        ("Everybody was there apart from Claire Abbott, on leave.", "vhhhh"),
        ("All but Claire Abbott.", "?hhhh"),
        ("Attended: 3 of 5. Apologies: Claire Abbott, Jonas Bauer", "vvhhh"),
        ("5 expected, 3 present. Sick: Claire Abbott, Jonas Bauer.", "vvhhh"),
        ("Present (3): Yuting Chen, Lea Dubois, Nils Eriksen. Apologies (2): Claire Abbott, Jonas Bauer.", "vvhhh"),
        ("No-shows: Claire Abbott. Apologies from Jonas Bauer (travel). The rest came.", "avhhh"),
        ("Absent: Abbott, Claire; Bauer, Jonas. All others were there.", "aahhh"),
        ("Absent with apologies: Claire Abbott. The rest attended.", "vhhhh"),
        ("Claire Abbott – sick; Jonas Bauer – left early; others present", "vehhh"),
        ("Claire Abbott left at 10, others stayed to the end.", "ehhhh"),
        ("Claire Abbott, Jonas Bauer and Yuting Chen were late; the others were on time.", "lllhh"),
        ("Claire Abbott and Jonas Bauer did not come, everybody else attended.", "??hhh"),
        ("Late: Claire Abbott (20 min). Excused: Jonas Bauer; unexcused: Yuting Chen. All others present.", "lvahh"),
        ("Present: Claire Abbott, Jonas Bauer. On leave: the rest (sick).", "hhvvv"),
        ("Jonas Bauer joined by video, the rest in person", "hhhhh"),
    ],
)
def test_english_ones(text: str, statuses: str) -> None:
    letters = {"h": HERE, "v": LEAVE, "a": ABSENT, "l": Attended.LATE, "e": Attended.LEFT_EARLY}
    roster = Roster(date(2027, 3, 12), {the_id: a_person(the_id, name=name) for the_id, name in ENGLISH.items()})

    told = understand(text, list(ENGLISH), roster)

    expected = {the_id: letters[letter] for the_id, letter in zip(ENGLISH, statuses, strict=True) if letter in letters}
    assert (dict(told.statuses), told.unknown, told.unsaid, told.twice, told.miscounts) == (expected, (), (), (), ()), (
        told
    )
    assert {p for question in told.questions for p in question.people} == ENGLISH.keys() - expected.keys()
    assert all(question.readings == (LEAVE, ABSENT) for question in told.questions)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("应到10人，实到9人，缺席1人（吴敏，无故）。", {"absent": "吴敏"}),
        ("应到十人，实到八人，请假二人：吴敏、朱琳，其余到会。", {"on_leave": "吴敏 朱琳"}),
        ("应到会10人，实到会8人，因事请假1人：吴敏，因病请假1人：朱琳。", {"on_leave": "吴敏 朱琳"}),
        ("应到10，实到8，请假2：吴敏、朱琳", {"on_leave": "吴敏 朱琳"}),
        ("应到：10人 实到：8人 请假：2人（吴敏 朱琳）", {"on_leave": "吴敏 朱琳"}),
        ("请假人数：2（吴敏、朱琳）。参加人数：8。", {"on_leave": "吴敏 朱琳"}),
        ("到会8人，请假2人。请假人员：吴敏、朱琳。", {"on_leave": "吴敏 朱琳"}),
        ("2人请假：吴敏、朱琳，其余人员到会。", {"on_leave": "吴敏 朱琳"}),
        ("有2人请假，分别是吴敏、朱琳，其余人员到会。", {"on_leave": "吴敏 朱琳"}),
        ("请假的是吴敏和朱琳，其他人全部到会", {"on_leave": "吴敏 朱琳"}),
        ("请假：吴敏；朱琳。其余到会。", {"on_leave": "吴敏 朱琳"}),
        ("请假：吴敏 朱琳；迟到：许强；其余到会", {"on_leave": "吴敏 朱琳", "late": "许强"}),
        ("吴敏、朱琳等2名同志请假，其余到会。", {"on_leave": "吴敏 朱琳"}),
        ("吴敏（请假）、朱琳（请假）、其余到会", {"on_leave": "吴敏 朱琳"}),
        ("除请假的吴敏、朱琳外，其他同志均到会。", {"on_leave": "吴敏 朱琳"}),
        ("除请假2人（吴敏、朱琳）外，其余8人均到会。", {"on_leave": "吴敏 朱琳"}),
        ("除吴敏同志因病请假、朱琳同志出差外，其余人员均按时参加学习。", {"on_leave": "吴敏 朱琳"}),
        ("赵建国、钱伟、孙丽华等8人参加，吴敏、朱琳请假。", {"on_leave": "吴敏 朱琳"}),
        ("到会的有赵建国、钱伟、孙丽华、周海涛、冯军、卫东、沈涛、许强共8人，吴敏、朱琳请假。", {"on_leave": "吴敏 朱琳"}),
        ("实到8人：赵建国、钱伟、孙丽华、周海涛、冯军、卫东、沈涛、许强，吴敏、朱琳请假。", {"on_leave": "吴敏 朱琳"}),
        ("实到8人（赵建国、钱伟、孙丽华、周海涛、冯军、卫东、沈涛、许强），吴敏、朱琳请假。", {"on_leave": "吴敏 朱琳"}),
        ("到会情况：应到10人，实到8人，吴敏、朱琳请假。", {"on_leave": "吴敏 朱琳"}),
        ("缺席：吴敏（请假）、朱琳（公差）、许强（原因不明），其余到会。", {"on_leave": "吴敏 朱琳", "absent": "许强"}),
        ("病假：吴敏；事假：朱琳；公假：许强；其余出勤。", {"on_leave": "吴敏 朱琳 许强"}),
        ("吴敏同志在党校学习，朱琳同志休年假，其余同志参加学习。", {"on_leave": "吴敏 朱琳"}),
        ("今天来了8个人，就吴敏和朱琳没来，都请了假。", {"on_leave": "吴敏 朱琳"}),
        ("吴 敏请假 朱 琳迟到 其余到会", {"on_leave": "吴敏", "late": "朱琳"}),
        ("吴敏，请假；朱琳，迟到；其余，到会。", {"on_leave": "吴敏", "late": "朱琳"}),
        ("许强电话请假，其他人都来了", {"on_leave": "许强"}),
        ("办公室冯军请假，其余参加。", {"on_leave": "冯军"}),
        ("办公室请假1人（冯军），其余全部到会。", {"on_leave": "冯军"}),
        ("卫东早退，许强迟到10分钟，吴敏、朱琳两位同志请假，其余同志全程参加。", {"left_early": "卫东", "late": "许强", "on_leave": "吴敏 朱琳"}),
        ("应到10人，实到10人，其中许强迟到、卫东早退。", {"late": "许强", "left_early": "卫东"}),
        ("吴敏未请假缺席，朱琳旷课，其他人到会。", {"absent": "吴敏 朱琳"}),
        ("吴副主席请假，赵书记主持，其余同志参加。", {"on_leave": "吴敏"}),
        ("赵建国主持会议并讲话，钱伟传达了文件精神，吴敏请假，其余同志参加学习并作了交流发言。", {"on_leave": "吴敏"}),
        ("11月4日上午，由赵建国主持集中学习，应到10人，实到9人，吴敏因公出差请假。", {"on_leave": "吴敏"}),
        ("会议时间：8月5日上午9:00；地点：第一会议室；主持人：赵建国；缺席人员：吴敏。其余人员参加。", {"absent": "吴敏"}),
        ("列席：许强；其余出席。", {"observer": "许强"}),
        ("签到：赵建国√ 钱伟√ 孙丽华√ 周海涛√ 吴敏假 冯军√ 卫东√ 沈涛√ 朱琳缺 许强迟", {"on_leave": "吴敏", "absent": "朱琳", "late": "许强"}),
        ("1.赵建国 到 2.吴敏 假 3.其余到会", {"on_leave": "吴敏"}),
        ("吴敏、朱琳线上参会，其余现场参会。", {}),
        ("赵建国 钱伟 孙丽华 周海涛 吴敏 冯军 卫东 沈涛 朱琳 许强 全部到会", {}),
        ("缺席0人，请假0人，迟到0人，应到10人，实到10人。", {}),
        ("今天谁都没请假，全部到会", {}),
        ("无人请假，没有人缺席，全体到会。", {}),
        ("应到10人全部到齐。", {}),
        ("本次学习全勤。", {}),
        ("都到了。", {}),
        ("请假：无。缺席：无。其余到会。", {}),
        ("点名情况：\n到会：赵建国、钱伟、孙丽华、周海涛、\n冯军、卫东、沈涛\n请假：吴敏（病假）\n迟到：许强\n缺席：朱琳（无故）",
         {"on_leave": "吴敏", "late": "许强", "absent": "朱琳"}),
        ("请假：吴敏、朱琳，共2人，备注：。其余到会", {"on_leave": "吴敏 朱琳"}),
        ("吴敏、朱琳，请假：。其余到会", {"on_leave": "吴敏 朱琳"}),
        ("请假2人（吴敏、朱琳）其余到会", {"on_leave": "吴敏 朱琳"}),
        ("到会 赵建国、钱伟 病假 吴敏。其余到会", {"on_leave": "吴敏"}),
        ("吴敏请假，委托许强参加，其余到会", {"on_leave": "吴敏"}),
        ("出席：吴敏（迟到）。其余到会", {"late": "吴敏"}),
        ("学习点名 请假：吴敏。其余到会", {"on_leave": "吴敏"}),
        ("出席：赵建国等，吴敏请假，其余到会", {"on_leave": "吴敏"}),
        ("办公室外出，冯军请假，其余到会", {"on_leave": "冯军"}),
        ("Absent: 吴敏; on leave: 朱琳. The rest present", {"absent": "吴敏", "on_leave": "朱琳"}),
    ],
)  # fmt: skip
def test_customary_wordings_are_understood(text: str, statuses: dict[str, str]) -> None:
    away(text, **statuses)


@pytest.mark.parametrize(
    ("text", "about", "readings"),
    [
        ("吴敏因事未能参加，其他同志都来了。", "吴敏", (LEAVE, ABSENT)),
        ("都到了，就吴敏没来。", "吴敏", (LEAVE, ABSENT)),
        ("除吴敏外，全体同志参加了学习", "吴敏", (LEAVE, ABSENT)),
        ("除了吴敏和朱琳以外，都来了", "吴敏 朱琳", (LEAVE, ABSENT)),
        ("吴敏、朱琳除外，其余均到会。", "吴敏 朱琳", (LEAVE, ABSENT)),
        ("未到：吴敏、朱琳。其余到齐。", "吴敏 朱琳", (LEAVE, ABSENT)),
        ("吴敏、朱琳因下乡调研未能到会，其余同志到会。", "吴敏 朱琳", (LEAVE, ABSENT)),
        ("吴敏因病缺席，其余到会。", "吴敏", (LEAVE, ABSENT)),
        ("吴敏应到未到，其余已到", "吴敏", (LEAVE, ABSENT)),
        ("吴敏×，其余√", "吴敏", (LEAVE, ABSENT)),
        ("韩雨代吴敏参加，其余同志到会。", "吴敏", (LEAVE, ABSENT)),
        ("吴敏（代签），其余到会", "吴敏", (LEAVE, ABSENT)),
        ("吴敏借调市总，其余到会。", "吴敏", (LEAVE,)),
        ("吴敏9:20到会，其余按时到会", "吴敏", (Attended.LATE, HERE)),
        ("吴敏请假后中途离会，其余到会", "吴敏", (Attended.LEFT_EARLY, LEAVE)),
        ("吴敏请假一小时后到会，其余到会", "吴敏", (Attended.LATE, LEAVE)),
        ("吴敏参加市里培训，其余到会", "吴敏", (HERE, LEAVE)),
        ("吴敏不请假，其余到会", "吴敏", (HERE, LEAVE, ABSENT)),
        ("出席：吴敏（病假）。其余到会", "吴敏", (HERE, LEAVE)),
        ("出席：吴敏（9:20到）。其余到会", "吴敏", (Attended.LATE, HERE)),
        ("实到10人，小吴参加，其余到会", "吴敏", (HERE,)),
        ("请假：吴敏（已到会）。其余到会", "吴敏", (LEAVE, HERE)),
        ("迟到：吴敏（病假）。其余到会", "吴敏", (HERE, LEAVE, ABSENT)),
        ("出席：吴敏、朱琳请假。其余到会", "吴敏", (HERE, LEAVE)),
        ("小吴请假，其余都在。", "吴敏", (LEAVE,)),
        ("王老、老吴请假，其余都在。", "吴敏", (LEAVE,)),
        ("吴处长请假，其余都在。", "吴敏", (LEAVE,)),
        ("职工服务中心1人请假，其余到会。", "许强", (LEAVE, HERE, ABSENT)),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_asked_and_the_rest_is_filled_in(
    text: str, about: str, readings: tuple[Attended, ...]
) -> None:
    told = called(text)

    (question,) = told.questions
    assert ({label(person) for person in question.people}, question.readings) == (set(about.split()), readings)
    left = set(TEN) - set(about.split()) - ({"朱琳"} if "朱琳请假" in text else set())
    assert by_status(told)["attended"] == left


@pytest.mark.parametrize(
    ("text", "miscounts"),
    [
        ("应到10人，实到7人，请假2人：吴敏、许强。其余人员到会。", [("present", 7, 8)]),
        ("应到12人，实到10人，请假2人（吴敏、朱琳），其余到会。", [("expected", 12, 10), ("present", 10, 8)]),
        ("请假3人：吴敏、朱琳，其余7人到会。", [("on_leave", 3, 2), ("rest", 7, 8)]),
        ("请假2人，其余8人到会。", [("on_leave", 2, 0), ("rest", 8, 10)]),
        ("吴敏、朱琳等3人请假，其余到会。", [("on_leave", 3, 2)]),
        ("应到10人，实到8人，吴敏病假。", [("present", 8, 9)]),
        ("赵建国、钱伟、孙丽华等6人参加，吴敏、朱琳请假。", [("present", 6, 8)]),
        ("未到2人：吴敏。其余到会", [("away", 2, 1)]),
        ("迟到2人：吴敏；其余迟到", [("late", 2, 10)]),
        ("吴敏、朱琳等同志请假，其余到会。", []),
        ("吴敏、朱林请假，其余到会。", []),
        ("请假：吴敏等。其余到会", []),
    ],
)
def test_nobody_is_filled_in_against_the_numbers(text: str, miscounts: list[tuple[str, int, int]]) -> None:
    told = called(text)

    assert told.miscounts == tuple(Miscount(*miscount) for miscount in miscounts)
    assert "attended" not in by_status(told) or "等6人" in text
    assert told.questions[-1].asks is Asks.REST
    assert {person for question in told.questions for person in question.people}.isdisjoint(told.statuses)


def test_who_is_not_spoken_of_is_told_and_not_filled_in() -> None:
    told = called("请假：吴敏")

    assert [label(person) for person in told.unsaid] == [name for name in TEN if name != "吴敏"]
    assert called("只有吴敏没到。").unsaid == told.unsaid


def test_reasons_are_kept_for_those_on_leave() -> None:
    told = called("吴敏因病请假，朱琳（产假，已批）、许强请假，卫东出差，沈涛迟到（因公）。其余到会")

    assert {label(person): reason for person, reason in told.reasons.items()} == {
        "吴敏": "因病", "朱琳": "产假", "卫东": "出差"
    }  # fmt: skip


def test_a_namesake_is_told_apart_by_the_unit() -> None:
    both = ("张伟（办公室）", "张伟（权益保障部）", "钱伟")

    assert by_status(called("张伟（办公室）请假，其余到会", both)) == {"on_leave": {both[0]}, "attended": {*both[1:]}}
    assert by_status(called("权益保障部张伟请假，其余到会", both)) == {
        "on_leave": {both[1]},
        "attended": {both[0], "钱伟"},
    }
    assert by_status(called("张伟、张伟请假，钱伟到会", both)) == {"on_leave": {*both[:2]}, "attended": {"钱伟"}}
    (question,) = called("张伟请假，钱伟到会", both).questions
    assert (question.asks, set(map(label, question.people))) == (Asks.WHO, {*both[:2]})


def test_units_and_teams_are_spoken_of_as_a_whole() -> None:
    told = called("班子成员全部到会，机关党支部除冯军请假外均参加，其他部门请假", [*TEN, "陈静", "张伟（办公室）"])

    assert by_status(told) == {
        "attended": {"赵建国", "钱伟", "孙丽华", "周海涛", "吴敏", "陈静", "张伟（办公室）"},
        "on_leave": {"冯军", "卫东", "沈涛", "朱琳", "许强"},
    }
    assert called("班子成员外出", TEN).questions[0].people == tuple(PERSON[name] for name in TEN[:5])
    assert called("办公室、组织民管部到会").statuses == {PERSON[name]: HERE for name in ("冯军", "卫东")}
    assert called("班子成员到会，其他部门各来一人", TEN[:5]).is_clear
    assert called("办公室", TEN).questions[0].readings == (HERE, LEAVE, ABSENT)


def test_observers_are_counted_neither_way() -> None:
    told = called("应到10人，实到9人，许强请假，尤佳、何娟到会", TEN, ["尤佳", "何娟"])

    assert by_status(told) == {"attended": set(TEN) - {"许强"}, "on_leave": {"许强"}, "observer": {"尤佳", "何娟"}}
    assert told.is_clear
    assert called("其余到会", TEN, ["尤佳"]).statuses.get(PERSON["尤佳"]) is None


def test_who_is_unknown_or_not_called_is_told() -> None:
    told = called("出席：尤佳、赵无极、赵无极、X 王总。缺席：李四四请假")

    assert [label(person) for person in told.not_called] == ["尤佳"]
    assert told.unknown == ("赵无极", "x", "王总", "李四四")
    assert called("出席：孟 克 欧阳总").unknown == ("孟克", "欧阳总")
    assert told.statuses == {}
    assert not told.is_clear


def test_a_name_in_words_that_nobody_understands_is_asked_about() -> None:
    told = called("吴敏的材料没交，赵建国吴敏如何，其余到会")

    assert {label(person) for question in told.questions for person in question.people} == {"吴敏", "赵建国"}
    assert told.aside == ("吴敏的材料没交", "赵建国吴敏如何")


def test_a_deputy_was_there_who_is_called() -> None:
    told = called("吴敏委托许强代为参加，朱琳请假，由卫东代会。其余到会")

    assert by_status(told) == {"attended": set(TEN) - {"吴敏", "朱琳"}, "on_leave": {"朱琳"}}
    assert [label(person) for person in told.questions[0].people] == ["吴敏"]


def test_said_twice_is_settled_where_it_agrees() -> None:
    told = called("出席：赵建国、钱伟、吴敏、卫东。迟到：钱伟。请假：吴敏。卫东没来。")

    assert by_status(told) == {"attended": {"赵建国"}, "late": {"钱伟"}}
    assert told.twice == (Twice(PERSON["吴敏"], (HERE, LEAVE)), Twice(PERSON["卫东"], (HERE, LEAVE, ABSENT)))
    assert by_status(called("吴敏没来。吴敏请假。")) == {"on_leave": {"吴敏"}}


# ── Names of another office ──────────────────────────────────────────────────────────────────────────────────────────
NAMES = {
    "p01": "沈维岳", "p02": "陈国梁", "p03": "文静", "p04": "王海波", "p05": "王海", "p06": "欧阳慧", "p07": "李强",
    "p08": "李强", "p09": "John Smith", "p20": "潘子墨",
}  # fmt: skip
OTHERS = Roster(date(2014, 8, 1), {PersonId(key): a_person(key, name) for key, name in NAMES.items()})
CALLED = people(*list(NAMES)[:-1])


def named(text: str) -> RollCall:
    return understand(text, CALLED, OTHERS)


def test_names_are_found_padded_with_ids_and_among_blanks() -> None:
    told = named("出席：文　静 沈维岳、p02陈国梁，John Smith；欧阳慧p06\n请假：王海波（出差）")

    assert told.is_clear
    assert named("出席：p021、p02").statuses == {PersonId("p02"): HERE}
    assert told.statuses == {
        PersonId(key): LEAVE if key == "p04" else HERE for key in ("p01", "p02", "p03", "p04", "p06", "p09")
    }


def test_a_longer_name_that_nobody_bears_is_not_taken_for_a_shorter_one() -> None:
    told = named("王海洋请假，其余到会")

    assert PersonId("p05") not in told.statuses
    assert told.questions


def test_shared_names_and_bare_surnames_are_asked_about() -> None:
    told = named("出席：李强、王部长、欧阳副主席、王、沈维岳")

    assert [question.people for question in told.questions] == [
        people("p07", "p08"), people("p04", "p05"), people("p06"),
    ]  # fmt: skip
    assert told.statuses == {PersonId("p01"): HERE}


UNIQUE = [PersonId(key) for key in NAMES if key not in ("p07", "p08", "p20")]
HEADS = {
    Attended.ATTENDED: ("出席：", "参加：", "到会人员: "),
    Attended.ON_LEAVE: ("请假：", "病假："),
    Attended.ABSENT: ("缺席：", "旷课："),
    Attended.LATE: ("迟到：",),
}


def _padded(name: str, is_padded: bool) -> str:
    return name[0] + "　" + name[1] if is_padded and len(name) == 2 else name


@given(st.dictionaries(st.sampled_from(UNIQUE), st.sampled_from(list(HEADS))), st.data())
def test_what_is_written_is_what_is_read(entries: dict[PersonId, Attended], data: st.DataObject) -> None:
    parts = []
    for status, heads in HEADS.items():
        names = [_padded(NAMES[p], data.draw(st.booleans())) for p, said in entries.items() if said is status]
        separator = data.draw(st.sampled_from(("、", "，", "; ", "\n", "、\n")))
        if names:
            parts.append(data.draw(st.sampled_from(heads)) + separator.join(names))
    text = data.draw(st.sampled_from(("\n", "。", "；  "))).join(data.draw(st.permutations(parts)))

    told = named(text)

    assert told.is_clear
    assert dict(told.statuses) == entries


@given(
    st.text(
        alphabet="出席请假缺迟到应实沈维岳文静王海波李强部长、，：；（）()人 12\n　其余均除外代委托全体各来没",
        max_size=120,
    )
)
def test_nobody_is_read_who_was_not_called_or_is_asked_about(text: str) -> None:
    told = named(text)

    assert set(told.statuses) <= set(CALLED)
    assert not set(told.statuses) & {twice.person for twice in told.twice}
    assert not set(told.statuses) & {person for question in told.questions for person in question.people}
    assert set(CALLED) == {
        *told.statuses, *told.unsaid, *(twice.person for twice in told.twice),
        *(person for question in told.questions for person in question.people),
    }  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(named(text), RollCall)
