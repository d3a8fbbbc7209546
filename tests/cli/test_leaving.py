from tests.command_line import CommandLine


def test_leaving_is_looked_at_and_then_done(sample: CommandLine) -> None:
    would = sample.json("leave", "文静", "--dry-run")

    assert (would["person"], would["cancelled"]) == ("p03", ["T041"])
    assert sample.json("leave", "p03") == would
    again = sample.json("leave", "p03", "--dry-run")
    assert again["cancelled"] == []
    told = sample("leave", "p03", "--dry-run", "--lang", "en").out
    assert "Cancelled" not in told
    assert "Still in these groups: " in told


def test_leaving_in_sentences(sample: CommandLine) -> None:
    assert "取消: T041\n" in sample("leave", "p03").out
    assert sample("leave", "p999").status == 2
