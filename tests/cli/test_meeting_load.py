"""load: hours of bookings by person and week, on the sample of 1 August 2014."""

from tests.command_line import CommandLine


def test_everybodys_weeks_for_an_organizer(sample: CommandLine) -> None:
    told = sample.json("load", "--from", "2014-08-18", "--to", "2014-08-31")

    assert (told["first"], told["last"], told["ceiling"], told["person"]) == ("2014-08-18", "2014-08-31", 10, None)
    own = [week for week in told["weeks"] if week["person"] == "p03"]
    assert own == sample.json("load", "--person", "文静", "--from", "2014-08-20", "--to", "2014-08-27")["weeks"]
    assert told["over"] == [week for week in told["weeks"] if week["hours"] > 10]
    assert sample.json("load", "--ceiling", "168")["over"] == []
    assert sample.json("load", MEETING_HOURS="168")["ceiling"] == 168


def test_a_member_is_told_of_their_own_only(sample: CommandLine) -> None:
    told = sample.json("load", "--as", "p04", "--from", "2014-07-01", "--to", "2014-08-31")

    assert {week["person"] for week in told["weeks"]} == {"p04"}
    assert sample("load", "--as", "p04", "--person", "p03").status == 1
    assert sample("load", "--as", "p04", "--person", "p04").status == 0


def test_the_table_says_who_and_what_could_be_joined(sample: CommandLine) -> None:
    sample.json("book", "meeting", "--people", "p05,p06", "--start", "2014-08-05T15:00", "--minutes", "60")
    sample.json("book", "symposium", "--people", "p05,p06", "--start", "2014-08-05T16:30", "--minutes", "30")

    told = sample("load", "--lang", "en").out

    assert told.startswith("2014-07-28 to 2014-08-24, at most 10 hours a week")
    assert "欧阳慧" in sample("load").out or "郑守正" in sample("load").out
    assert "could be joined with" in told
    assert "这几周没有日程。" in sample("load", "--from", "2020-01-01").out


def test_odd_days_are_refused_with_a_sentence(sample: CommandLine) -> None:
    assert sample("load", "--from", "2014-08-01", "--to", "2013-08-01").status == 2
    assert sample("load", "--from", "2014-01-01", "--to", "2015-08-01").status == 2
    assert sample("load", "--ceiling", "0").status == 2
