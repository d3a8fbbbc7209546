"""How Chinese characters are read (汉语拼音)."""

from collections.abc import Sequence


def reading_of(character: str) -> str:
    """How a character is read, with the number of its tone; the character itself if nobody knows."""
    return readings_of(character)[0]


def readings_of(text: str) -> Sequence[str]:
    """How each character of a text is read."""
    from pypinyin import Style, pinyin  # a large dictionary, read when somebody first asks for it

    told = pinyin(
        text,
        style=Style.TONE3,
        heteronym=False,
        errors=list,  # type: ignore[arg-type]  # a list gives each of several other characters a place of its own
        v_to_u=True,
        neutral_tone_with_five=True,
    )
    return [readings[0] for readings in told]
