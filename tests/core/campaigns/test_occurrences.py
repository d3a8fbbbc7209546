"""The words that occurrences are entered with."""

from scheduler.core.campaigns.occurrences import SYNONYMS, folded, kind_meant, kinds_by_word

LABELS = [("award", "受到表彰"), ("leaving_post", "Leaving a post")]


def test_words_of_the_page_of_the_code_and_of_offices_mean_one_kind() -> None:
    kinds = kinds_by_word([], LABELS)

    for word in ("award", "Award", "受到表彰", "表彰", "ＡＷＡＲＤ", " 获奖 "):
        assert kinds[folded(word)] == "award"
    for word in ("leaving_post", "leaving post", "Leaving-Post", "leaving a post", "离职"):
        assert kinds[folded(word)] == "leaving_post"
    assert folded("nonsense") not in kinds


def test_own_word_of_a_rule_file_means_itself() -> None:
    kinds = kinds_by_word(["promotion", "借调"], LABELS)

    assert (kinds[folded("promotion")], kinds[folded("借调")]) == ("promotion", "借调")
    assert kinds_by_word([], LABELS)[folded("promotion")] == "appointment"


def test_no_word_means_two_kinds() -> None:
    words = [folded(word) for kind, more in SYNONYMS.items() for word in (kind, *more.split())]

    assert len(words) == len(set(words))


def test_word_beside_its_translation_means_what_either_does() -> None:
    kinds = kinds_by_word([], LABELS)

    assert kind_meant("受到表彰 award", kinds) == "award"
    assert kind_meant("leaving a post", kinds) == "leaving_post"
    assert kind_meant("something else", kinds) is None
