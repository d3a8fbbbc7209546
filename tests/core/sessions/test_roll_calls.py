"""Whom a roll call means."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.roll_calls import Miscount, Question, RollCall, Twice, understand
from scheduler.core.sessions.study import Attended
from tests.builders import a_person, people

NAMES = {
    "p01": "沈维岳", "p02": "陈国梁", "p03": "文静", "p04": "王海波", "p05": "王海", "p06": "欧阳慧", "p07": "李强",
    "p08": "李强", "p09": "John Smith", "p20": "潘子墨",
}  # fmt: skip
ROSTER = Roster(date(2014, 8, 1), {PersonId(key): a_person(key, name) for key, name in NAMES.items()})
CALLED = people(*list(NAMES)[:-1])


def called(text: str) -> RollCall:
    return understand(text, CALLED, ROSTER)


def test_names_are_found_padded_with_ids_and_among_blanks() -> None:
    found = called("出席：文　静 沈维岳、p02陈国梁，John Smith；欧阳慧p06\n请假：王海波（出差）")

    assert found.is_clear
    assert found.statuses == {
        PersonId(key): Attended.ON_LEAVE if key == "p04" else Attended.ATTENDED
        for key in ("p01", "p02", "p03", "p04", "p06", "p09")
    }


def test_shared_names_and_bare_surnames_are_asked_about() -> None:
    found = called("出席：李强、王部长、欧阳副主席、王、沈维岳")

    here = Attended.ATTENDED
    assert found.questions == (
        Question("李强", here, people("p07", "p08")),
        Question("王部长", here, people("p04", "p05")),
        Question("欧阳副主席", here, people("p06")),
        Question("王", here, people("p04", "p05")),
    )
    assert found.statuses == {PersonId("p01"): here}
    assert not found.is_clear


def test_who_is_unknown_or_not_called_is_told() -> None:
    found = called("出席：潘子墨、赵无极、赵无极、X、赵部长 会后交材料")

    assert found.not_called == people("p20")
    assert found.unknown == ("赵无极", "X", "赵部长", "会后交材料")
    assert found.statuses == {}


def test_late_refines_attended_and_anything_else_contradicts() -> None:
    found = called("出席：沈维岳、陈国梁、文静、王海波\n迟到：陈国梁\n早退：王海波\n请假：文静")

    assert found.statuses == {
        PersonId("p01"): Attended.ATTENDED, PersonId("p02"): Attended.LATE, PersonId("p04"): Attended.LEFT_EARLY
    }  # fmt: skip
    assert found.twice == (Twice(PersonId("p03"), (Attended.ATTENDED, Attended.ON_LEAVE)),)


def test_the_rest_is_everybody_who_is_not_named_or_asked_about() -> None:
    found = called("请假：李强，缺席：文静。其余均出席")

    assert [p for p, status in found.statuses.items() if status is Attended.ATTENDED] == list(
        people("p01", "p02", "p04", "p05", "p06", "p09")
    )
    assert found.statuses[PersonId("p03")] is Attended.ABSENT


def test_numbers_are_held_against_the_names() -> None:
    assert called("应到9人，实到2人。出席：沈维岳、文静").is_clear
    assert called("应到8人，实到3人。出席（2人）：沈维岳、文静、陈国梁 请假2人：王海波").miscounts == (
        Miscount("expected", 8, 9),
        Miscount("attended", 2, 3),
        Miscount("on_leave", 2, 1),
    )
    assert called("实到3人。出席：沈维岳、文静").miscounts == (Miscount("present", 3, 2),)
    assert called("实到3人。出席：沈维岳、李强").miscounts == ()
    assert called("出席9人，请假0人。其余均出席").is_clear
    assert called("缺席2人：").miscounts == (Miscount("absent", 2, 0),)


UNIQUE = [PersonId(key) for key in NAMES if key not in ("p07", "p08", "p20")]
HEADS = {
    Attended.ATTENDED: ("出席：", "参加：", "到会人员: "),
    Attended.ON_LEAVE: ("请假：", "病假："),
    Attended.ABSENT: ("缺席：", "未到："),
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

    found = called(text)

    assert found.is_clear
    assert dict(found.statuses) == entries


@given(st.text(alphabet="出席请假缺迟到应实沈维岳文静王海波李强部长、，：；（）()人 12\n　其余均", max_size=120))
def test_nobody_is_found_who_was_not_called(text: str) -> None:
    found = called(text)

    assert set(found.statuses) <= set(CALLED)
    assert not set(found.statuses) & {one.person for one in found.twice}
