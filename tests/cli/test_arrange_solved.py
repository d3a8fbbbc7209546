"""Arranging on the sample, solved in a process of its own. 2014-08-01 is a Friday; the window closes on Friday 2014-08-15."""

from collections import Counter
from typing import Any

from tests.command_line import CommandLine

OPEN = [
    (["p04", "p08"], ["R2"]),
    (["p05", "p06"], ["R2"]),
    (["p04", "p15"], ["R3"]),
    (["p06", "p16"], ["R3"]),
    (["p08", "p19"], ["R3"]),
    (["p03", "p20"], ["R3"]),
    (["p07"], ["R4"]),
    (["p08"], ["R4"]),
]
"""The eight open talks of the sample; the last two with somebody of the supervision group."""
ARRANGE = ("arrange", "--seconds", "3600")
"""With time enough on any machine."""
GROUP = {"s01", "s02", "s03", "s04"}


def texts(document: dict[str, Any]) -> str:
    """Everything that is said about what has no place."""
    reasons = [found["text"] for one in document["unplaced"] for found in one["reasons"]]
    return " / ".join([document["binding"], *reasons])


def met(document: dict[str, Any]) -> list[tuple[list[str], list[str]]]:
    """Who talks for which rules, without those chosen from the group."""
    return sorted(([p for p in one["people"] if p not in GROUP], one["rules"]) for one in document["placements"])


def test_all_eight_open_talks_are_placed_and_the_booked_two_are_left_alone(campaign: CommandLine) -> None:
    before = campaign.json("bookings", "--kind", "talk")

    answer = campaign.json(*ARRANGE)

    assert (answer["status"], answer["placed"], answer["of"], answer["unplaced"]) == ("optimal", 8, 8, [])
    assert met(answer) == sorted(OPEN)
    assert answer["values"]["unplaced"] == 0
    assert {one["minutes"] for one in answer["placements"]} == {45}
    assert {one["room"] for one in answer["placements"]} <= {"R04", "R05", "R07"}
    assert campaign.json("bookings", "--kind", "talk") == before


def test_every_placement_could_be_booked_without_a_word_against_it(campaign: CommandLine) -> None:
    for one in campaign.json(*ARRANGE)["placements"]:
        words = ("book", "talk", "--people", ",".join(one["people"]), "--start", one["start"], "--room", one["room"])
        booked = campaign.json(*words, "--minutes", "45")
        assert (booked["ok"], booked["blocking"], booked["warnings"]) == (True, [], [])

    states = campaign.json("coverage")["states"]
    assert (states["booked"], states["open"]) == (10, 0)


def test_the_supervision_group_talks_on_tuesday_and_thursday_afternoons_and_shares_the_work(
    campaign: CommandLine,
) -> None:
    placements = [one for one in campaign.json(*ARRANGE)["placements"] if one["rules"] == ["R4"]]

    assert {one["start"][:10] for one in placements} <= {"2014-08-05", "2014-08-07", "2014-08-12", "2014-08-14"}
    assert all("13:30" <= one["start"][11:] <= "16:30" for one in placements)
    assert max(Counter(one["people"][1] for one in placements).values()) == 1


def test_a_range_that_ends_before_the_supervision_group_comes_names_who_is_missing(campaign: CommandLine) -> None:
    answer = campaign.json(*ARRANGE, "--to", "2014-08-04", status=1)

    assert (answer["placed"], answer["of"]) == (6, 8)
    assert [(one["people"], one["rules"], one["pool"]) for one in answer["unplaced"]] == [
        (["p07"], ["R4"], ["s04", "s03", "s02", "s01"]),
        (["p08"], ["R4"], ["s04", "s03", "s02", "s01"]),
    ]
    assert "邓永昌 在 8月4日 17:30 之前与 " in texts(answer)
    assert "空闲 0 格，需要 2 格" in texts(answer)
    assert "p07" not in texts(answer)


def test_the_last_day_alone_is_too_late_for_some_and_says_for_whom(campaign: CommandLine) -> None:
    answer = campaign.json(*ARRANGE, "--from", "2014-08-15", status=1)

    assert (answer["status"], answer["placed"], answer["of"]) == ("impossible", 5, 8)
    assert sorted(one["people"] for one in answer["unplaced"]) == [["p07"], ["p08"], ["p08", "p19"]]
    assert {one["start"][:10] for one in answer["placements"]} == {"2014-08-15"}
    assert "高富 空闲 0 格，需要 2 格" in texts(answer)


def test_a_room_that_is_taken_all_the_time_is_named(campaign: CommandLine) -> None:
    for day in (1, 4):
        for start, minutes in (("08:30", "180"), ("13:30", "240")):
            words = ("book", "meeting", "--people", "p30", "--title", "装修", "--room", "R04")
            campaign.json(*words, "--start", f"2014-08-{day:02}T{start}", "--minutes", minutes)

    answer = campaign.json(*ARRANGE, "--rooms", "R04", "--to", "2014-08-04", status=1)

    assert (answer["placed"], answer["of"]) == (0, 8)
    assert "王海波、林秀芝 都有空时 谈话室A 均被占用（截至 8月4日 17:30 共空闲 0 格，需要 2 格" in texts(answer)


def test_optional_talks_come_in_when_they_are_asked_for(campaign: CommandLine) -> None:
    answer = campaign.json(*ARRANGE, "--optional")

    assert (answer["placed"], answer["of"]) == (10, 10)
    assert Counter(one["rules"][0] for one in answer["placements"])["RX"] == 2


def test_an_absence_moves_one_booked_talk_and_no_more(campaign: CommandLine, tmp_path: Any) -> None:
    (talk,) = [
        one for one in campaign.json("bookings", "--person", "p07", "--from", "2014-08-01") if one["id"] == "T041"
    ]
    away = tmp_path / "unavailability.csv"
    away.write_text(
        f"人员 person,起 from,止 to,原因类别 reason,规则 rule\np07,{talk['start'][:10]},{talk['start'][:10]},病假,\n",
        "utf-8",
    )
    campaign.json("import", away)

    answer = campaign.json(*ARRANGE, "--fewest-changes")

    assert (answer["placed"], answer["of"], answer["values"]["moved"], answer["bounds"]["moved"]) == (10, 10, 1, 1)
    assert {one["booking"]: one["moved"] for one in answer["placements"] if "booking" in one} == {
        "T041": True,
        "T042": False,
    }


def test_the_table_names_everybody_and_says_how_many(campaign: CommandLine) -> None:
    chinese, english = campaign(*ARRANGE, "--to", "2014-08-04"), campaign(*ARRANGE, "--lang", "en")

    assert (chinese.status, english.status) == (1, 0)
    assert chinese.out.startswith("已排 6/8")
    assert "未排：邓永昌  R4" in chinese.out
    assert "王海波、林秀芝" in chinese.out
    assert english.out.startswith("Placed 8 of 8")


def test_the_same_seed_gives_the_same_plan(campaign: CommandLine) -> None:
    first, again = campaign.json(*ARRANGE, "--seed", "7"), campaign.json(*ARRANGE, "--seed", "7")

    assert first["placements"] == again["placements"]


def test_an_answer_that_is_kept_is_a_draft_plan(campaign: CommandLine) -> None:
    answer = campaign.json(*ARRANGE, "--keep")
    said = campaign(*ARRANGE, "--keep", "--lang", "en")

    assert answer["plan"]
    assert "Kept as draft plan" in said.out
    assert campaign.json("coverage")["states"]["open"] == 8


def test_a_later_day_is_proposed_only_if_it_helps_and_the_window_is_named_where_it_has_to_move(
    campaign: CommandLine,
) -> None:
    # On Friday the 15th, the last day of the window, p19 is away as on the 14th: the next day that helps is Monday.
    answer = campaign.json(
        *ARRANGE, *("--from", "2014-08-14", "--to", "2014-08-14", "--grid", "60", "--minutes", "60"), status=1
    )

    (left,) = answer["unplaced"]
    assert left["people"] == ["p08", "p19"]
    later = [repair for repair in left["repairs"] if repair["kind"].startswith("later")]
    assert later == [
        {"kind": "later_window", "text": "延至8月18日，须先把谈话窗口期（到8月15日为止）延长", "verified": True}
    ]


def test_nobody_has_more_talks_a_half_day_or_a_week_than_is_asked(campaign: CommandLine) -> None:
    usual = campaign.json(*ARRANGE)
    few = campaign.json(*ARRANGE, "--max-per-half-day", "1", "--max-per-week", "2")
    fewer = campaign.json(*ARRANGE, "--max-per-week", "1", status=1)

    def most(document: dict[str, Any]) -> int:
        """Of one person in one half-day."""
        halves = ((one["people"], one["start"][:10], one["start"][11:] < "12") for one in document["placements"])
        return max(Counter((person, day, half) for people, day, half in halves for person in people).values())

    assert (few["placed"], fewer["placed"]) == (8, 6), "T042 of p06 stands in the first of the two weeks"
    assert most(few) == 1 < most(usual)
