import pytest

from scheduler.cli.call import GlobalOptions, Misused, take_out
from tests.command_line import CommandLine


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--as", "p03", "--lang", "en", "coverage", "--as-of", "2014-08-01"],
        ["coverage", "--json", "--as-of", "2014-08-01", "--as=p03", "--lang=en"],
        ["coverage", "--as", "p03", "--as-of", "2014-08-01", "--lang", "en", "--json"],
    ],
)
def test_general_options_are_found_wherever_they_stand(words: list[str]) -> None:
    assert take_out(words) == GlobalOptions(
        ("coverage", "--as-of", "2014-08-01"), is_json=True, person="p03", language="en"
    )


def test_general_options_stay_untouched_behind_two_dashes() -> None:
    assert take_out(["import", "--", "--json"]) == GlobalOptions(("import", "--", "--json"))


@pytest.mark.parametrize("words", [["--as"], ["--as="], ["--lang"], ["--lang", "fr"]])
def test_general_options_without_their_value_are_refused(words: list[str]) -> None:
    with pytest.raises(Misused):
        take_out(words)


def test_json_may_stand_anywhere(campaign: CommandLine) -> None:
    expected = campaign.json("rules", "list")

    assert campaign("rules", "--json", "list").json == expected
    assert campaign("--json", "rules", "list").json == expected
    assert campaign("coverage", "--as-of", "2014-08-01", "--json").json["covered"] == 37


def test_as_takes_ids_and_names_and_says_who_is_unknown(campaign: CommandLine) -> None:
    for who in ("p27", "白雪", "p27白雪", "白　雪"):
        assert campaign.json("coverage", "--as", who, status=1)["error"] == "not_allowed"

    nobody = campaign("--as", "无此人", "coverage", "--json")

    assert (nobody.status, nobody.out) == (2, "")
    assert nobody.err == "没有这个人员：无此人\n"


def test_roles_that_follow_from_the_org_chart_hold(campaign: CommandLine) -> None:
    assert campaign.json("coverage", "--as", "p01")["covered"] == 37  # the principal
    assert campaign.json("coverage", "--as", "p22")["covered"] == 37  # an organizer
    assert campaign.json("coverage", "--as", "p12", status=1)["error"] == "not_allowed"  # leads a branch, not this plan


def test_answers_follow_the_language(campaign: CommandLine) -> None:
    assert "已谈 37/48 = 77.1 %" in campaign("coverage").out
    assert "covered 37/48 = 77.1 %" in campaign("coverage", "--lang", "en").out
    assert "covered 37/48 = 77.1 %" in campaign("coverage", TANXIN_LANG="en").out
    assert campaign.json("coverage", "--as", "p27", "--lang", "en", status=1)["text"] == "You may not do this"
