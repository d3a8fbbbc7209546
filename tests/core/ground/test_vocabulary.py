"""What is said in which vocabulary."""

from scheduler.core.ground.vocabulary import ENGLISH, NAMES, NEUTRAL, PARTY, vocabulary


def test_the_usual_vocabulary_says_what_we_wrote() -> None:
    usual = vocabulary(PARTY)

    assert usual.told("民主生活会前谈心谈话", "zh") == "民主生活会前谈心谈话"
    assert (usual.word("talk", "zh"), usual.language) == ("", "")
    assert vocabulary("klingon") == usual


def test_longer_terms_go_before_shorter_ones() -> None:
    neutral = vocabulary(NEUTRAL)

    assert neutral.told("下一次谈心谈话 · %(num)s 天后", "zh") == "下一次面谈 · %(num)s 天后"
    assert neutral.told("我的必谈", "zh") == "我的应谈"
    assert neutral.told("Day of the democratic life meeting", "en") == "Day of the review meeting"
    assert neutral.told("谈心谈话", "fr") == "谈心谈话"


def test_words_of_the_code_have_their_own() -> None:
    neutral = vocabulary(NEUTRAL)

    assert (neutral.word("talk", "zh"), neutral.word("democratic_life_meeting", "en")) == ("面谈", "Review meeting")
    assert neutral.word("study_session", "zh") == ""


def test_the_english_vocabulary_is_the_neutral_one_that_begins_in_english() -> None:
    english = vocabulary(ENGLISH)

    assert (english.name, english.language, english.words) == ("en", "en", vocabulary(NEUTRAL).words)
    assert NAMES == ("zh-party", "zh-neutral", "en")
