"""Names by their sound."""

from scheduler.core.ground.sounds import pinyin_key


def in_order(*names: str) -> list[str]:
    return sorted(names, key=pinyin_key)


def test_surnames_are_read_as_surnames() -> None:
    names = (
        "单雄信",
        "仇英",
        "曾国",
        "解缙",
        "区伯",
        "查良",
        "尉迟恭",
        "万俟卨",
        "盖叫天",
        "朴实",
        "尉缭",
        "赵一",
        "种师道",
    )

    assert in_order(*names) == [
        "种师道", "盖叫天", "万俟卨", "区伯", "朴实", "仇英", "单雄信", "尉缭", "解缙", "尉迟恭", "曾国", "查良", "赵一",
    ]  # fmt: skip


def test_letters_go_before_tones_and_u_with_dots_follows_u() -> None:
    assert in_order("程一", "陈一", "王一", "汪一") == ["陈一", "程一", "汪一", "王一"]
    assert in_order("栾平", "吕布", "陆逊", "罗一") == ["陆逊", "吕布", "栾平", "罗一"]


def test_those_that_sound_alike_go_by_their_strokes() -> None:
    assert in_order("章一", "张一", "余一", "于一") == ["于一", "余一", "张一", "章一"]


def test_a_name_by_sound_has_no_surname_and_other_letters_stand_among_them() -> None:
    assert in_order("阿卜杜拉·买买提", "An Li", "白一", "单于·买买提") == [
        "An Li",
        "阿卜杜拉·买买提",
        "白一",
        "单于·买买提",
    ]


def test_the_same_surname_then_the_given_name() -> None:
    assert in_order("王静", "王安", "王") == ["王", "王安", "王静"]
