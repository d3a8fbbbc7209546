"""What is said in which vocabulary."""

from scheduler.core.ground.vocabulary import NAMES, PARTY, vocabulary


def test_the_usual_vocabulary_says_what_we_wrote() -> None:
    usual = vocabulary(PARTY)

    assert usual.told("民主生活会前谈心谈话", "zh") == "民主生活会前谈心谈话"
    assert (usual.word("talk", "zh"), usual.language) == ("", "")
    assert vocabulary("klingon") == usual


def test_longer_terms_go_before_shorter_ones() -> None:
    neutral = vocabulary("zh-neutral")

    assert neutral.told("下一次谈心谈话 · %(num)s 天后", "zh") == "下一次面谈 · %(num)s 天后"
    assert neutral.told("我的必谈", "zh") == "我的应谈"
    assert neutral.told("Day of the democratic life meeting", "en") == "Day of the review meeting"
    assert neutral.told("谈心谈话", "fr") == "谈心谈话"
    assert (
        neutral.told("Party lectures in a Party branch, talks in branches", "en")
        == "Lectures in a Team, talks in teams"
    )


def test_words_of_the_code_have_their_own() -> None:
    neutral = vocabulary("zh-neutral")

    assert (neutral.word("talk", "zh"), neutral.word("democratic_life_meeting", "en")) == ("面谈", "Review meeting")
    assert neutral.word("study_session", "zh") == ""


def test_the_english_vocabulary_is_the_neutral_one_that_begins_in_english() -> None:
    english = vocabulary("en")

    assert (english.name, english.language, english.words) == ("en", "en", vocabulary("zh-neutral").words)
    assert NAMES[:3] == ("zh-party", "zh-neutral", "en")


def test_another_world_says_its_own_words_and_otherwise_those_it_extends() -> None:
    audit = vocabulary("audit")

    assert (audit.word("talk", "zh"), audit.word("theme_day", "en"), audit.language) == ("访谈", "Theme day", "en")
    assert audit.told("民主生活会前谈心谈话", "zh") == "总结评议会前的访谈", (
        "a term of the neutral words, in words of its own"
    )
    assert audit.told("A talk is held; choose who talks", "en") == "An interview is held; choose who meets"


def test_what_is_filled_in_and_what_is_marked_up_stays() -> None:
    visits = vocabulary("visit-day")

    assert visits.told("%(talks)s talks, see <a href='/talks'>talks</a>", "en") == (
        "%(talks)s appointments, see <a href='/talks'>appointments</a>"
    )
    assert visits.told("DingTalk groups", "en") == "DingTalk groups", "whole words only"
