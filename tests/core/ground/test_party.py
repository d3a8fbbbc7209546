"""What rosters say of politics."""

import pytest

from scheduler.core.ground import party

EIGHT = ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")


@pytest.mark.parametrize(
    ("words", "name", "membership"),
    [
        ("中共党员", "正式党员", "full"),
        (" 党 员 ", "正式党员", "full"),
        ("中国共产党党员", "正式党员", "full"),
        ("CPC Member", "正式党员", "full"),
        ("中共党员（2001年入党）", "正式党员", "full"),
        ("中共预备党员", "预备党员", "probationary"),
        ("党员（预备）", "预备党员", "probationary"),
        ("Probationary member", "预备党员", "probationary"),
        ("共青团员", "共青团员", "none"),
        ("Ｌｅａｇｕｅ ｍｅｍｂｅｒ", "共青团员", "none"),
        ("群众", "群众", "none"),
        ("无党派", "无党派人士", "none"),
        ("中国国民党革命委员会", "民革", "none"),
        ("民盟盟员", "民盟", "none"),
        ("中国民主建国会", "民建", "none"),
        ("民进会员", "民进", "none"),
        ("农工党党员", "农工党", "none"),
        ("中国致公党", "致公党", "none"),
        ("九三学社社员", "九三学社", "none"),
        ("台湾民主自治同盟", "台盟", "none"),
        ("民盟盟员、中共党员", "正式党员", "full"),
        ("待定", "待定", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_the_words_of_a_roster_are_understood(words: str, name: str, membership: str) -> None:
    assert party.canonical(words) == name
    assert party.membership(words) == membership
    assert party.is_member(words) == (membership in ("full", "probationary"))


def test_each_of_the_eight_is_a_democratic_party_as_well() -> None:
    assert [party.names(name) for name in EIGHT] == [(name, "民主党派") for name in EIGHT]
    assert party.names("民主党派") == ("民主党派",)
    assert party.names("待定") == ("待定",)
    assert party.names("") == ()


def test_names_come_in_the_order_of_the_list() -> None:
    assert party.every_name()[:3] == ("正式党员", "预备党员", "入党积极分子")
    assert party.every_name()[-1] == "群众"
